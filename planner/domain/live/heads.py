"""Head counts: how many were there, and whether somebody is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.live.events import EventKind, Phase

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.domain.clock import Instant
    from planner.domain.live.events import LiveEvent


@dataclass(frozen=True)
class HeadCount:
    """The last count at a stop in a phase, and how many fewer it is than were there before."""

    stop: str
    phase: Phase
    people: int
    missing: int


def head_counts(
    events: Iterable[LiveEvent], size: int, joining: Sequence[tuple[Instant, int]] = ()
) -> tuple[HeadCount, ...]:
    """Return the counts of standing events in their order; the first is held against the group's size.

    Each later one is held against the one before: who has gone home is told once, not all day long. Who is
    `joining`, so many people at an instant, is expected from then on.
    """
    counts: list[HeadCount] = []
    expected, coming = size, sorted(joining)
    for event in events:
        if event.kind is EventKind.HEADS:
            while coming and coming[0][0] <= event.at:
                expected += coming.pop(0)[1]
            counts.append(HeadCount(event.stop, event.phase, event.people, max(0, expected - event.people)))
            expected = event.people
    return tuple(counts)
