"""Journeys from door to door by public transport: depart at, arrive by, all departures of a span.

The objective of "depart at" is the earliest arrival; of equal ones the fewest
rides, then the least walking, then the latest start. "Arrive by" mirrors it:
the latest start, the fewest rides, the least walking, the earliest arrival.
Walking all the way always competes. A change takes the walk, `transfer_s` for
a late arrival and the time to get on. How it is searched and why so is told in
`raptor` (one question), `trace` (ties) and `profiles` (whole days).
"""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from itertools import chain, product
from typing import TYPE_CHECKING

from planner.buses.query.journeys.assemble import Assembler, JourneyEnds
from planner.buses.query.journeys.headway_samples import with_samples
from planner.buses.query.journeys.headways import HeadwayRun
from planner.buses.query.journeys.legs import Footway, Journey
from planner.buses.query.journeys.profile_search import ProfileSpan
from planner.buses.query.journeys.profiles import DayProfiles, profiles_from, useful
from planner.buses.query.journeys.raptor import RaptorQuestion, Walked, search
from planner.buses.query.journeys.ride_book import RideBook
from planner.buses.query.journeys.tables import seconds_to_all
from planner.buses.query.journeys.trace import Traced, trace, unmirrored
from planner.buses.query.timetable.days import trips_between
from planner.buses.query.walks.access import RideRules, StopWalks
from planner.domain.budget import ENDLESS
from planner.domain.clock import DAY_S
from planner.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from planner.buses.query.timetable.timetable import Timetable
    from planner.buses.query.walks.access import Footpaths, StopReach
    from planner.domain.budget import Budget
    from planner.domain.clock import Instant, TownClock
    from planner.domain.geo import LonLat

__all__ = ["Journeys", "RideRules"]

HORIZON_S = DAY_S
"""Where there is no way on foot, rides are looked for this far ahead."""

LISTED_APART_S = 600
"""Rides on a headway are listed this far apart."""

REMEMBERED_BOOKS = 16
REMEMBERED_PLACES = 512
REMEMBERED_PAIRS = 20_000
"""About 100 days of 14 places; a pair has some ten kilobytes at most."""


class Journeys:
    """Answers questions for one group over one timetable."""

    def __init__(self, timetable: Timetable, clock: TownClock, walks: StopWalks, rules: RideRules) -> None:
        self.timetable = timetable
        self.clock = clock
        self.walks = walks
        self.rules = rules
        self._memory = Memory()

    def covers(self, day: date) -> bool:
        """Whether the timetable says anything about a date."""
        return self.timetable.covers(day) or bool(self.timetable.service_week[:, day.weekday()].any())

    def depart_at(self, origin: LonLat, destination: LonLat, at: Instant) -> Journey | None:
        """Return the journey that starts at an instant or later and arrives first.

        None where there is neither a way on foot nor a ride within a day.
        """
        book = self.book(self.clock.local(at).date())
        direct = self.walks.direct(origin, destination)
        ends = self._ends(origin, destination)
        until_s = HORIZON_S if direct is None else direct[0]
        question = self._question(at, ends.out, ends.into, until_s)
        traced = trace(question, search(question))
        if traced is None:
            return self._on_foot(origin, destination, at, direct)
        return self._assembled(book, traced, ends)

    def arrive_by(self, origin: LonLat, destination: LonLat, by: Instant) -> Journey | None:
        """Return the journey that arrives at an instant or earlier and starts last.

        None where there is neither a way on foot nor a ride within a day.
        """
        book = self.book(self.clock.local(by).date() - timedelta(days=1))
        direct = self.walks.direct(origin, destination)
        ends = self._ends(origin, destination)
        question = RaptorQuestion(
            board=book.board.mirrored,
            at=-by,
            out=_walked(ends.into, 0),
            between=self.between[1],
            against=self.between[0],
            into=_walked(ends.out, self.rules.early_s),
            until=-by + (HORIZON_S if direct is None else direct[0]),
            rides=self.rules.max_rides,
        )
        traced = trace(question, search(question))
        if traced is None:
            start = by - (0 if direct is None else direct[0])
            return self._on_foot(origin, destination, start, direct)
        return self._assembled(book, unmirrored(book.board, traced), ends)

    def day_profiles(self, points: Sequence[LonLat], day: date, budget: Budget = ENDLESS) -> DayProfiles:
        """Return what every start on a date gives between all places.

        Where they are exact they say for each second what `depart_at` and `arrive_by` say.

        Raises
        ------
        OutOfTimeError
            If the budget is over before they are known.
        """
        start, end = self.clock.midnight(day), self.clock.midnight(day + timedelta(days=1))
        pairs = [(origin, destination, day) for origin, destination in product(points, points)]
        known = self._memory.known("profiles", pairs)
        if known is None:
            walks = self.walks.table(points)
            span = self._span(day, start, end, walks)
            into = [self.reach(at, is_end=True) for at in points]
            arrivals = span.arrivals(into, self.rules.max_rides, budget)
            rows = tuple(
                profiles_from(span, self.reach(at, is_end=False), self.rules.early_s, arrivals, on_foot)
                for at, on_foot in zip(points, walks, strict=True)
            )
            known = list(chain.from_iterable(rows))
            self._memory.put("profiles", dict(zip(pairs, known, strict=True)), keep=REMEMBERED_PAIRS)
        size = len(points)
        rows = tuple(tuple(known[row * size : (row + 1) * size]) for row in range(size))
        return DayProfiles(tuple(points), start, end, rows)

    def table(self, points: Sequence[LonLat], at: Instant) -> list[list[int | None]]:
        """Return seconds from each place to each when starting at an instant."""
        into = [self.reach(place, is_end=True) for place in points]
        rows = []
        for origin, walks in zip(points, self.walks.table(points), strict=True):
            question = self._question(at, self.reach(origin, is_end=False), None, HORIZON_S)
            rows.append(seconds_to_all(question, into, walks, HORIZON_S))
        return rows

    def profile(
        self, origin: LonLat, destination: LonLat, start: Instant, end: Instant
    ) -> tuple[Journey, ...]:
        """Return the journeys worth taking that leave in a span of at most a day, by departure.

        None of them arrives later than one that leaves later, or than walking. What is
        known by its headway alone is listed every ten minutes.
        """
        day = self.clock.local(start).date()
        direct = self.walks.direct(origin, destination)
        walk = None if direct is None else direct[0]
        span = self._span(day, start, end, [[walk]], LISTED_APART_S)
        arrivals = span.arrivals([self.reach(destination, is_end=True)], self.rules.max_rides)
        out = self.reach(origin, is_end=False)
        (profile,) = profiles_from(span, out, self.rules.early_s, arrivals, [walk])
        leaving = [time for time in profile.departures.tolist() if time <= end]
        found_at = [self.depart_at(origin, destination, time) for time in leaving]
        return useful([journey for journey in found_at if journey is not None and journey.rides])

    def _span(
        self,
        day: date,
        start: Instant,
        end: Instant,
        walks: Sequence[Sequence[int | None]],
        apart_s: int = 0,
    ) -> ProfileSpan:
        """The trips that starts between two instants may need: none is ridden later than one could walk."""
        longest = max((HORIZON_S if walk is None else walk for row in walks for walk in row), default=0)
        gap = self.rules.transfer_s + self.rules.early_s
        book = self.book(day)
        headways = [run for run in book.board.runs if isinstance(run, HeadwayRun)]
        last = end + longest
        sampled = with_samples(book.days, headways, last, apart_s)
        return ProfileSpan(
            self.timetable, sampled.days, self._paths, start, end, last, gap, is_exact=sampled.is_exact
        )

    def book(self, day: date) -> RideBook:
        """Return the trips of a date and of the next, with those still under way from the day before."""
        return self._memory.get(
            "books",
            day,
            lambda: RideBook(self.timetable, trips_between(self.timetable, day, day + timedelta(days=1))),
            keep=REMEMBERED_BOOKS,
        )

    def reach(self, place: LonLat, *, is_end: bool) -> StopReach:
        """Return the stops within a walk of a start, or from which an end is within a walk."""
        near = self.walks.to_place if is_end else self.walks.from_place
        return self._memory.get(
            "places",
            (place, is_end),
            lambda: near(place, self.rules.max_walk_m),
            keep=REMEMBERED_PLACES,
        )

    @cached_property
    def _paths(self) -> Footpaths:
        return self.walks.between(self.rules.max_walk_m)

    @cached_property
    def between(self) -> tuple[list[list[Walked]], list[list[Walked]]]:
        """Changes from and to each stop, the shortest first."""
        paths = self._paths
        gap = self.rules.transfer_s + self.rules.early_s
        size = len(paths.starts) - 1
        ahead: list[list[Walked]] = [[] for _ in range(size)]
        against: list[list[Walked]] = [[] for _ in range(size)]
        stops, seconds, starts = paths.stops.tolist(), paths.seconds.tolist(), paths.starts.tolist()
        for stop in range(size):
            for row in range(starts[stop], starts[stop + 1]):
                ahead[stop].append((stops[row], seconds[row] + gap, seconds[row]))
                against[stops[row]].append((stop, seconds[row] + gap, seconds[row]))
        for rows in (*ahead, *against):
            rows.sort(key=lambda row: (row[1], row[0]))
        return ahead, against

    def _question(self, at: Instant, out: StopReach, into: StopReach | None, until_s: int) -> RaptorQuestion:
        return RaptorQuestion(
            board=self.book(self.clock.local(at).date()).board,
            at=at,
            out=_walked(out, self.rules.early_s),
            between=self.between[0],
            against=self.between[1],
            into=() if into is None else _walked(into, 0),
            until=at + until_s,
            rides=self.rules.max_rides,
        )

    def _ends(self, origin: LonLat, destination: LonLat) -> JourneyEnds:
        out, into = self.reach(origin, is_end=False), self.reach(destination, is_end=True)
        return JourneyEnds(origin, destination, out, into)

    def _on_foot(
        self, origin: LonLat, destination: LonLat, start: Instant, direct: tuple[int, float] | None
    ) -> Journey | None:
        if direct is None:
            return None
        seconds, metres = direct
        end = start + seconds
        return Journey(start, end, (Footway(start, end, metres, origin, destination, self.walks),))

    def _assembled(self, book: RideBook, traced: Traced, ends: JourneyEnds) -> Journey:
        return Assembler(book, self.walks, self._paths, self.rules).journey(traced, ends)


def _walked(reach: StopReach, more_s: int) -> list[Walked]:
    return [
        (stop, seconds + more_s, seconds)
        for stop, seconds in zip(reach.stops.tolist(), reach.seconds.tolist(), strict=True)
    ]
