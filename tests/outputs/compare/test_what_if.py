"""The words of a day beside its variants, worked out by hand from the sample day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from planner.domain.edits.variations import Variation, vary
from planner.domain.hosts.kept import AskedAgain, KeptTime
from planner.domain.itinerary import Itinerary, Totals
from planner.domain.visits import Mode
from planner.domain.warnings.codes import WarningCode
from planner.errors import Fault
from planner.outputs.compare.what_if import Column, sheet, variation_text, week
from planner.services.planning.what_if import DayVariant
from planner.words.plans import Reading
from tests.kit.samples import CLOCK, at, sample_itinerary, sample_sites, sample_visit
from tests.kit.translated_app import plain, translated_app
from tests.kit.warned import warned

if TYPE_CHECKING:
    from collections.abc import Iterator

READING = Reading(sample_sites(), CLOCK, "en")
NOW = DayVariant(Variation(), sample_visit(), 0, sample_itinerary())
HALF_AN_HOUR = 1800


@pytest.fixture(autouse=True)
def _app_context() -> Iterator[None]:
    with translated_app().app_context():
        yield


def variant(variation: Variation, plan: Itinerary | None, *faults: Fault) -> DayVariant:
    return DayVariant(variation, vary(sample_visit(), 0, variation), 0, plan, faults)


def earlier(by_s: int = HALF_AN_HOUR) -> Itinerary:
    """The sample day, all of it earlier; the Town Hall's time stays, so one waits longer for it."""
    plan = sample_itinerary()
    calls = tuple(
        replace(call, arrive=call.arrive - by_s, start=call.start - (call.stop == 0) * by_s)
        if call.stop < 2
        else call
        for call in plan.calls
    )
    return replace(plan, start=plan.start - by_s, calls=calls)


def cells(column: Column, labels: tuple[str, ...]) -> dict[str, tuple[str, str, str]]:
    return {
        label: (plain(cell.text), plain(cell.difference), str(cell.verdict))
        for label, cell in zip(labels, column.cells, strict=True)
    }


def beside(*variants: DayVariant) -> tuple[tuple[str, ...], tuple[Column, ...]]:
    found = sheet(NOW, variants, READING)
    return tuple(label.text for label in found.labels), found.columns


def test_the_day_as_it_is_says_everything_that_can_vary() -> None:
    labels, (now,) = beside()
    assert (now.title, now.about) == ("As it is now", "Wed 2 Dec · 4 km/h · On foot")
    assert cells(now, labels) == {
        "Start": ("09:00", "", "other"),
        "Finish": ("12:10", "", "other"),
        "The day lasts": ("3 hr 10 min", "", "other"),
        "On foot": ("2.2 km", "", "other"),
        "Waiting": ("17 min", "", "other"),
        "Free minutes": ("3 min", "", "other"),
        "Warnings": ("2 do not work, 2 to watch", "", "other"),
        "Market Square": ("09:08", "", "other"),
        "Town Hall": ("09:28, begins 09:45", "", "other"),
        "Former synagogue (exterior)": ("10:44", "", "other"),
        "Regional Museum": ("11:07", "", "other"),
        "Brine graduation tower": ("11:52", "", "other"),
    }


def test_half_an_hour_earlier_that_is_only_waited_is_a_longer_day() -> None:
    labels, (_, column) = beside(variant(Variation(start="08:30"), earlier()))
    found = cells(column, labels)
    assert column.title == "start 08:30"
    assert found["Start"] == ("08:30", "30 min earlier", "other")
    assert found["Finish"] == ("12:10", "", "other")
    assert found["The day lasts"] == ("3 hr 40 min", "30 min more", "worse")
    assert found["Waiting"] == ("47 min", "30 min more", "worse")
    assert found["Town Hall"] == ("08:58, begins 09:45", "30 min earlier", "other")
    assert found["Regional Museum"] == ("11:07", "", "other")


def test_an_earlier_finish_after_the_same_start_is_better_and_a_later_one_worse() -> None:
    plan = sample_itinerary()
    sooner = replace(plan, finish=plan.finish - 720)
    later = replace(plan, finish=plan.finish + 720)
    labels, (_, first, second) = beside(
        variant(Variation(mode=Mode.COACH), sooner), variant(Variation(pace_kmh=3.5), later)
    )
    assert (first.title, second.title) == ("By coach", "3.5 km/h")
    assert cells(first, labels)["Finish"] == ("11:58", "12 min earlier", "better")
    assert cells(second, labels)["Finish"] == ("12:22", "12 min later", "worse")


def test_times_of_another_date_are_compared_by_the_clock() -> None:
    plan = sample_itinerary()
    day_later = replace(
        plan,
        start=plan.start + 86_400,
        finish=plan.finish + 86_400,
        calls=tuple(
            replace(one, arrive=one.arrive + 86_400, start=one.start + 86_400, leave=one.leave + 86_400)
            for one in plan.calls
        ),
    )
    labels, (now, column) = beside(variant(Variation(date=dt.date(2026, 12, 3)), day_later))
    assert column.title == "Thu 3 Dec"
    assert cells(column, labels) == cells(now, labels)


def test_walking_less_is_better_and_what_is_ridden_has_a_row_only_where_somebody_rides() -> None:
    totals = replace(sample_itinerary().totals, walk_m=1740, drive_m=3000)
    driven = replace(sample_itinerary(), totals=totals)
    labels, (now, column) = beside(variant(Variation(mode=Mode.COACH), driven))
    assert cells(column, labels)["On foot"] == ("1.7 km", "500 m less", "better")
    assert cells(column, labels)["By coach"] == ("3 km", "3 km more", "other")
    assert cells(now, labels)["By coach"] == ("0 m", "", "other")
    assert "By public transport" not in labels


def test_a_metre_is_no_difference() -> None:
    plan = replace(sample_itinerary(), totals=Totals(walk_m=2243))
    labels, (_, column) = beside(variant(Variation(pace_kmh=3.9), plan))
    assert cells(column, labels)["On foot"] == ("2.2 km", "", "other")


def test_new_warnings_are_marked_and_those_that_are_gone_are_told() -> None:
    plan = sample_itinerary()
    left_out = {WarningCode.LATE, WarningCode.SITE_UNCONFIRMED}
    kept = tuple(one for one in plan.warnings if one.code not in left_out)
    closed = warned(WarningCode.CLOSED, stop=1)
    shut = replace(plan, warnings=(*kept, closed))
    _, (_, column) = beside(variant(Variation(date=dt.date(2026, 12, 5)), shut))
    (cell,) = [one for one in column.cells if one.said]
    assert [one.line for one in cell.said if one.is_new] == ["Town Hall: Closed at the time of the visit."]
    assert cell.said[0].line == "Town Hall: Closed at the time of the visit."
    assert [plain(one.line) for one in cell.gone] == ["10 min late: the day should end by 12:00."]
    assert cell.text == "2 do not work, 2 to watch"
    assert cell.verdict == "other"


def test_the_same_warning_by_other_minutes_is_not_new() -> None:
    plan = sample_itinerary()
    later = tuple(replace(one, by_s=999) if one.code is WarningCode.LATE else one for one in plan.warnings)
    _, (_, column) = beside(variant(Variation(pace_kmh=3.5), replace(plan, warnings=later)))
    (cell,) = [one for one in column.cells if one.said]
    assert [one for one in cell.said if one.is_new] == []
    assert cell.gone == ()


def test_fewer_that_do_not_work_is_better_and_none_are_none() -> None:
    bare = replace(sample_itinerary(), warnings=())
    _, (_, column) = beside(variant(Variation(start="08:00"), bare))
    (cell,) = [one for one in column.cells if one.gone]
    assert (cell.text, cell.verdict) == ("none", "better")
    assert len(cell.gone) == 4


def test_slack_without_limit_is_better_than_any_minutes() -> None:
    plan = sample_itinerary()
    free = replace(plan, calls=tuple(replace(one, slack_s=None) for one in plan.calls))
    labels, (_, column) = beside(variant(Variation(start="08:00"), free))
    assert cells(column, labels)["Free minutes"] == ("no limit", "", "better")


def test_a_variant_that_cannot_be_planned_says_why_and_has_no_times() -> None:
    fault = Fault("/stops/0/place/site", "unknown_site", "there is no site 'x'")
    labels, (now, column) = beside(variant(Variation(start="08:00"), None, fault))
    assert (column.cells, column.faults) == ((), ("there is no site 'x'",))
    assert len(now.cells) == len(labels)


def test_a_week_tells_what_is_closed_what_is_unknown_and_which_date_is_now() -> None:
    plan = sample_itinerary()
    open_ = replace(plan, warnings=())
    shut = replace(plan, warnings=(warned(WarningCode.CLOSED, stop=3), warned(WarningCode.CLOSED, stop=1)))
    dates = [
        variant(Variation(date=dt.date(2026, 12, 1)), open_),
        NOW,
        replace(variant(Variation(date=dt.date(2026, 12, 3)), shut), is_holiday=True),
        variant(Variation(date=dt.date(2026, 12, 4)), None, Fault("", "x", "no way to plan it")),
    ]
    days = week(dates, NOW, dt.date(2026, 12, 2), READING)
    assert [(one.doors.text, one.doors.more, one.doors.is_good) for one in days] == [
        ("Everything open", "", True),
        ("Nothing closed", "hours unknown: 1, also does not work: 2", False),
        ("Closed: Regional Museum, Town Hall", "", False),
        ("Cannot be planned", "no way to plan it", False),
    ]
    assert [one.about for one in days] == ["in the past", "as it is now", "public holiday", ""]
    assert [one.is_now for one in days] == [False, True, False, False]
    assert days[1].times == "09:00–12:10"


def test_everything_that_is_other_is_named() -> None:
    all_of_it = Variation(dt.date(2026, 12, 9), "08:30", "14:32", 3.5, Mode.BEST)
    assert variation_text(all_of_it, "en") == "Wed 9 Dec · start 08:30 · there by 14:32 · 3.5 km/h · Quickest"
    assert at("09:00:00") == NOW.itinerary.start if NOW.itinerary else False


def test_hosts_who_are_asked_again_have_a_row_and_are_counted_in_the_week() -> None:
    kept = KeptTime("s1", "09:30", at("09:30"))
    moved = replace(variant(Variation(start="08:30"), earlier()), again=(AskedAgain(kept, at("10:00")),))
    labels, (now, then) = beside(moved)
    assert "To be asked again" not in beside(variant(Variation(start="08:30"), earlier()))[0]
    assert cells(now, labels)["To be asked again"] == ("nobody", "", "other")
    assert cells(then, labels)["To be asked again"] == (
        "Market Square: 10:00 instead of 09:30",
        "",
        "worse",
    )
    dated = replace(moved, variation=Variation(date=dt.date(2026, 12, 3)))
    [day] = week([dated], NOW, dt.date(2026, 12, 1), READING)
    assert "hosts to be asked again: 1" in day.doors.more
