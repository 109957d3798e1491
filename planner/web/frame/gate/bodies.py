"""What the server found broken, too large or too slow: the sender's fault, said before any page is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, request

from planner.errors import MalformedBodyError, Reason
from planner.serving.channel import REFUSED

if TYPE_CHECKING:
    from flask import Flask

BAD_REQUEST = 400


def install(app: Flask) -> None:
    """Say so in the words and the form of all refusals."""
    app.before_request(_check)


def _check() -> None:
    status = request.environ.get(REFUSED)
    if status == BAD_REQUEST:
        raise MalformedBodyError("the body broke off, or its chunks are broken", reason=Reason.BROKEN_BODY)
    if status is not None:
        abort(int(status))
