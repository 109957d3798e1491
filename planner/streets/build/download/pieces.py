"""A box too large for one question, asked in pieces side by side, and the answers joined to one file.

What lies in several pieces comes several times: a build takes each object once (tidy).
"""

from __future__ import annotations

import re
from math import ceil
from typing import TYPE_CHECKING

from planner.domain.geo import METRES_PER_DEGREE, distance_m

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from planner.streets.query.layers import Bounds

PIECE_KM = 8.0
"""A piece is no wider and no higher."""

_FIRST = re.compile(rb"<(?:node|way|relation)\b")
_END = b"</osm>"


def pieces_of(bounds: Bounds) -> list[Bounds]:
    """Return the pieces of a box, from south-west to north-east in whole 1e-5 degrees; one of a small box."""
    west, south, east, north = bounds
    middle = (south + north) / 2
    across = ceil(distance_m((west, middle), (east, middle)) / 1000 / PIECE_KM)
    up = ceil((north - south) * METRES_PER_DEGREE / 1000 / PIECE_KM)
    lons, lats = list(_steps(west, east, across)), list(_steps(south, north, up))
    return [
        (lons[column], lats[row], lons[column + 1], lats[row + 1])
        for row in range(up)
        for column in range(across)
    ]


def join(pieces: Sequence[Path], target: Path) -> None:
    """Join answers of Overpass to one, under the head of the first."""
    with target.open("wb") as out:
        for number, piece in enumerate(pieces):
            data = piece.read_bytes()
            end = data.rindex(_END)
            first = _FIRST.search(data)
            begin = first.start() if first else end
            out.write(data[:end] if number == 0 else data[begin:end])
        out.write(_END + b"\n")


def _steps(low: float, high: float, count: int) -> Iterator[float]:
    for number in range(count + 1):
        yield round(low + (high - low) * number / count, 5)
