"""Texts as long as they get, and twice as large, on pages as narrow as they get."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.browser.conftest import Town, Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TWICE = "document.documentElement.style.fontSize = '200%'"
"""What a reader's own setting of the text's size does."""
COVERED = """() => [...document.querySelectorAll(".row__time, .row__until, .row__mark")].filter((one) => {
  one.scrollIntoView({ block: "center", behavior: "instant" });
  const { left, right, top, height } = one.getBoundingClientRect();
  const hit = document.elementFromPoint((left + right) / 2 + (right - left) * 0.45, top + height / 2);
  return !one.contains(hit) && !hit.contains(one);
}).map((one) => one.textContent)"""
"""The times of which something else hides the end."""


@pytest.mark.parametrize("size", ["once", "twice"])
@pytest.mark.parametrize("what", ["page", "print", "files"])
def test_no_text_pushes_a_page_sideways(phone: Watched, town: Town, what: str, size: str) -> None:
    path = town.long.pages[0] + {"page": "", "print": "/print", "files": "/files"}[what]
    page = phone.open(f"{path}?lang=en")
    if size == "twice":
        page.evaluate(TWICE)
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate(SIDEWAYS) <= 0, f"pushed sideways at {width}"


@pytest.mark.parametrize("size", ["once", "twice"])
def test_nothing_hides_which_time_is_meant(phone: Watched, town: Town, size: str) -> None:
    page = phone.open(f"{town.long.pages[0]}?lang=en")
    if size == "twice":
        page.evaluate(TWICE)
    marks = page.locator("#stop-4 .row__mark").all_inner_texts()
    assert marks == ["+1", "(first)", "+1", "(second)"]
    assert page.evaluate(COVERED) == []
    expect(page.locator("#stop-2 .row__mark").first).to_have_text("+1")
