"""Elevation files as they come: projections, nodata, feet, whole numbers; what is refused, with a cure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import rasterio
from rasterio.errors import NotGeoreferencedWarning

from planner.errors import SourceFileError
from planner.streets.build.height.model import read_heights
from planner.streets.files import current_folder
from planner.streets.query.network import load_network
from tests.kit.streets.heights import POLISH, WGS84, hilly_town, write_heights
from tests.kit.streets.small import CORNER, spot

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

BOUNDS = (19.81, 49.965, 19.83, 49.975)
STREET = {"highway": "residential"}


def tilted(east: Floats, north: Floats) -> Floats:
    return 300.0 + 0.05 * east + 0.02 * north


def heights_of(file: Path) -> list[float]:
    places = np.array([spot(0.0), spot(300.0, -200.0), spot(-412.0, 333.0)])
    return [round(value, 1) for value in read_heights(file, BOUNDS).at(places).tolist()]


RIGHT = [300.0, 311.0, 286.1]


@pytest.mark.dear
@pytest.mark.parametrize(
    ("crs", "cell_m"),
    [(WGS84, 10.0), (WGS84, 30.0), (POLISH, 2.0), (POLISH, 30.0), ("EPSG:32634", 10.0), ("EPSG:3857", 10.0)],
)
def test_heights_in_any_projection(crs: str, cell_m: float, tmp_path: Path) -> None:
    file = write_heights(tmp_path / "h.tif", tilted, crs=crs, cell_m=cell_m, half_m=700.0)
    assert heights_of(file) == pytest.approx(RIGHT, abs=0.6)


def test_whole_numbers_and_feet(tmp_path: Path) -> None:
    whole = write_heights(tmp_path / "whole.tif", tilted, dtype="int16", nodata=-32768)
    assert heights_of(whole) == pytest.approx(RIGHT, abs=1)
    feet = write_heights(tmp_path / "feet.tif", lambda e, n: tilted(e, n) / 0.3048)
    with rasterio.open(feet, "r+") as dataset:
        dataset.units = ("ft",)
    assert heights_of(feet) == pytest.approx(RIGHT, abs=0.6)


@pytest.mark.parametrize("profile", [{"nodata": -9999.0}, {}, {"nodata": float("nan")}])
def test_no_data_is_no_height(profile: dict[str, Any], tmp_path: Path) -> None:
    gap = float("nan") if np.isnan(profile.get("nodata", 0.0)) else -9999.0
    file = write_heights(tmp_path / "h.tif", lambda e, n: np.where(e > 200, gap, tilted(e, n)), **profile)
    nodes = {1: (-200.0, 0.0), 2: (0.0, 0.0), 3: (500.0, 0.0)}
    ways = {1: ((1, 2), STREET), 2: ((2, 3), STREET)}
    town = hilly_town(tmp_path, nodes, ways, file)
    assert town.network.meta.height_m == pytest.approx(200, abs=1)
    assert np.isfinite(town.network.ascent_m).tolist() == [True, True, False, False]


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "another place": ({"corner": (14.0, 50.0)}, "does not cover the town"),
    "another place, other projection": ({"corner": (16.0, 52.0), "crs": POLISH}, "does not cover the town"),
    "a picture": ({"bands": 3}, "3 bands"),
    "nowhere": ({"crs": ""}, "where on Earth"),
    "coarse": ({"cell_m": 250.0}, "says nothing about streets"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_model_of_the_town_is_refused(kind: str, tmp_path: Path) -> None:
    traits, words = REFUSED[kind]
    if traits.get("crs") == "":
        file = write_heights(tmp_path / "h.tif", tilted)
        with rasterio.open(file) as dataset:
            heights = dataset.read(1)
        with (
            pytest.warns(NotGeoreferencedWarning),
            rasterio.open(file, "w", driver="GTiff", width=9, height=9, count=1, dtype="float32") as target,
        ):
            target.write(heights[:9, :9], 1)
    else:
        file = write_heights(tmp_path / "h.tif", tilted, **traits)
    with pytest.raises(SourceFileError, match=words):
        read_heights(file, BOUNDS)


@pytest.mark.parametrize("kept", [0, 4, 500, 0.5])
def test_a_file_that_ends_too_early_is_refused(kept: float, tmp_path: Path) -> None:
    file = write_heights(tmp_path / "h.tif", tilted)
    whole = file.read_bytes()
    file.write_bytes(whole[: int(kept if kept >= 1 else kept * len(whole))])
    with pytest.raises(SourceFileError, match=r"h\.tif (cannot be read as a GeoTIFF|does not say where)"):
        read_heights(file, BOUNDS)


def test_no_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceFileError, match="there is no such file"):
        read_heights(tmp_path / "none.tif", BOUNDS)


def test_a_refused_file_leaves_the_network_as_it_was(tmp_path: Path) -> None:
    nodes, ways = {1: (0.0, 0.0), 2: (300.0, 0.0)}, {1: ((1, 2), STREET)}
    town = hilly_town(tmp_path, nodes, ways, None)
    before = current_folder(tmp_path / "data")
    gone = write_heights(tmp_path / "h.tif", lambda e, _n: np.full_like(e, -9999.0), nodata=-9999.0)
    with pytest.raises(SourceFileError, match="no height where the town's streets are"):
        hilly_town(tmp_path, nodes, ways, gone)
    assert current_folder(tmp_path / "data") == before
    assert before is not None
    (before / "ascent_m.npy").unlink(missing_ok=True)  # as a network of before there were heights
    assert np.isnan(load_network(before).ascent_m).all()
    assert town.network.meta.elevation_file == ""
    assert CORNER == (19.82, 49.97)
