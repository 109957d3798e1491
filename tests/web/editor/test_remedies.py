"""Remedies in the editor: buttons under warnings, each one edit that can be undone."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import TYPE_CHECKING

import pytest

from planner.domain.visits import Mode
from planner.web.editor import page as editor
from tests.kit.web.desk import Desk, add, open_desk
from tests.kit.web.pages import Page

if TYPE_CHECKING:
    from flask import Flask

BUTTON = re.compile(r'<button class="remedy" type="submit" name="key" value="([^"]*)">([^<]*)</button>')


@pytest.fixture
def desk(app: Flask) -> Desk:
    """A visit on Monday 7 December 2026 from 09:00."""
    return open_desk(app)


def offered(page: str) -> dict[str, str]:
    """What each button says, by its key."""
    found = [tuple(map(html.unescape, pair)) for pair in BUTTON.findall(page)]
    assert len(set(found)) == len(found)
    return {key: text.replace("\u00a0", " ") for key, text in found}


def late_for_the_museum(desk: Desk) -> None:
    add(desk, "rynek", "muzeum")
    desk.change("day", date="2026-12-07", start_time="15:00", start_site="dworzec-biblioteka")


@pytest.mark.dear
def test_the_page_has_the_buttons_under_their_warnings(desk: Desk) -> None:
    late_for_the_museum(desk)
    page = desk.page("?remedies=1&lang=en&stop=s2")
    assert offered(page) == {
        "order:s2,s1": "Move it to the start",
        "start:14:50": "Start 14:50 instead",
        "cut:s2:8": "Stay 27 min instead of 35 min",
        "drop:s1": "Without Market Square",
    }
    rows, inspector = page.split('id="inspector"')
    assert inspector.index("notice--fail") < inspector.index("start:14:50")
    assert "tt__alert--fail" in rows.split('id="stop-item-s2"')[1]
    assert offered(rows) == offered(desk.page("?remedies=1&lang=en&stop=s1")) == {}


def test_the_column_comes_first_and_the_buttons_are_asked_for(desk: Desk) -> None:
    late_for_the_museum(desk)
    desk.change("stop", stop="s1", dwell_min=16)
    column = desk.page("?stop=s2")
    assert offered(column) == {}
    (url,) = set(re.findall(r'data-url="([^"]*remedies[^"]*)"', column))
    waiting = re.findall(r'data-remedies="([^"]*)"', column)
    assert waiting == ["stop-1"]
    part = desk.client.get(html.unescape(url)).text
    assert f'data-of-head="{desk.base()}"' in part
    assert re.findall(r'data-remedies="([^"]*)"', part) == ["stop-1"]
    assert "cut:s2:9" in offered(part)


@pytest.mark.dear
@pytest.mark.parametrize(
    "key",
    [
        "order:s2,s1",
        "cut:s2:8",
        *(pytest.param(key, marks=pytest.mark.slow) for key in ("start:14:50", "drop:s1")),
    ],
)
def test_one_click_cures_and_one_click_takes_it_back(desk: Desk, key: str) -> None:
    late_for_the_museum(desk)
    before = desk.draft()
    assert key in offered(desk.page("?remedies=1&stop=s2"))
    cured = desk.edit("remedy", key=key)
    assert cured.status_code == 200
    assert "tt__alert--fail" not in cured.text
    assert desk.draft() != before
    desk.post("undo")
    assert desk.draft() == before


@pytest.mark.dear
def test_another_day_another_way(desk: Desk) -> None:
    add(desk, "muzeum", "rynek")
    desk.change("day", date="2026-12-12", start_time="10:00", start_site="dworzec-biblioteka")
    found = offered(desk.page("?remedies=1&lang=pl&stop=s1"))
    assert list(found) == ["date:2026-12-14", "date:2026-12-15", "drop:s1"]
    assert "14 grudnia" in found["date:2026-12-14"]
    desk.change("remedy", key="date:2026-12-14")
    assert desk.draft().days[0].date == dt.date(2026, 12, 14)
    assert offered(desk.page("?remedies=1&stop=s1")) == {}


def test_only_the_day_shown_is_edited(desk: Desk) -> None:
    add(desk, "rynek")
    desk.change("copy_day")
    assert len(desk.draft().days) == 2
    desk.change("remedy", day=1, key="mode:s1:coach")
    assert [day.stops[0].mode_to for day in desk.draft().days] == [None, Mode.COACH]


@pytest.mark.dear
@pytest.mark.parametrize(
    "key", ["", "cut:s1:500", "drop:s9", "start:99:00", "mode:s1:fly", "date:2026-02-30"]
)
def test_a_remedy_that_does_not_fit_is_refused_and_nothing_changes(desk: Desk, key: str) -> None:
    late_for_the_museum(desk)
    before = desk.draft()
    answer = desk.edit("remedy", key=key)
    assert answer.status_code == 422
    assert 'id="refused"' in answer.text
    assert desk.draft() == before


def test_a_remedy_made_on_an_old_state_is_a_conflict(desk: Desk) -> None:
    late_for_the_museum(desk)
    old = desk.base()
    desk.change("stop", stop="s1", dwell_min=16)
    assert desk.edit("remedy", base=old, key="start:14:50").status_code == 409


@pytest.mark.dear
def test_what_nothing_cures_says_so(desk: Desk) -> None:
    add(desk, "pszok")
    desk.change("stop", stop="s1", dwell_min=40, fixed="05:30")
    page = desk.page("?remedies=1&lang=en&stop=s1")
    assert offered(page) == {}
    assert "No change helps, and no two changes together." in page


def test_remedies_are_only_for_the_visits_of_ones_own(app: Flask, desk: Desk) -> None:
    late_for_the_museum(desk)
    other = open_desk(app, "barbara")
    assert other.client.get(f"/visits/{desk.visit_id}/remedies").status_code == 404
    assert app.test_client().get(f"/visits/{desk.visit_id}/remedies").status_code in (302, 303, 401)


@pytest.mark.dear
def test_the_markup_is_whole_and_the_buttons_of_a_warning_are_a_named_group(desk: Desk) -> None:
    late_for_the_museum(desk)
    path = f"/visits/{desk.visit_id}"
    for language in ("en", "pl"):
        page = Page(path, desk.client.get(f"{path}?remedies=1&lang={language}&stop=s2"))
        assert len(page.ids) == len(set(page.ids))
        (group,) = [node for node in page.nodes if node.attributes.get("class") == "remedies__buttons"]
        name = next(
            node for node in page.nodes if node.attributes.get("id") == group.attributes["aria-labelledby"]
        )
        assert "16:00" in name.text
        assert len(group.children) >= 4


@pytest.mark.dear
def test_where_a_day_that_works_is_tightest(desk: Desk) -> None:
    add(desk, "rynek", "muzeum", "park-miejski")
    desk.change("day", date="2026-12-07", start_time="14:45", start_site="dworzec-biblioteka")
    page = desk.page("?lang=en&part=day").replace("\u00a0", " ")
    told = re.findall(r"Tightest at [^.]*\.", page)
    assert told == ["Tightest at Regional Museum: 7 min to spare."]
    desk.change("day", date="2026-12-07", start_time="14:30", start_site="dworzec-biblioteka")
    assert "Tightest" not in desk.page("?lang=en&part=day")


def test_who_has_no_time_left_says_that_there_may_be_more(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    late_for_the_museum(desk)
    monkeypatch.setattr(editor, "ASKED_S", 1e-9)
    page = desk.page("?remedies=1&lang=en&stop=s2")
    assert offered(page) == {}
    assert "Nothing found in the time there was." in page


def test_a_shut_door_says_why_no_other_day_helps(desk: Desk) -> None:
    add(desk, "pszok", "muzeum")
    desk.change("stop", stop="s1", dwell_min=40, fixed="09:30")
    row = desk.page("?remedies=1&lang=en&stop=s1").split('id="inspector"')[1]
    assert (
        "On no day of the next two weeks are these open together: Civic amenity site (PSZOK) (09:30); " in row
    )
    assert list(offered(row)) == ["fixed:s1:10:00", "drop:s1"]


@pytest.mark.parametrize("date", ["2026-12-08", "9999-12-31"])
def test_a_date_that_the_day_cannot_have_is_refused(desk: Desk, date: str) -> None:
    desk.change("add_day")
    before = desk.draft()
    assert desk.edit("remedy", key=f"date:{date}").status_code == 422
    assert desk.draft() == before


def test_a_day_moved_past_another_is_shown_where_it_then_is(desk: Desk) -> None:
    desk.change("add_day")
    add(desk, "muzeum")
    answer = desk.edit("remedy", key="date:2026-12-10")
    assert [day.date.day for day in desk.draft().days] == [8, 10]
    assert 'data-day="1" data-days="2"' in answer.text
