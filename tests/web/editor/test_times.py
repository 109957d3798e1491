"""Times as organisers type them: any spelling, after midnight, on nights when the clock changes."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import pytest

from planner.domain.visits import DayEnd, Stop
from tests.kit.web.desk import Desk, add, open_desk

if TYPE_CHECKING:
    from flask import Flask

START: dict[str, Any] = {"start_site": "dworzec-biblioteka"}
SPRING, AUTUMN = "2027-03-28", "2027-10-31"
FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def desk(app: Flask) -> Desk:
    made = open_desk(app, "nina")
    made.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    add(made, "muzeum", "ratusz")
    return made


def first_stop(desk: Desk) -> Stop:
    return desk.draft().days[0].stops[0]


def on(desk: Desk, date: str, start: str = "01:00") -> None:
    desk.change("day", **START, date=date, start_time=start)


def test_any_spelling_is_kept_as_hours_and_minutes(desk: Desk) -> None:
    page = desk.edit("stop", stop="s1", dwell_min="20", fixed=" 14h30 ", window_from="930", window_to="24:00")
    assert (first_stop(desk).fixed, first_stop(desk).windows) == ("14:30", (("09:30", "00:00+1"),))
    assert 'name="fixed" type="text" value="14:30"' in page.text
    desk.change("day", **START, date="2026-12-07", start_time="8.45", end_time="0:30 +1")
    day = desk.draft().days[0]
    assert (day.start.time, day.end) == ("08:45", DayEnd(latest="00:30+1"))
    desk.change("vary", start_time="9h")
    assert desk.draft().days[0].start.time == "09:00"


@pytest.mark.dear
@pytest.mark.parametrize("text", ["25:00", "9:75", "abc", "1260"])
def test_nonsense_is_refused_with_what_to_write(desk: Desk, text: str) -> None:
    answer = desk.edit("stop", stop="s1", dwell_min="20", fixed=text)
    assert answer.status_code == 422
    assert "Not saved: type a time like 09:30, after midnight like 00:30 +1" in html.unescape(answer.text)


def test_a_stop_after_itself_is_refused(desk: Desk) -> None:
    answer = desk.edit("stop", stop="s1", dwell_min="20", after="s1")
    assert answer.status_code == 422
    assert "a stop cannot come after itself" in answer.text


@pytest.mark.dear
@pytest.mark.parametrize("fields", [{"fixed": "02:30"}, {"window_from_2": "02:10", "window_to_2": "03:30"}])
def test_a_time_that_the_clock_skips_is_refused(desk: Desk, fields: dict[str, Any]) -> None:
    on(desk, SPRING)
    answer = desk.edit("stop", stop="s1", dwell_min="20", **fields)
    assert answer.status_code == 422
    assert "the clock goes from 02:00 to 03:00" in answer.text
    answer = desk.edit("day", **START, date=SPRING, start_time="02:30")
    assert answer.status_code == 422
    assert desk.edit("vary", start_time="02:30").status_code == 422


@pytest.mark.dear
@pytest.mark.parametrize(("number", "stored"), [(0, "02:30+02:00"), (1, "02:30+01:00")])
def test_a_time_that_the_clock_has_twice_is_asked(desk: Desk, number: int, stored: str) -> None:
    on(desk, AUTUMN)
    asked = desk.edit(
        "stop", stop="s1", dwell_min="25", fixed="2.30", note_en="By the yard", after=["s2", ""]
    )
    assert asked.status_code == 422
    refused = re.search(r'id="refused".*?</form>', asked.text, re.DOTALL)
    assert refused is not None
    fields = {name: html.unescape(value) for name, value in FIELD.findall(refused[0])}
    choices = re.findall(r'name="fixed" value="([^"]+)">([^<]+)<', refused[0])
    assert [words for _, words in choices] == [
        "02:30, the first (summer time)",
        "02:30, the second (winter time)",
    ]
    assert "fixed" not in fields
    kept: dict[str, Any] = {key: value for key, value in fields.items() if key not in ("csrf_token", "base")}
    page = desk.edit("stop", **kept, fixed=choices[number][0])
    stop = first_stop(desk)
    assert (stop.fixed, stop.dwell_min, stop.note, stop.after) == (stored, 25, {"en": "By the yard"}, ("s2",))
    assert "twice on that date" not in page.text
    on(desk, "2027-11-03")
    desk.change("stop", stop="s1", dwell_min="25", fixed=stored)
    assert first_stop(desk).fixed == "02:30"


@pytest.mark.dear
def test_a_visit_stored_with_such_a_time_opens_and_says_quietly_what_is_meant(desk: Desk) -> None:
    desk.change("stop", stop="s1", dwell_min="20", fixed="02:30")
    on(desk, AUTUMN)
    page = desk.page("?stop=s1")
    assert "The clock shows 02:30 twice on that date: the first is meant, 02:30+02:00" in page
    assert re.search(r'notice--note">\s*The clock shows 02:30 twice', page)
    on(desk, SPRING)
    assert re.search(r'notice--warn">.*?There is no 02:30 on that date', desk.page("?stop=s1"), re.DOTALL)


def test_a_time_after_midnight_is_hinted_at_and_taken_with_one_click(desk: Desk) -> None:
    desk.change("day", **START, date="2026-12-07", start_time="23:30", end_time="02:00")
    page = desk.edit("stop", stop="s1", dwell_min="20", fixed="00:30").text
    assert "00:30 is before the day’s start at 23:30. After midnight write 00:30\u00a0+1." in page
    assert "After midnight: 00:30\u00a0+1" in page
    page = desk.edit("past_midnight", stop="s1").text
    assert first_stop(desk).fixed == "00:30+1"
    assert "02:00 is before the day’s start" in page
    page = desk.edit("past_midnight", stop="").text
    assert desk.draft().days[0].end == DayEnd(latest="02:00+1")
    assert "After midnight" not in page


def test_a_window_over_midnight_is_refused_with_the_hint(desk: Desk) -> None:
    answer = desk.edit("stop", stop="s1", dwell_min="20", window_from="23:45", window_to="0:30")
    assert answer.status_code == 422
    assert "if 00:30 is after midnight, write 00:30 +1" in html.unescape(answer.text)
