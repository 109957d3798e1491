"""How often one address may call: enough for a busy office, too little to wear the service out.

Counted in each worker for itself, so the whole service lets through up to as
many times more as it has workers; `RATE_LIMITS=off` switches it off for
benchmarks.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from flask import request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits.storage import MemoryStorage

from planner.serving.pool.state import OPEN, POOL

if TYPE_CHECKING:
    from flask import Blueprint, Flask

CHEAP = "600 per minute"
"""API calls that take milliseconds."""

BY_LINK = "15000 per minute"
"""Pages by secret link. Five hundred phones behind one address may open theirs within a minute, each with two
dozen answers for its copy; all but a few are kept bytes, 2 to 5 ms each."""

LIVE_POLLS, LIVE_NEWS = "20000 per minute", "6000 per minute"
"""What phones ask on the day, 500 of them behind one address: mostly they are told that nothing is new."""

NOT_MODIFIED = 304
SCHEME = "planner-memory"


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


def install(app: Flask, budgets: dict[Blueprint, str], *, polls: Blueprint, is_on: bool) -> None:
    """Give each blueprint its own budget for an address; of `polls` only those with news count fully."""
    limiter = Limiter(
        get_remote_address,
        app=app,
        storage_uri=f"{SCHEME}://",
        strategy="moving-window",
        headers_enabled=True,
        enabled=is_on,
    )
    limiter.request_filter(is_counted)
    app.extensions["planner.limiter"] = limiter
    for blueprint, budget in budgets.items():
        limiter.limit(budget)(blueprint)
    limiter.limit(LIVE_POLLS)(polls)
    limiter.limit(LIVE_NEWS, deduct_when=lambda response: response.status_code != NOT_MODIFIED)(polls)


def is_counted() -> bool:
    """Whether this request was counted before: in the worker that sent it over to the pool."""
    return bool(request.environ.get(POOL, OPEN) != OPEN)
