"""From an empty visit to a published half day: how many things an organiser has to do for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, Watched, watched
from tests.kit.browser.organiser import idle, names

if TYPE_CHECKING:
    from tests.kit.browser.organiser import Organiser

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST_ACTIONS = 40


class Hands:
    """What a person does: a click, a key or a chosen line counts as one, and so does a typed word or time."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.actions = 0

    def click(self, what: str) -> None:
        self.actions += 1
        self.page.locator(what).first.click()

    def type(self, text: str) -> None:
        self.actions += len(text.split())
        self.page.keyboard.type(text)

    def press(self, key: str) -> None:
        self.actions += 1
        self.page.keyboard.press(key)

    def choose(self, what: str, value: str) -> None:
        self.actions += 1
        self.page.select_option(what, value)


def test_a_half_day_is_published_within_forty_actions(
    chromium: Browser, organiser: Organiser, office: Watched
) -> None:
    """Five stops, a talk at an agreed time, lunch in its window; nothing of it is to mend."""
    page = office.open("/")
    hands = Hands(page)
    _begin(hands)
    for count, word in enumerate(("muzeum", "ratusz", "sokol", "teznia"), start=1):
        hands.type(word)
        hands.press("Enter")
        expect(page.locator(".stop")).to_have_count(count)
        idle(page)
    hands.type("Obiad")
    hands.click("#found button[value=meal]")
    expect(page.locator(".stop")).to_have_count(5)
    idle(page)
    _agree_on_times(hands)
    expect(page.locator("#sum")).to_contain_text("Nic do naprawy")
    expect(page.locator("#chance")).to_contain_text("na czas")
    assert names(page)[1].startswith("Ratusz")

    hands.click(".editor__publish")
    hands.click(".publish button.button")
    link = page.locator("#link-participant .link__url a").get_attribute("href")
    assert link is not None
    assert hands.actions <= MOST_ACTIONS, hands.actions
    with watched(chromium, organiser.address, **PHONE) as phone:
        shown = phone.open(link.removeprefix(organiser.address))
        expect(shown.locator("h1")).to_have_text("Lwów")
        expect(shown.locator(".row--stop")).to_have_count(5)
        expect(shown.locator(".row--stop").nth(1)).to_contain_text(re.compile("10:30"))


def _begin(hands: Hands) -> None:
    hands.page.get_by_role("link", name="Nowa wizyta").click()
    hands.actions += 1
    hands.click("#title-pl")
    hands.type("Lwów")
    hands.choose("#start-site", "dworzec-biblioteka")
    hands.page.get_by_role("button", name="Utwórz wizytę").click()
    hands.actions += 1
    hands.page.wait_for_function("() => window.visitEditor")
    hands.click("#search")


def _agree_on_times(hands: Hands) -> None:
    """The talk's time in its row; lunch has a window from the start, its end is made later."""
    page = hands.page
    hands.click(".stop:has-text('Ratusz') [name=fixed]")
    hands.type("10:30")
    hands.press("Enter")
    idle(page)
    hands.click(".stop:has-text('Obiad') [data-number]")
    expect(page.locator("#inspector [name=window_from]")).to_have_value("12:00")
    page.locator("#inspector [name=window_to]").select_text()
    hands.actions += 1
    hands.type("14:30")
    hands.press("Enter")
    idle(page)
