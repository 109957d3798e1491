"""The ground of a map: what of the town is drawn around a visit, the nearest first, within a budget.

A page carries its map with it, so what it may weigh is settled first: so many points for houses, so many
for streets. They go to what is nearest to the way. Thus a town of any size costs a page the same, a long
day shows more ground in less detail, and what is farthest of a kind is drawn faint, so that nothing ends
at an edge. The rest of the budget draws the whole town in outline.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from typing import TYPE_CHECKING

import numpy as np
import shapely

from planner.domain.geo import METRES_PER_DEGREE, LonLat
from planner.outputs.maps.description import LANDMARK_MARKS, MARK_OF, MARKS
from planner.streets.landmarks import LandmarkKind
from planner.streets.query.layers import SCALE, Bounds, Feature, LayerKind, MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from planner.streets.query.layers import Layers

K = LayerKind
BUDGETS: tuple[tuple[frozenset[LayerKind], int], ...] = (
    (frozenset({K.SEA}), 900),
    (frozenset({K.MAJOR, K.MEDIUM}), 1_300),
    (frozenset({K.MINOR}), 1_900),
    (frozenset({K.WATER, K.GREEN, K.WOOD, K.SQUARE, K.PLATFORM, K.BUILT_UP}), 1_500),
    (frozenset({K.RAIL, K.WATERWAY, K.RIVER}), 600),
    (frozenset({K.PATH, K.STEPS, K.SERVICE}), 1_900),
    (frozenset({K.BUILDING}), 5_400),
)
"""Points that the page of a visit may carry, by kinds."""

OUTLINE_BUDGET = 1_500
OUTLINE: tuple[LayerKind, ...] = (
    K.MAJOR, K.WATER, K.RIVER, K.MEDIUM, K.RAIL, K.WOOD, K.WATERWAY, K.BUILT_UP, K.GREEN,
)  # fmt: skip
"""What the town far from the visit is drawn of, the most telling first."""

SMALLEST_OUTLINED_M = 150.0
REACH_M: dict[LayerKind, float] = {K.BUILDING: 420.0, K.PATH: 700.0, K.STEPS: 700.0, K.SERVICE: 700.0}
"""So far from the way small things are worth their bytes at all."""

MARGIN_M = 450.0
WIDEST, TALLEST = 1.9, 2.4
"""The window is as wide and as tall as the frames of a desk and of a phone need it, in parts of the visit."""

FINE_M, COARSE_M = 1.2, 4.0
FINE_TO_M = 350.0
FADE_FROM = (0.78, 0.92)
"""In parts of how far the things of a kind reach."""

MOST_MARKS: dict[MarkKind, tuple[int, float]] = {
    MarkKind.QUARTER: (24, np.inf),
    MarkKind.SQUARE: (12, 800.0),
    MarkKind.TOILETS: (20, 800.0),
    MarkKind.DRINKING_WATER: (20, 800.0),
    MarkKind.HOUSE_NUMBER: (140, 90.0),
}
"""Of each kind of mark so many, up to so many metres from the way."""

MOST_LANDMARKS = 60
LANDMARKS_TO_M = 600.0
RANK_M = 12.0
REMEMBERED = 24
"""Grounds; one is about a quarter of a megabyte."""


@dataclass(frozen=True)
class MapMark:
    """A point of the ground: the name of its look, its text, where it is."""

    name: str
    text: str
    at: LonLat


@dataclass(frozen=True)
class Ground:
    """What is drawn under a visit; `limits` are as far as one may look, None for anywhere."""

    features: tuple[Feature, ...] = ()
    marks: tuple[MapMark, ...] = ()
    limits: Bounds | None = None


@dataclass(frozen=True)
class Asked:
    """What a map is of: the box it opens on, the lines (or points) it is about, whose language it speaks."""

    near: Bounds
    lines: tuple[tuple[LonLat, ...], ...]
    language: str
    plenty: float = 1.0
    """How much more than the page of a visit it may carry."""


def ground_of(layers: Layers, asked: Asked) -> Ground:
    """Choose what to draw: the same question gives the same ground."""
    chooser = _Chooser(layers, asked)
    taken = list(chooser.near())
    return Ground((*taken, *chooser.outline()), tuple(_marks(layers, asked, chooser)), chooser.limits())


def remembered_ground(layers: Layers, asked: Asked) -> Ground:
    """Return what `ground_of` chooses, chosen once for the pages and languages that are looked at."""
    return layers.memory.get("ground", asked, lambda: ground_of(layers, asked), keep=REMEMBERED)


def window_of(near: Bounds) -> Bounds:
    """The box that fills every frame with the visit in its middle."""
    west, south, east, north = near
    shrink = cos(radians((south + north) / 2))
    margin = 2 * MARGIN_M / METRES_PER_DEGREE
    wide, tall = (east - west) * shrink, north - south
    half_wide = (max(wide, tall * WIDEST) + margin) / 2 / shrink
    half_tall = (max(tall, wide * TALLEST) + margin) / 2
    x, y = (west + east) / 2, (south + north) / 2
    return x - half_wide, y - half_tall, x + half_wide, y + half_tall


class _Chooser:
    """Chooses the features of one map."""

    def __init__(self, layers: Layers, asked: Asked) -> None:
        self.layers = layers
        self.asked = asked
        self.window = window_of(asked.near)
        self.shrink = cos(radians((asked.near[1] + asked.near[3]) / 2))
        lines = np.array([_line(line) for line in asked.lines], dtype=object)
        self.way = shapely.union_all(self._plane(lines))
        shapely.prepare(self.way)
        self.kinds = np.asarray(layers.kinds)
        self.boxes = np.asarray(layers.boxes) / SCALE
        self.taken = np.zeros(len(self.kinds), dtype=bool)

    def near(self) -> Iterator[Feature]:
        """Yield what lies in the window, of each kind the nearest first."""
        west, south, east, north = self.window
        boxes = self.boxes
        inside = (
            (boxes[:, 0] <= east) & (boxes[:, 2] >= west) & (boxes[:, 1] <= north) & (boxes[:, 3] >= south)
        )
        for kinds, budget in BUDGETS:
            chosen = np.flatnonzero(inside & np.isin(self.kinds, list(kinds)))
            yield from self._nearest(chosen, kinds, budget)

    def _nearest(
        self, chosen: NDArray[np.int64], kinds: frozenset[LayerKind], budget: float
    ) -> Iterator[Feature]:
        if len(chosen) == 0:
            return
        chosen = chosen[self._box_distance(chosen) <= max(REACH_M.get(kind, np.inf) for kind in kinds)]
        shapes = self._shapes(chosen)
        if K.SEA not in kinds:
            west, south, east, north = self.window
            wide, tall = (east - west) / 4, (north - south) / 4
            shapes = shapely.clip_by_rect(shapes, west - wide, south - tall, east + wide, north + tall)
        away = shapely.distance(self._plane(shapes), self.way)
        coarse = shapely.simplify(shapes, COARSE_M / METRES_PER_DEGREE, preserve_topology=False)
        fine = shapely.simplify(shapes, FINE_M / METRES_PER_DEGREE, preserve_topology=False)
        shapes = np.where(away <= FINE_TO_M, fine, coarse)
        order = np.argsort(away, kind="stable")
        spent = np.cumsum(shapely.get_num_coordinates(shapes[order]))
        kept = order[spent <= budget * self.asked.plenty]
        self.taken[chosen[kept]] = True
        reach = max(float(away[kept].max(initial=0.0)), 1.0)
        is_all = len(kept) == np.count_nonzero(np.isin(self.kinds, list(kinds)))
        ends = not (is_all or kinds & {K.SEA, K.MAJOR})
        for index in np.sort(kept).tolist():
            fade = sum(away[index] > part * reach for part in FADE_FROM) if ends else 0
            yield from self._features(int(chosen[index]), shapes[index], int(fade))

    def outline(self) -> Iterator[Feature]:
        """Yield the rest of the town in outline."""
        west, south, east, north = self.town()
        tolerance = max(10.0, (north - south + east - west) * METRES_PER_DEGREE / 1_200)
        left = OUTLINE_BUDGET * self.asked.plenty
        boxes = self.boxes
        sizes = (
            np.maximum((boxes[:, 2] - boxes[:, 0]) * self.shrink, boxes[:, 3] - boxes[:, 1])
            * METRES_PER_DEGREE
        )
        for kind in OUTLINE:
            large = sizes >= (SMALLEST_OUTLINED_M if kind.is_area else tolerance * 2)
            chosen = np.flatnonzero((self.kinds == kind) & ~self.taken & large)
            chosen = chosen[np.argsort(self._box_distance(chosen), kind="stable")]
            shapes = shapely.simplify(
                self._shapes(chosen), tolerance / METRES_PER_DEGREE, preserve_topology=False
            )
            spent = np.cumsum(shapely.get_num_coordinates(shapes))
            fits = spent <= left * (0.5 if kind.is_area else 1.0)
            for index, shape in zip(chosen[fits].tolist(), shapes[fits].tolist(), strict=True):
                yield from self._features(index, shape, 0, has_name=False)
            left -= float(spent[fits][-1]) if fits.any() else 0.0

    def town(self) -> Bounds:
        """The box of the town: of its streets, since the sea goes on."""
        boxes = self.boxes[np.isin(self.kinds, (K.MAJOR, K.MEDIUM, K.MINOR))]
        if len(boxes) == 0:
            return self.window
        west, south = boxes[:, :2].min(axis=0).tolist()
        east, north = boxes[:, 2:].max(axis=0).tolist()
        return west, south, east, north

    def limits(self) -> Bounds:
        """How far one may look: the town and the window."""
        a, b = self.town(), self.window
        return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])

    def distance(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Metres from the way to points in degrees."""
        away: NDArray[np.float64] = shapely.distance(
            self._plane(np.asarray(shapely.points(points), dtype=object)), self.way
        )
        return away

    def _plane(self, shapes: NDArray[np.object_]) -> NDArray[np.object_]:
        metres = np.array([self.shrink * METRES_PER_DEGREE, METRES_PER_DEGREE])
        plane: NDArray[np.object_] = shapely.transform(shapes, lambda coords: coords * metres)
        return plane

    def _box_distance(self, chosen: NDArray[np.int64]) -> NDArray[np.float64]:
        """A lower bound of the distance from the way's own box, for a quick look at many."""
        west, south, east, north = self.asked.near
        boxes = self.boxes[chosen]
        x = np.maximum(0.0, np.maximum(west - boxes[:, 2], boxes[:, 0] - east)) * self.shrink
        y = np.maximum(0.0, np.maximum(south - boxes[:, 3], boxes[:, 1] - north))
        gaps: NDArray[np.float64] = np.hypot(x, y) * METRES_PER_DEGREE
        return gaps

    def _shapes(self, chosen: NDArray[np.int64]) -> NDArray[np.object_]:
        layers = self.layers
        starts, ends = layers.offsets[chosen], layers.offsets[chosen + 1]
        counts = ends - starts
        if len(chosen) == 0:
            return np.empty(0, dtype=object)
        rows = np.repeat(starts - np.concatenate(([0], np.cumsum(counts)[:-1])), counts) + np.arange(
            counts.sum()
        )
        coords = np.asarray(layers.coords[rows]) / SCALE
        numbers = np.repeat(np.arange(len(chosen)), counts)
        shapes = np.empty(len(chosen), dtype=object)
        areas = np.array([LayerKind(kind).is_area for kind in self.kinds[chosen].tolist()])
        for is_area, make in ((True, _polygons), (False, shapely.linestrings)):
            mine = areas == is_area
            if mine.any():
                rank = np.cumsum(mine) - 1
                part = mine[numbers]
                shapes[mine] = make(coords[part], indices=rank[numbers[part]])
        return shapes

    def _features(
        self, index: int, shape: shapely.Geometry, fade: int, *, has_name: bool = True
    ) -> Iterator[Feature]:
        layers = self.layers
        kind = LayerKind(int(self.kinds[index]))
        name = layers.name(int(layers.name_ids[index]), self.asked.language) if has_name else ""
        for part in shapely.get_parts(shape):
            ring = shapely.get_exterior_ring(part) if kind.is_area else part
            if ring is not None and not ring.is_empty:
                coords = shapely.get_coordinates(ring)
                yield Feature(kind, name, bool(layers.estimated[index]), coords, fade)


def _polygons(coords: NDArray[np.float64], indices: NDArray[np.int64]) -> NDArray[np.object_]:
    rings = shapely.linearrings(coords, indices=indices)
    return np.asarray(shapely.polygons(rings), dtype=object)


def _line(line: Sequence[LonLat]) -> shapely.Geometry:
    return shapely.LineString(line) if len(line) > 1 else shapely.Point(line[0])


def _marks(layers: Layers, asked: Asked, chooser: _Chooser) -> Iterator[MapMark]:
    """Yield the marks, by their look; of each kind the nearest to the way."""
    found = [*_plain_marks(layers, asked, chooser), *_landmarks(layers, asked, chooser)]
    ranks = list(MARKS)
    yield from sorted(found, key=lambda mark: ranks.index(mark.name))


def _plain_marks(layers: Layers, asked: Asked, chooser: _Chooser) -> Iterator[MapMark]:
    places = np.asarray(layers.mark_at, float) / SCALE
    for kind, (most, reach) in MOST_MARKS.items():
        chosen = np.flatnonzero(np.asarray(layers.mark_kinds) == kind)
        away = chooser.distance(places[chosen])
        order = np.argsort(away, kind="stable")[: round(most * asked.plenty)]
        for index in chosen[order[away[order] <= reach]].tolist():
            text = (
                ""
                if kind in {MarkKind.TOILETS, MarkKind.DRINKING_WATER}
                else _text(layers, asked, layers.mark_names[index])
            )
            yield MapMark(MARK_OF[kind], text, (float(places[index, 0]), float(places[index, 1])))


def _landmarks(layers: Layers, asked: Asked, chooser: _Chooser) -> Iterator[MapMark]:
    places = np.asarray(layers.landmark_at, float) / SCALE
    kinds = np.asarray(layers.landmark_kinds, float)
    away = chooser.distance(places)
    order = np.argsort(away + RANK_M * kinds, kind="stable")
    order = order[away[order] <= LANDMARKS_TO_M][: round(MOST_LANDMARKS * asked.plenty)]
    for index in order.tolist():
        name = LANDMARK_MARKS.get(LandmarkKind(int(kinds[index])), "other")
        yield MapMark(
            name,
            _text(layers, asked, layers.landmark_names[index]),
            (float(places[index, 0]), float(places[index, 1])),
        )


def _text(layers: Layers, asked: Asked, number: np.integer) -> str:
    return layers.name(int(number), asked.language)
