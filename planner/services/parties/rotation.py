"""A stretch of a day as a rotation: when stays may begin, how many a site holds, what comes before what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.hours.spans import within
from planner.domain.parties.rotation import BEFORE, Meeting, OwnStop, Rotation, earliest_start
from planner.domain.schedule.timed import TimedDay
from planner.domain.visits import Day, Party
from planner.services.parties.timing import capacity_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.clock import Instant
    from planner.domain.parties.parties import SplitStretch
    from planner.domain.parties.rotation import MoveTimes, Starts
    from planner.domain.schedule.timed import TimedStop

ALWAYS: Starts = ((0, None),)


@dataclass(frozen=True)
class SplitDay:
    """A day, the same with its times as instants, and the parties that it is split into."""

    day: Day
    timed: TimedDay
    parties: tuple[Party, ...]


def rotation_of(split: SplitDay, stretch: SplitStretch, leave: Instant) -> Rotation:
    """Return a stretch that all parties begin when they leave at `leave`."""
    meeting = None
    if stretch.meeting is not None:
        stop = split.timed.stops[stretch.meeting]
        meeting = Meeting(starts_of(stop, leave), stop.buffer_s)
    stops = tuple(_own_stop(split, stretch.own, number, leave) for number in range(len(stretch.own)))
    return Rotation(leave, tuple(party.size for party in split.parties), stops, meeting)


def reachable(rotation: Rotation, moves: MoveTimes) -> Rotation:
    """Set aside hours that not even a party that goes there first can keep: warnings will tell of them."""

    def is_reached(number: int, stop: OwnStop) -> bool:
        ready = [
            moves.ready(party, BEFORE, number, rotation.leave, first=True) + stop.buffer_s
            for party in range(len(rotation.sizes))
        ]
        return all(earliest_start(stop.starts, instant) is not None for instant in ready)

    stops = tuple(
        stop if is_reached(number, stop) else replace(stop, starts=ALWAYS)
        for number, stop in enumerate(rotation.stops)
    )
    meeting = rotation.meeting
    if meeting is not None and not meeting.starts:
        meeting = replace(meeting, starts=ALWAYS)
    return replace(rotation, stops=stops, meeting=meeting)


def _own_stop(split: SplitDay, own: Sequence[int], number: int, leave: Instant) -> OwnStop:
    stop, asked = split.timed.stops[own[number]], split.day.stops[own[number]]
    return OwnStop(
        starts=starts_of(stop, leave),
        dwell_s=stop.dwell_s,
        buffer_s=stop.buffer_s,
        capacity=None if asked.meets else capacity_of(asked, stop.place),
        has_place=stop.place is not None,
        position=number if stop.locked else None,
        after=tuple(sorted(_earlier(split, own, number))),
        common=asked.meets,
    )


def _earlier(split: SplitDay, own: Sequence[int], number: int) -> set[int]:
    """The own stops before one: those it must come after, and what is before a common break."""
    commons = [at for at, index in enumerate(own) if split.day.stops[index].meets]
    if number in commons:
        return set(range(number))
    later = {at for at in range(len(own)) if any(number < common <= at for common in commons)}
    after = split.timed.stops[own[number]].after
    asked = {at for at, index in enumerate(own) if split.timed.stops[index].id in after}
    return {*(common for common in commons if common < number), *(asked - later - {number})}


def starts_of(stop: TimedStop, leave: Instant) -> Starts:
    """When a stay may begin that nobody can begin before `leave`."""
    if stop.fixed is not None:
        return ((stop.fixed, stop.fixed),) if stop.fixed >= leave else ()
    return tuple(
        (first, last)
        for span in within(stop.hours, stop.windows)
        for first, last in span.starts(stop.dwell_s)
        if last is None or last >= leave
    )
