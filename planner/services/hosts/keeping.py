"""Confirmed times in a search for an order: kept as fixed ones, and what it costs to ask again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.clock import ClockTime, Instant
from planner.domain.edits.stops import with_day
from planner.domain.hosts.keys import host_stops

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from planner.domain.clock import TownClock
    from planner.domain.hosts.arrangement import Arrangement
    from planner.domain.visits import Visit


@dataclass(frozen=True)
class KeptTime:
    """The time that a host has confirmed and goes by: `stop` is the id of their stop, `time` is local."""

    stop: str
    time: str
    start: Instant


def kept_times(
    visit: Visit, day: int, arranged: Mapping[str, Arrangement], clock: TownClock
) -> tuple[KeptTime, ...]:
    """Return the times of a day that hosts have confirmed.

    Not of a stop with a fixed time of its own, of parties that come apart, or of another day than was agreed.
    """
    found = []
    for one in host_stops(visit):
        kept = arranged[one.key].kept if one.key in arranged else None
        if one.day != day or one.stop.fixed or kept is None or kept.date != visit.days[day].date:
            continue
        start = kept.stays[0].start
        found.append(KeptTime(one.stop.id, _local(clock, kept.date, start), start))
    return tuple(found)


def _local(clock: TownClock, date: dt.date, start: Instant) -> str:
    """An instant as a document has it; with its offset where the clock shows that time twice."""
    local = clock.local(start)
    offset = local.utcoffset() if clock.is_repeated(start) else None
    return str(ClockTime((local.date() - date).days, local.time().replace(second=0), offset))


def with_kept(visit: Visit, day: int, kept: tuple[KeptTime, ...]) -> Visit:
    """Return the visit with these times fixed."""
    times = {one.stop: one.time for one in kept}
    stops = tuple(replace(stop, fixed=times.get(stop.id, stop.fixed)) for stop in visit.days[day].stops)
    return with_day(visit, day, replace(visit.days[day], stops=stops))
