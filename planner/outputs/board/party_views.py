"""A day of parties seen by one of them: its release with that party's way as the day's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.outputs.look import PARTY_LOOKS

if TYPE_CHECKING:
    from planner.domain.itinerary import PartyItinerary
    from planner.domain.releases import ReleaseContent
    from planner.domain.visits import Party
    from planner.outputs.look import PartyLook


def parties_of(content: ReleaseContent, day: int) -> tuple[PartyItinerary, ...]:
    """Return the ways of a day's parties; none for a day on which all stay together."""
    return content.parties[day] if day < len(content.parties) else ()


def party_called(content: ReleaseContent, name: str) -> Party | None:
    """Return the party of a name, with its size and its guide."""
    return next((party for party in content.visit.parties if party.name == name), None)


def look_of(index: int) -> PartyLook:
    """Return how the party at a position is drawn."""
    return PARTY_LOOKS[index % len(PARTY_LOOKS)]


def of_party(content: ReleaseContent, day: int, way: PartyItinerary) -> ReleaseContent:
    """Return the release as one party has it: its own itinerary of the day, and its size."""
    itineraries = (*content.itineraries[:day], way.itinerary, *content.itineraries[day + 1 :])
    party = party_called(content, way.name)
    visit = replace(content.visit, group_size=party.size) if party else content.visit
    return replace(content, itineraries=itineraries, visit=visit)


def with_ways(content: ReleaseContent, day: int, ways: tuple[PartyItinerary, ...]) -> ReleaseContent:
    """Return the release with other ways of the parties of one day, such as proposed ones."""
    known = [parties_of(content, index) for index in range(len(content.visit.days))]
    known[day] = ways
    return replace(content, parties=tuple(known))
