"""Itineraries of parties whose orders are given: the schedule of each, all together at the meetings."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from planner.domain.itinerary import PartyItinerary
from planner.domain.parties.parties import over_capacity
from planner.domain.schedule.column import with_darkness
from planner.domain.schedule.driving import driving_warnings
from planner.domain.schedule.interpreting import interpreter_warnings
from planner.domain.schedule.schedule import schedule
from planner.domain.schedule.site_doubts import site_warnings
from planner.domain.schedule.walking import gather_s
from planner.domain.warnings.codes import OverCapacity, Warning
from planner.domain.weather.daylight import daylight
from planner.services.planning.day_times import clock_warnings, with_next_day
from planner.services.planning.meals import meal_warnings
from planner.services.travel.by_mode import data_warnings, timetable_warnings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.domain.clock import Instant, TownClock
    from planner.domain.itinerary import Itinerary
    from planner.domain.schedule.group import Group
    from planner.domain.schedule.timed import Place, TimedDay
    from planner.domain.visits import Day, Party, PartyRoute, Stop
    from planner.services.planning.case import Case

Way = list[tuple[int, "Instant | None"]]
"""A party's stops as indexes of the day's list, each with an instant before which its stay does not begin."""


def itineraries_of(
    case: Case, parties: Sequence[Party], routes: Sequence[PartyRoute]
) -> tuple[PartyItinerary, ...]:
    """Time every party by its route; who comes last to a meeting makes all others wait."""
    town, day, timed = case.town, case.day, case.timed
    route_of = {route.party: route for route in routes}
    ways = [_way(day, route_of.get(party.name), town.clock) for party in parties]
    groups = [replace(case.group, size=party.size) for party in parties]
    travels = [case.travel_of(own) for own in groups]
    starts = [_start(day, route_of.get(party.name), timed, town.clock) for party in parties]
    while True:
        itineraries = [
            schedule(party_day(day, replace(timed, start=start), way, party), travel, town.clock)
            for way, party, travel, start in zip(ways, parties, travels, starts, strict=True)
        ]
        later = _agreed(day, ways, itineraries)
        if later == ways:
            break
        ways = later
    listed = [_of_the_list(itinerary, way) for itinerary, way in zip(itineraries, ways, strict=True)]
    named = [
        with_darkness(with_next_day(itinerary, day, town.clock), lambda: daylight(day, case.sites))
        for itinerary in listed
    ]
    crowded = _crowded(day, timed, named, [party.size for party in parties])
    return tuple(
        PartyItinerary(
            party.name,
            replace(
                itinerary,
                warnings=(
                    *itinerary.warnings,
                    *_doubts(day, timed, itinerary, own, case.group),
                    *driving_warnings(itinerary),
                    *interpreter_warnings(day, itinerary, own),
                    *meal_warnings(case, [call.stop for call in itinerary.calls]),
                    *(warning for at, warning in crowded if at == number),
                    *clock_warnings(day, town.clock),
                    *data_warnings(town, {leg.mode for leg in itinerary.legs if leg.duration_s}),
                    *timetable_warnings(town, day.modes, day.date, stand_ins=day.stand_in_timetable),
                ),
            ),
        )
        for number, (party, own, itinerary) in enumerate(zip(parties, groups, named, strict=True))
    )


def local_time(instant: Instant, day: Day, clock: TownClock) -> str:
    """The instant as local "HH:MM" of the day, "+1" past midnight."""
    local = clock.local(instant)
    return clock.face(instant) + ("+1" if local.date() > day.date else "")


def capacity_of(stop: Stop, place: Place | None) -> int | None:
    """How many people a stop holds: what it says itself, else what the catalogue says of its site."""
    if stop.capacity is not None:
        return stop.capacity
    return place.site.capacity if place is not None and place.site is not None else None


def _start(day: Day, route: PartyRoute | None, timed: TimedDay, clock: TownClock) -> Instant:
    """When a party sets out."""
    return clock.instant(day.date, route.start) if route is not None and route.start else timed.start


def _way(day: Day, route: PartyRoute | None, clock: TownClock) -> Way:
    """A party's stops in its order, meetings in that of the list.

    What its route does not know comes as in the list; what the day has no more is left out.
    """
    index_of = {stop.id: index for index, stop in enumerate(day.stops)}
    way: Way = []
    for call in route.calls if route else ():
        if call.stop in index_of and all(index_of[call.stop] != index for index, _ in way):
            held = clock.instant(day.date, call.not_before) if call.not_before else None
            way.append((index_of[call.stop], held))
    for index in range(len(day.stops)):
        if all(index != known for known, _ in way):
            before = [at for at, (known, _) in enumerate(way) if known < index]
            way.insert(max(before, default=-1) + 1, (index, None))
    meetings = list(accumulate((int(stop.meets) for stop in day.stops), initial=0))
    return sorted(way, key=lambda call: (meetings[call[0]], day.stops[call[0]].meets))


def party_day(day: Day, timed: TimedDay, way: Way, party: Party) -> TimedDay:
    """The day as one party has it: who leaves one place together gathers together, else by itself."""
    stops, own_s = [], gather_s(party.size)
    gather = timed.gather_s
    for index, not_before in way:
        stop = day.stops[index]
        place = timed.stops[index].place
        stops.append(replace(timed.stops[index], not_before=not_before, gather_s=gather))
        if not stop.meets:
            gather = own_s
        elif place is not None:
            gather = timed.gather_s
    return replace(timed, stops=tuple(stops), gather_s=own_s, end_gather_s=gather, ready_by=None)


def _agreed(day: Day, ways: Sequence[Way], itineraries: Sequence[Itinerary]) -> list[Way]:
    """Make all wait at the first meeting that some begin later than others."""
    starts: dict[int, list[Instant]] = {}
    for way, itinerary in zip(ways, itineraries, strict=True):
        for (index, _), call in zip(way, itinerary.calls, strict=True):
            if day.stops[index].meets:
                starts.setdefault(index, []).append(call.start)
    late = {index: max(times) for index, times in starts.items() if len(set(times)) > 1}
    if not late:
        return list(ways)
    first = min(late)
    return [[(index, late[first] if index == first else held) for index, held in way] for way in ways]


def _of_the_list(itinerary: Itinerary, way: Way) -> Itinerary:
    """The same with stops told by their index in the day's list."""
    at = [index for index, _ in way]
    return replace(
        itinerary,
        calls=tuple(replace(call, stop=at[call.stop]) for call in itinerary.calls),
        warnings=tuple(
            warning if warning.stop is None else replace(warning, stop=at[warning.stop])
            for warning in itinerary.warnings
        ),
    )


def _doubts(day: Day, timed: TimedDay, itinerary: Itinerary, own: Group, whole: Group) -> Iterator[Warning]:
    """What is known to be uncertain about the sites; where all meet it is all who must find room."""
    for call in itinerary.calls:
        stop, place = day.stops[call.stop], timed.stops[call.stop].place
        if place is None or place.site is None:
            continue
        size = whole.size if stop.meets else own.size
        for warning in site_warnings(
            place.site, group_size=size, step_free=own.step_free, assumed_leg_s=own.assumed_leg_s
        ):
            yield replace(warning, stop=call.stop)


def _crowded(
    day: Day, timed: TimedDay, itineraries: Sequence[Itinerary], sizes: Sequence[int]
) -> list[tuple[int, Warning]]:
    """Warn each of several parties that are too many at a site together; a release must not hide it."""
    capacities = {
        index: capacity
        for index, stop in enumerate(day.stops)
        if not stop.meets and (capacity := capacity_of(stop, timed.stops[index].place)) is not None
    }
    worst: dict[tuple[int, int], int] = {}
    for crowd in over_capacity(itineraries, sizes, capacities):
        for party in crowd.parties if len(crowd.parties) > 1 else ():
            key = party, crowd.stop
            worst[key] = max(worst.get(key, 0), crowd.people)
    return [
        (party, OverCapacity(stop=stop, capacity=capacities[stop], group=people))
        for (party, stop), people in sorted(worst.items())
    ]
