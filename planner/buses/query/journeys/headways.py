"""Services known by their headway alone: when a ride is expected to start.

One waits half a headway. The start that is then expected lies on a grid of whole
steps (a minute: `headway_grid`), counted from the first one that is expected in
each period: an estimate is told in whole minutes anyway, nobody is told an earlier
time than half a headway gives, and the rides of a day can be counted. Questions
about whole days then know the very rides that a single question finds
(`headway_samples`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from planner.domain.clock import Instant

NEVER = 1 << 60
"""Later than every instant."""


class HeadwayPeriod(NamedTuple):
    """A span of being ready, from `first` to `last`, in which one waits `half` a headway from its points on.

    Its points are `first`, `last` and whole `step`s from `anchor` between them. That
    is `first` itself, or on the mirrored board `last`: both have the same rides.
    """

    first: Instant
    last: Instant
    half: int
    anchor: Instant
    step: int

    def after(self, ready: Instant) -> Instant:
        """The first point at an instant or later; there must be one."""
        if ready <= self.first:
            return self.first
        return min(self.last, ready + (self.anchor - ready) % self.step)

    def before(self, ready: Instant) -> Instant:
        """The last point at an instant or earlier; there must be one."""
        if ready >= self.last:
            return self.last
        return max(self.first, ready - (ready - self.anchor) % self.step)

    def mirrored(self) -> HeadwayPeriod:
        """Return the same seen backwards in time: half a headway is waited after the ride's end."""
        return self._replace(
            first=-self.last - self.half, last=-self.first - self.half, anchor=-self.anchor - self.half
        )


@dataclass(frozen=True)
class HeadwayRun:
    """A service known by its headway alone. `arrive` and `depart` count from its first departure.

    The expected departure is the least over the periods not yet over, so one waits
    longer where a later period is then reached. That keeps those who are ready
    earlier from leaving later.
    """

    pattern: int
    trip: int
    stops: tuple[int, ...]
    board: tuple[bool, ...]
    alight: tuple[bool, ...]
    arrive: tuple[int, ...]
    depart: tuple[int, ...]
    periods: tuple[HeadwayPeriod, ...]

    def expected(self, ready: Instant) -> Instant:
        """The expected departure from the first stop of one who is ready there at an instant."""
        least = NEVER
        for period in self.periods:  # a search asks this more than anything else
            if ready <= period.last:
                least = min(least, period.after(ready) + period.half)
        return least

    def latest(self, at: int, by: Instant) -> int | None:
        """The last instant of being ready at the first stop to come to position `at` by another one."""
        by -= self.arrive[at]
        return max(
            (period.before(by - period.half) for period in self.periods if period.first + period.half <= by),
            default=None,
        )

    def left(self, at: int, ready: Instant) -> Instant:
        """The instant to be ready at position `at`, for one to be ready at the first stop."""
        return ready + self.depart[at]

    def number_mirrored(self, ready: Instant) -> Instant:
        """A ride that starts when one is ready at an instant has that instant's mirror for a number."""
        return -ready

    def headway_s(self, begun: Instant) -> int:
        """The headway by which a ride is expected to start at an instant; of several the least."""
        return 2 * min(
            period.half
            for period in self.periods
            if period.first <= (ready := begun - period.half) <= period.last and period.after(ready) == ready
        )

    def mirrored(self) -> HeadwayRun:
        """Return the same seen backwards in time."""
        return HeadwayRun(
            self.pattern,
            self.trip,
            self.stops[::-1],
            self.alight[::-1],
            self.board[::-1],
            tuple(-time for time in reversed(self.depart)),
            tuple(-time for time in reversed(self.arrive)),
            tuple(period.mirrored() for period in self.periods),
        )
