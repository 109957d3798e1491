"""Of the journeys that arrive as early as possible with as few rides as possible, the best one.

The rounds tell when at the earliest one can be anywhere. Going back from the
arrival, only what still meets those times is followed: by stop and number of
rides the labels (latest instant, seconds on foot) of which none is beaten by
another in both. That leaves a narrow corridor, so the least walk and then the
latest start in it are exact at little cost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.buses.query.journeys.boards import RaptorBoard
    from planner.buses.query.journeys.raptor import RaptorQuestion, Rounds
    from planner.domain.clock import Instant


class RideTaken(NamedTuple):
    """A ride: the run's number on the board, its trip, and the positions of getting on and off.

    A headway's "trip" is the last instant of being ready at its first stop.
    """

    run: int
    trip: int
    on: int
    off: int


class Traced(NamedTuple):
    """A journey's instants and rides; no rides is the walk all the way."""

    start: Instant
    end: Instant
    rides: tuple[RideTaken, ...]


Chain = tuple[RideTaken, "Chain"] | None
Label = tuple[int, int, Chain]
"""The latest instant here, the seconds on foot from here on, the rides from here on."""

Labels = dict[int, list[Label]]


def trace(question: RaptorQuestion, rounds: Rounds) -> Traced | None:
    """Return the best journey: earliest arrival, then fewest rides, least walking, latest start.

    None where no ride is before the bound: then the walk all the way is best, if there is one.
    """
    end = rounds.arrival[-1]
    rides = rounds.arrival.index(end)
    if rides == 0:
        return None
    off: Labels = {}
    for stop, seconds, on_foot in question.into:
        _add(off, stop, (end - seconds, on_foot, None), rounds.off[rides])
    for left in range(rides - 1, -1, -1):
        on = _ridden(question, off, rounds.ready[left])
        off = _walked(question, on, rounds.off[left]) if left else {}
    _, ahead, taken = min(
        (walk + on_foot, seconds - by, _taken(chain))
        for stop, seconds, on_foot in question.out
        for by, walk, chain in on.get(stop, ())
    )
    return Traced(-ahead, end, taken)


def _ridden(question: RaptorQuestion, off: Labels, ready: Sequence[int]) -> Labels:
    """From where one gets off back to where one may have got on."""
    board = question.board
    on: Labels = {}
    for stop, bag in off.items():
        for number, at in board.alighting[stop]:
            run = board.runs[number]
            for by, walk, chain in bag:
                trip = run.latest(at, by)
                if trip is None:
                    continue
                for start in range(at):
                    if run.board[start]:
                        label = (run.left(start, trip), walk, (RideTaken(number, trip, start, at), chain))
                        _add(on, run.stops[start], label, ready)
    return on


def _walked(question: RaptorQuestion, on: Labels, earliest: Sequence[int]) -> Labels:
    """From where one gets on back to where one may have got off the ride before."""
    off: Labels = {}
    for stop, bag in on.items():
        for other, seconds, on_foot in question.against[stop]:
            for by, walk, chain in bag:
                _add(off, other, (by - seconds, walk + on_foot, chain), earliest)
    return off


def _add(labels: Labels, stop: int, label: Label, earliest: Sequence[int]) -> None:
    """Keep a label that can be met and that no other one beats."""
    by, walk, _ = label
    if by < earliest[stop]:
        return
    bag = labels.get(stop, [])
    if any(other >= by and less <= walk for other, less, _ in bag):
        return
    labels[stop] = [kept for kept in bag if kept[0] > by or kept[1] < walk] + [label]


def _taken(chain: Chain) -> tuple[RideTaken, ...]:
    rides: list[RideTaken] = []
    while chain is not None:
        ride, chain = chain
        rides.append(ride)
    return tuple(rides)


def unmirrored(board: RaptorBoard, traced: Traced) -> Traced:
    """Return what was found on the mirror of a board as a journey on the board."""
    rides = tuple(_unmirrored(board, ride) for ride in reversed(traced.rides))
    return Traced(-traced.end, -traced.start, rides)


def _unmirrored(board: RaptorBoard, ride: RideTaken) -> RideTaken:
    run = board.runs[ride.run]
    last = len(run.stops) - 1
    return RideTaken(ride.run, run.number_mirrored(ride.trip), last - ride.off, last - ride.on)
