"""Which stay is which, from release to release: what a calendar needs to find an event again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.clock import minute_until
from planner.domain.itinerary import PartyItinerary
from planner.outputs.board.party_views import parties_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.releases import ReleaseContent


@dataclass(frozen=True, order=True)
class StayKey:
    """A stop by its id, how many days before have a stop of that id, and the party, '' for all.

    A day that is put on another date keeps its keys, and so does a stop that moves to another day.
    """

    stop: str
    again: int
    party: str


@dataclass(frozen=True)
class Stay:
    """A stay on a day: the parties that are there then, and which of each one's calls it is."""

    key: StayKey
    day: int
    calls: tuple[tuple[PartyItinerary, int], ...]


def ways_of(content: ReleaseContent, day: int) -> tuple[PartyItinerary, ...]:
    """Return the ways of a day: those of its parties, or the one of all, which has no name."""
    return parties_of(content, day) or (PartyItinerary("", content.itineraries[day]),)


def stays_of(content: ReleaseContent) -> Iterator[Stay]:
    """Yield the stays of a release: one where all are there at the same time, else one for each party."""
    before: Counter[str] = Counter()
    for day, document in enumerate(content.visit.days):
        ways = ways_of(content, day)
        for index, stop in enumerate(document.stops):
            calls = [
                (way, place)
                for way in ways
                for place, call in enumerate(way.itinerary.calls)
                if call.stop == index
            ]
            is_of_all = len(ways) > 1 or not ways[0].name  # one party alone: the others are to follow
            if is_of_all and len(calls) == len(ways) and len({_times(*one) for one in calls}) == 1:
                yield Stay(StayKey(stop.id, before[stop.id], ""), day, tuple(calls))
                continue
            for way, place in calls:
                yield Stay(StayKey(stop.id, before[stop.id], way.name), day, ((way, place),))
        before.update(stop.id for stop in document.stops)


def _times(way: PartyItinerary, place: int) -> tuple[int, int]:
    """Return when a call begins and ends, as it is shown."""
    call = way.itinerary.calls[place]
    return minute_until(call.start), minute_until(call.leave)
