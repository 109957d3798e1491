from __future__ import annotations

import gzip
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from planner.outputs.maps.ground import Ground, MapMark
from planner.outputs.maps.packing import DIGITS, encode_ground, merge_lines
from planner.streets.query.layers import Feature, LayerKind
from tests.kit.layers import Line, feature

if TYPE_CHECKING:
    from collections.abc import Iterable


def packed(features: Iterable[Feature]) -> dict[str, Any]:
    return encode_ground(Ground(tuple(features)))


def decoded(layer: dict[str, Any], grid: int) -> list[Line]:
    digits = [DIGITS.index(digit) for digit in layer["lines"]]
    at = 0

    def whole() -> int:
        nonlocal at
        value = shift = 0
        while True:
            digit = digits[at]
            at += 1
            value |= (digit & 31) << shift
            if digit < 32:
                return value
            shift += 5

    def signed() -> int:
        value = whole()
        return -((value + 1) // 2) if value % 2 else value // 2

    lines: list[Line] = []
    x = y = 0
    while at < len(digits):
        line: Line = []
        for _ in range(whole()):
            x, y = x + signed(), y + signed()
            line.append((x / grid, y / grid))
        lines.append(line)
    return lines


def test_what_is_packed_can_be_unpacked_to_a_metre() -> None:
    line = [(19.82, 49.97), (19.8213, 49.97007), (19.8201, 49.96)]
    data = packed([feature(LayerKind.MINOR, line, "Rynek"), feature(LayerKind.RAIL, [(0, 0), (-1, -1)])])
    assert [layer["kind"] for layer in data["layers"]] == [LayerKind.RAIL, LayerKind.MINOR]
    assert decoded(data["layers"][0], data["grid"]) == [[(0, 0), (-1, -1)]]
    assert decoded(data["layers"][1], data["grid"]) == [line]
    assert [data["names"][number] for number in data["layers"][1]["names"]] == ["Rynek"]


def test_pieces_of_one_street_become_one_line_and_a_crossing_stays() -> None:
    assert merge_lines([[(0, 0), (1, 0)], [(2, 0), (1, 0)], [(2, 0), (3, 0)]]) == [
        [(0, 0), (1, 0), (2, 0), (3, 0)]
    ]
    crossing = [[(0, 0), (1, 0)], [(1, 0), (2, 0)], [(1, 0), (1, 1)]]
    assert merge_lines(crossing) == crossing


def test_a_ring_in_two_halves_is_joined_once() -> None:
    [ring] = merge_lines([[(0, 0), (1, 0)], [(1, 0), (1, 1), (0, 0)]])
    assert ring[0] == ring[-1]
    assert set(ring) == {(0, 0), (1, 0), (1, 1)}


def test_differently_named_streets_are_not_joined() -> None:
    halves = [
        feature(LayerKind.MINOR, [(0, 0), (0.1, 0)], "A"),
        feature(LayerKind.MINOR, [(0.1, 0), (0.2, 0)], "B"),
    ]
    assert len(decoded(packed(halves)["layers"][0], 100_000)) == 2


def test_estimated_ways_and_areas_without_size() -> None:
    ring = [(0.0, 0.0), (0.1, 0.0), (0.1, 0.1), (0.0, 0.0)]
    speck = [(0.0, 0.0), (1e-7, 0.0), (1e-7, 1e-7), (0.0, 0.0)]
    data = packed(
        [
            feature(LayerKind.PATH, [(0, 0), (0.1, 0.1)], is_estimated=True),
            feature(LayerKind.BUILDING, ring, "Ratusz"),
            feature(LayerKind.BUILDING, speck),
        ]
    )
    building, path = data["layers"]
    assert decoded(building, data["grid"]) == [ring[:-1]]
    assert data["names"] == [""]
    assert path["estimated"] is True


def test_the_same_features_give_the_same_bytes_and_no_brackets() -> None:
    street = [feature(LayerKind.MAJOR, [(19.8, 49.9), (19.9, 49.95)], "Rynek")]
    assert json.dumps(packed(street)) == json.dumps(packed(iter(street)))
    assert not set("<>&`$\\\"'") & set(DIGITS)


def test_a_dense_town_of_four_thousand_features_stays_small() -> None:
    random = np.random.default_rng(7)
    corners = random.uniform((7.40, 43.72), (7.44, 43.75), (4000, 2))
    square = np.array([(0, 0), (2e-4, 0), (2e-4, 2e-4), (0, 2e-4), (0, 0)])
    houses = [Feature(LayerKind.BUILDING, "", False, corner + square) for corner in corners]  # noqa: FBT003
    text = json.dumps(packed(houses), separators=(",", ":"))
    assert len(gzip.compress(text.encode())) < 60_000


def test_marks_are_packed_by_their_look_with_their_texts() -> None:
    marks = (MapMark("church", "St Anne", (1.0, 2.0)), MapMark("church", "", (1.00001, 2.0)))
    ground = Ground((), (*marks, MapMark("toilets", "", (1.0, 2.0))), (0.0, 1.0, 2.0, 3.0))
    data = encode_ground(ground)
    assert [(one["name"], one.get("texts")) for one in data["marks"]] == [
        ("church", ["St Anne", ""]),
        ("toilets", None),
    ]
    assert decoded({"lines": data["marks"][0]["points"]}, data["grid"]) == [[(1.0, 2.0), (1.00001, 2.0)]]
    assert data["limits"] == [0.0, 1.0, 2.0, 3.0]


def test_what_fades_is_a_layer_of_its_own() -> None:
    line: Line = [(0, 0), (0.1, 0)]
    faint = replace(feature(LayerKind.MINOR, line), fade=2)
    layers = packed([feature(LayerKind.MINOR, line), faint])["layers"]
    assert [layer.get("fade", 0) for layer in layers] == [0, 2]
