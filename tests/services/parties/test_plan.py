"""A delegation in Skawina split into parties: what is found, timed with real legs."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain.coach import CoachProfile
from planner.domain.order.proposals import DemandKind
from planner.domain.parties.parties import apart, over_capacity
from planner.domain.schedule.group import Group
from planner.domain.schedule.reserves import Reserves
from planner.domain.schedule.walking import gather_s
from planner.domain.sites import HoursStatus, Location, Quality, Site, SiteStatus
from planner.domain.visits import (
    Day,
    DayEnd,
    DayStart,
    Mode,
    Party,
    PartyCall,
    PartyRoute,
    PlaceRef,
    Stop,
    StopKind,
)
from planner.domain.warnings.codes import WarningCode
from planner.services.parties.plan import PartyPlan, party_itineraries, plan_parties
from planner.services.planning.budget import budget_of
from planner.services.planning.case import Case
from planner.services.planning.plan import plan_day
from planner.services.travel.by_mode import ModeTravel
from tests.conftest import FULL
from tests.kit.warned import told_of

if TYPE_CHECKING:
    from planner.domain.itinerary import Itinerary, PartyItinerary
    from planner.services.travel.town import Town

WEDNESDAY = dt.date(2026, 12, 2)
STATION = PlaceRef(at=(19.82222, 49.97722))
PLACES = {
    "hall": (19.82609, 49.97548),
    "a": (19.8283, 49.9741),
    "b": (19.8247, 49.9732),
    "c": (19.8219, 49.9751),
    "d": (19.8266, 49.9769),
    "e": (19.8301, 49.9757),
    "f": (19.8243, 49.9780),
}
LONG_S = 40.0
FOUR = tuple(Party(name, 15) for name in "ABCD")
GROUP = Group(60)


def site(name: str, capacity: int | None = None, hours: str = "24/7") -> Site:
    return Site(
        name,
        {"en": name},
        Location(PLACES[name], Quality.EXACT, 10),
        opening_hours=hours,
        hours_status=HoursStatus.CONFIRMED,
        status=SiteStatus.CONFIRMED,
        capacity=capacity,
    )


SITES = {
    one.id: one for one in (site("hall", 80), *(site(name, 15 + 15 * (name > "c")) for name in "abcdef"))
}


def stop(name: str, minutes: int = 20, **other: object) -> Stop:
    return Stop(name, place=PlaceRef(site=name), dwell_min=minutes, **other)  # type: ignore[arg-type]


TALK = stop("hall", 30, together=True)
LUNCH = Stop("lunch", StopKind.MEAL, dwell_min=45)


def day(*stops: Stop, mode: Mode = Mode.WALK) -> Day:
    return Day(WEDNESDAY, DayStart(STATION, "08:00"), DayEnd(STATION), mode, stops)


SIX = day(TALK, *(stop(name) for name in "abcdef"))
FIVE = day(TALK, *(stop(name) for name in "abcde"))


def check(town: Town, day_: Day, plan: PartyPlan, parties: tuple[Party, ...], group: Group = GROUP) -> None:
    """What holds for every answer."""
    found = [party.itinerary for party in plan.parties]
    sizes = [party.size for party in parties]
    rooms = {
        index: one.capacity or (SITES[one.place.site].capacity if one.place and one.place.site else None)
        for index, one in enumerate(day_.stops)
        if not one.meets
    }
    crowds = over_capacity(found, sizes, {index: room for index, room in rooms.items() if room})
    assert [crowd for crowd in crowds if len(crowd.parties) > 1] == []
    assert apart(found, day_.stops) == ()
    assert plan.bound <= max(one.finish for one in found)
    assert [party.name for party in plan.parties] == [party.name for party in parties]
    for itinerary, party in zip(found, parties, strict=True):
        check_party(town, day_, itinerary, replace(group, size=party.size), group)
    accepted = replace(day_, party_routes=plan.routes)
    assert party_itineraries(Case(town, accepted, group, SITES), parties) == plan.parties


def check_party(town: Town, day_: Day, itinerary: Itinerary, own: Group, whole: Group) -> None:
    """Nobody is anywhere sooner than the streets allow, and everybody stays as long as asked."""
    timed = Case(town, day_, whole, SITES).timed
    travel = ModeTravel(town, own)
    assert sorted(call.stop for call in itinerary.calls) == list(range(len(day_.stops)))
    here, now, is_one = timed.start_place, timed.start, True
    for call in itinerary.calls:
        place = timed.stops[call.stop].place
        if place is not None and place.key != here.key:
            depart = now + gather_s(whole.size if is_one else own.size)
            leg = travel.leg(here, place, timed.stops[call.stop].mode, depart)
            assert call.arrive == leg.arrive
            now = leg.arrive + whole.reserves.after(leg)
        assert call.start >= now
        assert call.leave == call.start + timed.stops[call.stop].dwell_s
        assert call.wait_s == call.start - call.arrive
        is_meeting = day_.stops[call.stop].meets
        is_one = is_meeting and (place is not None or is_one)
        here, now = place or here, call.leave


def orders(plan: PartyPlan) -> list[list[str]]:
    return [[call.stop for call in route.calls] for route in plan.routes]


def codes(party: PartyItinerary) -> set[tuple[WarningCode, int | None]]:
    return {(warning.code, warning.stop) for warning in party.itinerary.warnings}


@pytest.mark.slow
@pytest.mark.parametrize("asked", [pytest.param(SIX, id="six"), pytest.param(FIVE, id="five")])
def test_four_parties_and_their_sites(skawina: Town, asked: Day) -> None:
    plan = plan_parties(Case(skawina, asked, GROUP, SITES), FOUR, budget_of(LONG_S))
    check(skawina, asked, plan, FOUR)
    assert plan.proved
    assert plan.bound == max(party.itinerary.finish for party in plan.parties)
    assert all(order[0] == "hall" for order in orders(plan))
    assert len({tuple(order) for order in orders(plan)}) == 4
    whole = plan_day(Case(skawina, asked, GROUP, SITES))
    assert WarningCode.OVER_CAPACITY in {warning.code for warning in whole.warnings}
    assert not any(WarningCode.OVER_CAPACITY in {code for code, _ in codes(one)} for one in plan.parties)


@pytest.mark.slow
def test_the_same_day_is_split_in_the_same_way(skawina: Town) -> None:
    plans = [plan_parties(Case(skawina, SIX, GROUP, SITES), FOUR, budget_of(LONG_S)) for _ in range(2)]
    assert plans[0] == plans[1]


def test_in_no_time_there_is_still_an_answer_with_a_bound(skawina: Town) -> None:
    plan = plan_parties(Case(skawina, SIX, GROUP, SITES), FOUR, budget_of(0.0))
    check(skawina, SIX, plan, FOUR)
    assert plan.bound <= max(party.itinerary.finish for party in plan.parties)


def test_a_split_that_changes_nothing_says_so(skawina: Town) -> None:
    """All in one order, and nobody waits for room."""
    plan = plan_parties(Case(skawina, SIX, GROUP, SITES), FOUR, budget_of(0.0))
    assert not plan.changes_nothing
    calls = tuple(PartyCall(stop.id) for stop in SIX.stops)
    alike = tuple(replace(route, calls=calls) for route in plan.routes)
    assert replace(plan, routes=alike).changes_nothing
    held = replace(alike[0], calls=(replace(calls[0], not_before="10:00"), *calls[1:]))
    assert not replace(plan, routes=(held, *alike[1:])).changes_nothing


def test_one_party_is_the_day_in_its_best_order(skawina: Town) -> None:
    alone = (Party("all", 12),)
    plan = plan_parties(Case(skawina, SIX, Group(12), SITES), alone, budget_of(LONG_S))
    check(skawina, SIX, plan, alone, Group(12))
    assert plan.proved
    by_id = {one.id: one for one in SIX.stops}
    ordered = replace(SIX, stops=tuple(by_id[name] for name in orders(plan)[0]))
    assert plan.parties[0].itinerary.finish == plan_day(Case(skawina, ordered, Group(12), SITES)).finish
    assert plan.parties[0].itinerary.finish <= plan_day(Case(skawina, SIX, Group(12), SITES)).finish


def test_lunch_where_everybody_is_and_a_meeting_at_a_fixed_time(skawina: Town) -> None:
    farewell = stop("f", 15, together=True, fixed="13:30")
    day_ = day(TALK, stop("a"), stop("b"), LUNCH, stop("c"), stop("d"), farewell)
    parties = (Party("A", 15), Party("B", 14))
    group = Group(29)
    plan = plan_parties(Case(skawina, day_, group, SITES), parties, budget_of(LONG_S))
    check(skawina, day_, plan, parties, group)
    assert plan.proved
    for order in orders(plan):
        assert (order[0], set(order[1:3]), order[3], set(order[4:6]), order[6]) == (
            "hall", {"a", "b"}, "lunch", {"c", "d"}, "f",
        )  # fmt: skip
    last = [party.itinerary.calls[-1] for party in plan.parties]
    assert {f"{skawina.clock.local(call.start):%T}" for call in last} == {"13:30:00"}


@pytest.mark.dear
def test_a_day_to_be_over_at_a_time_begins_as_late_as_it_can(skawina: Town) -> None:
    free = day(TALK, stop("a"), stop("d"))
    forward = plan_parties(Case(skawina, free, GROUP, SITES), FOUR, budget_of(LONG_S))
    took = forward.bound - skawina.clock.instant(WEDNESDAY, "08:00")
    by = replace(free, end=DayEnd(STATION, arrive="14:32"))
    plan = plan_parties(Case(skawina, by, GROUP, SITES), FOUR, budget_of(LONG_S))
    start = {party.itinerary.start for party in plan.parties}
    latest = skawina.clock.instant(WEDNESDAY, "14:32") - took
    assert start == {latest - latest % 60}
    assert (plan.objective, plan.proved) == ("latest_start", False)
    assert not any(code is WarningCode.LATE for party in plan.parties for code, _ in codes(party))
    accepted = replace(by, party_routes=plan.routes)
    assert party_itineraries(Case(skawina, accepted, GROUP, SITES), FOUR) == plan.parties
    noon = replace(by, stops=(replace(TALK, fixed="09:00"), *by.stops[1:]))
    tied = plan_parties(Case(skawina, noon, GROUP, SITES), FOUR, budget_of(LONG_S))
    assert {f"{skawina.clock.local(party.itinerary.start):%H:%M}" for party in tied.parties} == {"08:48"}


def test_locked_stops_and_what_comes_before_what_stay_so(skawina: Town) -> None:
    day_ = day(TALK, stop("d", locked=True), stop("a", after=("b",)), stop("b"), stop("e"))
    plan = plan_parties(Case(skawina, day_, GROUP, SITES), FOUR, budget_of(LONG_S))
    check(skawina, day_, plan, FOUR)
    for order in orders(plan):
        assert order[1] == "d"
        assert order.index("b") < order.index("a")


def test_a_party_too_large_for_a_site_is_warned_and_has_it_for_itself(skawina: Town) -> None:
    parties = (Party("A", 20), Party("B", 10))
    day_ = day(stop("a", capacity=16), stop("d", capacity=60))
    plan = plan_parties(Case(skawina, day_, Group(30), SITES), parties, budget_of(LONG_S))
    check(skawina, day_, plan, parties, Group(30))
    assert (WarningCode.OVER_CAPACITY, 0) in codes(plan.parties[0])
    assert not any(code is WarningCode.OVER_CAPACITY for code, _ in codes(plan.parties[1]))


def test_a_meeting_must_hold_all(skawina: Town) -> None:
    day_ = day(stop("a", together=True), stop("d"))
    plan = plan_parties(Case(skawina, day_, Group(30), SITES), FOUR[:2], budget_of(LONG_S))
    assert all((WarningCode.OVER_CAPACITY, 0) in codes(party) for party in plan.parties)


def test_a_site_shut_all_day_spoils_only_itself(skawina: Town) -> None:
    shut = {**SITES, "b": site("b", 15, "Su 10:00-12:00")}
    asked = SIX if FULL else FIVE
    plan = plan_parties(Case(skawina, asked, GROUP, shut), FOUR, budget_of(LONG_S))
    assert all((WarningCode.CLOSED, 2) in codes(party) for party in plan.parties)
    shut_at = {at for party in plan.parties for code, at in codes(party) if code is WarningCode.CLOSED}
    assert shut_at == {2}
    assert [(one.kind, one.stop) for one in plan.conflict] == [(DemandKind.HOURS, "b")]


@pytest.mark.dear
def test_hours_that_do_not_let_all_in_are_warned_of_and_block_nothing(skawina: Town) -> None:
    brief = {**SITES, "a": site("a", 15, "We 09:00-10:00")}
    plan = plan_parties(Case(skawina, SIX, GROUP, brief), FOUR, budget_of(2.0))
    closed = [party.name for party in plan.parties if (WarningCode.CLOSED, 1) in codes(party)]
    assert 1 <= len(closed) <= 3
    assert not plan.proved
    demands = [(DemandKind.CAPACITY, "a"), (DemandKind.HOURS, "a")]
    assert [(one.kind, one.stop) for one in plan.conflict] == demands


def test_routes_that_fit_the_day_no_more_are_timed_as_far_as_they_go(skawina: Town) -> None:
    """A stop has gone and one has come: the one is left out, the other follows the list."""
    calls = tuple(map(PartyCall, ("hall", "gone", "a", "c")))
    old = (
        PartyRoute("A", calls),
        PartyRoute("B", (PartyCall("hall"), PartyCall("c", "09:30"), PartyCall("a"))),
    )
    stops = (TALK, stop("a"), stop("b"), stop("c"), stop("d", together=True))
    day_ = replace(day(*stops), party_routes=old)
    found = party_itineraries(Case(skawina, day_, Group(30), SITES), FOUR[:2])
    assert [[call.stop for call in one.itinerary.calls] for one in found] == [
        [0, 1, 2, 3, 4],
        [0, 3, 1, 2, 4],
    ]
    assert apart([one.itinerary for one in found], day_.stops) == ()
    assert f"{skawina.clock.local(found[1].itinerary.calls[1].start):%H:%M}" == "09:30"


def test_meetings_keep_the_order_of_the_list_whatever_old_routes_say(skawina: Town) -> None:
    swapped = PartyRoute("A", tuple(map(PartyCall, ("d", "lunch", "a", "hall"))))
    kept = PartyRoute("B", tuple(map(PartyCall, ("hall", "a", "lunch", "d"))))
    day_ = replace(day(TALK, stop("a"), LUNCH, stop("d")), party_routes=(swapped, kept))
    found = party_itineraries(Case(skawina, day_, Group(30), SITES), FOUR[:2])
    assert [[call.stop for call in one.itinerary.calls] for one in found] == [[0, 1, 2, 3], [0, 1, 2, 3]]
    assert apart([one.itinerary for one in found], day_.stops) == ()


def test_without_routes_all_follow_the_list_and_are_too_many(skawina: Town) -> None:
    found = party_itineraries(Case(skawina, SIX, GROUP, SITES), FOUR)
    assert [[call.stop for call in one.itinerary.calls] for one in found] == [[*range(7)]] * 4
    told = found[0].itinerary.warnings
    crowded = next(warning for warning in told if warning.code is WarningCode.OVER_CAPACITY)
    assert (crowded.stop, told_of(crowded)) == (1, {"capacity": 15, "group": 60})


@pytest.mark.parametrize(
    "mode", [pytest.param(one, marks=pytest.mark.slow) for one in (Mode.COACH, Mode.BUS, Mode.BEST)]
)
def test_by_other_modes(skawina_buses: Town, mode: Mode) -> None:
    group = Group(60, coach=CoachProfile(), has_coach=mode is Mode.COACH, reserves=Reserves(60, 180, 120))
    day_ = day(TALK, *(stop(name) for name in "abcd"), mode=mode)
    plan = plan_parties(Case(skawina_buses, day_, group, SITES), FOUR, budget_of(LONG_S))
    check(skawina_buses, day_, plan, FOUR, group)
    assert plan.proved is (mode is Mode.COACH)


@st.composite
def days(draw: st.DrawFn) -> tuple[Day, tuple[Party, ...]]:
    names = draw(st.permutations("abcdef"))[: draw(st.integers(1, 4))]
    stops = [
        stop(
            name,
            draw(st.integers(5, 40)),
            capacity=draw(st.sampled_from([None, 10, 20, 40])),
            buffer_min=draw(st.sampled_from([0, 5])),
            locked=draw(st.sampled_from([False, False, True])),
        )
        for name in names
    ]
    for extra in draw(st.sampled_from([[], [TALK], [LUNCH], [TALK, LUNCH]])):
        stops.insert(draw(st.integers(0, len(stops))), extra)
    parties = tuple(Party(name, draw(st.integers(3, 25))) for name in "ABC"[: draw(st.integers(1, 3))])
    return day(*stops), parties


@settings(max_examples=25 if FULL else 4, deadline=None, suppress_health_check=list(HealthCheck))
@given(days())
def test_any_day(skawina: Town, case: tuple[Day, tuple[Party, ...]]) -> None:
    day_, parties = case
    group = Group(sum(party.size for party in parties))
    plan = plan_parties(Case(skawina, day_, group, SITES), parties, budget_of(2.0))
    check(skawina, day_, plan, parties, group)
    for own in orders(plan):
        stretch = [one for one in day_.stops if not one.meets]
        visited = [name for name in own if name in {one.id for one in stretch}]
        if not any(one.meets for one in day_.stops):
            assert all(visited[at] == one.id for at, one in enumerate(stretch) if one.locked)
