"""Drawing a visit's map on a slow machine, what its page weighs, and choosing and packing the ground."""

from __future__ import annotations

import gzip
import statistics
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from planner.outputs.maps.folium_page import render_map
from planner.outputs.maps.packing import encode_ground
from planner.services.travel.town import TownKeeper
from planner.streets.build.build import TownSettings
from tests.bench.rows import Row, row, timed
from tests.conftest import REAL, built
from tests.kit.chromium import FLAGS, installed_chromium
from tests.kit.maps.served import PAINTED, map_pages
from tests.kit.maps.visits import random_map, random_visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from planner.outputs.maps.content import MapContent

TOWNS = (
    ("Monaco", "monaco.osm.pbf", TownSettings("Monaco", "Europe/Monaco", "MC")),
    ("Krems", "krems.osm.gz", TownSettings("Krems", "Europe/Vienna", "AT")),
)
FRAMES = (("desk", (1280, 800), 1.0), ("phone", (390, 844), 3.0))
SLOWED = 4
DRAWN = 15
PAINTS = """runs => {
  let town = null;
  visitMap.map.eachLayer((layer) => { town = layer.painted ? layer : town; });
  const canvas = document.querySelector('canvas.visit-map__town').getContext('2d');
  return Array.from({length: runs}, () => {
    const begun = performance.now();
    const view = town.paintGround();
    canvas.getImageData(0, 0, 1, 1);
    const grounded = performance.now();
    town.paintNames(view);
    canvas.getImageData(0, 0, 1, 1);
    return [grounded - begun, performance.now() - grounded];
  });
}"""
"""Painting with its pixels: what is read back has to be there."""


def map_rows() -> Iterator[Row]:
    """Draw a day of twelve stops of two towns, where their files and a browser are."""
    path = installed_chromium()
    if path is None or not REAL.is_dir():
        return
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=FLAGS)
        for name, file, settings in TOWNS:
            town = TownKeeper(built(REAL / file, settings)).town()
            content = random_map(town, random_visit(town, 7, least=12))
            yield from _rows(browser, name, content)
        browser.close()


def _rows(browser: Browser, name: str, content: MapContent) -> Iterator[Row]:
    parts = render_map(content)
    weight = len(gzip.compress((parts.html + parts.script).encode(), 6))
    yield Row(f"map of 12 stops in {name}, compressed", f"{weight / 1000:.1f} KB", "< 36 KB")
    packing = timed(lambda: encode_ground(content.ground), 9)
    yield row(f"packing the ground, {name}", packing)
    with map_pages() as maps:
        address = maps.add(name, content)
        for frame, size, sharpness in FRAMES:
            for what, took in zip(
                ("ground", "names"), _drawn(browser, address, size, sharpness), strict=True
            ):
                best = f"best of {DRAWN}, median {statistics.median(took):.0f} ms"
                note = f"a frame each, CPU slowed {SLOWED} times, with the pixels; {best}"
                yield Row(f"drawing its {what} as it opens, {frame}", f"{min(took):.0f} ms", "< 150 ms", note)


def _drawn(browser: Browser, address: str, size: tuple[int, int], sharpness: float) -> list[list[float]]:
    """Milliseconds of each of several paintings of the opening view: of the ground, and of the names."""
    page: Any = browser.new_page(
        viewport={"width": size[0], "height": size[1]}, device_scale_factor=sharpness
    )
    page.goto(address)
    page.wait_for_selector(".visit-stop__disc")
    page.evaluate(PAINTED)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    took: list[tuple[float, float]] = page.evaluate(PAINTS, DRAWN)
    page.close()
    return [list(column) for column in zip(*took, strict=True)]
