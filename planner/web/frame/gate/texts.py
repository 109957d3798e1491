"""No text holds a NUL: PostgreSQL stores none, and who sends one is no browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import request

from planner.errors import MalformedBodyError, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

NUL = "\0"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


_ESCAPED = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
"""A NUL in JSON: an odd number of backslashes before its number."""


def install(app: Flask) -> None:
    """Look at every body that is sent; the API says itself where in its own one is.

    An address may have one: where it reaches the database, that refuses it (`store/engine/faults.py`).
    """
    app.before_request(_check)


def _check() -> None:
    is_page_json = request.is_json and not request.path.startswith("/api/")
    if any(NUL in text for text in _texts()) or (is_page_json and _ESCAPED.search(request.get_data())):
        message = "a text holds the character NUL: send it without"
        raise MalformedBodyError(message, reason=Reason.NUL_TEXT)


def _texts() -> Iterator[str]:
    if request.mimetype in FORMS:
        for name, values in request.form.lists():
            yield from (name, *values)
        for name, file in request.files.items():
            yield from (name, file.filename or "")
