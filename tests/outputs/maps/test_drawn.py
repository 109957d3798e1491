"""Maps as a browser draws them: nothing covers anything, every frame is filled, both painters agree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from planner.outputs.maps.description import PX_MM
from planner.outputs.maps.paper.frame import MapFrame
from planner.outputs.maps.paper.render import draw
from tests.kit.maps.served import MEASURE, PAINTED, zoomed
from tests.kit.maps.visits import in_parties, random_map, random_visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from planner.services.travel.town import Town
    from tests.kit.maps.served import MapPages

SIZES = ((1280, 800), (390, 844), (794, 1123))
"""A desk, a phone, and a sheet of A4 on a screen."""

CANVAS_MM = ((1280 * 1.12 + 40) * PX_MM, (800 * 1.12 + 40) * PX_MM)
"""A desk's canvas reaches beyond its frame, and a little beyond that is drawn."""

LAND = """() => {
  const canvas = document.querySelector('canvas.visit-map__town');
  const map = document.querySelector('.folium-map');
  const [a, b] = [canvas.getBoundingClientRect(), map.getBoundingClientRect()];
  const ratio = canvas.width / a.width, cells = 8;
  const seen = new Set();
  let empty = 0;
  for (let i = 0; i < cells; i += 1) for (let j = 0; j < cells; j += 1) {
    const [w, h] = [b.width / cells, b.height / cells];
    const data = canvas.getContext('2d').getImageData((b.left - a.left + i * w) * ratio,
      (b.top - a.top + j * h) * ratio, w * ratio, h * ratio).data;
    const colours = new Set();
    for (let k = 0; k < data.length; k += 4) colours.add(data[k] * 65536 + data[k + 1] * 256 + data[k + 2]);
    empty += colours.size < 2 ? 1 : 0;
  }
  return empty / cells ** 2;
}"""


def opened(chromium: Browser, address: str, size: tuple[int, int]) -> Any:
    page = chromium.new_page(viewport={"width": size[0], "height": size[1]})
    page.add_init_script(MEASURE)
    page.goto(address)
    page.wait_for_selector(".visit-stop__disc")
    page.evaluate(PAINTED)
    return page


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize(("town", "quick"), [("monaco", 0), ("krems", 1), ("skawina", 3)])
def test_nothing_covers_anything(
    chromium: Browser, maps: MapPages, towns: dict[str, Town], town: str, quick: int, *, full: bool
) -> None:
    """42 random visits at three zooms in a full run, half of them in parties; three in a quick one.

    How long one painting takes is in docs/bench.md; here only that an opening page needs one.
    """
    covered: list[Any] = []
    labels = 0
    for seed in range(14) if full else (quick,):
        stops, legs = random_visit(towns[town], seed)
        content = random_map(towns[town], (stops, in_parties(legs) if seed % 2 else legs))
        address = maps.add(f"{town}{seed}", content)
        page = opened(chromium, address, SIZES[0])
        assert page.evaluate("measured().paintings") == 1
        fit = page.evaluate("visitMap.map.getZoom()")
        for zoom in (fit - 1, fit, fit + 1.5) if full else (fit,):
            zoomed(page, zoom)
            found = page.evaluate("measured()")
            labels += found["labels"]
            covered += [(town, seed, zoom, *one) for one in found["found"]]
        page.close()
    assert covered == []
    assert labels > 0


@pytest.mark.slow
@pytest.mark.browser
def test_every_frame_is_filled_and_stops_are_named(chromium: Browser, maps: MapPages, monaco: Town) -> None:
    """Of 64 fields of the frame most have more in them than land or sea alone; names of stops come first."""
    content = random_map(monaco, random_visit(monaco, 7, least=12))
    page = opened(chromium, maps.add("filled", content), SIZES[0])
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.reload()
        page.wait_for_selector(".visit-stop__disc")
        page.evaluate(PAINTED)
        assert page.evaluate(LAND) < 0.5
        lowest = page.evaluate("[visitMap.map.getMinZoom(), visitMap.map.getZoom()]")
        assert lowest[0] <= lowest[1]
        assert page.evaluate("visitMap.map.getMaxZoom()") == 18
        written = page.evaluate("visitMap.painted().written")
        told = [one["text"] for one in written if one["kind"] == "visit"]
        assert {end.label for end in content.ends} <= set(told)
        assert len({stop.name for stop in content.stops} & set(told)) >= len(content.stops) - 2
        assert [one["kind"] for one in written[: len(told)]] == ["visit"] * len(told)
    page.close()


@pytest.mark.dear
@pytest.mark.browser
def test_both_painters_paint_the_same_steps_and_marks(
    chromium: Browser, maps: MapPages, krems: Town, *, full: bool
) -> None:
    content = random_map(krems, random_visit(krems, 3))
    page = opened(chromium, maps.add("both", content), SIZES[0])
    for zoom in (14.25, 15.5, 17.0) if full else (15.5,):
        zoomed(page, zoom)
        painted = page.evaluate("visitMap.painted()")
        svg = draw(content, MapFrame(*CANVAS_MM, centre(page), mm_per_m_of(zoom, krems)))
        assert [step for step, _ in painted["steps"]] == re.findall(r'data-step="([\w:]+)"', svg)
        marks = {mark["name"] for mark in painted["marked"]}
        assert marks <= {mark.name for mark in content.ground.marks}
        assert svg.count("data-stop=") == page.locator(".visit-stop__disc").count() == len(content.stops)
        assert svg.count("data-end=") == page.locator(".visit-end").count() == len(content.ends)
    page.close()


def centre(page: Any) -> tuple[float, float]:
    at = page.evaluate("[visitMap.map.getCenter().lng, visitMap.map.getCenter().lat]")
    return at[0], at[1]


def mm_per_m_of(zoom: float, town: Town) -> float:
    latitude = town.network.meta.bounds[1]
    one = MapFrame(1, 1, (0, latitude), 1.0).zoom
    return float(2.0 ** (zoom - one))


@pytest.mark.browser
def test_the_route_is_the_darkest_thing_by_day_and_the_brightest_by_night(
    chromium: Browser, maps: MapPages, krems: Town
) -> None:
    address = maps.add("themes", random_map(krems, random_visit(krems, 3)))
    shades = {}
    page = opened(chromium, address, SIZES[1])
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.evaluate(PAINTED)
        shades[scheme] = page.evaluate(
            """() => {
              const light = (colour) => colour.match(/[\\d.]+/g).slice(0, 3)
                .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
              const route = light(getComputedStyle(document.querySelector('path.visit-leg')).stroke);
              const canvas = document.querySelector('canvas.visit-map__town');
              const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
              let [low, high] = [255, 0];
              for (let i = 0; i < data.length; i += 400) {
                const one = light(`${data[i]} ${data[i + 1]} ${data[i + 2]}`);
                low = Math.min(low, one);
                high = Math.max(high, one);
              }
              return [route, low, high];
            }"""
        )
    page.close()
    assert shades["light"][0] <= shades["light"][1] + 1
    assert shades["dark"][0] >= shades["dark"][2] - 1


@pytest.mark.browser
def test_every_mark_of_the_visit_is_reached_by_keys_and_told(
    chromium: Browser, maps: MapPages, krems: Town
) -> None:
    content = random_map(krems, random_visit(krems, 3, least=8))
    page = opened(chromium, maps.add("keys", content), SIZES[0])
    told = page.eval_on_selector_all(
        ".visit-stop, .visit-end, .visit-halt, .visit-leg-hit",
        "all => all.map(one => [one.getAttribute('tabindex'), one.getAttribute('aria-label')])",
    )
    assert len(told) == len(content.stops) + len(content.ends) + len(content.halts) + len(content.legs)
    assert {tabindex for tabindex, _ in told} == {"0"}
    assert all(label for _, label in told)
    page.focus(".visit-end")
    page.keyboard.press("Enter")
    page.wait_for_selector(".leaflet-popup-content")
    page.close()
