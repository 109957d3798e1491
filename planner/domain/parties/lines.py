"""Orders of parties while they are timed in whole minutes: what each comes to alone, and together so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.clock import MINUTE_S, Instant

if TYPE_CHECKING:
    from collections.abc import Sequence

ENDLESS = 1 << 40
"""A minute after all others."""

OVER = ENDLESS + 1

MISFIT_S = 36_000.0
"""What a stay that begins when it may not weighs against seconds."""

Present = list[list[tuple[int, int]]]
"""By stop, when who is there leaves and how many they are, in the order of coming and so of leaving."""


@dataclass(frozen=True, slots=True)
class Line:
    """The order of one party, and what follows from it alone.

    `ways` are the minutes to each stop, `last_s` the seconds from the last one to the meeting. `rests` are
    the seconds from the start of each stay to being ready for the meeting if nobody waits any more, and
    `alone` is when that is if nobody waits at all.
    """

    order: tuple[int, ...]
    ways: tuple[int, ...]
    rests: tuple[int, ...]
    last_s: int
    alone: Instant


class Timing:
    """Orders while they are timed: who is where, and when they are ready for the meeting at the earliest."""

    __slots__ = (
        "ahead", "base", "begins", "done", "ends", "everybody", "limit", "lines", "misfits", "people",
        "present", "queued", "ready", "sizes", "until",
    )  # fmt: skip

    def __init__(
        self, lines: Sequence[Line], sizes: Sequence[int], stops: int, base: Instant, limit: float
    ) -> None:
        self.lines = lines
        self.sizes = sizes
        self.everybody = sum(sizes)
        self.base = base
        self.ends = [line.alone for line in lines]
        self.people = sum([size * end for size, end in zip(self.sizes, self.ends, strict=True)])
        self.limit = limit
        self.misfits = 0
        self.ahead = [line.order[0] for line in lines]
        self.ready = [line.ways[0] for line in lines]
        self.begins = [0] * len(lines)
        self.done = [0] * len(lines)
        self.present: Present = [[] for _ in range(stops)]
        self.until = [0] * stops
        self.queued = list[tuple[int, int]]()

    def is_beyond(self) -> bool:
        """Whether they steer beyond the limit, however it goes on."""
        return max(self.ends) + self.people / self.everybody > self.limit

    def is_put_off_beyond(self, party: int, start: int) -> bool:
        """Whether they do since a party begins its next stay no earlier."""
        end = self.base + MINUTE_S * start + self.lines[party].rests[self.done[party]]
        if end <= self.ends[party]:
            return False
        self.people += self.sizes[party] * (end - self.ends[party])
        self.ends[party] = end
        return self.is_beyond()
