"""Two people on one visit in real Chromium: Enter in a field sends it twice, and nothing is lost unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import watched
from tests.kit.browser.organiser import DESK, barriers, idle, new_visit

if TYPE_CHECKING:
    from tests.kit.browser.organiser import Organiser

pytestmark = pytest.mark.browser


@pytest.mark.slow
def test_who_saves_second_is_asked_and_decides_in_one_click(chromium: Browser, first_run: Organiser) -> None:
    state = first_run.state
    with (
        watched(chromium, first_run.address, **DESK, storage_state=state) as first,
        watched(chromium, first_run.address, **DESK, storage_state=state) as second,
    ):
        page = new_visit(first, "We dwie", "muzeum", "ratusz")
        other = second.open(page.url.removeprefix(first_run.address).partition("?")[0])
        page.fill("#minutes-s1", "50")
        page.press("#minutes-s1", "Enter")
        idle(page)
        other.fill("#minutes-s1", "25")
        other.press("#minutes-s1", "Enter")
        asked = other.locator(".clash")
        expect(asked).to_have_count(1)
        idle(other)
        expect(asked).to_contain_text("35 → 50")
        expect(asked).to_contain_text("35 → 25")
        expect(other.locator("#minutes-s1")).to_have_value("50")
        assert barriers(other, again=True) == []
        other.get_by_role("button", name="Weź moje").click()
        expect(asked).to_have_count(0)
        expect(other.locator("#minutes-s1")).to_have_value("25")
        assert [fault for fault in second.faults if "409" not in fault] == []
        second.faults.clear()  # the browser calls the answer that asks an error
