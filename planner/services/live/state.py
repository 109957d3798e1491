"""Where the parties of a day are: the release, moved by what was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from planner.domain.itinerary import PartyItinerary
from planner.domain.live.calls import Joined, LiveDay
from planner.domain.live.day import DayUnderWay
from planner.domain.live.events import EventKind, LiveEvent, standing
from planner.domain.live.heads import HeadCount, head_counts
from planner.domain.live.merging import before, going_with, merges_of
from planner.domain.live.remedies import LiveRemedy, remedies
from planner.domain.live.together import live_parties, missing_at
from planner.domain.live.ways import ReleasedTravel
from planner.domain.releases import ReleaseContent
from planner.domain.warnings.codes import OverCapacity
from planner.domain.weather.rain import has_rain_plan, version_in_force
from planner.services.live.ways_now import WaysNow
from planner.services.parties.timing import capacity_of, party_day
from planner.services.planning.case import Case

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.domain.clock import Instant
    from planner.domain.itinerary import Itinerary
    from planner.domain.visits import Party
    from planner.services.travel.town import Town


SAID_TO_ALL = frozenset({EventKind.NOTE, EventKind.MEET})


@dataclass(frozen=True)
class Joining:
    """A party that goes on with another one: its people, and where they meet."""

    party: str
    people: int
    joined: Joined


@dataclass(frozen=True)
class PartyState:
    """One party under way, '' where all stay together; `joining` are those that go on with it."""

    name: str
    size: int
    live: LiveDay
    events: tuple[LiveEvent, ...]
    heads: tuple[HeadCount, ...]
    missing: tuple[str, ...]
    joining: tuple[Joining, ...]
    crowded: tuple[OverCapacity, ...] = ()


@dataclass(frozen=True)
class LiveState:
    """A day of a release under way. `log` is all that was said, also what was undone, in its order.

    With `is_rain` the content is the release's rain version; `has_rain` tells that the day has one.
    """

    content: ReleaseContent
    day: int
    log: tuple[LiveEvent, ...]
    asked: Mapping[str, DayUnderWay]
    is_rain: bool = False
    has_rain: bool = False

    @classmethod
    def of(cls, town: Town, content: ReleaseContent, day: int, log: Sequence[LiveEvent]) -> LiveState:
        """Return the state of a day (counted from 0) after all that was said on it.

        Where the release's town is not in force any more its own ways still count; others are guessed.
        """
        has_rain = content.rain is not None and has_rain_plan(content.visit.days[day])
        released, content = content, version_in_force(content, day, standing(log))
        network = content.network
        case = Case.of_visit(town.under(network.timezone, network.country), content.visit, day, content.sites)
        ways = ways_of(content, day)
        sizes = {party.name: party for party in content.visit.parties}
        asked = {
            way.name: _under_way(case, way.itinerary, sizes.get(way.name) if way.name else None)
            for way in ways
        }
        return cls(content, day, tuple(log), asked, content is not released, has_rain)

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
        return tuple(self._party(name) for name in self.asked)

    def party(self, name: str) -> PartyState | None:
        """The party of a name; the only one where all stay together."""
        first = self.parties[0]
        return next((one for one in self.parties if one.name == name), first if not first.name else None)

    def of_party(self, name: str) -> list[LiveEvent]:
        """What stands of a party; what is said to all counts for each."""
        return [event for event in self.standing if event.party in (name, "")]

    def heard_by(self, name: str) -> list[LiveEvent]:
        """What stands of a party and, since it goes on with another one, what that one says to all."""
        merge = self._merges.get(name)
        if merge is None:
            return self.of_party(name)
        others = self.heard_by(merge.other)
        earlier = {event.id for event in before(others, merge)}
        heard = {event.id for event in others if event.kind in SAID_TO_ALL} - earlier
        heard |= {event.id for event in self.of_party(name)}
        return [event for event in self.standing if event.id in heard]

    def joined(self, name: str, other: str, now: Instant | None) -> Joined | None:
        """Where and when a party would meet another one if it went on with it from now on; None if nowhere.

        It is planned before it is offered; without a time from the last thing on that is known.
        """
        live = self._lives[name]
        if name == other or live.joined or self._lives[other].joined:
            return None
        at = now or live.facts.latest or live.itinerary.start
        merge = LiveEvent("try", EventKind.MERGE, at, at, "", name, other=other)
        tried = going_with(self.asked[name], self._events[name], merge, self.asked[other], self._lives[other])
        return tried.joined

    def remedies(self, name: str) -> tuple[LiveRemedy, ...]:
        """What would help a party that is late; one that goes on with another has no say."""
        if self._lives[name].joined is not None:
            return ()
        stops = self.content.visit.days[self.day].stops
        kept = {stop.id for stop in stops if stop.essential or stop.locked} | set(self.meetings)
        return remedies(self.asked[name], self.of_party(name), kept)

    @cached_property
    def live_content(self) -> ReleaseContent:
        """The release with the times as they are now; what is near a stop stays as it was planned."""
        ways = tuple(
            PartyItinerary(one.name, _eased(one.live.itinerary, self.content, self.day))
            for one in self.parties
        )
        itineraries, parties = list(self.content.itineraries), list(self.content.parties)
        if ways[0].name:
            parties[self.day] = ways
        else:
            itineraries[self.day] = ways[0].itinerary
        return replace(self.content, itineraries=tuple(itineraries), parties=tuple(parties))

    @cached_property
    def _lives(self) -> Mapping[str, LiveDay]:
        return live_parties(self.asked, self._events, self.meetings)

    @cached_property
    def _events(self) -> dict[str, list[LiveEvent]]:
        return {name: self.of_party(name) for name in self.asked}

    @cached_property
    def _merges(self) -> dict[str, LiveEvent]:
        return {name: merge for name, merge in merges_of(self._events).items() if self._lives[name].joined}

    def _size(self, name: str) -> int:
        sizes = {party.name: party.size for party in self.content.visit.parties}
        return sizes.get(name, self.content.visit.group_size)

    def _joining(self, name: str) -> Iterator[Joining]:
        """Who goes on with a party, also by way of another one."""
        for other, live in self._lives.items():
            if live.joined is not None and live.joined.party == name:
                counted = head_counts(self.of_party(other), self._size(other))
                yield Joining(other, counted[-1].people if counted else self._size(other), live.joined)
                yield from self._joining(other)

    def _party(self, name: str) -> PartyState:
        joining = tuple(self._joining(name))
        size = self._size(name)
        return PartyState(
            name=name,
            size=size,
            live=self._lives[name],
            events=tuple(self.heard_by(name)),
            heads=head_counts(self.of_party(name), size, [(one.joined.at, one.people) for one in joining]),
            missing=missing_at(self._lives, name, self.meetings),
            joining=joining,
            crowded=tuple(self._crowded(name, joining)),
        )

    def _crowded(self, name: str, joining: Sequence[Joining]) -> Iterator[OverCapacity]:
        """The stops ahead that hold fewer than go there together now."""
        stops = self.content.visit.days[self.day].stops
        places = {stop.id: stop.place for stop in self.asked[name].day.stops}
        for call in self._lives[name].coming if joining else ():
            capacity = capacity_of(stops[call.stop], places[call.id])
            met = [one.people for one in joining if one.joined.at <= call.leave]
            people = self._size(name) + sum(met)
            if met and capacity is not None and people > capacity and call.id not in self.meetings:
                yield OverCapacity(stop=call.stop, capacity=capacity, group=people)


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


def _eased(itinerary: Itinerary, content: ReleaseContent, day: int) -> Itinerary:
    """The itinerary with what the release knows of toilets and water near its stops."""
    near = {call.stop: call for way in ways_of(content, day) for call in way.itinerary.calls}
    calls = tuple(
        replace(call, toilet_m=near[call.stop].toilet_m, water_m=near[call.stop].water_m)
        if call.stop in near
        else call
        for call in itinerary.calls
    )
    return replace(itinerary, calls=calls)
