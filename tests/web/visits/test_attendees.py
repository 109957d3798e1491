"""Who comes, in counts: they set the plan and are laid on sheets; no release, link or revision has them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from sqlalchemy import inspect, text

from planner.web.frame.context import services
from tests.kit.web.desk import Desk, add, open_desk, published
from tests.kit.web.pages import Page, PageClient

if TYPE_CHECKING:
    from flask import Flask

COUNTS = {"0-wheelchair": 2, "0-assistance_dog": 1, "0-diet-vegetarian": 3, "0-slow": 1, "0-language-uk": 4}
TOLD = "2 wheelchair users, 1 slow walker, 1 assistance dog; 3 vegetarian; Ukrainian for 4"


AT_A_SITE = TOLD.replace("3 vegetarian; ", "")


@pytest.fixture
def desk(app: Flask) -> Desk:
    made = open_desk(app, "irena")
    add(made, "ratusz", "muzeum")
    return made


def page_of(desk: Desk, path: str, language: str = "en") -> Page:
    pages = PageClient(desk.app)
    pages.client = desk.client
    return pages.get(f"/visits/{desk.visit_id}{path}", language)


@pytest.mark.dear
def test_counts_set_the_plan_unless_the_organiser_says_otherwise(desk: Desk) -> None:
    before = desk.draft()
    assert not before.step_free
    assert "should rest" not in page_of(desk, "/ready").text
    desk.post("attendees/keep", **COUNTS)
    assert desk.draft() == before
    rests = "People come who should rest after 100 m, and the map knows of no seats"
    assert rests in page_of(desk, "/ready").text
    assert rests in page_of(desk, "/paper/draft/road-book?language=en").text
    assert "should rest" not in page_of(desk, "/paper/draft/day?language=en").text
    assert (
        "2 wheelchair users come, and the visit is not planned without steps" in page_of(desk, "/ready").text
    )
    desk.post("attendees/keep", **COUNTS, follow="1")
    after = desk.draft()
    assert (after.step_free, after.pace_kmh) == (True, 3.3)
    assert "wheelchair users come" not in page_of(desk, "/ready").text
    page = page_of(desk, "/attendees")
    assert TOLD in page.text
    assert "2 osoby na wózkach" in page_of(desk, "/attendees", "pl").text
    assert TOLD in page_of(desk, "/hosts").text
    assert "Who comes" in page_of(desk, "/paper").text


def test_more_than_come_are_refused(desk: Desk) -> None:
    page_of(desk, "/attendees")  # in English, and so is what is said next
    desk.post("attendees/keep", **{"0-wheelchair": 21, "0-slow": -3})
    page = page_of(desk, "/attendees")
    assert "Not kept: 21 are more than the 20 people who come." in page.text
    assert "wheelchair user" not in page.text.replace("Wheelchair users", "")


@pytest.mark.dear
def test_sheets_of_hosts_say_the_needs_and_what_the_host_told(app: Flask, desk: Desk) -> None:
    desk.post("attendees/keep", **COUNTS)
    told = {
        "door": "od podwórza",
        "receives_name": "Zenon Boryna",
        "expects": "Prosi o ciszę.",
        "capacity": "12",
    }
    desk.post("hosts/details", host="muzeum", **told)
    assert desk.draft().days[0].stops[1].capacity == 12
    draft = page_of(desk, "/paper/draft/host?day=1&site=muzeum&language=en").text
    for words in (AT_A_SITE, "od podwórza", "Zenon Boryna", "Prosi o ciszę."):
        assert words in draft
    assert "vegetarian" not in draft, "what they eat is the restaurant's business"
    letter = unquote(desk.post("hosts/note", host="muzeum", act="asked", how="mail").headers["Location"])
    assert "2 osoby na wózkach" in letter
    assert "wegetaria" not in letter
    desk.change("add_place", kind="meal")
    desk.change("stop", stop="m1", dwell_min=45, place_site="sokol")
    inn = page_of(desk, "/paper/draft/host?day=1&site=sokol&language=en").text
    assert TOLD in inn
    _visit, guide = published(desk)
    desk.post("paper/choose", kind=["host"], language=["en"])
    assert AT_A_SITE in page_of(desk, "/paper/sheets/host?day=1&site=muzeum").text
    shown = app.test_client().get(f"{guide}/paper/host?day=1&site=muzeum&lang=en")
    assert shown.status_code == 200
    assert "Needs" in shown.text
    for words in ("wheelchair", "Boryna", "podwórza"):
        assert words not in shown.text  # kept by phones: nothing is laid on there


def test_counts_are_in_their_table_alone_and_strangers_see_none(app: Flask, desk: Desk) -> None:
    desk.post("attendees/keep", **COUNTS, follow="1")
    published(desk)
    other = open_desk(app, "obca")
    assert other.client.get(f"/visits/{desk.visit_id}/attendees").status_code == 404
    form = {"csrf_token": other.token, **COUNTS}
    assert other.client.post(f"/visits/{desk.visit_id}/attendees/keep", data=form).status_code == 404
    with app.app_context(), services().database.engine.connect() as connection:
        for table in inspect(services().database.engine).get_table_names():
            rows = [tuple(row) for row in connection.execute(text(f"select * from {table}"))]  # noqa: S608
            told = json.dumps(rows, default=str)
            assert table == "attendee_counts" or not [
                w for w in ("wheelchair", "vegetarian", "assistance") if w in told
            ]
