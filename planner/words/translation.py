"""Flask-Babel's functions with types, under the names that the extraction of messages looks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import flask_babel

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


def gettext(message: str, **words: object) -> str:
    """Return a message in the language in force, with its words filled in."""
    return str(flask_babel.gettext(message, **words))


def ngettext(one: str, many: str, count: int, **words: object) -> str:
    """Return the form of a message that fits the count, which is filled in as `num`."""
    return str(flask_babel.ngettext(one, many, count, **words))


class Later:
    """A message of a table, translated each time it is read."""

    def __init__(self, message: str) -> None:
        self._message = message

    def __str__(self) -> str:
        return gettext(self._message)

    def fill(self, **words: object) -> str:
        """Return the message in the language in force, with its words filled in."""
        return str(self) % words


_ = Later


def force_locale(language: str) -> AbstractContextManager[None]:
    """Put a language in force for a while; needs an application context."""
    context: AbstractContextManager[None] = flask_babel.force_locale(language)
    return context
