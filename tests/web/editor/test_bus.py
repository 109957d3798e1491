"""Pages with legs by public transport: the editor's forms, the published pages, what they credit."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

import pytest

from planner.domain.edits.changes import changes
from planner.domain.visits import Mode
from planner.store import visits as store
from planner.store.secrets import link_token
from planner.web.frame.context import services
from planner.words.changes import change_lines
from tests.kit.ride_samples import ride_content
from tests.kit.web.desk import Desk, add, finish, open_desk
from tests.kit.web.editor_rows import modes
from tests.kit.web.first_view import map_script
from tests.kit.web.pages import PageClient
from tests.kit.web.releases import Links, released_visit
from tests.web.conftest import bus_application, closed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from planner.domain.releases import ReleaseContent


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Skawina with its catalogue and its buses, as the first run makes it."""
    folder = tmp_path_factory.mktemp("bus_pages")
    made = bus_application(folder)
    yield made
    closed(made)


@pytest.fixture
def desk(app: Flask) -> Desk:
    """A day that goes from the station to the manor of Radziszów, 5 km off."""
    desk = open_desk(app, title="Do dworu")
    add(desk, "dwor-radziszow")
    desk.change("day", date="2026-12-02", start_time="09:40", start_site="dworzec-biblioteka",
              end_site="", end_latest="18:00")  # fmt: skip
    return desk


def stored(app: Flask, content: ReleaseContent) -> Links:
    """A release as it stands, opened by links of its own."""
    with app.app_context(), services().database.writing() as session:
        context = services()
        row = store.add_visit(session, content.visit, context.now())
        store.add_release(session, row, content)
        tokens = {}
        for kind in ("participant", "guide"):
            link = store.add_link(session, context.settings.secret_key, row.id, kind, context.now())
            tokens[kind] = link_token(context.settings.secret_key, link.id, link.rotation)
    return Links(tokens["participant"], tokens["guide"])


@pytest.mark.dear
def test_a_leg_goes_by_bus_and_back_on_foot(desk: Desk) -> None:
    on_foot = desk.page()
    by_bus = desk.edit("leg_mode", stop="s1", mode="bus").text
    assert modes(desk) == ["walk", "bus"]
    assert re.search(
        r'<li class="row row--ride row--ride-bus">.*?<time class="row__time time" datetime="2026-12-02T',
        by_bus,
        re.DOTALL,
    )
    assert re.search(r'class="badge badge--bus" aria-hidden="true">\d{3}<', by_bus)
    assert "Wysiądź: " in by_bus
    assert re.search(r"\d+\skm autobusem", unescape(by_bus).replace("\xa0", " "))
    assert finish(by_bus) < finish(on_foot)
    assert desk.draft().days[0].stops[0].mode_to is Mode.BUS
    desk.post("undo")
    assert modes(desk) == ["walk", "walk"]
    assert finish(desk.page()) == finish(on_foot)
    desk.post("redo")
    assert "row--ride-bus" in desk.page("?leg=s1")


def test_the_quickest_says_why(desk: Desk) -> None:
    desk.change("day_mode", mode="best")
    page = unescape(desk.page("?leg=s1")).replace("\xa0", " ")
    assert modes(desk) == ["best", "best"]
    assert re.search(r"Autobus oszczędza \d+ min, najbliższy za \d+ min", page)
    add(desk, "ogrod-deszczowy-szkola")
    assert "żaden autobus nie jest szybszy" in desk.page("?leg=s2")


def test_the_editors_map_draws_the_ride_and_its_stops(desk: Desk) -> None:
    page = desk.edit("leg_mode", stop="s1", mode="bus").text
    found = re.search(r'<script type="application/json"[^>]* id="map-state">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    state = json.loads(found[1])
    assert [leg["mode"] for leg in state["legs"] if leg["mode"] != "walk"] == ["bus"]
    board, alight = state["halts"]
    assert re.fullmatch(r"\d\d:\d\d Skawina .+", board["label"])
    assert re.fullmatch(r"\d\d:\d\d Radziszów Centrum", alight["label"])


@pytest.mark.dear
def test_another_date_stands_in_when_asked_for(desk: Desk) -> None:
    assert 'id="stand-in"' not in desk.page("?part=day")
    before = desk.draft()
    page = desk.edit("stand_in", use="true").text
    assert desk.draft().days[0].stand_in_timetable
    assert 'id="stand-in" name="use" value="false"' in page
    with desk.app.test_request_context():
        assert change_lines(changes(before, desk.draft()), before, {}, "en") == [
            "Timetable of another date: no → yes"
        ]
    assert 'id="stand-in"' not in desk.edit("stand_in", use="false").text
    assert desk.edit("stand_in", use="sometimes").status_code == 422


@pytest.mark.slow
@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_page_of_a_release_shows_line_stop_and_minute(app: Flask, language: str) -> None:
    pages = PageClient(app)
    for path in stored(app, ride_content()).pages:
        page = pages.get(path, language)
        for text in (
            "253",
            "Wola Radziszowska",
            "Skawina Dworzec",
            "09:03",
            "Skawina Rynek",
            "09:06",
            "21:19",
            "ZTP",
        ):
            assert text in page.text, (path, text)
        check = "sprawdź przed wizytą" if language == "pl" else "check before the visit"
        assert check in page.text
        assert "Another carrier" not in page.text


@pytest.mark.dear
def test_the_map_credits_the_timetable_beside_openstreetmap(app: Flask) -> None:
    visit, paper, *_ = stored(app, ride_content()).pages
    pages = PageClient(app)
    script = map_script(pages, visit)
    credit = re.search(r"visitMapKit\.credit\(\w+, (\{.*?\})\);", script)
    assert credit is not None
    assert json.loads(credit[1])["others"] == "ZTP Kraków"
    drawn = {
        mode for mode in ("walk", "bus", "ride", "coach") if f'"mode":"{mode}"' in script.replace(": ", ":")
    }
    assert drawn == {"walk", "bus", "ride"}
    html = pages.get(paper, "en").html
    assert ">ZTP Kraków</text>" in html
    assert ">09:03 Skawina Dworzec</text>" in html
    assert "By train</li>" in " ".join(html.split())


@pytest.mark.dear
def test_hostile_names_of_lines_and_stops_are_only_text(app: Flask) -> None:
    evil = "<script>alert(1)</script>{{ 7*7 }}"
    content = ride_content()
    day = content.itineraries[0]
    legs = []
    for leg in day.legs:
        parts = []
        for part in leg.parts:
            ride = part.ride
            if ride is not None:
                call = replace(ride.board, name=evil, platform=evil)
                ride = replace(ride, line=evil, headsign=evil, board=call, alight=call, via=(call, call))
            parts.append(replace(part, ride=ride))
        legs.append(replace(leg, parts=tuple(parts)))
    hostile = replace(content, itineraries=(replace(day, legs=tuple(legs)),))
    for path in stored(app, hostile).pages:
        page = PageClient(app).get(path, "en")
        assert "<script>alert(1)" not in page.html
        assert "{{ 7*7 }}" in page.text


@pytest.mark.dear
def test_a_published_visit_freezes_its_rides(app: Flask, desk: Desk) -> None:
    desk.change("leg_mode", stop="s1", mode="bus")
    visit, paper, *_ = released_visit(app, desk.draft()).pages
    pages = PageClient(app)
    assert "Radziszów Centrum" in pages.get(visit).text
    directions = pages.get(paper).text
    assert re.search(
        r"Jedź autobusem \d+ w kierunku: .*, z przystanku .*, wysiądź na przystanku ", directions
    )
