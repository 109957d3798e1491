"""Remedies in real Chromium: first the times, then the buttons; one click cures and one takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from planner.web import create_app
from tests.browser.conftest import watched
from tests.kit.browser.organiser import inspect
from tests.kit.web.desk import Desk, add, open_desk
from tests.kit.web.served import serve_here
from tests.web.conftest import closed, settings_in, skawina_application

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.browser


@pytest.fixture
def late(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Page, Desk]]:
    """The editor of a visit that comes too late to the museum."""
    folder = tmp_path_factory.mktemp("remedies")
    closed(skawina_application(folder))
    app = create_app(settings_in(folder))  # at the server's own time: who signed in long ago is signed out
    desk = open_desk(app)
    add(desk, "rynek", "muzeum")
    desk.change("day", date="2026-12-07", start_time="15:00", start_site="dworzec-biblioteka")
    size = {"width": 1280, "height": 800}
    with serve_here(app) as address, watched(chromium, address, viewport=size) as watch:
        for cookie in (desk.client._cookies or {}).values():
            signed = {"name": cookie.key, "value": cookie.value, "url": address}
            watch.page.context.add_cookies([signed])  # type: ignore[list-item]
        page = watch.open(f"/visits/{desk.visit_id}?lang=en")
        page.wait_for_function("() => window.visitEditor")
        yield page, desk
    closed(app)


@pytest.mark.slow
def test_one_click_cures_and_one_click_takes_it_back(late: tuple[Page, Desk]) -> None:
    page, desk = late
    inspect(page, "#show-s2")
    buttons = page.locator("#inspector .remedy")
    expect(buttons).to_have_text(
        [
            "Move it to the start",
            "Start 14:50 instead",
            "Stay 27\u00a0min instead of 35\u00a0min",
            "Without Market Square",
        ],
    )
    finish = page.inner_text("#finish")
    page.get_by_role("button", name="Start 14:50 instead").click()
    expect(page.locator(".tt__alert--fail")).to_have_count(0)
    expect(page.locator("#finish")).not_to_have_text(finish)
    assert desk.draft().days[0].start.time == "14:50"
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#finish")).to_have_text(finish)
    expect(buttons).to_have_count(4)
    assert desk.draft().days[0].start.time == "15:00"
