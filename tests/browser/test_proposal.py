"""Another order in real Chromium: found beside the timeline, accepted, undone; cancelled, and out of date."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.kit.browser.organiser import barriers, idle, names

if TYPE_CHECKING:
    from playwright.sync_api import Route

    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

ZIGZAG = ("teznia", "dworzec-biblioteka", "park-miejski", "muzeum", "sokol")


def poor_order(office: Watched) -> Page:
    """A new visit that goes to and fro."""
    page = office.open("/visits/new")
    page.fill("#title-pl", "Tam i z powrotem")
    page.select_option("#start-site", "dworzec-biblioteka")
    page.get_by_role("button", name="Utwórz wizytę").click()
    page.wait_for_function("() => window.visitEditor")
    for count, site in enumerate(ZIGZAG, start=1):
        page.evaluate("(site) => window.visitEditor.addSite(site)", site)
        expect(page.locator(".stop")).to_have_count(count)
    return page


def minutes(finish: str) -> int:
    hours, rest = finish.split("–")[1].split(":")
    return int(hours) * 60 + int(rest)


@pytest.mark.slow
def test_a_poor_order_is_bettered_accepted_and_undone(office: Watched) -> None:
    page = poor_order(office)
    _accepted_and_undone(page)
    _cancelled_while_the_page_is_used(page)
    _out_of_date_when_the_day_changes(page)


def _accepted_and_undone(page: Page) -> None:
    before, finish = names(page), page.inner_text("#finish")
    page.locator("#find-order").click()
    expect(page.locator(".proposal__headline")).to_be_visible()
    assert names(page) == before
    assert page.inner_text("#finish") == finish
    proposed = page.locator(".side").nth(1)
    shown = proposed.locator(".side__times").inner_text()
    order = proposed.locator(".side__name").all_inner_texts()
    assert minutes(shown) < minutes(finish)
    assert barriers(page) == []
    page.locator("#accept-order").click()
    expect(page.locator("#finish")).to_have_text(shown)
    expect(page.locator("#beside")).to_be_hidden()
    idle(page)
    assert [name.split("\n")[0] for name in names(page)] == [
        next(name for name in before if text.startswith(name)) for text in order
    ]
    page.keyboard.press("Control+z")
    expect(page.locator("#finish")).to_have_text(finish)
    idle(page)
    assert names(page) == before


def _cancelled_while_the_page_is_used(page: Page) -> None:
    """A search that is held up says so, leaves the page usable, and comes to nothing once cancelled."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(lambda url: "objective=" in url and "wait=" not in url, hold)
    page.locator("#find-order").click()
    button = page.locator("#search-order")
    expect(button).to_be_disabled()
    expect(page.locator("#order-status")).to_contain_text("5")
    finish = page.inner_text("#finish")
    page.locator(".stop [data-number]").nth(2).press("Delete")
    expect(page.locator(".stop")).to_have_count(4)
    assert page.inner_text("#finish") != finish
    page.locator("#cancel-order").click()
    expect(button).to_be_enabled()
    (route,) = held
    with page.expect_response(lambda answer: "objective=" in answer.url and "wait=" not in answer.url):
        route.continue_()
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    expect(page.locator(".proposal__headline")).to_have_count(0)
    page.unroute_all()
    page.keyboard.press("Escape")
    expect(page.locator("#beside")).to_be_hidden()
    expect(page.locator("#find-order")).to_be_focused()


def _out_of_date_when_the_day_changes(page: Page) -> None:
    page.locator("#find-order").click()
    accept = page.locator("#accept-order")
    expect(accept).to_be_enabled()
    page.evaluate("() => window.visitEditor.move(document.querySelector('.stop').dataset.stop, 1)")
    expect(accept).to_be_disabled()
    expect(page.locator("#order-status")).to_contain_text("zmienił się")
    page.locator("#search-order").click()
    expect(accept).to_be_enabled()
    page.get_by_role("button", name="Odrzuć").click()
    expect(page.locator("#beside")).to_be_hidden()
