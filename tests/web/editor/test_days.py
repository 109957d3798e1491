"""Days of one visit in the editor, through its forms: each with its own plan, told apart everywhere."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import pytest

from planner.services.planning import remembered
from planner.services.planning.plan import plan_day
from tests.kit.web.desk import Desk, add, open_desk, published
from tests.kit.web.pages import Page, PageClient
from tests.kit.web.signing_in import csrf_of, sign_in

if TYPE_CHECKING:
    from flask import Flask

    from planner.domain.itinerary import Itinerary
    from planner.domain.visits import Day
    from planner.services.planning.case import Case


@pytest.fixture
def desk(app: Flask) -> Desk:
    """A visit of one day with two stops, read in English."""
    made = open_desk(app, "dni")
    made.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    add(made, "muzeum", "ratusz")
    return made


@pytest.fixture
def two(desk: Desk) -> Desk:
    """The same with a second day, which has one stop."""
    desk.change("add_day")
    desk.change("add_site", day=1, site="teznia")
    return desk


def orders(desk: Desk) -> list[list[str]]:
    return [[stop.place.site or "" for stop in day.stops if stop.place] for day in desk.draft().days]


def dates(desk: Desk) -> list[str]:
    return [day.date.isoformat() for day in desk.draft().days]


def shown(page: str) -> tuple[int, int]:
    """Which day a column shows, from 0, and of how many."""
    found = re.search(r'data-day="(\d+)" data-days="(\d+)"', page)
    assert found is not None
    return int(found[1]), int(found[2])


@pytest.mark.dear
def test_a_day_is_added_after_the_last_and_shown(desk: Desk) -> None:
    assert "day-tab" not in desk.page()
    answer = desk.edit("add_day")
    assert shown(answer.text) == (1, 2)
    assert dates(desk) == ["2026-12-07", "2026-12-08"]
    first, second = desk.draft().days
    assert (second.start, second.end, second.mode, second.stops) == (first.start, first.end, first.mode, ())


@pytest.mark.dear
def test_every_day_is_a_page_of_its_own(two: Desk) -> None:
    first, second = two.page(), two.page("?day=2")
    assert (shown(first), shown(second)) == ((0, 2), (1, 2))
    assert 'data-stop="s2"' in first
    assert "graduation tower" not in tabs_and_timeline(first)
    assert "graduation tower" in tabs_and_timeline(second)
    for page in (first, second):
        labels = re.findall(r'day-tab__date">([^<]+)<', page)
        assert labels == ["Mon 7 Dec", "Tue 8 Dec"]
    assert re.findall(r'day-tab__date">.*?small">(\d stops?)', first, re.DOTALL) == ["2 stops", "1 stop"]
    for beyond, last in (("?day=9", 1), ("?day=0", 0), ("?day=x", 0)):
        assert shown(two.page(beyond)) == (last, 2)


def tabs_and_timeline(page: str) -> str:
    """The part of the page that shows one day, without the choice of sites."""
    return page[page.index('id="stops"') : page.index('class="editor__add"')]


@pytest.mark.dear
@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("add_site", {"site": "ratusz"}),
        ("add_place", {"kind": "meal"}),
        ("stop", {"stop": "s1", "dwell_min": "44"}),
        ("lock", {"stop": "s1", "locked": "1"}),
        ("remove", {"stop": "s1"}),
        ("leg_mode", {"stop": "s1", "mode": "coach"}),
        ("day_mode", {"mode": "coach"}),
        ("end_mode", {"mode": "coach"}),
        ("stand_in", {"use": "true"}),
        ("day", {"date": "2026-12-09", "start_time": "10:15", "start_site": "muzeum"}),
    ],
)
def test_an_edit_of_one_day_leaves_the_others_as_they_are(
    two: Desk, action: str, fields: dict[str, Any]
) -> None:
    before = two.draft()
    answer = two.edit(action, day=1, **fields)
    assert answer.status_code == 200
    assert shown(answer.text) == (1, 2)
    after = two.draft()
    assert after.days[0] == before.days[0]
    assert after.days[1] != before.days[1]


@pytest.mark.dear
def test_without_a_script_an_edit_leads_back_to_its_day(two: Desk) -> None:
    answer = two.edit("add_site", day=1, column=False, site="ratusz")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/visits/{two.visit_id}?day=2")
    refused = two.edit("stop", day=1, column=False, stop="s1", dwell_min="many")
    assert refused.status_code == 422
    assert shown(refused.text) == (1, 2)


def test_a_day_is_copied_with_all_it_has(two: Desk) -> None:
    two.change("lock", day=0, stop="s2", locked="1")
    answer = two.edit("copy_day", day=0)
    assert shown(answer.text) == (2, 3)
    days = two.draft().days
    assert days[2].stops == days[0].stops
    assert dates(two) == ["2026-12-07", "2026-12-08", "2026-12-09"]


def test_a_day_is_removed_and_an_undo_brings_it_back(two: Desk) -> None:
    before = two.draft()
    assert shown(two.edit("remove_day", day=0).text) == (0, 1)
    assert orders(two) == [["teznia"]]
    answer = two.post("undo", day=0)
    assert answer.headers["Location"] == f"/visits/{two.visit_id}"
    assert two.draft() == before
    two.change("remove_day", day=1)
    answer = two.post("undo", day=0)
    assert answer.headers["Location"] == f"/visits/{two.visit_id}?day=2"
    assert two.draft() == before


def test_the_last_day_stays(desk: Desk) -> None:
    answer = desk.edit("remove_day")
    assert answer.status_code == 422
    assert "a visit has at least one day" in answer.text
    assert len(desk.draft().days) == 1


def test_an_undo_shows_the_day_that_it_changed(two: Desk) -> None:
    answer = two.post("undo", day=0)
    assert answer.headers["Location"] == f"/visits/{two.visit_id}?day=2"
    assert orders(two) == [["muzeum", "ratusz"], []]


@pytest.mark.dear
def test_a_stop_goes_to_another_day(two: Desk) -> None:
    two.change("stop", stop="s2", dwell_min="50", after="s1")
    answer = two.edit("to_day", stop="s1", to_day="1")
    assert answer.status_code == 200
    assert shown(answer.text) == (0, 2)
    assert orders(two) == [["ratusz"], ["teznia", "muzeum"]]
    assert two.draft().days[0].stops[0].after == ()
    refused = two.edit("to_day", stop="s2", to_day="7")
    assert (refused.status_code, "no longer part of the visit" in refused.text) == (422, True)


def test_days_stand_in_the_order_of_their_dates(two: Desk) -> None:
    fields: dict[str, Any] = {"start_time": "09:00", "start_site": "dworzec-biblioteka"}
    answer = two.edit("day", day=0, date="2026-12-24", **fields)
    assert shown(answer.text) == (1, 2)
    assert dates(two) == ["2026-12-08", "2026-12-24"]
    taken = two.edit("day", day=0, date="2026-12-24", **fields)
    assert taken.status_code == 422
    assert "another day of this visit has this date already" in taken.text
    assert 'value="2026-12-24"' in taken.text


@pytest.mark.dear
@pytest.mark.parametrize("action", ["add_site", "remove_day", "copy_day", "day_mode", "move"])
def test_a_day_that_is_gone_is_said(desk: Desk, action: str) -> None:
    fields: dict[str, Any] = {"site": "teznia", "mode": "coach", "stop": "s1", "position": "0"}
    before = desk.draft()
    answer = desk.edit(action, day=3, **fields)
    assert answer.status_code == 422
    assert "this day is no longer part of the visit" in answer.text
    assert desk.draft() == before


@pytest.mark.dear
def test_who_saves_second_is_told_of_which_day_the_change_is(app: Flask, two: Desk) -> None:
    other = Desk(app, app.test_client(), two.visit_id, "")
    sign_in(app, other.client, "szef", "admin")
    other.token = csrf_of(other.client, f"/visits/{two.visit_id}")
    base = two.base()
    other.change("stop", base=base, day=1, stop="s1", dwell_min=50)
    late = two.edit("stop", base=base, day=1, stop="s1", dwell_min=35)
    assert late.status_code == 409
    text = html.unescape(late.text)
    assert "Tue 8 Dec: Brine graduation tower" in text
    assert "→ 50" in text
    carried = re.search(r'id="refused".*?</form>', late.text, re.DOTALL)
    assert carried is not None
    assert 'name="day" value="1"' in carried[0]
    assert shown(late.text) == (1, 2)


@pytest.mark.dear
def test_the_list_and_the_page_for_sharing_show_every_day(two: Desk) -> None:
    for page in (own_part(two, two.client.get("/").text), two.page("/share")):
        days = re.findall(
            r'href="/visits/\d+(\?day=\d)?">(\w+ \d+ \w+)</a>\s*<span class="small">'
            r'<span class="time">\d\d:\d\d–\d\d:\d\d</span> · (\d stops?)',
            page,
        )
        assert days == [("", "Mon 7 Dec", "2 stops"), ("?day=2", "Tue 8 Dec", "1 stop")]
    assert "7–8 December 2026" in own_part(two, two.client.get("/").text)


def own_part(desk: Desk, page: str) -> str:
    """What the list of visits says of one."""
    parts = page.split('<li class="visit-list__item')
    return next(part for part in parts if f'<h2><a href="/visits/{desk.visit_id}">' in part)


@pytest.mark.dear
def test_the_warnings_of_every_day_are_seen_from_each(two: Desk) -> None:
    two.change("stop", day=1, stop="s1", dwell_min="20", fixed="08:00")
    assert re.search(r'Tue 8 Dec.*?day-tab__warnings">1 warning<', two.page(), re.DOTALL)
    listed = own_part(two, two.client.get("/").text)
    assert re.search(r'Tue 8 Dec.*?visit-days__warnings">1 warning<', listed, re.DOTALL)


@pytest.mark.dear
def test_what_is_published_later_says_which_day_has_changed(two: Desk) -> None:
    published(two)
    two.change("add_site", day=1, site="ratusz")
    two.change("copy_day", day=1)
    share = html.unescape(two.page("/share"))
    assert "Tue 8 Dec: Added: Town Hall" in share
    assert "A day more: Wed 9 Dec" in share


@pytest.mark.dear
def test_participants_see_every_day_and_first_the_one_that_comes(app: Flask, two: Desk) -> None:
    """The visit is moved so that its first day is over: the tests' today is Monday, 16 November 2026."""
    fields: dict[str, Any] = {"start_time": "09:00", "start_site": "dworzec-biblioteka"}
    two.change("day", day=0, date="2026-11-13", **fields)
    link, guide = published(two)
    browser = PageClient(app)
    for path in (link, guide):
        page = browser.get(path, "en")
        assert "Tuesday 8 December 2026" in page.text
        assert "Brine graduation tower" in page.text
        assert "Regional Museum" not in page.text
        first = browser.get(f"{path}?day=1", "en")
        assert "Friday 13 November 2026" in first.text
        assert "Regional Museum" in first.text
        printed = browser.get(f"{path}/print?day=1", "en")
        assert "Regional Museum" in printed.text
        assert "Brine graduation tower" not in printed.text
        assert "Brine graduation tower" in browser.get(f"{path}/print?day=2", "en").text
        whole = browser.get(f"{path}/print", "en")
        assert whole.text.index("Friday 13 November 2026") < whole.text.index("Regional Museum")
        assert whole.text.index("Regional Museum") < whole.text.index("Tuesday 8 December 2026")
        assert [one.text for one in whole.all("h2", "h3")].count("Map") == 2
        assert len(whole.ids) == len(set(whole.ids))


@pytest.mark.dear
def test_both_days_are_sound_pages(app: Flask, two: Desk) -> None:
    for path in ("", "?day=2"):
        for language in ("pl", "en"):
            page = checked(app, two, path, language)
            assert len(page.ids) == len(set(page.ids))
    checked(app, two, "/share", "pl")


def checked(app: Flask, desk: Desk, path: str, language: str) -> Page:
    browser = PageClient(app)
    sign_in(app, browser.client, "dni")
    return browser.get(f"/visits/{desk.visit_id}{path}", language)


@pytest.mark.dear
def test_an_edit_plans_only_the_day_that_it_changes(two: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    planned: list[Day] = []

    def counted(case: Case) -> Itinerary:
        planned.append(case.day)
        return plan_day(case)

    two.page("?day=2")
    monkeypatch.setattr(remembered, "plan_day", counted)
    assert two.edit("stop", day=0, stop="s1", dwell_min=57).status_code == 200
    first, second = two.draft().days
    assert planned == [first]
    assert two.edit("stop", day=1, stop=second.stops[0].id, dwell_min=25).status_code == 200
    assert planned == [first, two.draft().days[1]]
    for path in ("", "?day=2", "/share", "/remedies?day=1"):
        two.page(path)
    two.client.get("/")
    two.post("undo")
    two.page("?day=2")
    assert len(planned) == 2
    assert two.edit("visit", title_pl="Dni", group_size=23, pace_kmh=4).status_code == 200
    assert planned[2:] == list(two.draft().days)
