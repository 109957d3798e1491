"""Rules that others have set, each case worked by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from planner.domain.itinerary import Call, Itinerary, Leg, LegPart, PartKind, Totals
from planner.domain.schedule.column import carriageway_warnings, column_m, columns
from planner.domain.schedule.driving import driving_warnings
from planner.domain.schedule.group import Group
from planner.domain.schedule.interpreting import interpreter_warnings
from planner.domain.visits import Day, DayStart, Mode, PlaceRef, Stop
from planner.domain.warnings.codes import (
    Alone,
    Breach,
    DrivingTime,
    InterpreterAlone,
    OnCarriageway,
)

MINUTE = 60
START = PlaceRef(at=(19.82, 49.97))


def driven(*spans: tuple[int, int]) -> Itinerary:
    """A day of drives from so many minutes to so many."""
    legs = []
    for first, last in spans:
        depart, arrive = first * MINUTE, last * MINUTE
        part = LegPart(PartKind.DRIVE, 1.0, arrive - depart, depart, arrive)
        legs.append(Leg(Mode.COACH, 1.0, arrive - depart, depart, arrive, parts=(part,)))
    return Itinerary(0, legs[-1].arrive, (), tuple(legs), Totals())


@pytest.mark.parametrize(
    ("spans", "found"),
    [
        # 3 h, half an hour, 1 h 30 min: 4 h 30 min of driving is just allowed
        ([(0, 180), (210, 300)], []),
        # one minute more, and it is the second drive that breaks the rule
        (
            [(0, 180), (210, 301)],
            [DrivingTime(leg=1, by_s=60, breach=Breach.NO_BREAK, minutes=271, limit_min=270)],
        ),
        # 3 times 3 h 01 min with whole breaks: 9 h 03 min, over 9 h with the third drive
        (
            [(0, 181), (226, 407), (452, 633)],
            [DrivingTime(leg=2, by_s=180, breach=Breach.LONG_DAY, minutes=543, limit_min=540)],
        ),
        # from 0:00 to 13:00 with little driving leaves 11 h; a minute more leaves a short rest
        ([(0, 60), (720, 780)], []),
        (
            [(0, 60), (400, 430), (721, 781)],
            [DrivingTime(leg=2, by_s=60, breach=Breach.SHORT_REST, minutes=781, limit_min=780)],
        ),
        # from 0:00 to 15:10, the last drive of three
        (
            [(0, 60), (400, 430), (850, 910)],
            [DrivingTime(leg=2, by_s=600, breach=Breach.NO_REST, minutes=910, limit_min=900)],
        ),
    ],
)
def test_a_drivers_day_is_warned_of_where_it_becomes_too_long(
    spans: list[tuple[int, int]], found: list[DrivingTime]
) -> None:
    assert list(driving_warnings(driven(*spans))) == found


def talks(*minutes: int) -> tuple[Day, Itinerary]:
    """A day of talks of so many minutes, with a stop without a talk of three hours between them."""
    stops: list[Stop] = []
    calls: list[Call] = []
    now = 0
    for number, long in enumerate(minutes):
        stops.append(Stop(f"t{number}", talk=True))
        calls.append(Call(len(calls), f"t{number}", now, now, now + long * MINUTE, 0, None))
        now += long * MINUTE
    stops.append(Stop("walk"))
    calls.append(Call(len(calls), "walk", now, now, now + 180 * MINUTE, 0, None))
    day = Day(dt.date(2026, 12, 2), DayStart(START, "09:00"), stops=tuple(stops))
    return day, Itinerary(0, now, tuple(calls), (), Totals())


@pytest.mark.parametrize(
    ("minutes", "found"),
    [
        # 40 min alone, and three times: 2 h in all
        ((40, 40, 40), []),
        ((41,), [InterpreterAlone(stop=0, by_s=60, kind=Alone.AT_ONCE, minutes=41, limit_min=40)]),
        # 4 times 35 min are 2 h 20 min: over 2 h with the fourth
        (
            (35, 35, 35, 35),
            [InterpreterAlone(stop=3, by_s=1200, kind=Alone.IN_ALL, minutes=140, limit_min=120)],
        ),
        # 1 h and 1 h 10 min: both too long, the second one also the day
        (
            (60, 70),
            [
                InterpreterAlone(stop=0, by_s=1200, kind=Alone.AT_ONCE, minutes=60, limit_min=40),
                InterpreterAlone(stop=1, by_s=1800, kind=Alone.AT_ONCE, minutes=70, limit_min=40),
                InterpreterAlone(stop=1, by_s=600, kind=Alone.IN_ALL, minutes=130, limit_min=120),
            ],
        ),
    ],
)
def test_one_interpreter_works_forty_minutes_at_once_and_two_hours_in_all(
    minutes: tuple[int, ...], found: list[InterpreterAlone]
) -> None:
    day, itinerary = talks(*minutes)
    group = Group(20, interpreter=1.8)
    assert list(interpreter_warnings(day, itinerary, group)) == found
    assert not list(interpreter_warnings(day, itinerary, replace(group, interpreters=2)))
    assert not list(interpreter_warnings(day, itinerary, replace(group, interpreter=1.0)))


@pytest.mark.parametrize(
    ("people", "length_m", "number"),
    [
        (1, 0.0, 1),
        (30, 21.0, 1),  # 15 pairs: 14 gaps of 1.5 m
        (68, 49.5, 1),  # 34 pairs: 33 gaps
        (69, 51.0, 2),  # 35 pairs are over 50 m
        (136, 100.5, 2),
        (137, 102.0, 3),
    ],
)
def test_a_column_is_at_most_fifty_metres_long(people: int, length_m: float, number: int) -> None:
    assert (column_m(people), columns(people)) == (length_m, number)


def test_a_column_is_one_of_poland_of_several_people_and_of_some_metres() -> None:
    assert list(carriageway_warnings(240.4, 30, "PL")) == [OnCarriageway(metres=240, column_m=21, columns=1)]
    assert list(carriageway_warnings(240.4, 69, "PL")) == [OnCarriageway(metres=240, column_m=51, columns=2)]
    for metres, people, country in ((19.9, 30, "PL"), (240.0, 1, "PL"), (240.0, 30, "MC")):
        assert not list(carriageway_warnings(metres, people, country))
