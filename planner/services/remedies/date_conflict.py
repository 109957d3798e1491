"""Why no other date helps a stop that is shut: which stops are never open on one date together."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from planner.domain.edits.remedies import Remedy, RemedyCode
from planner.domain.order.conflicts import minimal_conflict
from planner.services.remedies.search import DAYS_AHEAD, is_open, is_shut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.itinerary import Warning
    from planner.services.remedies.trials import Trials


def never_open_together(trials: Trials, warning: Warning) -> tuple[str, ...]:
    """Return the ids of stops that no date of two weeks finds open together, the shut one among them.

    It is alone where it is never open for the stay. There are none where some date would do
    as far as doors go, or where the warning is about something else.
    """
    if warning.stop is None or not is_shut(trials, warning):
        return ()
    own = trials.day.stops[warning.stop].id
    dates = [trials.day.date + dt.timedelta(days=later) for later in range(DAYS_AHEAD + 1)]
    timed = [trials.timed_with(Remedy(RemedyCode.DATE, date=date)) for date in dates]
    open_on = [{stop.id for stop in day.stops if is_open(stop)} for day in timed]

    def is_feasible(stops: Sequence[str]) -> bool:
        return any(found.issuperset(stops) for found in open_on)

    others = [stop.id for stop in trials.day.stops if stop.id != own]
    found = minimal_conflict([*others, own], is_feasible)
    return tuple(stop.id for stop in trials.day.stops if stop.id in found) if own in found else ()
