"""Searches that may take seconds: counted by address, and never in a page's way.

Where a server serves, a request that searches is sent over to the pool (planner/serving/pool), which has
processes and a line of its own. Where there is no pool, one thread may search, one more may wait for it for a
moment, and whoever comes then is asked to come again: the other threads stay free for pages.
"""

from __future__ import annotations

from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from flask import current_app, request
from flask_limiter.util import get_remote_address
from limits import parse
from werkzeug.exceptions import ServiceUnavailable, TooManyRequests

from planner.memory_use import give_back
from planner.serving.pool.state import INSIDE, OPEN, POOL, Full, SentOver
from planner.web.frame.limits import count
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

BUSY = (TooManyRequests, ServiceUnavailable)
"""The ways of `costly` to refuse a search."""

COSTLY = parse("30 per minute")
"""What an address may have a worker compute: orders, parties, comparisons, papers that are not kept yet."""

MOST_IN_LINE = 2
WAIT_S = 4.0
COME_AGAIN_S = 3

TURNS = "planner.turns"
"""Where the application has a function that tells the id of who is signed in, None for nobody."""

_IN_LINE = BoundedSemaphore(MOST_IN_LINE)
_SEARCHING = BoundedSemaphore(1)


@contextmanager
def costly() -> Iterator[None]:
    """Do something costly in a request; with a pool, what came before in it is done once more there.

    Raises
    ------
    TooManyRequests
        If this address has asked too often.
    ServiceUnavailable
        If others are being searched for, with when to come again.
    SentOver
        If it is for the pool to do: so nothing may have been written yet.
    """
    count_costly()
    send_over()
    if request.environ.get(POOL) == INSIDE:
        yield
        return
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


def send_over() -> None:
    """Have the pool answer this request, where there is one; nothing may have been written yet.

    Raises
    ------
    SentOver
        If there is one.
    ServiceUnavailable
        If no more can wait for it.
    """
    send_over_or_stay()
    pool = request.environ.get(POOL)
    if isinstance(pool, Full):
        raise _busy(pool.after_s)


def send_over_or_stay() -> None:
    """Do the same for what takes half a second: where no more can wait it is done here.

    Raises
    ------
    SentOver
        If there is a pool.
    """
    if request.environ.get(POOL) == OPEN:
        raise SentOver(_who())


def _who() -> str:
    """Who has turns of their own: a user who is signed in, else an address."""
    user = current_app.extensions[TURNS]()
    return f"user {user}" if user else f"address {get_remote_address()}"


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
    count(COSTLY, "costly")


def _busy(after_s: int = COME_AGAIN_S) -> ServiceUnavailable:
    text = gettext("another search is under way: try again in a few seconds")
    return ServiceUnavailable(text, retry_after=after_s)
