"""To the rain version and back in real browsers: the guide presses, participants' phones follow."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from planner.domain.visits import PlaceRef
from tests.browser.live.conftest import Stage
from tests.browser.live.test_day import heard
from tests.kit.web.releases import released_visit
from tests.web.conftest import NOW
from tests.web.live.conftest import LiveDay, at, three_stops

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.live.conftest import Served

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TO_RAIN, BACK = "Switch to the rain version", "Back to the plan without rain"
LIBRARY = "Railway station and main public library"


@pytest.fixture
def wet(served: Served, chromium: Browser) -> Stage:
    """The three stops, the park being the library when it rains."""
    served.clock[0] = NOW
    visit = three_stops()
    [day] = visit.days
    park = replace(day.stops[2], rain=PlaceRef(site="dworzec-biblioteka"))
    released = released_visit(served.app, replace(visit, days=(replace(day, stops=(*day.stops[:2], park)),)))
    return Stage(LiveDay(served.app, released, served.clock), served.address, chromium)


def test_the_guide_switches_there_and_back_and_phones_follow(wet: Stage) -> None:
    wet.day.clock[0] = at("11:00")
    with wet.phone("v") as page, wet.phone("g") as guide:
        told, last = page.locator("[data-version-told]"), page.locator("#stop-3")
        expect(page.locator("[data-fresh]")).to_have_text(re.compile("^heard"))
        expect(told).to_be_hidden()
        expect(last).to_contain_text("City Park")
        dry = last.locator(".row__time").inner_text()

        guide.locator("[data-keep=recipes] summary").tap()
        assert heard(wet, page, guide, TO_RAIN) == ["It rains: the rain version of the day is in force"]
        expect(told).to_contain_text("It rains: the rain version of the day is in force.")
        expect(guide.locator("[data-version-told]")).to_be_visible()
        expect(page.locator("[data-card]:visible")).to_have_count(0)
        told.get_by_role("link").tap()
        expect(page).to_have_url(re.compile("/rain"))
        expect(page.locator("[data-card]:visible")).to_contain_text(LIBRARY)
        expect(last).to_contain_text(LIBRARY)
        expect(told).to_be_hidden()
        assert last.locator(".row__time").inner_text() != dry

        assert heard(wet, page, guide, BACK) == ["The plan without rain is in force"]
        told.get_by_role("link").tap()
        expect(page).not_to_have_url(re.compile("/rain"))
        expect(last).to_contain_text("City Park")
        expect(last.locator(".row__time")).to_have_text(dry)
        expect(page.locator("[data-card]:visible")).to_contain_text("City Park")
        expect(told).to_be_hidden()
