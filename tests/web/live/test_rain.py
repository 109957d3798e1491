"""The rain version of a day and back: planned at publishing, switched by the guide, seen by everybody."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from planner.domain.visits import PlaceRef
from tests.kit.web.desk import add, open_desk
from tests.kit.web.pages import PageClient
from tests.kit.web.releases import released_visit
from tests.web.conftest import NOW
from tests.web.live.conftest import LiveDay, at, three_stops

if TYPE_CHECKING:
    from flask import Flask

RAINS, DRY = "It rains: the rain version of the day is in force.", "The plan without rain is in force."
TO_RAIN, BACK = "Switch to the rain version", "Back to the plan without rain"


@pytest.fixture
def wet(day_app: tuple[Flask, list[int]]) -> LiveDay:
    """The three stops, the park being the station's library when it rains."""
    app, clock = day_app
    clock[0] = NOW
    visit = three_stops()
    [day] = visit.days
    park = replace(day.stops[2], rain=PlaceRef(site="dworzec-biblioteka"))
    links = released_visit(app, replace(visit, days=(replace(day, stops=(*day.stops[:2], park)),)))
    clock[0] = at("09:00")
    return LiveDay(app, links, clock)


def stops_on(live: LiveDay, path: str) -> list[str]:
    page = PageClient(live.app).get(path, "en")
    rows = re.findall(r'class="row row--stop".*?<h3 class="row__name">(.*?)</h3>', page.html, re.DOTALL)
    return [re.sub(r"<.*?>", "", row).strip() for row in rows]


def test_there_and_back(wet: LiveDay) -> None:
    visit, guide = f"/v/{wet.links.participant}", f"/g/{wet.links.guide}"
    assert stops_on(wet, visit)[2] == "City Park"
    assert stops_on(wet, f"{visit}/rain")[2] == "Railway station and main public library"
    assert stops_on(wet, f"{guide}/rain")[:2] == stops_on(wet, guide)[:2]
    assert wet.told()["version_text"] == ""
    assert wet.told(rain="1")["version_text"] == DRY
    assert TO_RAIN in wet.panel()

    assert wet.press("rain").status_code == 200
    told = wet.told()
    assert told["version_text"] == RAINS
    assert told["said"] == [RAINS.removesuffix(".")]
    assert wet.told(rain="1")["version_text"] == ""
    assert BACK in wet.panel()
    assert TO_RAIN not in wet.panel()
    assert "Switched to the rain version" in wet.panel()

    wet.press("dry")
    assert wet.told()["version_text"] == ""
    assert wet.told(rain="1")["version_text"] == DRY
    assert TO_RAIN in wet.panel()


def test_times_move_on_by_the_version_that_is_in_force(wet: LiveDay) -> None:
    """From the Town Hall the library is farther than the park; each page has its own version's times."""
    wet.press("rain")
    wet.clock[0] = at("11:30")
    wet.press("left", "hall")
    rows = {row["id"]: row for row in wet.told(rain="1")["rows"]}
    assert wet.told()["rows"] == []
    library = rows["stop-3"]["start"]["text"]
    wet.press("dry")
    park = {row["id"]: row for row in wet.told()["rows"]}["stop-3"]["start"]["text"]
    assert "11:30" < park != library > "11:30"


@pytest.mark.dear
def test_the_page_leads_to_the_other_version_and_its_own_overlay(wet: LiveDay) -> None:
    visit = f"/v/{wet.links.participant}"
    plain, rainy = (PageClient(wet.app).get(path, "en").html for path in (visit, f"{visit}/rain"))
    assert f'href="{visit}/rain?' in plain
    assert f'href="{visit}?' in rainy
    assert "rain=1" in re.findall(r'data-live="([^"]*)"', rainy)[0]
    assert "rain=1" not in re.findall(r'data-live="([^"]*)"', plain)[0]
    assert f"{visit}/rain/map.js?" in rainy
    assert wet.app.test_client().get(f"{visit}/rain/map.js").status_code == 200


@pytest.mark.dear
def test_a_phone_keeps_both_versions(wet: LiveDay, live: LiveDay) -> None:
    def kept(day: LiveDay) -> set[str]:
        listed = day.app.test_client().get(f"/v/{day.links.participant}/copy.json").get_json()["entries"]
        return {"/".join(entry["url"].split("?")[0].split("/")[3:]) for entry in listed if entry.get("what")}

    assert kept(wet) - kept(live) == {"rain", "rain/map.js"}


@pytest.mark.dear
def test_calendars_tell_the_version_that_is_in_force(wet: LiveDay) -> None:
    def calendar(path: str) -> list[str]:
        text = wet.app.test_client().get(f"/v/{wet.links.participant}/{path}?lang=en").get_data(as_text=True)
        return re.findall(r"^(?:SUMMARY|SEQUENCE|DTSTART):(.*?)\r?$", text, re.MULTILINE)

    for path in ("calendar.ics", "plan.ics"):
        before = calendar(path)
        assert "City Park" in before
        wet.press("rain")
        rainy = calendar(path)
        assert "City Park" not in rainy
        assert "Railway station and main public library" in str(rainy)
        wet.press("dry")
        back = calendar(path)
        assert [text for text in back if len(text) > 2] == [text for text in before if len(text) > 2]
        versions = [[int(text) for text in one if len(text) < 3] for one in (before, rainy, back)]
        assert versions[0] < versions[1] < versions[2]


def test_files_hold_both_versions_and_once_switched_the_one_in_force(wet: LiveDay) -> None:
    def taken(form: str) -> str:
        return (
            wet.app.test_client()
            .get(f"/v/{wet.links.participant}/plan.{form}?lang=en")
            .get_data(as_text=True)
        )

    library = "Railway station and main public library"
    for form in ("csv", "gpx"):
        assert "City Park" in taken(form)
        assert f"If it rains: {library}" in taken(form).replace("3. ", "")
    wet.press("rain")
    for form in ("csv", "gpx"):
        assert "City Park" not in taken(form)
        assert library in taken(form)
        assert "The version for rain" in taken(form)
    wet.press("dry")
    assert "City Park" in taken("csv")


@pytest.mark.dear
def test_a_map_of_the_version_in_force_and_one_more_in_the_zip(wet: LiveDay) -> None:
    def got(name: str) -> bytes:
        data: bytes = wet.app.test_client().get(f"/v/{wet.links.participant}/{name}?lang=en").data
        return data

    def maps() -> list[str]:
        with zipfile.ZipFile(io.BytesIO(got("plan.zip"))) as bundle:
            return [name for name in bundle.namelist() if name.endswith(".html")]

    dry = maps()
    assert len(dry) == 2
    assert dry[1] == dry[0].replace(".html", " – If it rains.html")
    assert b"City Park" in got("map.html")
    wet.press("rain")
    assert maps() == dry[:1]
    assert b"City Park" not in got("map.html")
    assert b"The version for rain" in got("map.html")


def test_a_day_without_another_place_has_no_rain_version(live: LiveDay) -> None:
    assert TO_RAIN not in live.panel()
    assert live.press("rain").status_code == 422
    assert live.app.test_client().get(f"/v/{live.links.participant}/rain").status_code == 404


@pytest.mark.dear
def test_the_editor_takes_another_place_and_publishing_plans_both(app: Flask) -> None:
    desk = open_desk(app, "ewelina", title="Deszcz")
    add(desk, "park-miejski")
    desk.change("rain", stop="s1", rain_site="muzeum")
    assert desk.draft().days[0].stops[0].rain == PlaceRef(site="muzeum")
    assert 'value="muzeum" selected' in desk.page("?stop=s1")
    assert desk.edit("rain", stop="s1", rain_at="abc").status_code == 422
    add(desk, "rynek")
    assert "Outdoors, and without another place for rain." in desk.page("/ready?lang=en")
    desk.change("rain", stop="s1")
    assert "without another place for rain" not in desk.page("/ready?lang=en")
    assert desk.draft().days[0].stops[0].rain is None
