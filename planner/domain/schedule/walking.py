"""How a group walks: slower than a person, and only once it has gathered."""

from __future__ import annotations

from math import ceil

MIN_MOVE_S = 120
"""Moving between two different sites takes at least this, also when their points coincide."""

LONG_WALK_M = 2_000.0
"""A longer leg on foot is worth a warning: half an hour at a group's pace."""

LONG_KERB_WALK_M = 300.0
"""A longer walk between a place and where the coach stops is worth a warning."""

FAR_FROM_STREETS_M = 150.0
"""A place farther from any way than this is reachable, but not by a way we know."""

DETOUR_FACTOR = 1.4
"""Straight line to street length, used only to go on timing where no way is known."""

ROUNDING_S = 1e-6
"""Sums of seconds are good to this: less beyond a whole second is none."""


def gather_s(group_size: int) -> int:
    """Seconds a group needs to come together: 2 min and 1 min for every 15 people."""
    return 120 + 60 * (group_size // 15)


def walk_duration_s(length_m: float, pace_kmh: float) -> int:
    """Seconds to walk a length at a pace, rounded up to the whole second."""
    return ceil(length_m / (pace_kmh / 3.6) - ROUNDING_S)


def error_range_min(duration_s: int, error_m: float, pace_kmh: float) -> tuple[int, int]:
    """Shortest and longest minutes when an end's position is off by up to error_m metres."""
    spread = error_m / (pace_kmh / 3.6)
    return max(0, int((duration_s - spread) // 60)), ceil((duration_s + spread) / 60)
