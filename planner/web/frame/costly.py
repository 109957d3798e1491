"""Searches that may take seconds: counted by address, one at a time in a worker, never in a page's way.

A worker serves several requests at once by threads. One of them may search, one more may wait for
it for a moment, and whoever comes then is asked to come again: the other threads stay free for pages.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from flask import current_app
from flask_limiter.util import get_remote_address
from limits import parse
from werkzeug.exceptions import ServiceUnavailable, TooManyRequests

from planner.memory_use import give_back
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask_limiter import Limiter

BUSY = (TooManyRequests, ServiceUnavailable)
"""The ways of `costly` to refuse a search."""

COSTLY = parse("30 per minute")
"""What an address may have a worker compute: orders, parties, comparisons, papers that are not kept yet."""

MOST_IN_LINE = 2
WAIT_S = 4.0
COME_AGAIN_S = 3

_IN_LINE = BoundedSemaphore(MOST_IN_LINE)
_SEARCHING = BoundedSemaphore(1)


@contextmanager
def costly() -> Iterator[None]:
    """Do something costly in a request.

    Raises
    ------
    TooManyRequests
        If this address has asked too often.
    ServiceUnavailable
        If others are being searched for, with when to come again.
    """
    count_costly()
    if not _IN_LINE.acquire(blocking=False):
        raise _busy()
    try:
        if not _SEARCHING.acquire(timeout=WAIT_S):
            raise _busy()
        try:
            yield
        finally:
            give_back()
            _SEARCHING.release()
    finally:
        _IN_LINE.release()


def refusal(refused: TooManyRequests | ServiceUnavailable) -> tuple[tuple[str, ...], int, int]:
    """Return what a page says of a refused search: in words, the HTTP status, seconds until to ask again."""
    after = refused.retry_after
    status = refused.code or ServiceUnavailable.code
    return (refused.description or "",), status, after if isinstance(after, int) else COME_AGAIN_S


def count_costly() -> None:
    """Count something that is computed for a request, and has a line of its own to wait in.

    Raises
    ------
    TooManyRequests
        If this address has asked too often.
    """
    limiter: Limiter = current_app.extensions["planner.limiter"]
    if not limiter.enabled:
        return
    address = get_remote_address()
    if not limiter.limiter.hit(COSTLY, "costly", address):
        reset = limiter.limiter.get_window_stats(COSTLY, "costly", address).reset_time
        wait = gettext("this has been asked for too often: try again in a minute")
        raise TooManyRequests(wait, retry_after=max(1, round(reset - time.time())))


def _busy() -> ServiceUnavailable:
    text = gettext("another search is under way: try again in a few seconds")
    return ServiceUnavailable(text, retry_after=COME_AGAIN_S)
