"""Warnings of two plans held against each other, and where a plan has least to spare; numbers by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from planner.domain.edits.stops import move_stop, remove_stop
from planner.domain.itinerary import Call, Itinerary, Totals
from planner.domain.visits import Day, DayEnd, DayStart, PlaceRef, Stop
from planner.domain.warnings.codes import Warning, WarningCode
from planner.domain.warnings.compare import complaint, is_cured, is_rid_of
from planner.domain.warnings.severity import Tone, is_curable, tightest, tone_of_warning
from tests.kit.warned import warned

DAY = Day(
    dt.date(2026, 12, 7),
    DayStart(PlaceRef(site="station"), "09:00"),
    DayEnd(PlaceRef(site="station")),
    stops=tuple(Stop(name, place=PlaceRef(site=name)) for name in "abc"),
)


def plan(*warnings: Warning, slacks: tuple[int | None, ...] = ()) -> Itinerary:
    calls = tuple(Call(at, "abc"[at], 0, 0, 0, 0, slack) for at, slack in enumerate(slacks))
    return Itinerary(0, 0, calls, (), Totals(), warnings)


def late(stop: int | None, by_s: int, kind: str = "window") -> Warning:
    return warned(WarningCode.LATE, stop=stop, by_s=by_s, params={"kind": kind})


def closed(stop: int, by_s: int | None = None) -> Warning:
    return warned(WarningCode.CLOSED, stop=stop, by_s=by_s)


def tight(stop: int, by_s: int) -> Warning:
    return warned(WarningCode.TIGHT, stop=stop, by_s=by_s)


NO_SERVICE = warned(WarningCode.NO_SERVICE, leg=1, params={"reason": "time"})
ASIDE = warned(WarningCode.NO_SERVICE, leg=1, params={"lines": "S1"})
UNCONFIRMED = warned(WarningCode.SITE_UNCONFIRMED, stop=0)


@pytest.mark.parametrize(
    ("warning", "before", "after", "cured"),
    [
        (late(1, 60), [], [], True),
        (late(1, 60), [], [late(1, 30)], False),  # less late is late
        (late(1, 60), [], [late(1, 60, "fixed")], False),  # another lateness, as loud
        (late(1, 60), [], [closed(1)], False),
        (late(1, 60), [], [tight(1, 0)], True),  # not as loud
        (late(1, 60), [closed(2, 300)], [closed(2, 300)], True),
        (late(1, 60), [closed(2, 300)], [closed(2, 301)], False),
        (late(1, 60), [closed(2, 300)], [closed(2)], False),  # shut all day is worse than too late
        (late(1, 60), [closed(2)], [closed(2, 900)], True),
        (late(1, 60), [tight(2, 200)], [tight(2, 10)], True),
        (tight(1, 60), [tight(2, 200)], [tight(2, 10)], False),
        (tight(1, 60), [tight(2, 200)], [tight(2, 250)], True),
        (tight(1, 60), [], [NO_SERVICE], False),
        (tight(1, 60), [], [ASIDE, UNCONFIRMED], True),
        (NO_SERVICE, [ASIDE], [ASIDE], True),
    ],
)
def test_what_cures(warning: Warning, before: list[Warning], after: list[Warning], cured: bool) -> None:  # noqa: FBT001
    assert is_cured(warning, (DAY, plan(warning, *before)), (DAY, plan(*after))) is cured


def test_warnings_are_told_apart_by_their_stops_whatever_the_order() -> None:
    moved = move_stop(DAY, "a", 2)
    assert complaint(late(0, 60), DAY) == complaint(late(2, 90), moved)
    assert complaint(warned(WarningCode.LONG_WALK, leg=3), DAY) == ("long_walk", "", "*", "")
    assert not is_cured(late(0, 60), (DAY, plan(late(0, 60))), (moved, plan(late(2, 60))))
    left = remove_stop(DAY, "a")
    assert is_rid_of(late(0, 60), DAY, (left, plan(late(0, 60))))  # that is another stop now


def test_two_demands_to_come_after_another_are_two_complaints() -> None:
    first, second = (warned(WarningCode.PRECEDENCE, stop=0, params={"after": number}) for number in (2, 3))
    assert complaint(first, DAY) == ("precedence", "a", "", "b")
    assert is_cured(first, (DAY, plan(first, second)), (DAY, plan(second)))


def test_two_of_a_kind_are_not_three() -> None:
    walks = [warned(WarningCode.LONG_WALK, leg=0, params={"metres": metres}) for metres in (2100, 2500)]
    assert is_cured(NO_SERVICE, (DAY, plan(NO_SERVICE, *walks)), (DAY, plan(*walks)))
    assert not is_cured(NO_SERVICE, (DAY, plan(NO_SERVICE, *walks)), (DAY, plan(*walks, walks[0])))
    longer = warned(WarningCode.LONG_WALK, leg=0, params={"metres": 2501})
    assert not is_cured(NO_SERVICE, (DAY, plan(NO_SERVICE, *walks)), (DAY, plan(longer)))


def test_facts_have_no_remedy() -> None:
    facts = {
        code
        for code in WarningCode
        if not is_curable(warned(code)) and tone_of_warning(warned(code)) is not Tone.NOTE
    }
    assert facts == {
        *("by_appointment", "far_from_streets", "not_placed", "step_free_unknown", "over_capacity"),
        *("off_main_network", "coach_unchecked", "timetable_outdated", "no_food_near", "clock_change"),
        *("way_hours_unread", "coach_turns", "coach_stop", "hiking_path", "ferry"),
        *("steep_way", "long_climb", "on_carriageway", "driving_time", "interpreter_alone"),
    }
    assert not is_curable(ASIDE)
    assert is_curable(NO_SERVICE)


@pytest.mark.parametrize(
    ("slacks", "warnings", "stop"),
    [
        ((400, 400, 700), [], 1),  # the last of those that may slip least: there something would break
        ((599, None, None), [], 0),
        ((0, 300, None), [UNCONFIRMED], 0),
        ((600, 900, None), [], None),
        ((None, None, None), [], None),
        ((), [], None),
        ((100, 200, None), [tight(0, 100)], None),
        ((100, 0, 0), [closed(1)], None),
    ],
)
def test_where_a_day_that_works_is_tightest(
    slacks: tuple[int | None, ...], warnings: list[Warning], stop: int | None
) -> None:
    found = tightest(plan(*warnings, slacks=slacks))
    assert (found.stop if found else None) == stop
