"""The rain version beside the timetable in real Chromium: chosen, seen, drawn on the map, kept up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.kit.browser.organiser import barriers

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SITES = ("ratusz", "park-miejski", "rynek")


def test_a_place_for_rain_is_chosen_and_the_day_then_stands_beside(office: Watched) -> None:
    page = office.open("/visits/new")
    page.fill("#title-pl", "Deszcz")
    page.select_option("#start-site", "dworzec-biblioteka")
    page.get_by_role("button", name="Utwórz wizytę").click()
    page.wait_for_function("() => window.visitEditor")
    for count, site in enumerate(SITES, start=1):
        page.evaluate("(site) => window.visitEditor.addSite(site)", site)
        expect(page.locator(".stop")).to_have_count(count)
    address = page.url.split("?")[0]
    page.goto(f"{address}?stop=s2#rain-s2")
    page.wait_for_function("() => window.visitEditor")
    page.locator("#rain-s2 summary").click()
    page.select_option("#rain-site", "muzeum")
    page.locator("#rain-day-s2").click()
    panel, map_ = page.locator("#beside .rain"), page.locator("#map")
    expect(panel.locator(".side__row").nth(1)).to_contain_text("zamiast: Park Miejski")
    expect(map_.get_by_role("button", name="2. Muzeum Regionalne")).to_be_visible()
    assert barriers(page) == []
    page.evaluate("window.visitEditor.addSite('teznia')")
    expect(panel.locator(".side__row")).to_have_count(len(SITES) + 2)
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(map_.get_by_role("button", name="2. Park Miejski")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/rain?day=1")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert barriers(page) == []
