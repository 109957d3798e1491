"""Opening hours of single stops: in the API, in the editor's panel without a script, and in check."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from planner.domain.clock import TownClock
from planner.domain.hours.school import read_school_calendar
from planner.domain.hours.spans import Almanac
from planner.outputs.catalogue.hours import week_lines
from planner.services.catalogue.hours import week_of
from planner.web.frame.i18n import language
from tests.kit.commands import run
from tests.kit.web.calls import error_of
from tests.kit.web.desk import Desk, add, open_desk
from tests.kit.web.pages import PageClient
from tests.kit.web.signing_in import sign_in

if TYPE_CHECKING:
    from flask import Flask

    from tests.kit.web.calls import Api

DOORS = {"closed", "hours_unknown", "by_appointment", "tight"}
WEEK = [
    "poniedziałek 7.12 08:00–16:00",
    "wtorek 8.12 08:00–16:00",
    "środa 9.12 08:00–16:00",
    "czwartek 10.12 08:00–16:00",
    "piątek 11.12 08:00–16:00",
    "sobota 12.12 zamknięte",
    "niedziela 13.12 zamknięte",
]


@pytest.fixture
def desk(app: Flask) -> Desk:
    return open_desk(app)


def day(**stop: Any) -> dict[str, Any]:
    """A day that begins at 9:00 on a Wednesday in front of its only stop's door."""
    place = {"site": "alfa"}
    return {
        "date": "2026-12-02",
        "start": {"place": place, "time": "09:00"},
        "stops": [{"place": place, "dwell_min": 35, **stop}],
    }


def doors(answer: dict[str, Any]) -> list[tuple[str, str, int | None]]:
    """What an answer says of doors: code, sentence, by how much."""
    return [
        (one["code"], one["message"].replace("\xa0", " "), one.get("by_s"))
        for one in answer["warnings"]
        if one["code"] in DOORS
    ]


SCHOOL_UNKNOWN = "Open or closed by the school holidays, which are not known for this date: ask."


@pytest.mark.dear
@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ("", []),
        ("We 08:00-16:00", []),
        (
            "We 08:00-09:08",
            [("closed", "There from 09:00, closes at 09:08: 8 min for a visit of 35 min.", 1620)],
        ),
        ("We 08:00-08:45", [("closed", "Closed since 08:45: the group is there at 09:00.", 3000)]),
        ("Mo 08:00-16:00", [("closed", "Closed all day.", None)]),
        (
            '"by appointment"',
            [("by_appointment", "By appointment only: agree the visit with the host.", None)],
        ),
        ('24/7 "on request"', [("by_appointment", "By appointment only: on request.", None)]),
        ("unknown", [("hours_unknown", "Opening hours unknown: ask before the visit.", None)]),
        ("We 08:00-16:00; SH off", [("hours_unknown", SCHOOL_UNKNOWN, None)]),
    ],
)
def test_the_api_takes_hours_for_a_stop(
    small: Api, hours: str, expected: list[tuple[str, str, int | None]]
) -> None:
    assert doors(small.ask("plan", day(hours=hours))) == expected


def test_a_fixed_time_before_the_door_opens_is_told_with_its_minutes(small: Api) -> None:
    answer = small.ask("plan", day(hours="We 09:24-16:00", fixed="09:12"))
    assert doors(answer) == [("closed", "Opens in 12 min, at 09:24: the group is there at 09:12.", 720)]
    waits = small.ask("plan", day(hours="We 09:24-16:00"))
    assert doors(waits) == []
    assert waits["calls"][0]["wait_s"] == 24 * 60


def test_a_holiday_is_the_reason_that_is_given(small: Api) -> None:
    asked = {**day(hours="Mo-Fr 08:00-16:00; PH off"), "date": "2026-12-25"}
    assert doors(small.ask("plan", asked)) == [("closed", "Closed that day: public holiday.", None)]


@pytest.mark.parametrize(
    "hours", ["nine to five", "Mo-Fr 9-77", "Mo 08:00-16:00;;;(", "x" * 501, 7, None, ["24/7"]]
)
def test_hours_that_cannot_be_read_are_refused_with_a_pointer(small: Api, hours: Any) -> None:
    error = error_of(small.send("plan", day(hours=hours)))
    assert [detail["pointer"] for detail in error["details"]] == ["/stops/0/hours"]


def test_hours_of_500_characters_are_read(small: Api) -> None:
    rule = ("We 08:00-16:00; " * 32)[:-2]
    assert len(rule) == 510
    assert doors(small.ask("plan", day(hours=rule[16:]))) == []


def panel(page: str, stop: str) -> str:
    """The panel of a stop's hours."""
    found = re.search(rf'<details class="more" id="hours-more-{stop}".*?</form>', page, re.DOTALL)
    assert found is not None, f"no panel of hours for {stop}"
    return found[0]


def shown_week(text: str) -> list[str]:
    """The lines of the days to come."""
    rows = re.findall(r"<tr[^>]*><th[^>]*>(.*?)</th><td>(.*?)</td>", text)
    return [html.unescape(f"{one} {two}") for one, two in rows]


def test_the_panel_shows_the_catalogues_hours_from_the_visits_day_on(desk: Desk) -> None:
    add(desk, "ratusz")
    mine = panel(desk.page("?stop=s1"), "s1")
    assert "jak w katalogu" in mine or "as in the catalogue" in mine
    assert 'id="hours-s1" name="hours" value=""' in mine
    assert 'data-fallback="Mo 08:00-17:00; Tu-Th 07:30-15:30; Fr 07:30-14:30; PH off"' in mine
    assert shown_week(mine)[0] == "poniedziałek 7.12 08:00–17:00"
    assert len(shown_week(mine)) == 7


@pytest.mark.dear
def test_hours_are_typed_for_a_stop_and_dropped_again(desk: Desk) -> None:
    add(desk, "muzeum")
    assert "Zamknięte" not in panel_row(desk.page())
    answer = desk.edit("stop_hours", stop="s1", hours=" Mo-Fr 08:00-09:30 ")
    assert answer.status_code == 200
    assert desk.draft().days[0].stops[0].hours == "Mo-Fr 08:00-09:30"
    mine = panel(answer.text, "s1")
    assert 'value="Mo-Fr 08:00-09:30"' in mine
    assert shown_week(mine)[0] == "poniedziałek 7.12 08:00–09:30"
    assert 'name="clear"' in mine
    assert "disc--fail" in panel_row(answer.text)
    assert desk.post("undo").status_code == 303
    assert desk.draft().days[0].stops[0].hours == ""
    desk.post("redo")
    cleared = desk.edit("stop_hours", stop="s1", hours="Mo-Fr 08:00-09:30", clear="1")
    assert cleared.status_code == 200
    assert desk.draft().days[0].stops[0].hours == ""
    assert 'name="clear"' not in panel(cleared.text, "s1")


def panel_row(page: str) -> str:
    """The first stop of the timetable."""
    return page.split('class="stop"', 1)[1].split('id="day-end"', 1)[0]


def test_without_a_script_the_rule_is_typed_and_leads_back(desk: Desk) -> None:
    add(desk, "muzeum")
    answer = desk.edit("stop_hours", column=False, stop="s1", hours="24/7")
    assert answer.status_code == 303
    assert desk.draft().days[0].stops[0].hours == "24/7"


@pytest.mark.dear
@pytest.mark.parametrize(
    ("hours", "told"),
    [
        ("nine to five", "nie da się odczytać|cannot be read"),
        ("<b>\"'{{ 7*7 }}", "nie da się odczytać|cannot be read"),
        ("x" * 501, "500"),
    ],
)
def test_what_cannot_be_read_is_kept_in_its_field_and_not_stored(desk: Desk, hours: str, told: str) -> None:
    add(desk, "muzeum")
    answer = desk.edit("stop_hours", stop="s1", hours=hours)
    assert answer.status_code == 422
    assert re.search(told, answer.text)
    mine = panel(answer.text, "s1")
    assert re.search(r'id="hours-more-s1" open', mine)
    value = re.search(r'id="hours-s1" name="hours" value="(.*?)" maxlength', mine)
    assert value is not None
    assert html.unescape(value[1]) == hours
    assert desk.draft().days[0].stops[0].hours == ""


def test_a_stop_that_is_not_there_has_no_hours(desk: Desk) -> None:
    assert desk.edit("stop_hours", stop="s9", hours="24/7").status_code == 422


@pytest.mark.dear
def test_meals_and_places_have_hours_of_their_own_a_break_has_none(desk: Desk) -> None:
    desk.change("add_place", kind="place", name="Karczma", at="49.9755, 19.8261")
    desk.change("add_place", kind="meal", name="Obiad")
    desk.change("add_place", kind="break")
    stops = [stop.id for stop in desk.draft().days[0].stops]
    assert len(stops) == 3
    place, meal, pause = (desk.page(f"?stop={stop}") for stop in stops)
    assert shown_week(panel(place, stops[0])) == shown_week(panel(meal, stops[1])) == []
    assert f'id="hours-more-{stops[2]}"' not in pause
    answer = desk.edit("stop_hours", stop=stops[0], hours="Mo-Fr 08:00-16:00")
    assert shown_week(panel(answer.text, stops[0])) == WEEK


def test_the_week_is_asked_for_live_from_any_day(app: Flask) -> None:
    client = app.test_client()
    sign_in(app, client)

    def ask(first: str, rule: str) -> str:
        return client.get("/sites/hours", query_string={"rule": rule, "first": first, "lang": "pl"}).text

    assert shown_week(ask("2026-12-07", "Mo-Fr 08:00-16:00")) == WEEK
    assert shown_week(ask("2026-12-25", "Mo-Fr 08:00-16:00; PH off"))[0] == "piątek 25.12 zamknięte (święto)"
    for first in ("", "soon", "9999-12-31", "0001-01-01"):
        assert shown_week(ask(first, "24/7"))[0] == "poniedziałek 16.11 cały dzień"


@pytest.mark.dear
def test_pages_with_panels_of_hours_are_what_pages_must_be(app: Flask, desk: Desk) -> None:
    add(desk, "muzeum", "ratusz")
    desk.change("stop_hours", stop="s1", hours='Mo-Fr 08:00-16:00; PH,SH off || "by appointment"')
    pages = PageClient(app)
    sign_in(app, pages.client)
    for lang in ("pl", "en"):
        pages.get(f"/visits/{desk.visit_id}", lang)
        pages.get("/sites/muzeum/edit", lang)


def test_the_week_says_why_it_is_closed_and_what_is_unsure(app: Flask) -> None:
    school = read_school_calendar("2026-12-28/2026-12-30")
    rule, first = "Mo-Fr 08:00-15:00; PH off; SH off", dt.date(2026, 12, 25)
    with app.test_request_context("/?lang=en"):
        assert language() == "en"
        week = week_of(rule, first, TownClock("Europe/Warsaw"), Almanac("PL", school))
        assert [(one.text, one.is_open) for one in week_lines(week)] == [
            ("closed (public holiday)", False),
            ("closed (public holiday)", False),
            ("closed", False),
            ("closed (school holidays)", False),
            ("closed (school holidays)", False),
            ("closed (school holidays)", False),
            ("08:00–15:00 not sure (school holidays)", True),
        ]


@pytest.mark.dear
def test_check_names_the_site_whose_hours_hang_on_school_holidays(app: Flask) -> None:
    found = json.loads(run(app, "check", "--json").stdout)["findings"]
    (told,) = [one["text"] for one in found if "school" in one["text"]]
    assert told.startswith("hours: the hours of ")
    assert told.endswith("no school calendar is set, so they are unknown: set SCHOOL_HOLIDAYS")
