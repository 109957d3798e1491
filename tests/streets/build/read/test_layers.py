"""The plane in which the background is simplified."""

from __future__ import annotations

import geopandas as gpd
import pytest
from shapely.geometry import box

from planner.streets.build.read.layers import utm_zone

BOXES = {
    "Skawina": (19.80, 49.96, 19.86, 49.99),
    "across the border of two zones": (17.9, 49.9, 18.3, 50.0),
    "west and south": (-58.5, -34.7, -58.3, -34.5),
    "the first zone": (-179.9, 51.0, -179.7, 51.2),
    "the last zone": (179.5, -17.0, 179.9, -16.8),
    "west of Greenwich": (-0.3, 51.4, -0.1, 51.6),
}


@pytest.mark.dear
@pytest.mark.parametrize("bounds", BOXES.values(), ids=BOXES)
def test_the_zone_is_the_one_that_geopandas_estimates(bounds: tuple[float, float, float, float]) -> None:
    estimated = gpd.GeoSeries([box(*bounds)], crs=4326).estimate_utm_crs()
    assert utm_zone(*bounds) == f"EPSG:{estimated.to_epsg()}"
