"""A leg by bus in real Chromium: chosen in the editor, undone and redone, published, read on a phone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, Watched, watched
from tests.kit.browser.organiser import barriers, idle, inspect, new_visit

if TYPE_CHECKING:
    from tests.kit.browser.organiser import Organiser

pytestmark = pytest.mark.browser

TITLE = "Do dworu w Radziszowie"
MINUTE = re.compile(r"\d\d:\d\d")


@pytest.mark.slow
def test_from_the_editor_to_the_phone_by_bus(
    chromium: Browser, organiser: Organiser, office: Watched
) -> None:
    page = new_visit(office, TITLE, "dwór radziszów")

    on_foot = page.inner_text("#finish")
    line = _goes_by_bus(page)
    assert page.inner_text("#finish") < on_foot
    page.keyboard.press("Control+z")
    expect(page.locator(".tt__row--ride")).to_have_count(0)
    idle(page)
    assert page.inner_text("#finish") == on_foot
    page.get_by_role("button", name="Ponów").click()
    expect(page.locator(".tt__row--ride")).to_have_count(1)
    idle(page)

    page.get_by_role("link", name="Publikuj i udostępnij").click()
    page.get_by_role("button", name="Opublikuj", exact=True).click()
    link = page.locator("#link-participant .link__url a").get_attribute("href")
    assert link is not None
    with watched(chromium, organiser.address, **PHONE) as phone:
        _read_on_the_phone(phone.open(link.removeprefix(organiser.address)), line)


def _goes_by_bus(page: Page) -> str:
    """The leg gets its line, stops and minutes; the map its ride. Returns the line."""
    inspect(page, "#way-to-s1")
    by_bus = page.locator(".leg-mode").get_by_role("button", name="Autobusem")
    by_bus.click()
    expect(by_bus).to_have_attribute("aria-pressed", "true")
    idle(page)
    ride = page.locator("#inspector .row--ride")
    expect(ride).to_have_count(1)
    expect(ride.locator(".row__time")).to_have_text(MINUTE)
    expect(page.locator("#inspector .row--off .row__time").first).to_have_text(MINUTE)
    expect(page.locator("#inspector .row--off")).to_contain_text("Radziszów")
    expect(page.locator(".editor__numbers")).to_contain_text("autobusem")
    expect(page.locator(".visit-leg.visit-leg--bus").first).to_be_attached()
    expect(page.locator(".visit-halt")).to_have_count(2)
    expect(page.locator(".visit-legend")).to_contain_text("Autobusem")
    assert barriers(page, again=True) == []
    return ride.locator(".badge").inner_text()


def _read_on_the_phone(shown: Page, line: str) -> None:
    """Line, direction, stop and minute; the stops on the way unfold; the timetable is credited."""
    expect(shown.locator("h1")).to_have_text(TITLE)
    ride = shown.locator(".row--ride")
    expect(ride.locator(".badge")).to_have_text(line)
    expect(ride).to_contain_text("w kierunku:")
    expect(ride.locator(".halt-name")).to_contain_text("Skawina")
    expect(ride.locator(".row__time")).to_have_text(MINUTE)
    expect(ride.locator(".passed")).to_be_hidden()
    ride.locator("summary").tap()
    expect(ride.locator(".passed li").first).to_be_visible()
    expect(shown.locator(".imprint")).to_contain_text("ZTP")
    expect(shown.locator(".imprint")).to_contain_text("sprawdź przed wizytą")
    expect(shown.locator(".visit-credit")).to_contain_text("ZTP")
    assert shown.evaluate("document.documentElement.scrollWidth") == 390
    assert barriers(shown) == []
