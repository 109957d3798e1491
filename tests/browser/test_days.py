"""The editor in real Chromium: several days, a day planned backward, keys, and the panel beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, Watched, watched
from tests.kit.browser.organiser import add_by_search, barriers, idle, inspect, names, new_visit

if TYPE_CHECKING:
    from tests.kit.browser.organiser import Organiser

pytestmark = pytest.mark.browser


def tabs(page: Page) -> list[str]:
    return page.locator(".day-tab .small").all_inner_texts()


def on_the_map(page: Page) -> list[str]:
    return page.locator(".visit-stop").all_inner_texts()


@pytest.mark.slow
def test_two_days_each_with_its_own_plan_and_map(
    chromium: Browser, organiser: Organiser, office: Watched
) -> None:
    page = new_visit(office, "Dwa dni", "muzeum", "ratusz", "synagoga")
    first = page.url
    inspect(page, "#show-day")
    page.get_by_role("button", name="Skopiuj ten dzień").click()
    expect(page.locator(".day-tab")).to_have_count(2)
    idle(page)
    assert page.url == f"{first}?day=2&part=day"
    page.locator(".stop [data-number]").first.press("Delete")
    expect(page.locator(".stop")).to_have_count(2)
    idle(page)
    add_by_search(page, "teznia", 3)
    second = names(page)
    assert [one.split()[0] for one in tabs(page)] == ["3", "3"]

    page.locator(".day-tab").first.click()
    expect(page.locator(".stop [data-number]").first).to_have_text("Muzeum Regionalne")
    idle(page)
    assert page.url == first
    assert len(on_the_map(page)) == 3
    assert page.evaluate("() => visitMap.map.getBounds().contains(visitMap.map.getCenter())")

    _moving_to_another_day(page)
    _history_leads_through_the_days(page, first)
    page.reload()
    assert page.locator(".day-tab[aria-current]").count() == 1
    assert names(page)[: len(second)] == second
    assert barriers(page, again=True) == []
    inspect(page, "#show-day")
    for count in range(3, 6):
        page.get_by_role("button", name="Skopiuj ten dzień").click()
        expect(page.locator(".day-tab")).to_have_count(count)
        idle(page)
    expect(page.locator(".day-tab")).to_have_count(5)
    _on_a_phone(chromium, organiser, page)


def _moving_to_another_day(page: Page) -> None:
    """The second stop goes to the other day; an undo brings it back, and the same day is shown."""
    before = names(page)
    page.locator(".stop [data-number]").nth(1).click()
    page.locator("#inspector").get_by_role("button", name="Przenieś").click()
    expect(page.locator(".stop")).to_have_count(2)
    idle(page)
    assert names(page) == [before[0], before[2]]
    assert [one.split()[0] for one in tabs(page)] == ["2", "4"]
    page.locator("#show-s1").focus()
    page.keyboard.press("Control+z")
    expect(page.locator(".stop")).to_have_count(3)
    idle(page)
    assert names(page) == before


def _history_leads_through_the_days(page: Page, first: str) -> None:
    page.locator(".day-tab").nth(1).press("Enter")
    page.wait_for_url(f"{first}?day=2")
    idle(page)
    expect(page.locator("#day-tab-shown")).to_be_focused()
    page.go_back()
    page.wait_for_url(first)
    expect(page.locator(".stop [data-number]").first).to_have_text("Muzeum Regionalne")
    idle(page)
    page.go_forward()
    expect(page.locator(".stop [data-number]").first).not_to_have_text("Muzeum Regionalne")
    idle(page)


def _on_a_phone(chromium: Browser, organiser: Organiser, desk_page: Page) -> None:
    """The editor on a phone: nothing wider than the screen, everything large enough for a finger."""
    with watched(chromium, organiser.address, **PHONE, storage_state=organiser.state) as phone:
        page = phone.open(desk_page.url.removeprefix(organiser.address))
        page.wait_for_function("() => window.visitEditor")
        shown, screen = page.locator("#day-tab-shown").bounding_box(), page.viewport_size
        assert shown is not None
        assert screen is not None
        assert shown["x"] >= 0
        assert shown["x"] + shown["width"] <= screen["width"]
        for panel in page.locator("details").all():
            panel.evaluate("(one) => { one.open = true; }")
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert too_small(page) == []
        assert barriers(page) == []


def too_small(page: Page) -> list[str]:
    """Buttons, fields and what unfolds that are lower than 44 px; a tick's label counts with it."""
    found = page.evaluate(
        """() => [...document.querySelectorAll('#column :is(button:not(.unseen), summary, select, input)')]
             .filter((one) => one.type !== 'hidden' && one.getClientRects().length)
             .map((one) => (one.type === 'checkbox' ? one.closest('.tick, .field--check') : one))
             .filter((one) => one.getBoundingClientRect().height < 43.5)
             .map((one) => one.outerHTML.slice(0, 120))"""
    )
    return list(found)


@pytest.mark.slow
def test_a_day_planned_backward_says_when_to_leave(
    chromium: Browser, organiser: Organiser, office: Watched
) -> None:
    page = new_visit(office, "Na pociąg", "muzeum", "ratusz")
    inspect(page, "#show-day")
    page.select_option("#end-site", "dworzec-biblioteka")
    idle(page)
    forward = page.inner_text("#finish")
    start, end = forward.split("–")
    page.select_option("#end-by", "arrive")
    page.fill("#end-time", "14:32")
    page.keyboard.press("Tab")
    expect(page.locator("#leave")).to_be_visible()
    idle(page)
    leave, be_there = page.inner_text("#finish").split("–")
    assert "14:30" <= be_there <= "14:32"
    assert minutes(leave) - minutes(start) == minutes(be_there) - minutes(end)
    assert leave in page.inner_text("#leave")
    assert page.locator(".tt__row--start .tt__time").inner_text() == leave
    assert barriers(page, again=True) == []

    page.get_by_role("link", name="Publikuj i udostępnij").click()
    page.get_by_role("button", name="Opublikuj", exact=True).click()
    link = page.locator("#link-participant .link__url a").get_attribute("href")
    assert link is not None
    with watched(chromium, organiser.address, **PHONE) as phone:
        shown = phone.open(link.removeprefix(organiser.address))
        expect(shown.locator(".row--start .row__time")).to_have_text(leave)


def minutes(time: str) -> int:
    hours, rest = time.strip().split(":")
    return int(hours) * 60 + int(rest)


@pytest.mark.slow
def test_alt_and_an_arrow_move_the_stop_that_has_the_focus(office: Watched) -> None:
    page = new_visit(office, "Klawiatura", "muzeum", "ratusz", "teznia")
    before = names(page)
    page.locator("#show-s3").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(".stop [data-number]").nth(1)).to_have_text(before[2])
    idle(page)
    expect(page.locator("#show-s3")).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(".stop [data-number]").nth(0)).to_have_text(before[2])
    idle(page)
    page.keyboard.press("Alt+ArrowUp")
    idle(page)
    assert names(page) == [before[2], before[0], before[1]]
    inspect(page, "#show-s3")
    page.locator("#down-s3").press("Enter")
    expect(page.locator(".stop [data-number]").nth(1)).to_have_text(before[2])
    idle(page)
    expect(page.locator("#down-s3")).to_be_focused()
    page.locator("#lock-s3").press("Enter")
    expect(page.locator("#lock-s3")).to_have_attribute("aria-pressed", "true")
    idle(page)
    expect(page.locator("#lock-s3")).to_be_focused()


@pytest.mark.slow
def test_a_panel_opens_beside_and_its_edits_are_like_all_others(office: Watched) -> None:
    """The answer to a search stands in for what such a panel shows: it has forms that are edits."""
    page = new_visit(office, "Obok", "muzeum")
    page.evaluate(
        """() => { const button = document.createElement('button');
                   button.id = 'opens';
                   button.textContent = 'Obok';
                   button.dataset.beside = `${location.pathname}/search?q=ratusz`;
                   document.querySelector('.editor__tools').append(button); }"""
    )
    page.locator("#opens").press("Enter")
    beside = page.locator("#beside")
    expect(beside).to_be_focused()
    assert beside.bounding_box() == page.locator("#map").bounding_box()
    assert barriers(page, again=True) == []
    beside.get_by_role("button", name="Dodaj").first.click()
    expect(page.locator(".stop")).to_have_count(2)
    idle(page)
    expect(beside).to_be_visible()
    page.keyboard.press("Escape")
    expect(beside).to_be_hidden()
    expect(page.locator("#beside-content")).to_be_empty()


@pytest.mark.slow
def test_half_a_window_waits_for_its_other_half(office: Watched) -> None:
    page = new_visit(office, "Okno", "ratusz")
    inspect(page, "#show-s1")
    page.fill("#window_from-s1", "10:00")
    page.keyboard.press("Tab")
    idle(page)
    expect(page.locator("#refused")).to_have_count(0)
    page.fill("#window_to-s1", "12:00")
    page.keyboard.press("Tab")
    expect(page.locator(".stop .tt__time").last).to_have_text("10:00")
    idle(page)
