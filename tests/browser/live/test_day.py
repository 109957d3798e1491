"""The day in two phones: what the guide presses is on the participants' pages soon, and said once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.web.live.conftest import at

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.live.conftest import Stage

pytestmark = pytest.mark.browser

WITHIN_MS = 10_000
"""So soon a page in front shows what is new."""

MOST_ASKED = 8


def press(guide: Page, name: str | re.Pattern[str]) -> None:
    """Press a button of the guide's page, and wait until the service has heard it."""
    with guide.expect_response(re.compile(r"/live\?.*part=1")):
        guide.get_by_role("button", name=name).first.tap()
    expect(guide.locator("[data-queue]")).to_be_hidden()


def heard(stage: Stage, page: Page, guide: Page, name: str) -> list[str]:
    """Press a button; what the participant's phone says soon after to those who hear it.

    The clock is ours and the answers are real: a phone that still waits for one asks again ten seconds later.
    """
    page.evaluate("window.spoken = []")
    press(guide, name)
    for _ in range(MOST_ASKED):
        with page.expect_response(re.compile(r"/live\.json")):
            page.clock.run_for(WITHIN_MS)
        page.clock.run_for(1000)
        if page.evaluate("window.spoken.length"):
            break
    stage.day.clock[0] += 60
    spoken: list[str] = page.evaluate("window.spoken")
    return spoken


@pytest.mark.slow
def test_what_the_guide_presses_is_on_every_open_page_and_said_once(stage: Stage) -> None:
    stage.day.clock[0] = at("09:53")
    with stage.phone("v") as page, stage.phone("g") as guide:
        times, late = page.locator("#stop-1 .row__time"), page.locator("[data-late]")
        panel = guide.locator(".panel-live__place")
        expect(panel).to_contain_text("At Railway station")
        expect(page.locator("[data-fresh]")).to_have_text(re.compile("^heard"))
        said = heard(stage, page, guide, "Leaving now")
        expect(panel).to_have_text("On the way to Regional Museum")
        assert said == ["30\u00a0min late. Regional Museum at 09:58 instead of 09:28"]
        expect(late).to_have_text("30\u00a0min late")
        expect(times).to_have_text("09:58")
        expect(page.locator("#stop-1 .row__live")).to_have_text("planned 09:28")
        expect(page.locator("[data-card]:visible")).to_contain_text("there at 09:58")
        assert len(heard(stage, page, guide, "+5")) == 1
        expect(times).to_have_text("10:03")
        assert len(heard(stage, page, guide, "Skip next")) == 1
        expect(page.locator("#stop-1")).to_have_class(re.compile("row--skipped"))
        assert len(heard(stage, page, guide, "Undo")) == 1
        expect(page.locator("#stop-1")).not_to_have_class(re.compile("row--skipped"))
        expect(times).to_have_text("10:03")
        guide.locator("[data-keep=note] summary").tap()
        guide.get_by_label("Everybody reads it on the phone").fill("Umbrellas, please")
        assert heard(stage, page, guide, "Send") == ["Umbrellas, please"]
        expect(page.locator("[data-notes]")).to_contain_text("Umbrellas, please")


@pytest.mark.slow
def test_a_call_to_meet_has_a_mark_a_way_and_a_countdown(stage: Stage) -> None:
    stage.day.clock[0] = at("11:50")
    with stage.phone("v") as page, stage.phone("g") as guide:
        guide.locator("[data-keep=heads] summary").tap()
        guide.get_by_label(re.compile("^People at")).fill("18")
        press(guide, re.compile("Keep$"))
        expect(guide.locator("[data-keep=heads]")).to_contain_text("2 people are missing")
        guide.locator("[data-keep=meet] summary").tap()
        guide.get_by_label("At what time").fill("12:15")
        guide.get_by_label("Where, in words").fill("At the fountain")
        guide.get_by_role("button", name="Take the point").tap()
        assert heard(stage, page, guide, "Send") == ["Meet at 12:15: At the fountain"]
        box = page.locator("[data-meet]")
        expect(box).to_contain_text("Meet at 12:15")
        expect(box).to_contain_text("At the fountain")
        expect(box.locator("[data-meet-left]")).to_have_text(re.compile(r"in 2[345]\smin"))
        expect(box.locator("[data-meet-way]")).to_have_attribute("href", re.compile("^geo:49.*,19"))
        expect(page.locator(".visit-meet")).to_have_count(1)
        walk = re.compile(r"^\d+\smin on foot \(\d+\sm\) from Railway station")  # the day ended there
        expect(box.locator("[data-meet-walk]")).to_have_text(walk)
        expect(page.locator(".visit-meet-way")).to_have_count(1)
        page.locator(".bar a[href='#lost']").tap()
        expect(page.locator("[data-lost-where]")).to_have_text("Meet at 12:15")
        expect(page.locator("[data-lost-there] a")).to_have_attribute("href", re.compile("^geo:49.*,19"))
        guide.set_viewport_size({"width": 320, "height": 844})
        guide.evaluate("document.documentElement.style.fontSize = '200%'")
        guide.evaluate("document.querySelectorAll('[data-guide] details').forEach((one) => one.open = true)")
        assert guide.evaluate("document.documentElement.scrollWidth") <= 320
        assert "missing" not in page.locator("#main").inner_text()
        press(guide, "Undo")
        page.clock.run_for(WITHIN_MS)
        expect(box).to_be_hidden()
        expect(page.locator("[class*=visit-meet]")).to_have_count(0)
