"""The editor's timetable in real Chromium: keys, search and strip do what the mouse does; nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, Route, expect

from tests.kit.browser.organiser import (
    add_by_search,
    barriers,
    drag_second_before_first,
    idle,
    inspect,
    names,
    new_visit,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Route

    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

Seen = tuple[list[str], str]
"""The names in their order, and when the day begins and ends."""

SPEAKS = """() => { window.said = [];
  new MutationObserver(() => window.said.push(document.getElementById('said').textContent))
    .observe(document.getElementById('said'), {childList: true, characterData: true, subtree: true}); }"""


@pytest.mark.slow
def test_the_menu_of_the_visit_counts_what_an_edit_opens(office: Watched) -> None:
    page = new_visit(office, "Menu")
    expect(page.locator("#visit-nav-2 .visit-nav__count")).to_have_count(0)
    add_by_search(page, "muzeum", 1)
    expect(page.locator("#visit-nav-2 .visit-nav__count")).to_have_text("1")
    expect(page.locator("#visit-nav-2")).to_contain_text("1 niepotwierdzony")


@pytest.mark.slow
def test_an_edit_outlives_the_machine_that_made_it(office: Watched) -> None:
    """The answer is lost behind a proxy whose machine has gone: it is sent again, and made once."""
    page = new_visit(office, "Zgubiona odpowiedź", "muzeum")
    lost: list[int] = []

    def answer_lost(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.fulfill(status=502)

    page.route("**/edit/add_site*", answer_lost)
    add_by_search(page, "ratusz", 2)
    assert lost == [200]
    page.reload()
    expect(page.locator(".stop")).to_have_count(2)
    expect(page.locator("#lost")).to_have_count(0)
    office.faults = [fault for fault in office.faults if "502" not in fault]


@pytest.mark.slow
def test_ten_stops_are_put_in_by_keys_and_fit_a_screen(office: Watched) -> None:
    """Enter takes the first hit and the field keeps the focus; "+" puts in between."""
    page = new_visit(office, "Dziesięć")
    page.locator("#search").focus()
    words = (
        "muzeum",
        "ratusz",
        "kosciol",
        "teznia",
        "park miejski",
        "sokol",
        "park energii",
        "rynek",
        "camena",
    )
    for count, word in enumerate(words, start=1):
        page.keyboard.type(word)
        page.keyboard.press("Enter")
        expect(page.locator(".stop")).to_have_count(count)
        idle(page)
        expect(page.locator("#search")).to_be_focused()
        expect(page.locator("#search")).to_have_value("")
    before = names(page)
    page.locator("#insert-s1").click()
    expect(page.locator("#search-name")).to_contain_text("Muzeum")
    page.keyboard.type("synagoga")
    page.keyboard.press("Enter")
    expect(page.locator(".stop")).to_have_count(10)
    idle(page)
    assert [names(page)[0], *names(page)[2:]] == before
    expect(page.locator("#search-name")).to_contain_text("ynagoga")
    page.keyboard.press("Escape")
    page.locator("#timetable").evaluate("(one) => { one.scrollTop = 0; }")
    expect(page.locator(".tt__row--stop").nth(9)).to_be_in_viewport(ratio=0.9)
    expect(page.locator(".strip")).to_be_in_viewport(ratio=1)
    expect(page.locator("#search")).to_be_in_viewport(ratio=1)
    assert barriers(page) == []


def test_drag_keys_and_buttons_come_to_the_same(office: Watched) -> None:
    page = new_visit(office, "To samo", "muzeum", "ratusz", "teznia")
    page.evaluate(SPEAKS)
    start = (names(page), page.inner_text("#finish"))
    found = [_moved(page, how, start) for how in (_by_drag, _by_keys, _by_button)]
    assert found[0] == found[1] == found[2] != start
    stays = [_longer(page, how, start) for how in (_edge_dragged, _edge_by_keys, _typed)]
    assert stays[0] == stays[1] == stays[2] != start
    said = page.evaluate("() => window.said")
    assert len(said) == 12
    assert all(one.startswith("Koniec ") for one in said)
    assert barriers(page) == []


def _undone(page: Page, start: Seen) -> None:
    page.locator("[data-key=undo]").click()
    expect(page.locator("#finish")).to_have_text(start[1])
    idle(page)


def _moved(page: Page, how: Callable[[Page], None], start: Seen) -> Seen:
    how(page)
    expect(page.locator(".stop [data-number]").first).to_have_text(start[0][1])
    idle(page)
    now = (names(page), page.inner_text("#finish"))
    _undone(page, start)
    return now


def _by_drag(page: Page) -> None:
    drag_second_before_first(page)


def _by_keys(page: Page) -> None:
    page.locator("#show-s1").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#show-s2")).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")


def _by_button(page: Page) -> None:
    inspect(page, "#show-s2")
    page.locator("#up-s2").click()


def _longer(page: Page, how: Callable[[Page], None], start: Seen) -> Seen:
    how(page)
    expect(page.locator("#finish")).not_to_have_text(start[1])
    idle(page)
    assert page.locator("#minutes-s1").input_value() == "50"
    now = (names(page), page.inner_text("#finish"))
    _undone(page, start)
    return now


def _edge_dragged(page: Page) -> None:
    """From 35 to 50 minutes: as many pixels as the strip has for a quarter of an hour."""
    edge = page.locator("#edge-s1")
    box = edge.bounding_box()
    assert box is not None
    quarter = edge.evaluate(
        """({ ownerSVGElement: svg }) =>
             15 * svg.dataset.perMin * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width"""
    )
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + quarter, y, steps=5)
    page.mouse.up()


def _edge_by_keys(page: Page) -> None:
    page.locator("#edge-s1").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#edge-s1")).to_have_attribute("aria-valuenow", "50")


def _typed(page: Page) -> None:
    page.locator("#minutes-s1").fill("50")
    page.keyboard.press("Enter")


@pytest.mark.slow
def test_a_refused_time_is_in_view_with_its_reason_where_it_was_typed(office: Watched) -> None:
    page = new_visit(office, "Zła godzina", "muzeum", "ratusz", "teznia")
    page.locator("#at-s3").fill("25:99")
    page.keyboard.press("Enter")
    expect(page.locator("#fault-at-s3")).to_be_in_viewport(ratio=1)
    expect(page.locator("#fault-at-s3")).to_contain_text("Nie zapisano")
    expect(page.locator("#at-s3")).to_have_value("25:99")
    expect(page.locator("#at-s3")).to_have_attribute("aria-describedby", "fault-at-s3")
    expect(page.locator("#refused")).to_have_count(0)
    assert barriers(page) == []
    page.locator("#at-s3").fill("14h30")
    page.keyboard.press("Enter")
    expect(page.locator("#at-s3")).to_have_value("14:30")
    office.faults = [fault for fault in office.faults if "422" not in fault]


def test_a_lost_network_says_so_and_keeps_what_was_typed(office: Watched) -> None:
    page = new_visit(office, "Bez sieci", "muzeum", "ratusz")

    def cut(route: Route) -> None:
        route.abort()

    page.route("**/edit/**", cut)
    page.locator("#minutes-s1").fill("55")
    page.keyboard.press("Tab")
    expect(page.locator("#lost")).to_be_in_viewport(ratio=1)
    expect(page.locator("#minutes-s1")).to_have_value("55")
    page.unroute_all()
    page.locator("#minutes-s1").fill("60")
    page.keyboard.press("Tab")
    expect(page.locator("#lost")).to_have_count(0)
    idle(page)
    page.reload()
    expect(page.locator("#minutes-s1")).to_have_value("60")
    office.faults = [fault for fault in office.faults if "failed" not in fault and "ERR_FAILED" not in fault]
