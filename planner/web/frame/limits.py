"""How often one address may call: enough for a busy office, too little to wear the service out.

Counted in each worker for itself, so the whole service lets through up to as
many times more as it has workers; `RATE_LIMITS=off` switches it off for
benchmarks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

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


def install(app: Flask, budgets: dict[Blueprint, str], *, polls: Blueprint, is_on: bool) -> None:
    """Give each blueprint its own budget for an address; of `polls` only those with news count fully."""
    limiter = Limiter(
        get_remote_address,
        app=app,
        storage_uri="memory://",
        strategy="moving-window",
        headers_enabled=True,
        enabled=is_on,
    )
    app.extensions["planner.limiter"] = limiter
    for blueprint, budget in budgets.items():
        limiter.limit(budget)(blueprint)
    limiter.limit(LIVE_POLLS)(polls)
    limiter.limit(LIVE_NEWS, deduct_when=lambda response: response.status_code != NOT_MODIFIED)(polls)
