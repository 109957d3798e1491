"""How often one address may call: enough for a busy office, too little to wear the service out.

Counted for all workers and machines in the Redis or Valkey of LIMITS_URL. Without one, and while it cannot be
reached, each worker counts for itself, so the whole service lets through up to as many times more as it has
workers; `RATE_LIMITS=off` switches it off for benchmarks.
"""

from __future__ import annotations

import time
from threading import Lock
from typing import TYPE_CHECKING

from flask import current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

from planner.serving.pool.state import OPEN, POOL
from planner.words.translation import gettext

if TYPE_CHECKING:
    from flask import Blueprint, Flask
    from limits.strategies import RateLimiter

CHEAP = "600 per minute"
"""API calls that take milliseconds."""

WORK = parse("3000 per minute")
"""What cheap calls may take in all, in hundredths of a second: half a processor for an address."""

BY_LINK = "15000 per minute"
"""Pages by secret link. Five hundred phones behind one address may open theirs within a minute, each with two
dozen answers for its copy; all but a few are kept bytes, 2 to 5 ms each."""

LIVE_POLLS, LIVE_NEWS = "20000 per minute", "6000 per minute"
"""What phones ask on the day, 500 of them behind one address: mostly they are told that nothing is new."""

NOT_MODIFIED = 304
SCHEME = "planner-memory"
PATIENCE_S = 1
"""So long an answer of the store is waited for, before each worker counts for itself."""

LIMITER, SPARE = "planner.limiter", "planner.spare_limiter"
SHARED, APART, OFF = "shared", "each process", "off"
"""Who counts: all together, each worker for itself, nobody."""


class Counts(MemoryStorage):
    """Counts in the worker's memory.

    The library starts a thread that sweeps from whichever thread counts. Under 500 phones two did so at once,
    and a request ended in a 500: one at a time may look whether to start it.
    """

    STORAGE_SCHEME = [SCHEME]  # noqa: RUF012 - the library's own

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: str) -> None:  # noqa: FBT001, FBT002 - the library's own
        super().__init__(uri, wrap_exceptions=wrap_exceptions, **options)
        self._looking = Lock()

    def _MemoryStorage__schedule_expiry(self) -> None:  # noqa: N802 - the library's own
        with self._looking:
            super()._MemoryStorage__schedule_expiry()  # type: ignore[misc]


def install(
    app: Flask, budgets: dict[Blueprint, str], *, polls: Blueprint, is_on: bool, url: str | None = None
) -> None:
    """Give each blueprint its own budget for an address; of `polls` only those with news count fully.

    `url` is that of the store in which all workers count.
    """
    waiting: dict[str, str | int] = {
        "socket_connect_timeout": PATIENCE_S,
        "socket_timeout": PATIENCE_S,
        "wrap_exceptions": True,
    }
    limiter = Limiter(
        get_remote_address,
        app=app,
        storage_uri=url or f"{SCHEME}://",
        storage_options=waiting if url else {},
        in_memory_fallback_enabled=url is not None,
        key_prefix="planner",
        strategy="moving-window",
        headers_enabled=True,
        enabled=is_on,
    )
    limiter.request_filter(is_counted)
    app.extensions[LIMITER] = limiter
    app.extensions[SPARE] = MovingWindowRateLimiter(Counts())
    for blueprint, budget in budgets.items():
        limiter.limit(budget)(blueprint)
    limiter.limit(LIVE_POLLS)(polls)
    limiter.limit(LIVE_NEWS, deduct_when=lambda response: response.status_code != NOT_MODIFIED)(polls)


def is_counted() -> bool:
    """Whether this request was counted before: in the worker that sent it over to the pool."""
    return bool(request.environ.get(POOL, OPEN) != OPEN)


def count(budget: RateLimitItem, what: str, cost: int = 1) -> None:
    """Count something that a request does, by its address.

    Raises
    ------
    TooManyRequests
        If the address has had all of the budget, with when it has some again.
    """
    limiter: Limiter = current_app.extensions[LIMITER]
    if not limiter.enabled or is_counted():
        return
    try:
        _count(limiter.limiter, budget, what, cost)
    except StorageError:
        _count(current_app.extensions[SPARE], budget, what, cost)


def who_counts() -> str:
    """Who counts just now."""
    limiter: Limiter = current_app.extensions[LIMITER]
    if not limiter.enabled:
        return OFF
    try:
        is_shared = not isinstance(limiter.storage, MemoryStorage) and limiter.storage.check()
    except StorageError:
        is_shared = False
    return SHARED if is_shared else APART


def _count(by: RateLimiter, budget: RateLimitItem, what: str, cost: int) -> None:
    address = get_remote_address()
    if not by.hit(budget, what, address, cost=cost):
        again = by.get_window_stats(budget, what, address).reset_time
        wait = gettext("this has been asked for too often: try again in a minute")
        raise TooManyRequests(wait, retry_after=max(1, round(again - time.time())))
