"""What of a town is drawn around a visit: the nearest, within a budget, in the reader's language."""

from __future__ import annotations

import gzip
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pytest

from planner.domain.geo import plane_distance_m
from planner.outputs.maps.folium_page import render_map
from planner.outputs.maps.ground import BUDGETS, OUTLINE_BUDGET, Asked, ground_of, window_of
from planner.streets.query.layers import Feature, LayerKind, Layers
from tests.kit.layers import feature, layers_of
from tests.kit.maps.visits import random_map, random_visit

if TYPE_CHECKING:
    from planner.services.travel.town import Town

HERE = (20.0, 50.0)
NEAR = (19.998, 49.998, 20.002, 50.002)
HEAVIEST = 36_000
"""Bytes of a map, compressed: a page of twelve stops has 9 KB beside it."""


def asked(language: str = "en") -> Asked:
    return Asked(NEAR, ((HERE,),), language)


def spots(count: int, reach: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.random.default_rng(7).uniform((20 - reach, 50 - reach), (20 + reach, 50 + reach), (count, 2))


def giant(count: int = 60_000) -> Layers:
    """A town of 300 000 nodes: streets and houses strewn over ten kilometres."""
    random = np.random.default_rng(3)
    corners = spots(count, 0.05)
    square = np.array([(0, 0), (2e-4, 0), (2e-4, 2e-4), (0, 2e-4), (0, 0)])
    kinds = random.choice([LayerKind.BUILDING, LayerKind.WATER, LayerKind.MINOR, LayerKind.MAJOR], count)
    coords = np.rint((corners[:, None, :] + square) * 1e7).astype(np.int32).reshape(-1, 2)
    boxes = np.concatenate((np.rint(corners * 1e7), np.rint((corners + 2e-4) * 1e7)), axis=1).astype(np.int32)
    return Layers(
        coords=coords,
        offsets=np.arange(0, 5 * count + 1, 5),
        kinds=kinds.astype(np.uint8),
        name_ids=np.zeros(count, np.int32),
        estimated=np.zeros(count, np.bool_),
        boxes=boxes,
        names=("",),
    )


def points(features: tuple[Feature, ...]) -> int:
    return sum(len(one.coords) for one in features)


def test_a_town_of_any_size_costs_a_page_the_same() -> None:
    most = sum(budget for _, budget in BUDGETS) + OUTLINE_BUDGET
    large = ground_of(giant(), asked())
    assert 3_000 < points(large.features) <= most


@pytest.mark.dear
@pytest.mark.parametrize("town", [pytest.param("monaco", marks=pytest.mark.slow), "krems", "skawina"])
def test_twelve_stops_in_a_town_are_light(town: str, request: pytest.FixtureRequest) -> None:
    content = random_map(
        request.getfixturevalue(town), random_visit(request.getfixturevalue(town), 7, least=12)
    )
    parts = render_map(content)
    assert len(gzip.compress((parts.html + parts.script).encode(), 6)) <= HEAVIEST


def test_the_nearest_are_drawn_and_the_last_of_them_faint() -> None:
    ground = ground_of(giant(), asked())
    houses = [one for one in ground.features if one.kind is LayerKind.BUILDING]
    streets = [one for one in ground.features if one.kind is LayerKind.MINOR]
    for chosen in (houses, streets):
        away = [plane_distance_m(HERE, (float(one.coords[0, 0]), float(one.coords[0, 1]))) for one in chosen]
        faint = [gap for gap, one in zip(away, chosen, strict=True) if one.fade == 2]
        plain = [gap for gap, one in zip(away, chosen, strict=True) if one.fade == 0]
        assert plain
        assert faint
        assert max(plain) < min(faint) + 50


def test_the_same_question_gives_the_same_ground(krems: Town) -> None:
    one, other = (random_map(krems, random_visit(krems, 5)) for _ in range(2))
    assert render_map(one) == render_map(other)


@pytest.mark.parametrize("near", [(0.0, 50.0, 0.03, 50.001), (0.0, 50.0, 0.0001, 50.02), (0, 0, 0, 0)])
def test_the_window_fills_a_desk_and_a_phone(near: tuple[float, float, float, float]) -> None:
    west, south, east, north = window_of(near)
    shrink = np.cos(np.radians((near[1] + near[3]) / 2))
    wide, tall = (near[2] - near[0]) * shrink, near[3] - near[1]
    assert (east - west) * shrink >= max(wide, tall * 1.6)
    assert north - south >= max(tall, wide * 2.1)


def test_far_from_the_visit_the_town_is_an_outline() -> None:
    far = [(20.2, 50.0), (20.21, 50.0), (20.22, 50.001)]
    layers = layers_of(
        [
            feature(LayerKind.MAJOR, far, "Far Road"),
            feature(LayerKind.PATH, far, "far path"),
            feature(LayerKind.MINOR, [(19.999, 50.0), (20.001, 50.0)], "Near Street"),
        ]
    )
    ground = ground_of(layers, asked())
    assert Counter(one.kind for one in ground.features) == {LayerKind.MAJOR: 1, LayerKind.MINOR: 1}
    assert ground.limits is not None
    assert ground.limits[2] >= 20.22


@pytest.mark.slow
def test_names_are_those_of_the_readers_language(monaco: Town) -> None:
    visit = random_visit(monaco, 7)
    said = {
        language: {mark.text for mark in random_map(monaco, visit, language).ground.marks}
        for language in ("en", "fr")
    }
    assert said["en"] != said["fr"]
    assert "Monaco City" in said["en"]
    assert "Monaco-Ville" in said["fr"]


def test_a_network_of_before_there_were_marks_draws_as_it_is(krems: Town) -> None:
    layers = krems.network.layers
    drawn = (layers.coords, layers.offsets, layers.kinds, layers.name_ids, layers.estimated, layers.boxes)
    old = Layers(*drawn, layers.names)
    west, south, east, north = krems.network.meta.bounds
    middle = (west + east) / 2, (south + north) / 2
    ground = ground_of(old, Asked((*middle, *middle), ((middle,),), "en"))
    assert ground.marks == ()
    assert ground.features
