"""A first working day in real Chromium: from the printed sign-in link to a visit opened on a phone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from planner.services.settings import ROOT
from tests.browser.conftest import PHONE, Watched, watched
from tests.browser.service import Service, start
from tests.missing import lacking

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.browser

AXE = ROOT / "static" / "vendor" / "test" / "axe.min.js"
PASSWORD = "cztery zielone parasole nad rzeką"  # noqa: S105
STOPS = ("muzeum", "ratusz", "kosciol", "teznia", "park miejski", "sokol", "synagoga", "starorzecze",
         "rynek", "senior", "park energii", "stacja")  # fmt: skip


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    running = start(tmp_path_factory.mktemp("organiser"))
    yield running
    running.stop()


@pytest.fixture
def desk(chromium: Browser, service: Service) -> Iterator[Watched]:
    with watched(chromium, service.address, viewport={"width": 1280, "height": 800}, locale="pl-PL") as watch:
        yield watch


def signed_in(page: Page, service: Service) -> None:
    page.goto(service.link("First sign-in"))
    page.get_by_role("main").get_by_role("button").click()
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    page.locator("form:has(input[type=password]) button").click()
    page.wait_for_url("**/account")


def back_in_the_editor(desk: Watched) -> Page:
    """Sign in by the password that the first test set, and open its visit."""
    page = desk.open("/sign-in")
    page.fill("input[name=name]", "organizator")
    page.fill("input[type=password]", PASSWORD)
    page.get_by_role("main").get_by_role("button").click()
    page.get_by_role("link", name="Delegacja ze Lwowa").click()
    return page


def idle(page: Page) -> None:
    """Wait until the editor has no change under way."""
    page.evaluate("() => window.visitEditor.idle()")


def add_by_search(page: Page, words: str, count: int) -> None:
    page.fill("#search", words)
    page.locator("#found form button").first.click()
    expect(page.locator(".stop")).to_have_count(count)
    idle(page)


def names(page: Page) -> list[str]:
    return page.locator(".stop .row__name").all_inner_texts()


def test_from_the_printed_link_to_a_visit_on_a_phone(
    chromium: Browser, service: Service, desk: Watched
) -> None:
    page = desk.page
    signed_in(page, service)
    page.goto(service.address)
    page.get_by_role("link", name="Nowa wizyta").click()
    page.fill("#title-pl", "Delegacja ze Lwowa")
    page.select_option("#start-site", "dworzec-biblioteka")
    page.get_by_role("button", name="Utwórz wizytę").click()
    expect(page.locator("#column h1")).to_have_text("Delegacja ze Lwowa")
    page.wait_for_function("() => window.visitEditor")
    for count, words in enumerate(STOPS, start=1):
        add_by_search(page, words, count)

    _drag_keeps_place_and_view(page)
    _undo_survives_a_reload(page)
    _keyboard_moves_a_stop(page)
    _a_site_is_added_from_the_map(page)
    _a_leg_goes_by_coach(page)

    page.get_by_role("link", name="Publikuj i udostępnij").click()
    page.get_by_role("button", name="Opublikuj", exact=True).click()
    link = page.locator("#link-participant .link__url a").get_attribute("href")
    assert link is not None

    with watched(chromium, service.address, **PHONE) as phone:
        shown = phone.open(link.removeprefix(service.address))
        expect(shown.locator("h1")).to_have_text("Delegacja ze Lwowa")
        expect(shown.locator(".visit-stop")).to_have_count(13)
        assert shown.evaluate("document.documentElement.scrollWidth") == 390
        expect(shown.locator(".row--coach")).to_have_count(1)
        expect(shown.locator(".row--coach .move__parts")).to_contain_text(re.compile("rzejazd"))
        expect(shown.locator(".visit-legend")).to_contain_text("Autokarem")
        assert barriers(shown) == []


def barriers(page: Page) -> list[str]:
    """What axe finds that keeps people out."""
    if not AXE.exists():
        lacking("axe-core is not there to look for barriers: run make test, which installs it")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then((one) => one.violations)")
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


def _a_leg_goes_by_coach(page: Page) -> None:
    """A leg that a coach makes quicker, by mouse and by keys: other times, and undone as before."""
    before = (page.inner_text("#finish"), minutes(page))
    page.locator("#mode-day-coach").click()
    expect(page.locator("#mode-day-coach")).to_have_attribute("aria-pressed", "true")
    idle(page)
    legs = page.locator(".stop .row--leg").all_inner_texts()
    driven = next(number for number, text in enumerate(legs) if "rzejazd" in text)
    page.keyboard.press("Control+z")
    expect(page.locator("#mode-day-walk")).to_have_attribute("aria-pressed", "true")
    idle(page)
    assert (page.inner_text("#finish"), minutes(page)) == before
    expect(page.locator(".visit-legend")).to_be_hidden()
    coach = page.locator(".stop .row--leg").nth(driven).get_by_role("button", name="Autokarem")
    expect(coach).to_have_attribute("aria-pressed", "false")
    coach.focus()
    page.keyboard.press("Enter")
    expect(coach).to_have_attribute("aria-pressed", "true")
    idle(page)
    expect(coach).to_be_focused()
    assert minutes(page) != before[1]
    expect(page.locator(".editor__sum")).to_contain_text("autokarem")
    expect(page.locator(".visit-leg.visit-leg--coach").first).to_be_attached()
    assert barriers(page) == []


def minutes(page: Page) -> list[str]:
    return page.locator(".row--leg .move__minutes").all_inner_texts()


def _drag_keeps_place_and_view(page: Page) -> None:
    """Dragging the second stop before the first gives new times; map and page stay where they were."""
    page.evaluate("() => { document.getElementById('column').scrollTop = 300 }")
    before = names(page)
    finish = page.inner_text("#finish")
    place = page.evaluate("() => [document.getElementById('column').scrollTop, visitMap.map.getZoom()]")
    first = page.locator(".row--stop > .disc").nth(0).bounding_box()
    second = page.locator(".row--stop > .disc").nth(1).bounding_box()
    assert first is not None
    assert second is not None
    page.mouse.move(second["x"] + 10, second["y"] + 10)
    page.mouse.down()
    page.mouse.move(second["x"] + 12, second["y"] - 20, steps=4)
    page.mouse.move(first["x"] + 10, first["y"] - 4, steps=8)
    page.mouse.up()
    expect(page.locator(".stop .row__name").first).to_have_text(before[1])
    idle(page)
    assert names(page) == [before[1], before[0], *before[2:]]
    assert page.inner_text("#finish") != finish
    after = page.evaluate("() => [document.getElementById('column').scrollTop, visitMap.map.getZoom()]")
    assert after == place


def _undo_survives_a_reload(page: Page) -> None:
    before = names(page)
    page.reload()
    page.keyboard.press("Control+z")
    expect(page.locator(".stop .row__name").first).to_have_text(before[1])
    idle(page)
    page.reload()
    page.get_by_role("button", name="Ponów").click()
    expect(page.locator(".stop .row__name").first).to_have_text(before[0])
    idle(page)


def _keyboard_moves_a_stop(page: Page) -> None:
    """A focused button moves the stop and keeps the focus, so that it can be pressed again."""
    before = names(page)
    page.locator(".stop").nth(2).get_by_role("button", name="Wcześniej").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".stop .row__name").nth(1)).to_have_text(before[2])
    idle(page)
    page.keyboard.press("Enter")
    expect(page.locator(".stop .row__name").nth(0)).to_have_text(before[2])
    idle(page)


def _a_site_is_added_from_the_map(page: Page) -> None:
    """A dot of the catalogue offers its site as the next stop."""
    page.evaluate(
        """() => { const sites = JSON.parse(document.getElementById('catalogue-dots').textContent).sites;
                   const at = sites.find((site) => site.id === 'camena').at;
                   visitMap.map.setView([at[1], at[0]], 17, {animate: false}); }"""
    )
    box = page.locator("#chart").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.locator(".pick button").click()
    expect(page.locator(".stop")).to_have_count(13)
    idle(page)


def test_a_field_half_typed_is_not_lost_when_an_answer_comes(desk: Watched) -> None:
    page = back_in_the_editor(desk)
    page.locator(".stop details[id^=edit-] summary").first.click()
    note = page.locator(".stop textarea").first
    note.evaluate("(field) => { field.focus(); field.value = 'Wejście od'; }")
    page.evaluate("() => window.visitEditor.move(document.querySelector('.stop').dataset.stop, 1)")
    idle(page)
    expect(page.locator(".stop textarea").nth(2)).to_have_value("Wejście od")


def test_a_session_that_ended_carries_the_change_through_the_sign_in(desk: Watched) -> None:
    page = back_in_the_editor(desk)
    count = page.locator(".stop").count()
    page.context.clear_cookies()
    page.locator(".stop").first.get_by_role("button", name="Usuń").click()
    page.locator("input[type=password]").fill(PASSWORD)
    page.fill("input[name=name]", "organizator")
    page.get_by_role("main").get_by_role("button").click()
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.locator(".stop")).to_have_count(count - 1)
    desk.faults = [fault for fault in desk.faults if "401" not in fault]
