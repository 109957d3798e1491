"""A sheet: how positions become millimetres from its upper left corner."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from typing import TYPE_CHECKING

from planner.domain.geo import METRES_PER_DEGREE, LonLat
from planner.outputs.maps.description import PX_MM, zoom_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.streets.query.layers import Bounds

Point = tuple[float, float]

MARGIN_MM = 12.0
LARGEST = 1 / 2
"""Millimetres a metre: no sheet is larger than 1:2000."""


@dataclass(frozen=True)
class MapFrame:
    """A sheet of so many millimetres, with the position in its middle and its scale."""

    width: float
    height: float
    centre: LonLat
    mm_per_m: float

    @classmethod
    def around(cls, bounds: Bounds, width: float, height: float, margin: float = MARGIN_MM) -> MapFrame:
        """Fit the bounds into the sheet with a margin."""
        centre = ((bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2)
        wide, tall = extent_m(bounds)
        scale = min((width - 2 * margin) / wide, (height - 2 * margin) / tall, LARGEST)
        return cls(width, height, centre, scale)

    @property
    def scale(self) -> int:
        """One to how many."""
        return round(1000 / self.mm_per_m)

    @property
    def zoom(self) -> float:
        """The zoom of the description at which as much is drawn."""
        return zoom_of(self.mm_per_m, self.centre[1])

    def place(self, at: LonLat) -> Point:
        """The place of a position on the sheet."""
        per_degree = METRES_PER_DEGREE * self.mm_per_m
        x = (at[0] - self.centre[0]) * per_degree * cos(radians(self.centre[1]))
        return self.width / 2 + x, self.height / 2 - (at[1] - self.centre[1]) * per_degree

    def shows(self, line: Sequence[Point]) -> bool:
        """Whether the box of a line touches the sheet."""
        xs, ys = [x for x, _ in line], [y for _, y in line]
        return max(xs) >= 0 and min(xs) <= self.width and max(ys) >= 0 and min(ys) <= self.height

    def holds(self, at: Point, margin: float = 0.0) -> bool:
        """Whether a place lies on the sheet, so far from its edges."""
        return margin <= at[0] <= self.width - margin and margin <= at[1] <= self.height - margin

    @property
    def bounds(self) -> Bounds:
        """The box of the sheet in degrees."""
        high = self.height / 2 / self.mm_per_m / METRES_PER_DEGREE
        wide = self.width / 2 / self.mm_per_m / METRES_PER_DEGREE / cos(radians(self.centre[1]))
        return self.centre[0] - wide, self.centre[1] - high, self.centre[0] + wide, self.centre[1] + high


def extent_m(bounds: Bounds) -> tuple[float, float]:
    """How wide and how tall a box is in metres, at least one."""
    west, south, east, north = bounds
    middle = radians((south + north) / 2)
    return (
        max((east - west) * METRES_PER_DEGREE * cos(middle), 1.0),
        max((north - south) * METRES_PER_DEGREE, 1.0),
    )


def mm(pixels: float) -> float:
    """What so many pixels of the description are on paper, where lines are finer than on screens."""
    return pixels * PX_MM * 0.8
