"""Where the parties of a day are: the release, moved by what was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from planner.domain.itinerary import PartyItinerary
from planner.domain.live.day import DayUnderWay, LiveDay
from planner.domain.live.events import EventKind, LiveEvent, standing
from planner.domain.live.heads import HeadCount, head_counts
from planner.domain.live.remedies import LiveRemedy, remedies
from planner.domain.live.together import live_parties, missing_at
from planner.domain.live.ways import ReleasedTravel
from planner.domain.releases import ReleaseContent
from planner.services.live.ways_now import WaysNow
from planner.services.parties.timing import party_day
from planner.services.planning.case import Case

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.itinerary import Itinerary
    from planner.domain.visits import Party
    from planner.services.travel.town import Town


@dataclass(frozen=True)
class PartyState:
    """One party under way, '' where all stay together; `goes_with` is the party that it has joined."""

    name: str
    size: int
    live: LiveDay
    events: tuple[LiveEvent, ...]
    heads: tuple[HeadCount, ...]
    missing: tuple[str, ...]
    goes_with: str


@dataclass(frozen=True)
class LiveState:
    """A day of a release under way. `log` is all that was said, also what was undone, in its order."""

    content: ReleaseContent
    day: int
    log: tuple[LiveEvent, ...]
    asked: Mapping[str, DayUnderWay]

    @classmethod
    def of(cls, town: Town, content: ReleaseContent, day: int, log: Sequence[LiveEvent]) -> LiveState:
        """Return the state of a day (counted from 0) after all that was said on it.

        Where the release's town is not in force any more its own ways still count; others are guessed.
        """
        network = content.network
        case = Case.of_visit(
            town.under(network.timezone, network.country), content.visit, day, content.sites
        )
        ways = ways_of(content, day)
        sizes = {party.name: party for party in content.visit.parties}
        asked = {
            way.name: _under_way(case, way.itinerary, sizes.get(way.name) if way.name else None)
            for way in ways
        }
        return cls(content, day, tuple(log), asked)

    @cached_property
    def standing(self) -> list[LiveEvent]:
        """What stands, in its order."""
        return standing(self.log)

    @cached_property
    def meetings(self) -> list[str]:
        """The stops where all parties are together."""
        stops = self.content.visit.days[self.day].stops
        return [stop.id for stop in stops if stop.meets] if len(self.asked) > 1 else []

    @cached_property
    def parties(self) -> tuple[PartyState, ...]:
        """Every party, in the order of the release."""
        lives = live_parties(self.asked, {name: self.of_party(name) for name in self.asked}, self.meetings)
        return tuple(self._party(name, lives) for name in self.asked)

    def party(self, name: str) -> PartyState | None:
        """The party of a name; the only one where all stay together."""
        first = self.parties[0]
        return next((one for one in self.parties if one.name == name), first if not first.name else None)

    def of_party(self, name: str) -> list[LiveEvent]:
        """What stands of a party; what is said to all counts for each."""
        return [event for event in self.standing if event.party in (name, "")]

    def remedies(self, name: str) -> tuple[LiveRemedy, ...]:
        """What would help a party that is late."""
        stops = self.content.visit.days[self.day].stops
        kept = {stop.id for stop in stops if stop.essential or stop.locked} | set(self.meetings)
        return remedies(self.asked[name], self.of_party(name), kept)

    @cached_property
    def live_content(self) -> ReleaseContent:
        """The release with the times as they are now."""
        ways = tuple(PartyItinerary(one.name, one.live.itinerary) for one in self.parties)
        itineraries, parties = list(self.content.itineraries), list(self.content.parties)
        if ways[0].name:
            parties[self.day] = ways
        else:
            itineraries[self.day] = ways[0].itinerary
        return replace(self.content, itineraries=tuple(itineraries), parties=tuple(parties))

    def _party(self, name: str, lives: Mapping[str, LiveDay]) -> PartyState:
        own = self.of_party(name)
        sizes = {party.name: party.size for party in self.content.visit.parties}
        size = sizes.get(name, self.content.visit.group_size)
        joined = [event.other for event in own if event.kind is EventKind.MERGE and event.party == name]
        return PartyState(
            name=name,
            size=size,
            live=lives[name],
            events=tuple(own),
            heads=head_counts(own, size),
            missing=missing_at(lives, name, self.meetings),
            goes_with=joined[-1] if joined else "",
        )


def ways_of(content: ReleaseContent, day: int) -> tuple[PartyItinerary, ...]:
    """Return the itineraries of a day's parties; one without a name where all stay together."""
    ways = content.parties[day] if day < len(content.parties) else ()
    return ways or (PartyItinerary("", content.itineraries[day]),)


def _under_way(case: Case, planned: Itinerary, party: Party | None) -> DayUnderWay:
    """The day in the order of its released calls, with its ways; what it warns of is told elsewhere."""
    order = [(call.stop, None) for call in planned.calls]
    if party is None:
        stops = case.released.stops
        timed = replace(case.released, stops=tuple(stops[stop] for stop, _ in order), ready_by=None)
        travel = case.travel
    else:
        timed = party_day(case.day, case.released, list(order), party)
        travel = case.travel_of(replace(case.group, size=party.size))
    ways = ReleasedTravel.of(timed, planned, WaysNow(travel, case.town.network, case.group.pace_kmh))
    return DayUnderWay(timed, replace(planned, warnings=()), ways, case.town.clock)
