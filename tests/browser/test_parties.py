"""A delegation split in real Chromium: three parties, a rotation, its board, and the phone of one of B."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, Watched, watched
from tests.kit.browser.organiser import barriers, idle, new_visit

if TYPE_CHECKING:
    from tests.kit.browser.organiser import Organiser

pytestmark = pytest.mark.browser

STOPS = ("ratusz", "muzeum", "teznia", "synagoga")


def lane(page: Page, party: int) -> list[str]:
    """The numbers of a party's stops in the order of its times, read from the board's table."""
    cells = page.locator(f"#whereabouts tbody tr:has(.disc) td:nth-of-type({party})").all_inner_texts()
    times = {str(number): cell[:5] for number, cell in enumerate(cells, start=1)}
    return sorted(times, key=lambda number: times[number])


@pytest.mark.slow
def test_from_the_split_to_the_phone_of_party_b(
    chromium: Browser, organiser: Organiser, office: Watched
) -> None:
    page = new_visit(office, "Trzy podgrupy", *STOPS)
    page.click("#show-settings")
    page.locator("#panel-visit > summary").click()
    page.fill("#group-size", "60")
    page.keyboard.press("Tab")
    idle(page)
    page.locator("#tools > summary").click()
    page.locator("#tools a[href*='/parties']").click()
    page.locator("button[name=split][value='3']").click()
    expect(page.locator(".parties__row")).to_have_count(3)

    _the_sum_follows_what_is_typed(page)
    page.locator("[name=together]").nth(0).check()
    for number in range(1, len(STOPS)):
        page.fill(f"#room-{number}", "25")
    page.fill("#guide-1", "Jan Wilk")
    page.locator("button[name=then][value=propose]").click()

    expect(page.locator("#proved")).to_be_visible()
    expect(page.locator(".board__across .board__bar")).to_have_count(1 + 3 * 3)
    expect(page.locator(".board__down")).to_be_hidden()
    expect(page.locator(".visit-legend li")).to_have_count(3)
    for look in "abc":
        assert page.locator(f"path.visit-leg--{look}.visit-leg").count() > 0
    page.locator(".board__across").focus()
    assert page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert barriers(page, again=True) == []
    order = lane(page, 2)

    with page.expect_navigation():
        page.locator("form[action$='/accept'] button").click()
    expect(page.locator("form[action$='/accept']")).to_have_count(0)
    assert lane(page, 2) == order
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator(".board__down")).to_be_visible()
    expect(page.locator(".board__across")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == 390

    _the_editor_reads_b(page, order)
    _opened_by_somebody_of_b(chromium, organiser, _published(page), order)


def _the_editor_reads_b(page: Page, order: list[str]) -> None:
    """Beside the days of the editor stands whose day it is: B's order and line, nothing to change."""
    parties = page.url
    page.goto(re.sub("/parties.*", "", page.url))
    page.locator("#column a[href*='party=B']").click()
    rows = page.locator("#party-stops [data-at]")
    expect(rows).to_have_count(len(order))
    assert rows.evaluate_all("rows => rows.map(row => row.dataset.onMap)") == order
    expect(page.locator("path.visit-leg--b.visit-leg").first).to_be_attached()
    assert page.locator("path.visit-leg--a").count() == 0
    assert page.locator("#column form[action*='/edit/']").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.goto(parties)


def _the_sum_follows_what_is_typed(page: Page) -> None:
    page.wait_for_load_state()
    expect(page.locator("#people-sum")).to_have_text(re.compile("^60 .* 60 "))
    page.fill("#size-0", "18")
    expect(page.locator("#people-sum")).to_have_text(re.compile("^58 "))
    expect(page.locator("#people-sum")).to_have_class(re.compile("wrong"))
    page.fill("#size-0", "20")


def _published(page: Page) -> str:
    """The participants' link."""
    page.goto(re.sub(r"/parties.*", "/share", page.url))
    page.locator("form[action$='/publish'] button").click()
    link = page.locator("#link-participant .link__url a").get_attribute("href")
    assert link is not None
    return link


def _opened_by_somebody_of_b(chromium: Browser, organiser: Organiser, link: str, order: list[str]) -> None:
    with watched(chromium, organiser.address, **PHONE) as phone:
        shown = phone.open(link.removeprefix(organiser.address))
        expect(shown.locator(".row--split")).to_have_count(1)
        expect(shown.locator(".visit-legend li")).to_have_count(3)
        assert barriers(shown) == []
        shown.locator(".party-choice a[href*='party=B']").tap()
        expect(shown.locator(".party-choice [aria-current]")).to_contain_text("B")
        discs = [text.split()[-1] for text in shown.locator(".row--stop .disc").all_inner_texts()]
        assert discs == order
        expect(shown.locator(".visit-stop")).to_have_count(len(STOPS))
        assert shown.evaluate("document.documentElement.scrollWidth") == 390
        assert barriers(shown, again=True) == []
        shown.locator(".to-print").first.tap()
        expect(shown.locator("main")).to_contain_text("Podgrupa B")
