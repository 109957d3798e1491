"""Times that hosts have confirmed, as searches keep them and as forms send them back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.clock import Instant, canonical_time
from planner.domain.edits.stops import with_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.domain.visits import Day, Visit


@dataclass(frozen=True)
class KeptTime:
    """The time that a host has confirmed and goes by: `stop` is the id of their stop, `time` is local."""

    stop: str
    time: str
    start: Instant


def with_kept(visit: Visit, day: int, kept: Iterable[KeptTime]) -> Visit:
    """Return the visit with these times of a day fixed."""
    return with_day(visit, day, _fixed(visit.days[day], {one.stop: one.time for one in kept}))


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


def _fixed(day: Day, times: dict[str, str]) -> Day:
    stops = tuple(replace(stop, fixed=times.get(stop.id, stop.fixed)) for stop in day.stops)
    return replace(day, stops=stops)
