"""Toilets, water and seats on the map: from afar once they are asked for, and never before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from planner.paths import ROOT
from planner.streets.build.build import TownSettings
from planner.web import create_app
from tests.kit.web.releases import links_of_sample
from tests.web.conftest import application, closed, settings_in

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]

THINGS = """
<node id="900001" version="1" lat="49.9768000" lon="19.8300000"><tag k="amenity" v="toilets"/></node>
<node id="900002" version="1" lat="49.9715000" lon="19.8250000"><tag k="amenity" v="drinking_water"/></node>
<node id="900003" version="1" lat="49.9750400" lon="19.8234500"><tag k="amenity" v="bench"/></node>
"""
PAINTED = """(name) => window.visitMap.painted().marked.some((mark) => mark.name === name)"""
HIDDEN = """(name) => !window.visitMap.painted().marked.some((mark) => mark.name === name)"""


def test_they_are_seen_from_afar_once_asked_for(chromium: Browser, tmp_path: Path) -> None:
    osm = tmp_path / "skawina.osm"
    plain = (ROOT / "data" / "skawina.osm").read_text(encoding="utf-8")
    osm.write_text(plain.replace("<node ", f"{THINGS}<node ", 1), encoding="utf-8")
    closed(application(tmp_path / "data", osm, TownSettings("Skawina")))
    app = create_app(settings_in(tmp_path / "data"))
    file = tmp_path / "Mapa.html"
    links = links_of_sample(app)
    file.write_bytes(app.test_client().get(f"/v/{links.participant}/map.html?lang=en").data)
    closed(app)
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.goto(file.as_uri())
    expect(page.locator(".visit-stop__disc")).to_have_count(5)
    page.evaluate("window.visitMap.map.setZoom(15, { animate: false })")
    assert not any(page.evaluate(PAINTED, name) for name in ("toilets", "drinking_water", "seat"))
    tick = page.get_by_label("Toilets, water, seats")
    tick.check()
    page.wait_for_function(PAINTED, arg="toilets")
    assert page.evaluate(PAINTED, "drinking_water")
    page.evaluate("window.visitMap.map.setView([49.97504, 19.8238], 18, { animate: false })")
    page.wait_for_function(PAINTED, arg="seat")
    tick.uncheck()
    page.wait_for_function(HIDDEN, arg="seat")
    page.close()
