"""What leaving at each time of a day gives: departures worth taking between places, and walking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.buses.query.journeys.profile_search import NEVER
from planner.domain.clock import DAY_S, Instant
from planner.domain.geo import LonLat

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.buses.query.journeys.legs import Journey
    from planner.buses.query.journeys.profile_search import ProfileSpan, Times
    from planner.buses.query.walks.access import StopReach

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class DayProfile:
    """From one place to another: departures with their arrivals, both ascending, each better than walking.

    The last departure may be after the day: that of who starts at its end.
    `walk_s` is how long the walk all the way takes, None where there is none. `is_exact` tells that
    each arrival is that of a single question; else it may be later, by little, never earlier.
    """

    departures: Ints
    arrivals: Ints
    walk_s: int | None
    is_exact: bool = True

    def arrival(self, at: Instant) -> Instant | None:
        """The earliest arrival of a start at an instant or later; None where there is no way within a day."""
        on_foot = None if self.walk_s is None else at + self.walk_s
        row = int(self.departures.searchsorted(at))
        if row == len(self.departures):
            return on_foot
        riding = int(self.arrivals[row])
        if on_foot is None:
            return riding if riding <= at + DAY_S else None
        return min(on_foot, riding)

    def departure(self, by: Instant) -> Instant | None:
        """The latest start that arrives by an instant; None where there is no way within a day.

        Starts before the profile's day are known on foot only.
        """
        on_foot = None if self.walk_s is None else by - self.walk_s
        row = int(self.arrivals.searchsorted(by, side="right")) - 1
        if row < 0:
            return on_foot
        riding = int(self.departures[row])
        if on_foot is None:
            return riding if by <= riding + DAY_S else None
        return max(on_foot, riding)


@dataclass(frozen=True, eq=False)
class DayProfiles:
    """Profiles between all pairs of some places, for starts from `start` up to `end`."""

    points: tuple[LonLat, ...]
    start: Instant
    end: Instant
    profiles: tuple[tuple[DayProfile, ...], ...]

    def arrival(self, origin: int, destination: int, at: Instant) -> Instant | None:
        """The earliest arrival between places by their numbers."""
        return self.profiles[origin][destination].arrival(at)

    def departure(self, origin: int, destination: int, by: Instant) -> Instant | None:
        """The latest start between places by their numbers."""
        return self.profiles[origin][destination].departure(by)

    @property
    def is_exact(self) -> bool:
        """Whether all arrivals are those of single questions."""
        return all(profile.is_exact for row in self.profiles for profile in row)

    def seconds(self, at: Instant) -> list[list[int | None]]:
        """Seconds from each place to each when starting at an instant."""
        return [
            [None if (end := profile.arrival(at)) is None else end - at for profile in row]
            for row in self.profiles
        ]


def profiles_from(
    span: ProfileSpan, out: StopReach, early_s: int, arrivals: Times, walks: Sequence[int | None]
) -> tuple[DayProfile, ...]:
    """Return the profiles from one place, by the boardings near it, to all places."""
    starts = span.stop_starts
    rows = [np.arange(starts[stop], starts[stop + 1]) for stop in out.stops.tolist()]
    row = np.concatenate([np.zeros(0, np.int64), *rows])
    seconds = np.repeat(out.seconds, [len(some) for some in rows])
    departures = span.departures[row] - seconds - early_s
    order = np.argsort(-departures, kind="stable")
    order = order[departures[order] >= 0]
    least = np.minimum.accumulate(arrivals[row[order]], axis=0)
    before = np.vstack((np.full((1, len(walks)), NEVER, np.int32), least))[:-1]
    leaving = departures[order]
    return tuple(
        _profile(span, leaving, least[:, place], before[:, place], walk) for place, walk in enumerate(walks)
    )


def _profile(span: ProfileSpan, leaving: Ints, least: Times, before: Times, walk: int | None) -> DayProfile:
    useful = least < before
    if walk is not None:
        useful &= least < leaving + walk
    rows = np.flatnonzero(useful)[::-1]
    departures, firsts = np.unique(leaving[rows], return_index=True)
    asked = slice(int(departures.searchsorted(span.until - span.start)) + 1)
    arrivals = span.start + least[rows[firsts]].astype(np.int64)
    return DayProfile(span.start + departures[asked], arrivals[asked], walk, span.is_exact)


def useful(journeys: Sequence[Journey]) -> tuple[Journey, ...]:
    """Leave out journeys that arrive no earlier than one that leaves as late or later; by departure."""
    kept: list[Journey] = []
    for journey in sorted(journeys, key=lambda taken: (-taken.depart, taken.arrive)):
        if not kept or journey.arrive < kept[-1].arrive:
            kept.append(journey)
    return tuple(reversed(kept))
