"""Real feeds over the built-in streets, each read once per test session."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.kit.buses.town_rides import TownRides

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from planner.services.travel.town import Town


@pytest.fixture(scope="session")
def town_rides(skawina: Town, real_dir: Path) -> Callable[[str], TownRides]:
    """Rides by a feed's name."""

    @cache
    def read(name: str) -> TownRides:
        return TownRides(skawina, real_dir / f"{name}.gtfs.zip")

    return read
