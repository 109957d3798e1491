"""Heights of the ground out of an elevation file, a GeoTIFF in any projection.

rasterio reads it, an optional install (requirements-elevation.txt), so this module is imported when it is
asked for: GDAL knows all the forms of such files. Only the town's part is read, no finer than `FINEST_M`.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from math import ceil, cos, radians
from typing import TYPE_CHECKING, Any

import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray
from rasterio.enums import Resampling
from rasterio.errors import RasterioError
from rasterio.warp import transform, transform_bounds
from rasterio.windows import Window, from_bounds, intersect
from scipy.ndimage import convolve

from planner.domain.geo import METRES_PER_DEGREE
from planner.errors import SourceFileError

if TYPE_CHECKING:
    from pathlib import Path

    from planner.streets.query.layers import Bounds

Floats = NDArray[np.float64]

FINEST_M = 5.0
"""Finer cells are put together: a wall or a kerb beside the way is no slope of it, and a town stays small."""

COARSEST_M = 100.0
"""Larger cells say nothing about streets."""

SURE_M = 12.0
"""Larger cells are smoothed and close nothing: their heights, often of roofs and trees, err by metres."""

LOWEST_M, HIGHEST_M = -500.0, 9000.0
"""Nothing on dry land lies beyond: such values stand for no data, whatever the file calls them."""

FOOT_M = 0.3048
_FEET = {"ft", "foot", "feet", "us-ft", "us survey foot", "ft us"}
_WGS84 = "EPSG:4326"
_HALF = 0.5
_SPARE = 2
"""Cells read beyond the town's edge."""


@dataclass(frozen=True)
class HeightModel:
    """Heights in metres on a grid, NaN where none is known.

    `to_cell` is the affine that leads from the file's x, y to (column, row).
    """

    heights: Floats
    to_cell: Any
    crs: Any
    cell_m: float

    @property
    def is_sure(self) -> bool:
        """Whether it is fine enough to say that a way is too steep."""
        return self.cell_m <= SURE_M

    def at(self, points: Floats) -> Floats:
        """Return the heights at positions (lon, lat) in degrees, between the middles of the nearest cells."""
        x, y = transform(_WGS84, self.crs, points[:, 0].tolist(), points[:, 1].tolist())
        east, north, to = np.array(x), np.array(y), self.to_cell
        column, row = to.a * east + to.b * north + to.c, to.d * east + to.e * north + to.f
        return _between(self.heights, column - _HALF, row - _HALF)


def read_heights(file: Path, bounds: Bounds) -> HeightModel:
    """Read the heights of a town.

    Raises
    ------
    SourceFileError
        If the file cannot be read, is no elevation model or lies elsewhere.
    """
    if not file.is_file():
        msg = f"{file.name} cannot be read: there is no such file"
        raise SourceFileError(msg)
    try:
        with warnings.catch_warnings(action="ignore"), rasterio.open(file) as dataset:
            _check(dataset, file)
            return _read(dataset, file, bounds)
    except (RasterioError, OSError) as error:
        msg = f"{file.name} cannot be read as a GeoTIFF, or ends too early: get it again ({error})"
        raise SourceFileError(msg) from error


def _check(dataset: Any, file: Path) -> None:
    if dataset.crs is None or dataset.transform.is_identity:
        msg = (
            f"{file.name} does not say where on Earth it lies: export it as a GeoTIFF with its coordinate "
            "system (`gdal_translate -a_srs EPSG:2180 ...`)"
        )
        raise SourceFileError(msg)
    if dataset.count != 1:
        msg = f"{file.name} holds {dataset.count} bands, a picture perhaps: heights are one band of metres"
        raise SourceFileError(msg)


def _read(dataset: Any, file: Path, bounds: Bounds) -> HeightModel:

    window = _window(dataset, file, bounds)
    wide, high = _cell_m(dataset, bounds)
    if max(wide, high) > COARSEST_M:
        msg = (
            f"the cells of {file.name} are {max(wide, high):.0f} m wide, which says nothing about streets: "
            "take a model of 30 m or finer (Copernicus GLO-30)"
        )
        raise SourceFileError(msg)
    step = max(1, int(FINEST_M / min(wide, high)))
    shape = (ceil(window.height / step), ceil(window.width / step))
    read = dataset.read(1, window=window, out_shape=shape, resampling=Resampling.average, masked=True)
    heights = np.ma.filled(read.astype(float), np.nan) * dataset.scales[0] + dataset.offsets[0]
    if (dataset.units[0] or "").strip().lower() in _FEET:
        heights *= FOOT_M
    heights[~((heights > LOWEST_M) & (heights < HIGHEST_M))] = np.nan
    to, wider, higher = dataset.window_transform(window), window.width / shape[1], window.height / shape[0]
    affine = Affine(to.a * wider, to.b * higher, to.c, to.d * wider, to.e * higher, to.f)
    cell_m = max(wide, high) * step
    return HeightModel(_smoothed(heights) if cell_m > SURE_M else heights, ~affine, dataset.crs, cell_m)


def _smoothed(heights: Floats) -> Floats:
    """Heights as means with their neighbours, weighted by 1, 2, 1 both ways: a slope stays what it is."""
    weights = np.outer((1, 2, 1), (1, 2, 1)).astype(float)
    known = np.isfinite(heights)
    # a cell without both of its neighbours stays as it is, for its mean would lie to one side
    total = convolve(np.where(known, heights, 0.0), weights, mode="constant")
    count = convolve(known.astype(float), weights, mode="constant")
    mean: Floats = np.where(count == weights.sum(), total / weights.sum(), heights)
    return mean


def _window(dataset: Any, file: Path, bounds: Bounds) -> Any:
    """The cells about a town, whole ones."""
    try:
        town = transform_bounds(_WGS84, dataset.crs, *bounds, densify_pts=21)
        asked = from_bounds(*town, transform=dataset.transform)
    except (RasterioError, ValueError, OverflowError) as error:  # what lies outside of the projection
        raise SourceFileError(_elsewhere(dataset, file, bounds)) from error
    first = int(np.floor(asked.col_off)) - _SPARE, int(np.floor(asked.row_off)) - _SPARE
    last = ceil(asked.col_off + asked.width) + _SPARE, ceil(asked.row_off + asked.height) + _SPARE
    wanted = Window(*first, last[0] - first[0], last[1] - first[1])
    whole = Window(0, 0, dataset.width, dataset.height)
    if not intersect(wanted, whole):
        raise SourceFileError(_elsewhere(dataset, file, bounds))
    return wanted.intersection(whole)


def _elsewhere(dataset: Any, file: Path, bounds: Bounds) -> str:

    west, south, east, north = transform_bounds(dataset.crs, _WGS84, *dataset.bounds)
    file_is, town_is = (
        f"{w:.3f} to {e:.3f} east and {s:.3f} to {n:.3f} north"
        for w, s, e, n in ((west, south, east, north), bounds)
    )
    return f"{file.name} does not cover the town: it spans {file_is}, the town {town_is}"


def _cell_m(dataset: Any, bounds: Bounds) -> tuple[float, float]:
    """How many metres a cell is wide and high."""
    wide, high = dataset.res
    if dataset.crs.is_geographic:
        shrunk = cos(radians((bounds[1] + bounds[3]) / 2))
        return wide * METRES_PER_DEGREE * shrunk, high * METRES_PER_DEGREE
    unit = dataset.crs.linear_units_factor[1]
    return wide * unit, high * unit


def _between(heights: Floats, column: Floats, row: Floats) -> Floats:
    """Heights between the middles of cells; at the rim those of the outermost ones."""
    rows, columns = heights.shape
    inside = (column >= -1) & (column <= columns) & (row >= -1) & (row <= rows)
    column, row = np.clip(column, 0, columns - 1), np.clip(row, 0, rows - 1)
    left, top = np.floor(column).astype(int), np.floor(row).astype(int)
    right, below = np.minimum(left + 1, columns - 1), np.minimum(top + 1, rows - 1)
    x, y = column - left, row - top
    upper = _mixed(heights[top, left], heights[top, right], x)
    lower = _mixed(heights[below, left], heights[below, right], x)
    found: Floats = np.where(inside, _mixed(upper, lower, y), np.nan)
    return found


def _mixed(first: Floats, second: Floats, share: Floats) -> Floats:
    """A mean of two, and the first alone where nothing of the second is wanted: it may be unknown."""
    mixed: Floats = np.where(share == 0, first, first * (1 - share) + second * share)
    return mixed
