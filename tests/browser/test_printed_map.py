"""The map as a printer gets it, of real Chromium: turned, with an inset, in pages, and really painted."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.kit.missing import lacking

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Town, Watched

pytestmark = pytest.mark.browser

A4 = (595, 842)
DOTS = 40
"""Dots an inch: enough to tell a painted sheet from an empty one."""

GREY_HEAD = re.compile(rb"P5\s+(\d+)\s+(\d+)\s+255\s")
DARK = 60


def tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        lacking(f"no {name} on this machine: what is printed cannot be looked at (apt install poppler-utils)")
    return found


def sizes(pdf: Path) -> list[tuple[int, int]]:
    """Width and height of each page in points."""
    told = subprocess.run(
        [tool("pdfinfo"), "-l", "99", pdf], check=True, capture_output=True, text=True
    ).stdout
    return [(round(float(x)), round(float(y))) for x, y in re.findall(r"size:\s+([\d.]+) x ([\d.]+)", told)]


def darkness(pdf: Path, page: int) -> float:
    """Which part of a page's dots is nearly black: the route, its numbers and the text."""
    asked = ["-gray", "-r", str(DOTS), "-f", str(page), "-l", str(page)]
    raw = subprocess.run([tool("pdftoppm"), *asked, pdf], check=True, capture_output=True).stdout
    head = GREY_HEAD.match(raw)
    assert head
    dots = raw[head.end() :]
    return sum(dot < DARK for dot in dots) / len(dots)


def titles(pdf: Path) -> list[str]:
    text = subprocess.run(
        [tool("pdftotext"), "-layout", pdf, "-"], check=True, capture_output=True
    ).stdout.decode()
    return [sheet.strip().splitlines()[0].strip() for sheet in text.removesuffix("\f").split("\f")]


@pytest.mark.slow
def test_a_wide_map_is_turned_and_a_long_one_comes_in_pages(
    desk: Watched, town: Town, tmp_path: Path
) -> None:
    """The road book's page: a day whose map is wide, one that is crowded, one in several sheets."""
    pdf = tmp_path / "far.pdf"
    for day, turned in ((1, {A4[::-1]}), (2, None), (3, {A4, A4[::-1]})):
        page = desk.open(f"{town.far.pages[2]}/paper/road-book?language=en&day={day}&lang=en")
        pages = page.locator("[data-page]").count()
        assert (pages >= 2) == (day == 3)
        if day == 2:
            inset = page.locator("[data-kind=inset]").bounding_box()
            assert inset is not None
            assert min(inset["width"], inset["height"]) > 100
            continue
        page.pdf(path=pdf, prefer_css_page_size=True, print_background=True)
        heads, shapes = titles(pdf), sizes(pdf)
        assert len(heads) == len(shapes)
        maps = [number for number, head in enumerate(heads) if head.startswith("Map")]
        assert [heads[number] for number in maps] == ["Map", *(f"Map, page {n + 1}" for n in range(pages))]
        assert {shapes[number] for number in range(len(heads)) if number not in maps} == {A4}
        assert {shapes[number] for number in maps} <= (turned or set())
        assert all(darkness(pdf, number + 1) > 0.002 for number in maps)
        assert sum(head.startswith("Directions") for head in heads) == 1
