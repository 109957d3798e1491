"""Hours of single stops, school holidays and public ones, in a planned day of Skawina."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from planner.domain.hours.school import NO_SCHOOL_CALENDAR, read_school_calendar
from planner.domain.schedule.group import Group
from planner.domain.sites import HoursStatus, Location, Quality, Site, SiteStatus
from planner.domain.visits import Day, DayStart, PlaceRef, Stop, StopKind, Visit
from planner.domain.warnings.codes import WarningCode
from planner.errors import InvalidInputError, SettingError
from planner.paths import ROOT
from planner.services.planning.case import Case
from planner.services.planning.plan import plan_day
from planner.services.upkeep.check_hours import hours_findings
from planner.services.upkeep.settings import read_settings
from tests.kit.warned import told_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from planner.services.travel.town import Town

STATION = PlaceRef(at=(19.82222, 49.97722))
RESTAURANT = PlaceRef(at=(19.8261, 49.9755))
WEDNESDAY = dt.date(2026, 12, 2)
SCHOOL = read_school_calendar("covers 2026-09-01/2027-08-31, 2026-12-23/2026-12-31")
Told = list[tuple[WarningCode, dict[str, str | int]]]


def site(name: str, hours: str, status: HoursStatus = HoursStatus.UNCONFIRMED) -> Site:
    return Site(
        name,
        {"en": name.title()},
        Location((19.82248, 49.97602), Quality.EXACT, 20),
        opening_hours=hours,
        hours_status=status,
        status=SiteStatus.CONFIRMED,
    )


SITES = {
    one.id: one
    for one in (
        site("museum", "Mo-Fr 10:00-16:00; PH off"),
        site("school", "Mo-Fr 08:00-15:00; PH off; SH off"),
        site("secret", "", HoursStatus.UNKNOWN),
        site("tours", "10:00-16:00/01:30"),
        site("square", "", HoursStatus.NOT_APPLICABLE),
    )
}


def told(town: Town, stop: Stop, date: dt.date = WEDNESDAY, start: str = "09:00") -> Told:
    """What is said of the doors of a day's only stop."""
    doors = {WarningCode.CLOSED, WarningCode.HOURS_UNKNOWN, WarningCode.BY_APPOINTMENT, WarningCode.TIGHT}
    plan = plan_day(Case(town, Day(date, DayStart(STATION, start), stops=(stop,)), Group(20), SITES))
    assert all(warning.stop == 0 for warning in plan.warnings if warning.code in doors)
    return [(one.code, told_of(one)) for one in plan.warnings if one.code in doors]


def at_site(name: str, hours: str = "") -> Stop:
    return Stop("s1", StopKind.SITE, PlaceRef(site=name), 30, hours=hours)


def test_hours_typed_for_a_stop_stand_in_for_those_of_its_site(skawina: Town) -> None:
    (warning,) = told(skawina, at_site("museum"), start="15:45")
    assert warning[0] is WarningCode.CLOSED
    assert (warning[1]["kind"], warning[1]["closes"]) == ("closes", "16:00")
    assert told(skawina, at_site("museum", "We 10:00-18:00"), start="15:45") == []
    assert told(skawina, at_site("museum", "  "), start="15:45") != []


def test_the_next_entry_is_waited_for(skawina: Town) -> None:
    day = Day(WEDNESDAY, DayStart(STATION, "10:20"), stops=(at_site("tours"),))
    plan = plan_day(Case(skawina, day, Group(20), SITES))
    (call,) = plan.calls
    assert f"{skawina.clock.local(call.start):%H:%M}" == "11:30"
    (note,) = [one for one in plan.warnings if one.code is WarningCode.ENTRY_AT]
    assert (told_of(note)["at"], note.by_s) == ("11:30", call.wait_s // 60 * 60)
    assert told(skawina, at_site("tours"), start="10:20") == []
    late = replace(at_site("tours"), fixed="13:30")
    ((code, params),) = told(skawina, late)
    assert (code, params["entry"]) == (WarningCode.CLOSED, "14:30")


def test_whoever_types_hours_has_confirmed_them(skawina: Town) -> None:
    assert told(skawina, at_site("secret")) == [(WarningCode.HOURS_UNKNOWN, {})]
    assert told(skawina, at_site("secret", "24/7")) == []
    assert told(skawina, at_site("secret", '"by appointment"')) == [
        (WarningCode.BY_APPOINTMENT, {"comment": "by appointment"})
    ]
    assert told(skawina, at_site("secret", "We unknown")) == [(WarningCode.HOURS_UNKNOWN, {})]


@pytest.mark.parametrize("kind", [StopKind.PLACE, StopKind.MEAL])
def test_a_place_of_ones_own_has_doors_once_it_has_hours(skawina: Town, kind: StopKind) -> None:
    lunch = Stop("m1", kind, RESTAURANT, 45)
    assert told(skawina, lunch) == []
    assert told(skawina, replace(lunch, hours="Mo-Tu 12:00-20:00")) == [
        (WarningCode.CLOSED, {"kind": "none"})
    ]
    later = Day(WEDNESDAY, DayStart(STATION, "09:00"), stops=(replace(lunch, hours="12:00-20:00"),))
    waits = plan_day(Case(skawina, later, Group(20), {}))
    assert f"{skawina.clock.local(waits.calls[0].start):%H:%M}" == "12:00"
    assert {warning.code for warning in waits.warnings} <= {WarningCode.SKETCH_DATA}


def test_a_meal_without_a_place_may_have_hours_too(skawina: Town) -> None:
    params = {"kind": "closes", "at": "09:00", "closes": "09:30", "left_min": 30, "dwell_min": 45}
    meal = Stop("m1", StopKind.MEAL, None, 45, hours="09:00-09:30")
    assert told(skawina, meal) == [(WarningCode.CLOSED, params)]


def test_an_open_square_has_doors_only_where_somebody_says_so(skawina: Town) -> None:
    assert told(skawina, at_site("square")) == []
    assert told(skawina, at_site("square", "off")) == [(WarningCode.CLOSED, {"kind": "none"})]


def test_hours_that_cannot_be_read_are_refused_with_their_place(skawina: Town) -> None:
    stops = (at_site("museum"), at_site("museum", "nine to five"))
    with pytest.raises(InvalidInputError) as caught:
        plan_day(Case(skawina, Day(WEDNESDAY, DayStart(STATION, "09:00"), stops=stops), Group(20), SITES))
    assert [(fault.pointer, fault.code) for fault in caught.value.details] == [
        ("/stops/1/hours", "bad_hours")
    ]


@pytest.mark.parametrize(
    ("name", "date", "expected"),
    [
        ("museum", "2026-12-25", [(WarningCode.CLOSED, {"kind": "none", "because": "public_holiday"})]),
        ("museum", "2026-12-26", [(WarningCode.CLOSED, {"kind": "none"})]),  # a Saturday anyway
        ("school", "2026-12-28", [(WarningCode.CLOSED, {"kind": "none", "because": "school_holiday"})]),
        ("school", "2026-12-25", [(WarningCode.CLOSED, {"kind": "none", "because": "public_holiday"})]),
        ("school", "2026-12-21", []),
        ("school", "2027-09-01", [(WarningCode.HOURS_UNKNOWN, {"doubt": "school_holidays"})]),
    ],
)
def test_closed_for_holidays_says_which(skawina: Town, name: str, date: str, expected: Told) -> None:
    town = replace(skawina, school=SCHOOL)
    assert told(town, at_site(name), dt.date.fromisoformat(date), "10:00") == expected


def test_without_a_calendar_school_holidays_are_a_doubt_never_open(skawina: Town) -> None:
    assert skawina.school == NO_SCHOOL_CALENDAR
    for date in (WEDNESDAY, dt.date(2026, 12, 28)):
        assert told(skawina, at_site("school"), date) == [
            (WarningCode.HOURS_UNKNOWN, {"doubt": "school_holidays"})
        ]
    assert told(skawina, at_site("school"), dt.date(2026, 12, 5)) == [(WarningCode.CLOSED, {"kind": "none"})]


def environment(folder: Path, school: str) -> Mapping[str, str]:
    return {"PLANNER_DATA_DIR": str(folder), "SECRET_KEY": "for tests", "SCHOOL_HOLIDAYS": school}


def test_the_setting_takes_dates_or_a_file(tmp_path: Path) -> None:
    file = tmp_path / "holidays.txt"
    file.write_text("# winter\n2026-12-23/2026-12-31\ncovers 2026-09-01/2027-08-31\n", encoding="utf-8")
    dates = "covers 2026-09-01/2027-08-31, 2026-12-23/2026-12-31"
    assert read_settings(environment(tmp_path, str(file))).school == SCHOOL
    assert read_settings(environment(tmp_path, dates)).school == SCHOOL
    assert read_settings(environment(tmp_path, "2026-12-23/2026-12-31")).school.last_day == dt.date(
        2026, 12, 31
    )
    assert read_settings(environment(tmp_path, " ")).school == NO_SCHOOL_CALENDAR


@pytest.mark.parametrize(
    ("school", "named"),
    [
        ("2026-12-23/2026-12-21", "SCHOOL_HOLIDAYS: 2026-12-23/2026-12-21 ends before it begins"),
        ("2026-12-23..2026-12-31", "SCHOOL_HOLIDAYS: '2026-12-23..2026-12-31' is not of the form"),
        ("no/such/file.txt", "SCHOOL_HOLIDAYS: 'no/such/file.txt' is neither a readable file nor dates"),
    ],
)
def test_a_setting_that_cannot_be_read_says_which_and_why(tmp_path: Path, school: str, named: str) -> None:
    with pytest.raises(SettingError) as caught:
        read_settings(environment(tmp_path, school))
    assert str(caught.value).startswith(named)


def test_a_file_with_a_fault_is_named(tmp_path: Path) -> None:
    file = tmp_path / "holidays.txt"
    file.write_text("winter\n", encoding="utf-8")
    with pytest.raises(SettingError, match=f"the file {file}: 'winter'"):
        read_settings(environment(tmp_path, str(file)))


@pytest.mark.slow
def test_the_service_does_not_start_with_such_a_setting(tmp_path: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-c", "import wsgi"],
        cwd=ROOT,
        env={**os.environ, **environment(tmp_path, "some day")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 1
    assert found.stderr.startswith("Error: SCHOOL_HOLIDAYS: 'some day' is neither")
    assert "Traceback" not in found.stderr


def findings(town: Town, today: dt.date, *visits: tuple[str, Visit]) -> list[str]:
    rules = [(one.id, one.opening_hours) for one in SITES.values()]
    return list(hours_findings(town, today, rules, visits))


def test_check_tells_what_hours_need_to_know(skawina: Town) -> None:
    told = "hours: the hours of school depend on school holidays, and "
    last = dt.date(2027, 8, 31)
    kept = replace(skawina, school=SCHOOL)
    assert findings(skawina, WEDNESDAY) == [
        f"{told}no school calendar is set, so they are unknown: set SCHOOL_HOLIDAYS"
    ]
    assert findings(kept, last - dt.timedelta(days=60)) == []
    assert findings(kept, last - dt.timedelta(days=59)) == [
        f"{told}the school calendar ends on 2027-08-31: add the next holidays"
    ]
    assert findings(kept, last + dt.timedelta(days=1)) == [
        f"{told}the school calendar ended on 2027-08-31: set SCHOOL_HOLIDAYS anew"
    ]
    assert list(hours_findings(skawina, WEDNESDAY, [("museum", "Mo 10:00-12:00; PH off")], [])) == []


def test_check_reads_the_hours_of_stops_still_to_come(skawina: Town) -> None:
    day = Day(WEDNESDAY, DayStart(STATION, "09:00"), stops=(at_site("museum", "SH 10:00-12:00"),))
    visits = [("visit 7", Visit({"en": "x"}, (day,)))]
    (found,) = hours_findings(skawina, WEDNESDAY, [], visits)
    assert "visit 7, stop s1" in found
    assert list(hours_findings(skawina, WEDNESDAY + dt.timedelta(days=1), [], visits)) == []


def test_check_says_when_the_countrys_holidays_are_not_known(skawina: Town) -> None:
    meta = replace(skawina.network.meta, country="XX")
    elsewhere = replace(skawina, network=replace(skawina.network, meta=meta))
    rules = [("museum", "Mo 10:00-12:00; PH off")]
    assert list(hours_findings(elsewhere, WEDNESDAY, rules, [])) == [
        "hours: the public holidays of XX are not known, so no day is taken for one: museum"
    ]
