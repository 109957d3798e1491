"""Elevation files written by hand: heights by metres around the corner of the small towns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import rasterio
from rasterio.transform import from_origin
from rasterio.warp import transform

from planner.domain.geo import METRES_PER_DEGREE
from planner.services.travel.town import Town, TownKeeper
from planner.streets.build.build import TownSettings, build_network
from tests.kit.streets.small import CORNER, Nodes, Ways, osm

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Heights = Callable[[Floats, Floats], Floats]

HALF_M = 900.0
WGS84, POLISH = "EPSG:4326", "EPSG:2180"


def write_heights(
    file: Path,
    height: Heights,
    *,
    crs: str = WGS84,
    cell_m: float = 10.0,
    corner: tuple[float, float] = CORNER,
    half_m: float = HALF_M,
    bands: int = 1,
    **profile: Any,
) -> Path:
    """Write a GeoTIFF of heights by metres east and north of a corner, so far to all sides."""
    shrunk = METRES_PER_DEGREE * np.cos(np.radians(corner[1]))
    count = int(2 * half_m / cell_m)
    if crs == WGS84:
        wide, high = cell_m / shrunk, cell_m / METRES_PER_DEGREE
        x, y = corner
    else:
        wide = high = cell_m
        (x,), (y,) = transform(WGS84, crs, [corner[0]], [corner[1]])
    affine = from_origin(x - count / 2 * wide, y + count / 2 * high, wide, high)
    column, row = np.meshgrid(np.arange(count) + 0.5, np.arange(count) + 0.5)
    xs, ys = affine.c + affine.a * column.ravel(), affine.f + affine.e * row.ravel()
    lon, lat = (np.array(values) for values in transform(crs, WGS84, xs.tolist(), ys.tolist()))
    heights = height((lon - corner[0]) * shrunk, (lat - corner[1]) * METRES_PER_DEGREE)
    settings = {"driver": "GTiff", "dtype": "float32", "compress": "deflate", **profile}
    with rasterio.open(
        file, "w", width=count, height=count, count=bands, crs=crs or None, transform=affine, **settings
    ) as target:
        for band in range(1, bands + 1):
            target.write(heights.reshape(count, count).astype(settings["dtype"]), band)
    return file


def hilly_town(tmp: Path, nodes: Nodes, ways: Ways, elevation: Path | None) -> Town:
    """Write a town, build it with an elevation file and open it as the service does."""
    file = tmp / "small.osm"
    file.write_text(osm(nodes, ways), encoding="utf-8")
    build_network(file, tmp / "data", TownSettings("Small"), lambda *_: None, elevation=elevation)
    return TownKeeper(tmp / "data").town()
