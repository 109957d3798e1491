"""The organiser's editor in real Chromium: from the printed sign-in link to a visit opened on a phone.

Every test makes a visit of its own, so that each also runs alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, Watched, watched
from tests.kit.browser.organiser import (
    DESK,
    PASSWORD,
    barriers,
    drag_second_before_first,
    idle,
    inspect,
    names,
    new_visit,
)

if TYPE_CHECKING:
    from tests.kit.browser.organiser import Organiser

pytestmark = pytest.mark.browser

STOPS = ("muzeum", "ratusz", "kosciol", "teznia", "park miejski", "sokol", "park energii")


def test_from_a_new_visit_to_a_phone(chromium: Browser, organiser: Organiser) -> None:
    _journey(chromium, organiser)


@pytest.mark.slow
def test_from_the_first_visit_to_a_phone(chromium: Browser, first_run: Organiser) -> None:
    _journey(chromium, first_run)


def _journey(chromium: Browser, organiser: Organiser) -> None:
    with watched(chromium, organiser.address, **DESK, storage_state=organiser.state) as office:
        page = new_visit(office, "Delegacja ze Lwowa", *STOPS)
        _drag_keeps_place_and_view(page)
        _undo_survives_a_reload(page)
        _keyboard_moves_a_stop(page)
        _a_site_is_added_from_the_map(page)
        _a_leg_goes_by_coach(page)

        page.get_by_role("link", name="Publikuj i udostępnij").click()
        page.get_by_role("button", name="Opublikuj", exact=True).click()
        link = page.locator("#link-participant .link__url a").get_attribute("href")
        assert link is not None

    with watched(chromium, organiser.address, **PHONE) as phone:
        shown = phone.open(link.removeprefix(organiser.address))
        expect(shown.locator("h1")).to_have_text("Delegacja ze Lwowa")
        expect(shown.locator(".visit-stop")).to_have_count(8)
        assert shown.evaluate("document.documentElement.scrollWidth") == 390
        expect(shown.locator(".row--coach")).to_have_count(1)
        expect(shown.locator(".row--coach .move__parts")).to_contain_text(re.compile("rzejazd"))
        expect(shown.locator(".visit-legend")).to_contain_text("Autokarem")
        assert barriers(shown, again=True) == []


def _a_leg_goes_by_coach(page: Page) -> None:
    """A leg that a coach makes quicker, by mouse and by keys: other times, and undone as before."""
    before = (page.inner_text("#finish"), minutes(page))
    inspect(page, "#show-day")
    page.locator("#mode-day-coach").click()
    expect(page.locator("#mode-day-coach")).to_have_attribute("aria-pressed", "true")
    idle(page)
    driven = page.locator(".stop .tt__row--coach").first.evaluate(
        "(row) => row.closest('.stop').dataset.stop"
    )
    page.locator("#show-day").focus()
    page.keyboard.press("Control+z")
    expect(page.locator("#mode-day-walk")).to_have_attribute("aria-pressed", "true")
    idle(page)
    assert (page.inner_text("#finish"), minutes(page)) == before
    expect(page.locator(".visit-legend")).to_be_hidden()
    inspect(page, f"#way-to-{driven}")
    coach = page.locator("#inspector").get_by_role("button", name="Autokarem")
    expect(coach).to_have_attribute("aria-pressed", "false")
    coach.focus()
    page.keyboard.press("Enter")
    expect(coach).to_have_attribute("aria-pressed", "true")
    idle(page)
    expect(coach).to_be_focused()
    assert minutes(page) != before[1]
    expect(page.locator(".editor__numbers")).to_contain_text("autokarem")
    expect(page.locator(".visit-leg.visit-leg--coach").first).to_be_attached()
    assert barriers(page) == []


def minutes(page: Page) -> list[str]:
    return page.locator(".tt__minutes-moved").all_inner_texts()


def _drag_keeps_place_and_view(page: Page) -> None:
    """Dragging the second stop before the first gives new times; map and page stay where they were."""
    page.locator(".tt__row--stop").nth(0).evaluate("row => row.scrollIntoView({ block: 'center' })")
    before = names(page)
    finish = page.inner_text("#finish")
    place = page.evaluate("() => [document.getElementById('timetable').scrollTop, visitMap.map.getZoom()]")
    drag_second_before_first(page)
    expect(page.locator(".stop [data-number]").first).to_have_text(before[1])
    idle(page)
    assert names(page) == [before[1], before[0], *before[2:]]
    assert page.inner_text("#finish") != finish
    after = page.evaluate("() => [document.getElementById('timetable').scrollTop, visitMap.map.getZoom()]")
    assert after == place


def _undo_survives_a_reload(page: Page) -> None:
    before = names(page)
    page.reload()
    page.keyboard.press("Control+z")
    expect(page.locator(".stop [data-number]").first).to_have_text(before[1])
    idle(page)
    page.reload()
    page.get_by_role("button", name="Ponów").click()
    expect(page.locator(".stop [data-number]").first).to_have_text(before[0])
    idle(page)


def _keyboard_moves_a_stop(page: Page) -> None:
    """A focused button moves the stop and keeps the focus, so that it can be pressed again."""
    before = names(page)
    page.locator(".stop [data-number]").nth(2).click()
    page.locator("#inspector").get_by_role("button", name="Wcześniej").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".stop [data-number]").nth(1)).to_have_text(before[2])
    idle(page)
    page.keyboard.press("Enter")
    expect(page.locator(".stop [data-number]").nth(0)).to_have_text(before[2])
    idle(page)


def _a_site_is_added_from_the_map(page: Page) -> None:
    """A dot of the catalogue offers its site as the next stop."""
    page.keyboard.press("Escape")
    expect(page.locator("#inspector")).to_be_hidden()
    page.evaluate(
        """() => { const sites = JSON.parse(document.getElementById('catalogue-dots').textContent).sites;
                   const at = sites.find((site) => site.id === 'camena').at;
                   visitMap.map.setView([at[1], at[0]], 17, {animate: false}); }"""
    )
    box = page.locator("#chart").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.locator(".pick button").click()
    expect(page.locator(".stop")).to_have_count(8)
    idle(page)


@pytest.mark.slow
def test_a_field_half_typed_is_not_lost_when_an_answer_comes(office: Watched) -> None:
    page = new_visit(office, "Uwaga w połowie", "muzeum", "ratusz", "teznia")
    inspect(page, "#show-s1")
    note = page.locator("#note-pl-s1")
    note.evaluate("(field) => { field.focus(); field.value = 'Wejście od'; }")
    page.evaluate("() => window.visitEditor.move(document.querySelector('.stop').dataset.stop, 1)")
    idle(page)
    expect(page.locator("#note-pl-s1")).to_have_value("Wejście od")
    page.reload()  # nor by a reload, and it is saved once the field is left
    expect(page.locator("#note-pl-s1")).to_have_value("Wejście od")
    page.keyboard.press("Tab")
    idle(page)
    page.reload()
    expect(page.locator("#note-pl-s1")).to_have_value("Wejście od")
    assert page.locator("#note-pl-s1").evaluate("(field) => field.value === field.defaultValue")


@pytest.mark.slow
def test_a_session_that_ended_carries_the_change_through_the_sign_in(office: Watched) -> None:
    page = new_visit(office, "Długa przerwa", "muzeum", "ratusz")
    page.context.clear_cookies()
    page.locator("#show-s1").press("Delete")
    page.locator("input[type=password]").fill(PASSWORD)
    page.fill("input[name=name]", "organizator")
    page.get_by_role("main").get_by_role("button").click()
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.locator(".stop")).to_have_count(1)
    office.faults = [fault for fault in office.faults if "401" not in fault]
