"""What guides have switched between the two versions of a visit's days, and the release as it is then."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.clock import Instant
from planner.domain.live.events import EventKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.domain.live.events import LiveEvent
    from planner.domain.releases import ReleaseContent


@dataclass(frozen=True)
class Switches:
    """The days, from 0, on which the rain version is in force, and how often anything was switched.

    `count` only grows, on whatever day it was: also what takes a switch back is one. `last` is when the
    service heard of the newest, 0 where there was none. `touched` are the days on which there was any.
    """

    rainy: AbstractSet[int] = frozenset()
    count: int = 0
    last: Instant = 0
    touched: AbstractSet[int] = frozenset()


NO_SWITCH = Switches()


def switchings(log: Iterable[LiveEvent]) -> list[LiveEvent]:
    """Return of a day's log what switches its version, and what takes such a switch back."""
    events = list(log)
    switched = [event for event in events if event.kind in {EventKind.RAIN, EventKind.DRY}]
    ids = {event.id for event in switched}
    back = [event for event in events if event.kind is EventKind.UNDO and event.other in ids]
    return [*switched, *back]


def with_rain_on(content: ReleaseContent, days: AbstractSet[int]) -> ReleaseContent:
    """Return a release with some of its days (from 0) as they go when it rains; with none, the release."""
    wet = content.rain
    if wet is None or not days:
        return content
    number = range(len(content.visit.days))
    return replace(
        content,
        visit=replace(
            content.visit, days=tuple((wet if at in days else content).visit.days[at] for at in number)
        ),
        sites={**content.sites, **wet.sites},
        timetable=content.timetable or wet.timetable,
        itineraries=tuple((wet if at in days else content).itineraries[at] for at in number),
        parties=tuple((wet if at in days else content).parties[at] for at in number)
        if content.parties
        else (),
    )
