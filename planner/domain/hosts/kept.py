"""Times that hosts have confirmed, as searches keep them and as forms send them back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.clock import Instant, canonical_time, minute_until
from planner.domain.edits.stops import with_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planner.domain.itinerary import Itinerary
    from planner.domain.visits import Day, Visit


@dataclass(frozen=True)
class KeptTime:
    """The time that a host has confirmed and goes by: `stop` is the id of their stop, `time` is local.

    With `is_rain` it is that of the stop's other place, when it rains; no search fixes it.
    """

    stop: str
    time: str
    start: Instant
    is_rain: bool = False


def with_kept(visit: Visit, day: int, kept: Iterable[KeptTime]) -> Visit:
    """Return the visit with these times of a day fixed."""
    return with_day(visit, day, day_with_kept(visit.days[day], kept))


def day_with_kept(day: Day, kept: Iterable[KeptTime]) -> Day:
    """Return a day with these times fixed but those for rain; a stop that it does not have is passed over."""
    return _fixed(day, {one.stop: one.time for one in kept if not one.is_rain})


def without_kept(day: Day, asked: Day) -> Day:
    """Return a day with the stops' own fixed times again, as they are in the day that was asked about."""
    own = {stop.id: stop.fixed for stop in asked.stops}
    return replace(day, stops=tuple(replace(stop, fixed=own[stop.id]) for stop in day.stops))


def kept_text(kept: Iterable[KeptTime]) -> str:
    """Write the kept times of a day for a form: "s2=10:00,s5=11:30"."""
    return ",".join(f"{one.stop}={one.time}" for one in kept)


def with_kept_text(day: Day, text: str) -> Day:
    """Return a day with the times fixed that a form sent; a stop that it does not have is passed over.

    Raises
    ------
    EditRefusedError
        If one is no time.
    """
    pairs = (pair.split("=", 1) for pair in text.split(",") if "=" in pair)
    return _fixed(day, {stop: canonical_time(time) for stop, time in pairs})


@dataclass(frozen=True)
class AskedAgain:
    """A host who has to be asked again: of what they have confirmed, and of the new start.

    None: nobody comes to them on that day any more.
    """

    kept: KeptTime
    start: Instant | None


def asked_again(
    kept: Iterable[KeptTime], starts: Mapping[str, Instant], before: Mapping[str, Instant] | None = None
) -> tuple[AskedAgain, ...]:
    """Return the hosts who have to be asked again where stays begin at other times than were confirmed.

    With the times `before`, only those whose stay moves: whoever is at another time than was confirmed
    already has to be told of that anyway.
    """
    return tuple(
        AskedAgain(one, start)
        for one in kept
        if (start := starts.get(one.stop)) != one.start
        and (before is None or before.get(one.stop, one.start) != start)
    )


def starts_of(day: Day, plan: Itinerary) -> dict[str, Instant]:
    """Return when stays begin, in whole minutes, by the ids of their stops."""
    return {day.stops[call.stop].id: minute_until(call.start) for call in plan.calls}


def _fixed(day: Day, times: dict[str, str]) -> Day:
    stops = tuple(replace(stop, fixed=times.get(stop.id, stop.fixed)) for stop in day.stops)
    return replace(day, stops=stops)
