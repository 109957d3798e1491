"""What a stranger can see from the street and be told by: churches, halls, shops with a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from planner.streets.build.graph import Names
    from planner.streets.query.layers import Bounds


def build_landmarks(file: Path, bounds: Bounds, names: Names) -> dict[str, NDArray[np.generic]]:
    """Return `at` (n, 2) in whole 1e-7 degrees (lon, lat), `name` numbers and `kind` codes."""
    _ = file, bounds, names
    return {
        "at": np.zeros((0, 2), np.int32),
        "name": np.zeros(0, np.int32),
        "kind": np.zeros(0, np.uint8),
    }
