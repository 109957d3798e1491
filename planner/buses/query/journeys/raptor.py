"""The earliest arrival by rounds: round k tells where k rides lead (RAPTOR).

A town has some hundred patterns of trips and a few hundred stops. A search by
rounds looks at each pattern at most once a round, needs nothing worked out
beforehand but sorted departures, gives the best answer for each number of
rides at no extra cost, and holds for headways as for timetables; the mirrored
board turns it into "arrive by". A scan of connections would look at the whole
rest of the day, a trip-based search needs transfers worked out for every day.

Two labels a stop are kept apart: when one gets off there, and from when on one
may get on. Walks start only where one got off, so that no two are strung
together to one longer than a walk may be.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.buses.query.journeys.boards import RaptorBoard
from planner.buses.query.journeys.headways import NEVER, HeadwayRun
from planner.domain.clock import Instant

if TYPE_CHECKING:
    from planner.buses.query.journeys.boards import PatternRun

Walked = tuple[int, int, int]
"""A stop; seconds until one may get on there, or until one is there; seconds of these on foot."""


@dataclass(frozen=True)
class RaptorQuestion:
    """A search on one board: from when, by which walks out, between and in, at most how many rides.

    `until` bounds the arrival: that of the walk all the way, or the end of the
    search. `between[s]` are the walks from stop s, `against[s]` those to it, the
    shortest first.
    """

    board: RaptorBoard
    at: Instant
    out: Sequence[Walked]
    between: Sequence[Sequence[Walked]]
    against: Sequence[Sequence[Walked]]
    into: Sequence[Walked]
    until: Instant
    rides: int


@dataclass(frozen=True)
class Rounds:
    """By number of rides from 0 on: by stop when one may get on and when one got off, and the arrival.

    What lies beyond the best arrival is not looked at and may be NEVER.
    """

    ready: list[list[int]]
    off: list[list[int]]
    arrival: list[int]


def search(question: RaptorQuestion) -> Rounds:
    """Find the earliest arrivals with at most so many rides."""
    board = question.board
    ready, off = [NEVER] * board.size, [NEVER] * board.size
    into: list[int | None] = [None] * board.size
    for stop, seconds, _ in question.into:
        into[stop] = seconds
    for stop, seconds, _ in question.out:
        ready[stop] = question.at + seconds
    rounds = Rounds([ready], [off], [question.until])
    marked: set[int] = {stop for stop, _, _ in question.out}
    best = question.until
    for _ in range(question.rides):
        ready, off, improved = list(ready), list(off), set[int]()
        for number, at in _queue(board, marked, ready, best).items():
            run = board.runs[number]
            scan = _scan_headway if isinstance(run, HeadwayRun) else _scan
            best = scan(run, at, (ready, off, into), improved, best)  # type: ignore[arg-type]
        marked = _walk(question, improved, (ready, off), best)
        rounds.ready.append(ready)
        rounds.off.append(off)
        rounds.arrival.append(best)
    return rounds


def _queue(board: RaptorBoard, marked: set[int], ready: Sequence[int], best: Instant) -> dict[int, int]:
    """The runs to look at and the first position worth getting on."""
    first: dict[int, int] = {}
    for stop in sorted(marked):
        if ready[stop] <= best:
            for number, at in board.boarding[stop]:
                if at < first.get(number, NEVER):
                    first[number] = at
    return first


Labels = tuple[list[int], list[int], list[int | None]]


def _scan(run: PatternRun, first: int, labels: Labels, improved: set[int], best: Instant) -> Instant:
    """Ride along a pattern from the first position on, always on the earliest trip one can be on."""
    ready, off, into = labels
    trip = none = run.trips
    arrive, depart, board, alight = run.arrive, run.depart, run.board, run.alight
    stops = run.stops
    for at in range(first, len(stops)):
        stop = stops[at]
        if trip < none and alight[at]:
            time = arrive[at][trip]
            if time <= best and time < off[stop]:
                off[stop] = time
                improved.add(stop)
                seconds = into[stop]
                if seconds is not None and time + seconds < best:
                    best = time + seconds
        if trip and board[at] and ready[stop] <= depart[at][trip - 1]:
            trip = bisect_left(depart[at], ready[stop], 0, trip)
    return best


def _scan_headway(run: HeadwayRun, first: int, labels: Labels, improved: set[int], best: Instant) -> Instant:
    """Ride along a service known by its headway; the expected start of the ride takes a trip's place."""
    ready, off, into = labels
    begun = NEVER
    for at in range(first, len(run.stops)):
        stop = run.stops[at]
        if begun < NEVER and run.alight[at]:
            time = begun + run.arrive[at]
            if time <= best and time < off[stop]:
                off[stop] = time
                improved.add(stop)
                seconds = into[stop]
                if seconds is not None and time + seconds < best:
                    best = time + seconds
        if run.board[at] and ready[stop] <= best:
            begun = min(begun, run.expected(ready[stop] - run.depart[at]))
    return best


def _walk(
    question: RaptorQuestion, improved: set[int], labels: tuple[list[int], list[int]], best: Instant
) -> set[int]:
    """Walk on from where one got off; the stops where one may now get on earlier."""
    ready, off = labels
    marked: set[int] = set()
    for stop in improved:
        here = off[stop]
        for other, seconds, _ in question.between[stop]:
            time = here + seconds
            if time > best:
                break
            if time < ready[other]:
                ready[other] = time
                marked.add(other)
    return marked
