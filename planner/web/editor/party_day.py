"""The editor on one party's day: whose day may be shown, and the draft as that party has it.

A split decides the order and the times of its parties, so their days are only read here; they are changed on
the page of the parties.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from flask import request

from planner.domain.releases import ReleaseContent
from planner.domain.visits import Party
from planner.outputs.board.party_views import look_of, of_party, parties_of, party_called
from planner.outputs.look import PartyLook

if TYPE_CHECKING:
    from planner.outputs.maps.content import MapContent


class PartyTab(NamedTuple):
    """A choice beside the days: a party, or with no name the whole group."""

    name: str
    look: str
    is_shown: bool


@dataclass(frozen=True)
class PartyDay:
    """A party's day: the draft with its itinerary as the day's, and how it is drawn."""

    party: Party
    look: PartyLook
    content: ReleaseContent

    def drawn(self, chart: MapContent) -> MapContent:
        """Return the map of the day with its way in the party's colour and line."""
        legs = tuple(replace(leg, party=self.look) for leg in chart.legs)
        return replace(chart, legs=legs, labels={**chart.labels, f"party_{self.look}": self.party.name})


def party_day(content: ReleaseContent | None, day: int) -> PartyDay | None:
    """Return the day of the party that the address asks for; None for the whole group."""
    if content is None or request.method != "GET":
        return None
    asked = request.args.get("party", "")
    for index, way in enumerate(parties_of(content, day)):
        party = party_called(content, way.name)
        if party is not None and way.name == asked:
            return PartyDay(party, look_of(index), of_party(content, day, way))
    return None


def party_tabs(content: ReleaseContent | None, day: int, shown: PartyDay | None) -> tuple[PartyTab, ...]:
    """Return the choices of a day that is split, the whole group first; none for a day that is not."""
    ways = parties_of(content, day) if content is not None else ()
    if not ways:
        return ()
    name = shown.party.name if shown else ""
    parties = (PartyTab(way.name, look_of(index), way.name == name) for index, way in enumerate(ways))
    return (PartyTab("", "all", not name), *parties)
