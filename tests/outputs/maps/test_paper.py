"""Maps for paper: turned to fit, with an inset, in pages at one scale, measured with a ruler."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from planner.domain.geo import offset
from planner.outputs.maps.content import MapContent, MapLeg, MapStop, bounds_of
from planner.outputs.maps.ground import Ground
from planner.outputs.maps.paper.frame import MapFrame
from planner.outputs.maps.paper.render import draw
from planner.outputs.maps.paper.sheets import sheets_of
from tests.kit.maps.on_paper import covered, render_svg
from tests.kit.maps.visits import in_parties, random_map, random_visit

if TYPE_CHECKING:
    from planner.domain.geo import LonLat
    from planner.services.travel.town import Town

HERE = (20.0, 50.0)
SVG = "{http://www.w3.org/2000/svg}"


def straight(a: tuple[float, float], b: tuple[float, float]) -> tuple[LonLat, ...]:
    parts = [part / 20 for part in range(21)]
    return tuple(offset(HERE, a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part) for part in parts)


def route(*metres: tuple[float, float]) -> MapContent:
    """Stops at so many metres east and north, and straight ways between them."""
    places: list[LonLat] = [offset(HERE, *one) for one in metres]
    stops = tuple(MapStop(number, f"Stop {number}", at) for number, at in enumerate(places, start=1))
    legs = tuple(MapLeg(index, "walk", straight(a, b)) for index, (a, b) in enumerate(pairwise(metres)))
    credit = ("© OpenStreetMap contributors", "https://www.openstreetmap.org/copyright")
    return MapContent(stops, legs, Ground, bounds_of(stops, legs), *credit)


def test_the_page_is_turned_to_fit() -> None:
    assert [sheet.is_wide for sheet in sheets_of(route((0, 0), (900, 100)))] == [True]
    assert [sheet.is_wide for sheet in sheets_of(route((0, 0), (100, 900)))] == [False]


def test_a_dense_middle_gets_an_inset_in_a_free_corner() -> None:
    crowd = ((0, 0), (20, 10), (40, 0), (30, 30), (1000, -700))
    [sheet] = sheets_of(route(*crowd))
    root = ET.fromstring(sheet.svg)  # noqa: S314 - our own text
    [inset] = [node for node in root.iter(f"{SVG}svg") if node.get("data-kind") == "inset"]
    left, top, size = (float(inset.attrib[name]) for name in ("x", "y", "width"))
    frame = MapFrame.around(route(*crowd).bounds, float(root.attrib["viewBox"].split()[2]),
                            float(root.attrib["viewBox"].split()[3]))  # fmt: skip
    for stop in route(*crowd).stops:
        x, y = frame.place(stop.at)
        assert not (left < x < left + size and top < y < top + size)
    [even] = sheets_of(route((0, 0), (400, 0), (400, 400)))
    assert "inset" not in even.svg


def test_a_long_route_is_cut_into_pages_at_one_scale_with_a_key_map() -> None:
    key, *pages = sheets_of(route((0, 0), (1500, 900), (3000, 0), (4500, 800)))
    assert len(pages) >= 3
    scales = {int(found) for page in pages for found in re.findall(r'data-scale="(\d+)"', page.svg)}
    assert len(scales) == 1
    assert int(re.findall(r'data-scale="(\d+)"', key.svg)[0]) > scales.pop()
    assert re.findall(r'data-page="(\d)"', key.svg) == [str(page.page) for page in pages]


def test_every_stop_is_on_some_page() -> None:
    content = route((0, 0), (1500, 900), (3000, 0), (4500, 800))
    _, *pages = sheets_of(content)
    for stop in content.stops:
        disc = rf'cx="([-\d.]+)" cy="([-\d.]+)" r="[\d.]+" [^>]*data-stop="{stop.number}"'
        found = [re.search(disc, page.svg) for page in pages]
        wide, tall = 258 if pages[0].is_wide else 176, 150 if pages[0].is_wide else 236
        assert any(one and 0 < float(one[1]) < wide and 0 < float(one[2]) < tall for one in found)


@pytest.mark.parametrize("pace", [3.0, 4.0])
def test_scale_and_five_minutes_are_as_long_as_they_say(pace: float) -> None:
    content = replace(route((0, 0), (900, 300)), pace_kmh=pace)
    frame = MapFrame(176, 150, HERE, 0.1)
    bars = re.findall(r'd="M4 [\d.]+V[\d.]+H([\d.]+)V[\d.]+" data-kind="bar"', draw(content, frame))
    assert [float(end) - 4 for end in bars] == pytest.approx([20.0, pace * 1000 / 12 * 0.1], abs=0.01)


@pytest.mark.parametrize(
    "town", [*(pytest.param(far, marks=pytest.mark.slow) for far in ("monaco", "krems")), "skawina"]
)
def test_names_on_paper_cover_neither_each_other_nor_the_visit(
    town: str, request: pytest.FixtureRequest, *, full: bool
) -> None:
    """Level names and those lettered along streets, against each other, the stops and the route."""
    place: Town = request.getfixturevalue(town)
    for seed in range(14 if full else 2):
        stops, legs = random_visit(place, seed)
        content = random_map(place, (stops, in_parties(legs) if seed % 2 else legs))
        assert covered(ET.fromstring(render_svg(content, 176, 158))) == []  # noqa: S314 - our own text


def test_the_sheet_tells_apart_without_colour_and_credits_in_full(krems: Town) -> None:
    content = random_map(krems, random_visit(krems, 3, least=8))
    svg = render_svg(content, 176, 158)
    assert "https://www.openstreetmap.org/copyright" in svg
    assert 'data-kind="north"' in svg
    assert svg.count("data-end=") == 2
    assert "<style" not in svg
