"""The ground of a map in few bytes.

The page carries the town around a visit as one JSON object, so that the map
needs no tile server and no second request. Positions are whole 1e-5 degrees,
each the difference to the one before, written as a string of base 64 digits:
five bits a digit, the sixth says that the number goes on.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from planner.outputs.maps.description import LABEL_ORDER
from planner.streets.query.layers import LayerKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.outputs.maps.ground import Ground, MapMark
    from planner.streets.query.layers import Feature

GRID = 100_000
"""Steps per degree: 1.1 m to the north."""

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
UNNAMED_KINDS = frozenset(LayerKind) - {LayerKind[name] for name in LABEL_ORDER}
"""What the map writes no names on."""

GridPoint = tuple[int, int]
GridLine = list[GridPoint]


def encode_ground(ground: Ground) -> dict[str, Any]:
    """Pack what a map draws into a JSON-able object that `static/js/map/ground/unpack.js` unpacks.

    The names of a layer's lines are indexes into `names`, where 0 is no name; `fade` is how faint a layer is.
    """
    groups: defaultdict[tuple[int, bool, int], defaultdict[str, list[GridLine]]]
    groups = defaultdict(lambda: defaultdict(list))
    for feature in ground.features:
        line = _on_grid(feature)
        if len(line) > (2 if feature.kind.is_area else 1):
            name = "" if feature.kind in UNNAMED_KINDS else feature.name
            groups[int(feature.kind), feature.is_estimated, feature.fade][name].append(line)
    names: dict[str, int] = {"": 0}
    layers = [_layer(key, groups[key], names) for key in sorted(groups)]
    marks = [_marks(name, list(marks)) for name, marks in groupby(ground.marks, key=lambda mark: mark.name)]
    packed = {"grid": GRID, "names": list(names), "layers": layers, "marks": marks}
    return packed if ground.limits is None else {**packed, "limits": [round(one, 5) for one in ground.limits]}


def _marks(name: str, marks: list[MapMark]) -> dict[str, Any]:
    """Pack the marks of one name: their points as one line, and their texts where they have any."""
    line = [(round(mark.at[0] * GRID), round(mark.at[1] * GRID)) for mark in marks]
    texts = [mark.text for mark in marks]
    return {"name": name, "points": _digits([line])} | ({"texts": texts} if any(texts) else {})


def merge_lines(lines: Iterable[GridLine]) -> list[GridLine]:
    """Join lines end to end where exactly two meet, so that a street is one line and is named once."""
    pieces: dict[int, GridLine] = dict(enumerate(lines))
    ends: defaultdict[GridPoint, set[int]] = defaultdict(set)
    for number, line in pieces.items():
        ends[line[0]].add(number)
        ends[line[-1]].add(number)
    for point in list(ends):
        meeting = ends[point]
        if len(meeting) != 2:  # noqa: PLR2004  a pair is joined, a crossing is not
            continue
        first, second = sorted(meeting)
        joined = _join(pieces[first], pieces.pop(second), point)
        pieces[first] = joined
        for end in (joined[0], joined[-1]):
            ends[end].discard(second)
            ends[end].add(first)
        del ends[point]
    return list(pieces.values())


def _join(line: GridLine, other: GridLine, point: GridPoint) -> GridLine:
    head = line if line[-1] == point else line[::-1]
    tail = other if other[0] == point else other[::-1]
    return head + tail[1:]


def _on_grid(feature: Feature) -> GridLine:
    whole = np.rint(feature.coords * GRID).astype(np.int64)
    moved = np.ones(len(whole), dtype=bool)
    moved[1:] = (whole[1:] != whole[:-1]).any(axis=1)
    line = [(int(x), int(y)) for x, y in whole[moved]]
    is_closed_area = feature.kind.is_area and len(line) > 1 and line[0] == line[-1]
    return line[:-1] if is_closed_area else line


def _layer(
    key: tuple[int, bool, int], by_name: dict[str, list[GridLine]], names: dict[str, int]
) -> dict[str, Any]:
    kind, is_estimated, fade = key
    is_area = LayerKind(kind).is_area
    rows: list[tuple[GridLine, int]] = []
    for name, lines in by_name.items():
        number = names.setdefault(name, len(names))
        rows += [(line, number) for line in (lines if is_area else merge_lines(lines))]
    rows.sort(key=lambda row: _tile(row[0][0]))
    layer: dict[str, Any] = {"kind": kind, "lines": _digits([line for line, _ in rows])}
    if any(number for _, number in rows):
        layer["names"] = [number for _, number in rows]
    if is_estimated:
        layer["estimated"] = True
    if fade:
        layer["fade"] = fade
    return layer


def _tile(point: GridPoint) -> tuple[int, int]:
    """Neighbours follow each other, row by row and to and fro: short first steps."""
    row, column = point[1] // 100, point[0]
    return row, column if row % 2 == 0 else -column


def _digits(lines: Sequence[GridLine]) -> str:
    out: list[str] = []
    x = y = 0
    for line in lines:
        _put(out, len(line))
        for next_x, next_y in line:
            _put_signed(out, next_x - x)
            _put_signed(out, next_y - y)
            x, y = next_x, next_y
    return "".join(out)


def _put_signed(out: list[str], value: int) -> None:
    _put(out, value * 2 if value >= 0 else -value * 2 - 1)


def _put(out: list[str], value: int) -> None:
    while value > 31:  # noqa: PLR2004  five bits
        out.append(DIGITS[32 | (value & 31)])
        value >>= 5
    out.append(DIGITS[value])
