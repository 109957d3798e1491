"""Long journeys at the editor in real Chromium: ten edits undone, two at once, no state with barriers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from planner.store import visits as store
from tests.browser.conftest import Watched, watched
from tests.kit.browser.organiser import (
    DESK,
    add_by_search,
    barriers,
    drag_second_before_first,
    idle,
    inspect,
    new_visit,
)
from tests.kit.web.signing_in import services_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Route

    from planner.domain.visits import Visit
    from tests.kit.browser.organiser import Organiser

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def document(organiser: Organiser, page: Page) -> Visit:
    """The visit that the page edits, as it is kept."""
    assert organiser.app is not None
    with services_of(organiser.app).database.session() as session:
        row = store.visit_row(session, int(page.url.split("/visits/")[1].split("?")[0]))
        assert row is not None
        return store.draft(session, row)


def _typed(page: Page, field: str, value: str) -> None:
    page.locator(field).fill(value)
    page.locator(field).press("Enter")


def _edge_by_key(page: Page) -> None:
    page.locator("#edge-s2").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#edge-s2")).to_have_attribute("aria-valuenow", "50")


def _note(page: Page) -> None:
    inspect(page, "#show-s1")
    page.locator("#note-pl-s1").fill("Wejście od podwórza")
    page.locator("#note-pl-s1").press("Tab")


def _way_by_coach(page: Page) -> None:
    inspect(page, "#way-to-s3")
    page.locator("#inspector").get_by_role("button", name="Autokarem").click()


def _more_people(page: Page) -> None:
    page.locator("#show-settings").click()
    page.locator("#panel-visit > summary").click()
    page.locator("#group-size").fill("34")
    page.locator("#group-size").press("Tab")


def test_ten_mixed_edits_are_undone_to_the_exact_document_and_done_again(
    organiser: Organiser, office: Watched
) -> None:
    page = new_visit(office, "Dziesięć zmian", "muzeum", "ratusz", "teznia", "sokol")
    edits: tuple[Callable[[Page], None], ...] = (
        drag_second_before_first,
        lambda page: _typed(page, "#minutes-s2", "45"),
        lambda page: _typed(page, "#at-s1", "11h15"),
        _edge_by_key,
        lambda page: page.locator("#show-s4").press("Delete"),
        lambda page: add_by_search(page, "kosciol", 4),
        _note,
        _way_by_coach,
        _more_people,
        lambda page: page.locator("#show-s3").press("Alt+ArrowUp"),
    )
    states = [document(organiser, page)]
    for edit in edits:
        with page.expect_response(lambda answer: "/edit/" in answer.url and answer.status == 200):
            edit(page)
        idle(page)
        states.append(document(organiser, page))
    assert len({str(state) for state in states}) == 11
    for key, wanted in (("undo", reversed(states[:-1])), ("redo", states[1:])):
        page.reload()
        for state in wanted:
            page.locator(f"[data-key={key}]").click()
            idle(page)
            assert document(organiser, page) == state
    expect(page.locator("[data-key=redo]")).to_be_disabled()


def test_of_two_browsers_at_once_the_second_is_told_and_nothing_is_lost(
    chromium: Browser, organiser: Organiser, office: Watched
) -> None:
    first = new_visit(office, "We dwoje", "muzeum", "ratusz", "teznia")
    with watched(chromium, organiser.address, **DESK, storage_state=organiser.state) as other:
        second = other.open(first.url.removeprefix(organiser.address))
        second.wait_for_function("() => window.visitEditor")
        _typed(first, "#at-s2", "11:00")
        _typed(first, "#minutes-s1", "50")
        idle(first)
        _typed(second, "#minutes-s1", "20")
        expect(second.locator("#refused .clash")).to_be_in_viewport(ratio=1)
        expect(second.locator("#refused .clash")).to_contain_text("50")
        expect(second.locator("#refused .clash")).to_contain_text("20")
        expect(second.locator("#at-s2")).to_have_value("11:00")
        assert barriers(second) == []
        second.locator("#refused [name=mine]").click()
        expect(second.locator("#refused")).to_have_count(0)
        idle(second)
        first.reload()
        expect(first.locator("#minutes-s1")).to_have_value("20")
        expect(first.locator("#at-s2")).to_have_value("11:00")
        other.faults = [fault for fault in other.faults if "409" not in fault]


def test_no_state_of_the_editor_keeps_anybody_out(office: Watched) -> None:
    """Empty, each thing selected, a clash on the axis, the search, a network that is gone, both proposals."""
    page = new_visit(office, "Wszystkie stany")
    assert barriers(page) == []
    for count, word in enumerate(("teznia", "ratusz", "park miejski", "muzeum"), start=1):
        add_by_search(page, word, count)
    _typed(page, "#at-s2", "9:00")
    expect(page.locator(".strip__clash")).to_have_count(1)
    idle(page)
    for link in ("#show-s2", "#way-to-s3", "#show-day", "#show-end", "#show-settings"):
        inspect(page, link)
        assert barriers(page) == [], link
    page.keyboard.press("Escape")
    page.locator(".strip__clash").press("Enter")
    expect(page.locator("#inspector[data-shown='stop=s2']")).to_be_visible()
    page.fill("#search", "a")
    expect(page.locator("#found [data-hit]").first).to_be_visible()
    assert barriers(page) == []
    page.keyboard.press("Escape")
    _typed(page, "#at-s2", "")
    idle(page)
    _proposals_are_open_to_all(page)
    _lost_is_open_to_all(page)
    office.faults = [fault for fault in office.faults if "failed" not in fault and "ERR_FAILED" not in fault]


def _proposals_are_open_to_all(page: Page) -> None:
    page.locator("#find-order").click()
    expect(page.locator(".proposal__headline")).to_be_visible()
    assert barriers(page) == []
    page.select_option("#objective", "surest")
    page.locator("#search-order").click()
    expect(page.locator("#assumed")).to_be_visible()
    assert barriers(page) == []
    page.keyboard.press("Escape")


def _lost_is_open_to_all(page: Page) -> None:
    def cut(route: Route) -> None:
        route.abort()

    page.route("**/edit/**", cut)
    _typed(page, "#minutes-s1", "55")
    expect(page.locator("#lost")).to_be_visible()
    assert barriers(page) == []
    page.unroute_all()
    page.reload()  # what could not be saved is still in its field
    expect(page.locator("#minutes-s1")).to_have_value("55")
    page.keyboard.press("Tab")
    idle(page)
    page.reload()
    expect(page.locator("#minutes-s1")).to_have_value("55")
