"""Flask-Babel's functions with types, under the names that the extraction of messages looks for."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import flask_babel
from babel.support import NullTranslations
from flask import g

if TYPE_CHECKING:
    from collections.abc import Iterator

_IN_FORCE = "messages_in_force"


def gettext(message: str, **words: object) -> str:
    """Return a message in the language in force, with its words filled in."""
    text = str(translations().ugettext(message))
    return text % words if words else text


def ngettext(one: str, many: str, count: int, **words: object) -> str:
    """Return the form of a message that fits the count, which is filled in as `num`."""
    return str(translations().ungettext(one, many, count)) % {"num": count, **words}


def translations() -> NullTranslations:
    """Return the messages of the language in force, looked up once in a request.

    Flask-Babel asks anew for each message which language is in force: a page has hundreds.
    """
    if not g:
        return NullTranslations()
    found: NullTranslations | None = g.get(_IN_FORCE)
    if found is None:
        found = flask_babel.get_translations()
        setattr(g, _IN_FORCE, found)
    return found


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


@contextmanager
def force_locale(language: str) -> Iterator[None]:
    """Put a language in force for a while; needs an application context."""
    if not g:
        yield
        return
    before = g.pop(_IN_FORCE, None)
    try:
        with flask_babel.force_locale(language):
            yield
    finally:
        setattr(g, _IN_FORCE, before)
