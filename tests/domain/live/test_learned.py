"""What is learned of stays, with numbers worked out by hand (tests/kit/live_days.py)."""

from __future__ import annotations

import datetime as dt

from planner.domain.itinerary import PartyItinerary
from planner.domain.live.events import EventKind, LiveEvent
from planner.domain.live.learned import LearnedStay, TakenStay, learned, taken_stays
from planner.domain.visits import Day, DayStart, PlaceRef, Stop
from tests.kit.live_days import said, under_way

ARRIVED, LEFT, SKIP, MERGE = EventKind.ARRIVED, EventKind.LEFT, EventKind.SKIP, EventKind.MERGE
STOPS = tuple(
    Stop(name, place=PlaceRef(site=f"site-{name}"), dwell_min=minutes, talk=name == "d")
    for name, minutes in (("b", 20), ("c", 30), ("d", 10), ("e", 30))
)
DAY = Day(dt.date(2026, 12, 2), DayStart(PlaceRef(site="a"), "09:00"), stops=STOPS)
PLANNED = under_way().planned


def taken(*events: LiveEvent, parties: str = "") -> dict[str, float]:
    ways = [PartyItinerary(name, PLANNED) for name in parties or ("",)]
    return {stay.site: stay.minutes for stay in taken_stays(1, DAY, ways, events)}


def stay(name: str, came: str, left: str, party: str = "") -> list[LiveEvent]:
    return [said(ARRIVED, came, name, party=party), said(LEFT, left, name, party=party)]


def test_a_stay_begins_when_it_was_agreed_and_ends_when_one_leaves() -> None:
    assert taken(*stay("b", "09:12", "10:00"), *stay("c", "10:08", "10:40")) == {"site-b": 48, "site-c": 32}
    assert taken(*stay("c", "09:38", "10:20")) == {"site-c": 35}  # the talk was at 09:45


def test_an_interpreters_share_is_taken_off() -> None:
    """Ten minutes of a talk were planned as twenty with an interpreter; forty were twenty without."""
    assert taken(*stay("d", "10:25", "11:05")) == {"site-d": 20}


def test_what_was_not_said_was_left_out_or_said_afterwards_teaches_nothing() -> None:
    assert taken(said(ARRIVED, "09:12", "b")) == {}
    assert taken(said(ARRIVED, "09:12", "b"), said(SKIP, "09:20", "b")) == {}
    assert taken(*stay("b", "12:00", "12:01")) == {}


def test_of_a_party_that_goes_with_another_its_own_stays_count() -> None:
    merged = said(MERGE, "10:30", party="1", other="2")
    events = [*stay("b", "09:12", "10:00", "1"), merged, *stay("e", "11:00", "11:50", "1")]
    assert taken(*events, parties="12") == {"site-b": 48}


def test_three_visits_teach_the_middle_one_and_parties_of_a_visit_count_once() -> None:
    stays = [TakenStay("hall", visit, minutes) for visit, minutes in ((1, 40), (1, 50), (2, 48), (3, 90))]
    assert learned(stays) == {"hall": LearnedStay(48, 3)}
    assert learned(stays[:-1]) == {}
