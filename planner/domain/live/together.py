"""Parties under way: at a stop where all meet nobody begins before the last is there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.live.calls import StopState
from planner.domain.live.merging import going_with, merges_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from planner.domain.clock import Instant
    from planner.domain.live.calls import LiveDay
    from planner.domain.live.day import DayUnderWay
    from planner.domain.live.events import LiveEvent


def live_parties(
    asked: Mapping[str, DayUnderWay], events: Mapping[str, Sequence[LiveEvent]], meetings: Collection[str]
) -> dict[str, LiveDay]:
    """Return the days of all parties by their names, each held at meetings until the last one comes.

    A party that goes on with another has that one's times from where they meet.

    One meeting after the other is settled, in the order of the day, so it takes a round for each at most.
    """
    held, merges = dict(asked), merges_of(events)
    for meeting in meetings:
        lives = _lives(held, events, merges)
        begins = _last_to_come(lives, meeting)
        if begins is not None:
            held = {name: replace(day, holds=(*day.holds, (meeting, begins))) for name, day in held.items()}
    return _lives(held, events, merges)


def _lives(
    asked: Mapping[str, DayUnderWay],
    events: Mapping[str, Sequence[LiveEvent]],
    merges: Mapping[str, LiveEvent],
) -> dict[str, LiveDay]:
    """Each party's day: first of those who lead, then of those who go with them."""
    lives = {name: day.after(events[name]) for name, day in asked.items() if name not in merges}
    while len(lives) < len(asked):
        for name, merge in merges.items():
            if name not in lives and merge.other in lives:
                other = asked[merge.other], lives[merge.other]
                lives[name] = going_with(asked[name], events[name], merge, *other)
    return {name: lives[name] for name in asked}


def _last_to_come(lives: Mapping[str, LiveDay], meeting: str) -> Instant | None:
    """When the last party can begin; a meeting that somebody has left already holds nobody."""
    calls = [call for live in lives.values() for call in live.calls if call.id == meeting]
    if any(call.state is StopState.DONE for call in calls):
        return None
    return max((call.start for call in calls if call.state is not StopState.SKIPPED), default=None)


def missing_at(lives: Mapping[str, LiveDay], name: str, meetings: Collection[str]) -> tuple[str, ...]:
    """Return the parties that are not yet where this one is, at a stop where all meet."""
    here = lives[name].here
    if here is None or here.id not in meetings:
        return ()
    return tuple(
        other
        for other, live in lives.items()
        if any(call.id == here.id and call.state is StopState.COMING for call in live.calls)
    )
