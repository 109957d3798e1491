"""An organiser at work in a browser: signing in, making a visit, waiting for the editor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Flask
from playwright.sync_api import Browser, Page, expect

from planner.paths import ROOT
from tests.conftest import FULL
from tests.kit.missing import lacking

if TYPE_CHECKING:
    from tests.browser.conftest import Watched
    from tests.kit.browser.service import Service

AXE = ROOT / "static" / "vendor" / "test" / "axe.min.js"
DESK: dict[str, Any] = {
    "viewport": {"width": 1280, "height": 800},
    "locale": "pl-PL",
    "reduced_motion": "reduce",
}
PASSWORD = "cztery zielone parasole nad rzeką"  # noqa: S105


@dataclass(frozen=True)
class Organiser:
    """Where a service runs, and what the browser of an organiser keeps of having signed in there.

    `app` is there where it answers from this process.
    """

    address: str
    state: Any
    app: Flask | None = None


def signed_in(page: Page, service: Service) -> None:
    page.goto(service.link("First sign-in"))
    page.get_by_role("main").get_by_role("button").click()
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    page.locator("form:has(input[type=password]) button").click()
    page.wait_for_url(lambda url: url.rstrip("/") == service.address)  # the visits


def kept_of_link(chromium: Browser, link: str) -> Any:
    """What a browser keeps of having signed in by a one-time link."""
    context = chromium.new_context(locale="pl-PL")
    page = context.new_page()
    page.goto(link)
    page.click("main form button")
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    state = context.storage_state()
    context.close()
    return state


def new_visit(desk: Watched, title: str, *sites: str) -> Page:
    """Make a visit from the list of visits, and add some sites to it by search."""
    page = desk.open("/")
    page.get_by_role("link", name="Nowa wizyta").click()
    page.fill("#title-pl", title)
    page.select_option("#start-site", "dworzec-biblioteka")
    page.get_by_role("button", name="Utwórz wizytę").click()
    expect(page.locator("#column h1")).to_have_text(title)
    page.wait_for_function("() => window.visitEditor")
    for count, words in enumerate(sites, start=1):
        add_by_search(page, words, count)
    return page


def idle(page: Page) -> None:
    """Wait until the editor has no change under way."""
    page.evaluate("() => window.visitEditor.idle()")


def add_by_search(page: Page, words: str, count: int) -> None:
    page.fill("#search", words)
    page.locator("#found [data-hit] button").first.click()
    expect(page.locator(".stop")).to_have_count(count)
    idle(page)


def inspect(page: Page, link: str) -> None:
    """Select a row of the timetable by its link, and wait until all about it is there."""
    page.locator(link).click()
    expect(page.locator("#inspector-name")).to_be_visible()
    expect(
        page.locator(f"#inspector[data-shown='{page.locator(link).get_attribute('data-show')}']")
    ).to_be_visible()


def names(page: Page) -> list[str]:
    return page.locator(".stop [data-number]").all_inner_texts()


def barriers(page: Page, *, again: bool = False) -> list[str]:
    """What axe finds that keeps people out; what was looked at elsewhere only in the full run."""
    if again and not FULL:
        return []
    if not AXE.exists():
        lacking("axe-core is not there to look for barriers: run make test, which installs it")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then((one) => one.violations)")
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


def drag_second_before_first(page: Page) -> None:
    """Drag the second stop by its disc above the first, as a hand does: slowly off, then over it."""
    first = page.locator(".stop .disc").nth(0).bounding_box()
    second = page.locator(".stop .disc").nth(1).bounding_box()
    assert first is not None
    assert second is not None
    page.mouse.move(second["x"] + 10, second["y"] + 10)
    page.mouse.down()
    page.mouse.move(second["x"] + 12, second["y"] - 10, steps=4)
    page.mouse.move(first["x"] + 10, first["y"] - 4, steps=8)
    page.mouse.up()
