"""A delegation split into parties that rotate through the same sites."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from planner.domain.clock import Instant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planner.domain.itinerary import Itinerary
    from planner.domain.visits import Stop


@dataclass(frozen=True)
class SplitStretch:
    """The `own` stops between two meetings, which each party takes in an order of its own.

    They are indexes of the day's list, as is `meeting`, where all meet again; None at the end of the day.
    Among the own ones are breaks that all begin together without coming to one place for them.
    """

    own: tuple[int, ...]
    meeting: int | None


@dataclass(frozen=True)
class Crowd:
    """People at a stop from one instant to another, `parties` by their place in the list."""

    stop: int
    start: Instant
    end: Instant
    people: int
    parties: tuple[int, ...]


def stretches(stops: Sequence[Stop]) -> tuple[SplitStretch, ...]:
    """Cut a day's stops where all parties are in one place; the last stretch leads to the end of the day."""
    cut, own = list[SplitStretch](), list[int]()
    for index, stop in enumerate(stops):
        if stop.meets and (stop.place is not None or not own):
            cut.append(SplitStretch(tuple(own), index))
            own = []
        else:
            own.append(index)
    return (*cut, SplitStretch(tuple(own), None))


def occupancy(itineraries: Sequence[Itinerary], sizes: Sequence[int]) -> Iterator[Crowd]:
    """Tell for each stop who is there when: a new entry whenever a party begins or ends a stay."""
    stays: dict[int, list[tuple[Instant, Instant, int]]] = {}
    for party, itinerary in enumerate(itineraries):
        for call in itinerary.calls:
            stays.setdefault(call.stop, []).append((call.start, call.leave, party))
    for stop, spans in sorted(stays.items()):
        times = sorted({time for start, leave, _ in spans for time in (start, leave)})
        for start, end in pairwise(times):
            inside = tuple(
                party for begins, leaves, party in sorted(spans) if begins <= start and end <= leaves
            )
            if inside:
                yield Crowd(stop, start, end, sum(sizes[party] for party in inside), inside)


def over_capacity(
    itineraries: Sequence[Itinerary], sizes: Sequence[int], capacities: Mapping[int, int]
) -> tuple[Crowd, ...]:
    """Return the crowds that are larger than the capacity of their stop."""
    return tuple(
        crowd
        for crowd in occupancy(itineraries, sizes)
        if crowd.people > capacities.get(crowd.stop, crowd.people)
    )


def apart(itineraries: Sequence[Itinerary], stops: Sequence[Stop]) -> tuple[int, ...]:
    """Return the stops at which all should begin together and do not."""
    starts: dict[int, set[Instant]] = {}
    for itinerary in itineraries:
        for call in itinerary.calls:
            starts.setdefault(call.stop, set()).add(call.start)
    return tuple(sorted(stop for stop, times in starts.items() if stops[stop].meets and len(times) > 1))
