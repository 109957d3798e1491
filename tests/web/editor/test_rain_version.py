"""The page "If it rains": the replanned day beside the day, on its own and beside the timetable."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from planner.domain.sites import Location, Quality, Site
from planner.store.catalogue import add_sites
from tests.kit.web.desk import Desk, add, open_desk
from tests.kit.web.pages import PageClient
from tests.kit.web.parties_desk import accepted, split_desk
from tests.kit.web.signing_in import services_of
from tests.web.conftest import NOW

if TYPE_CHECKING:
    from flask import Flask

    from tests.kit.web.pages import Page


@pytest.fixture(scope="module")
def wet(app: Flask) -> Desk:
    """The park is the museum when it rains, the square stays outdoors."""
    desk = open_desk(app, "regina", title="Deszcz")
    add(desk, "ratusz", "park-miejski", "rynek")
    desk.change("rain", stop="s2", rain_site="muzeum")
    return desk


def shown(desk: Desk, query: str = "", language: str = "en") -> Page:
    pages = PageClient(desk.app)
    pages.client = desk.client
    return pages.get(f"/visits/{desk.visit_id}/rain{query}", language)


def rows(page: Page) -> list[str]:
    found = [node for node in page.all("li") if "side__row" in node.attributes.get("class", "").split()]
    return [" ".join(node.text.replace("\xa0", " ").split()) for node in found]


@pytest.mark.dear
def test_it_tells_what_is_other_stop_by_stop_and_in_sum(wet: Desk) -> None:
    page = shown(wet)
    hall, museum, square, end = rows(page)
    assert hall == "1 09:09–09:59 Town Hall On foot 6 min, 360 m"
    assert museum.startswith("2 10:08–10:28 Regional Museum instead of: City Park 1 min earlier")
    assert museum.endswith("(without rain 10:09–10:29) On foot 6 min, 340 m (without rain 7 min, 410 m)")
    assert "(without rain 10:39–10:54)" in square
    assert end.startswith("10:52 End of the day 2 min earlier")
    assert "Finish 10:52 instead of 10:54: 2 min earlier better" in " ".join(page.text.split())
    links = {node.text.strip(): node.attributes["href"] for node in page.all("a")}
    assert links["Market Square"].endswith("stop=s3#rain-s3"), "outdoors also when it rains"
    assert "zamiast: Park Miejski" in shown(wet, language="pl").text


@pytest.mark.dear
def test_beside_the_timetable_it_brings_its_way_for_the_map(wet: Desk) -> None:
    path = f"/visits/{wet.visit_id}/rain"
    assert f'id="rain-version" href="{path}?day=1" data-beside' in wet.page()
    assert f'href="{path}?day=1" data-beside' in wet.page("?stop=s2")
    piece = wet.client.get(path, headers={"X-Editor": "beside"}).get_data(as_text=True)
    assert "<html" not in piece
    state = json.loads(re.findall(r'id="proposal-state">(.*?)</script>', piece)[0])
    assert [stop["number"] for stop in state["stops"]] == [1, 2, 3]
    assert "Muzeum Regionalne" in str(state["stops"][1])
    assert "Muzeum Regionalne (zamiast: Park Miejski)" in wet.page("/paper/draft/day")


@pytest.mark.dear
def test_a_day_without_other_places_and_one_that_cannot_be_planned_say_so(app: Flask, wet: Desk) -> None:
    dry = open_desk(app, "regina", title="Bez deszczu")
    add(dry, "ratusz")
    assert "No stop of the day has another place for rain." in shown(dry).text
    assert 'id="rain-version"' not in dry.page()
    add(dry, "park-miejski")
    far = Site("daleko", {"pl": "Warszawa", "en": "Warsaw"}, Location((21.0122, 52.2297), Quality.EXACT, 30))
    with services_of(app).database.writing() as session:
        add_sites(session, [far], NOW)
    dry.change("rain", stop="s2", rain_site="daleko")
    assert "In the rain version:" in shown(dry).text
    dry.change("rain", stop="s2", rain_site="pszok")
    text = " ".join(shown(dry).text.split())
    assert "about 10 min?" in text, "it is not on the map"
    assert "On foot:" not in text, "how far one walks is not known then, and not told as less"
    assert dry.client.get(f"/visits/{dry.visit_id}/rain?day=2").status_code == 404
    assert wet.page("/rain?lang=en"), "and nothing was changed"


@pytest.mark.dear
def test_where_the_delegation_splits_each_party_has_its_day_in_the_rain(app: Flask) -> None:
    desk = split_desk(app)
    accepted(desk)
    desk.change("rain", stop="s3", rain_site="dworzec-biblioteka")
    page = shown(desk)
    assert [node.text.split("·")[0].split() for node in page.all("h3")][:3] == [
        ["Party", "A"], ["Party", "B"], ["Party", "C"],
    ]  # fmt: skip
    told = rows(page)
    assert len([row for row in told if "instead of: Brine graduation tower" in row]) == 3
    assert len(told) == 3 * 6, "five stops and the end for each"
    ready = desk.page("/ready?lang=en")
    assert "In the rain version:" in ready
    assert desk.post("share/publish", anyway="1").status_code == 303
    visit, _ = re.findall(r'href="http://localhost(/[vg]/[^"/]+)"', desk.page("/share"))[:2]
    text = app.test_client().get(f"{visit}/print?lang=en").get_data(as_text=True)
    assert text.count("Railway station and main public library (instead of: Brine graduation tower)") >= 3
