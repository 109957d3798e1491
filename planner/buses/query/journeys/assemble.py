"""Puts the parts of a journey together from the rides that a search has chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.buses.query.journeys.legs import Footway, Journey, Part, RideLeg, Wait
from planner.buses.query.journeys.ride_book import RideBook
from planner.buses.query.walks.access import Footpaths, RideRules, StopReach, StopWalks
from planner.domain.geo import LonLat

if TYPE_CHECKING:
    from planner.buses.query.journeys.trace import Traced
    from planner.domain.clock import Instant

OnFoot = tuple[int, float]
"""Seconds and metres."""


@dataclass(frozen=True)
class JourneyEnds:
    """Where a journey starts and ends, with the stops near both."""

    origin: LonLat
    destination: LonLat
    out: StopReach
    into: StopReach


@dataclass(frozen=True)
class Assembler:
    """Makes a group's journeys out of what a search found on the trips of some days."""

    book: RideBook
    walks: StopWalks
    paths: Footpaths
    rules: RideRules

    def journey(self, traced: Traced, ends: JourneyEnds) -> Journey:
        """Time the parts from the start on; the wait for a headway is known once the group has come to it."""
        parts: list[Part] = []
        time, here = traced.start, ends.origin
        off: int | None = None
        for taken in traced.rides:
            on = self.book.board.runs[taken.run].stops[taken.on]
            seconds, metres = _of(ends.out, on) if off is None else self._change(off, on)
            kept = self.rules.early_s + (0 if off is None else self.rules.transfer_s)
            ride = self.book.ride(taken, time + seconds + kept, self.rules.group_size)
            parts += self._before(ride, (time, here), (seconds, metres))
            parts.append(ride)
            time, here, off = ride.arrive, ride.alight.at, ride.alight.stop
        seconds, metres = _of(ends.into, off or 0)
        parts += self._footway(time, here, ends.destination, (seconds, metres))
        return Journey(traced.start, time + seconds, tuple(parts))

    def _before(self, ride: RideLeg, start: tuple[Instant, LonLat], on_foot: OnFoot) -> list[Part]:
        """The walk to a ride and the wait for it."""
        time, here = start
        parts = self._footway(time, here, ride.board.at, on_foot)
        come = time + on_foot[0]
        return [*parts, Wait(come, ride.depart, ride.board.at)] if come < ride.depart else parts

    def _footway(self, time: Instant, here: LonLat, there: LonLat, on_foot: OnFoot) -> list[Part]:
        seconds, metres = on_foot
        return [Footway(time, time + seconds, metres, here, there, self.walks)] if seconds else []

    def _change(self, off: int, on: int) -> OnFoot:
        start, end = (int(self.paths.starts[off + more]) for more in (0, 1))
        row = start + int(self.paths.stops[start:end].searchsorted(on))
        return int(self.paths.seconds[row]), float(self.paths.metres[row])


def _of(reach: StopReach, stop: int) -> OnFoot:
    row = int(reach.stops.searchsorted(stop))
    return int(reach.seconds[row]), float(reach.metres[row])
