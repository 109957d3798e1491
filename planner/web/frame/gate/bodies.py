"""A body that breaks off, or comes in chunks that are none: the sender's fault, not ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app
from gunicorn.http.errors import NoMoreData, ParseException

from planner.errors import MalformedBodyError, Reason

if TYPE_CHECKING:
    from flask import Flask
    from flask.typing import ResponseReturnValue


def install(app: Flask) -> None:
    """Answer 400 where the server finds the body broken while a page reads it."""
    for kind in (ParseException, NoMoreData):
        app.register_error_handler(kind, _broken)


def _broken(_error: Exception) -> ResponseReturnValue:
    told = MalformedBodyError("the body broke off, or its chunks are broken", reason=Reason.BROKEN_BODY)
    return current_app.handle_user_exception(told)
