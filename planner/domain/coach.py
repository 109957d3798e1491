"""A coach as roads see it: what low bridges, weight signs, tight bends and narrow gates ask about."""

from __future__ import annotations

from dataclasses import dataclass, fields
from math import isfinite

from planner.errors import EditRefusedError, Reason

COACH_LIMITS = {
    "height_m": (1.5, 5.0),
    "weight_t": (1.0, 60.0),
    "length_m": (3.0, 25.0),
    "width_m": (1.2, 4.0),
}
"""Least and most of each measure: from a minibus to the largest vehicle that any road carries."""


@dataclass(frozen=True)
class CoachProfile:
    """The size of a coach: metres and tonnes. The default is a full-size touring coach, loaded."""

    height_m: float = 3.8
    weight_t: float = 18.0
    length_m: float = 12.0
    width_m: float = 2.55

    def __post_init__(self) -> None:
        """Refuse what is no coach.

        Raises
        ------
        EditRefusedError
            If a measure is no number or outside `COACH_LIMITS`.
        """
        for part in fields(self):
            low, high = COACH_LIMITS[part.name]
            value = getattr(self, part.name)
            if not (isfinite(value) and low <= value <= high):
                msg = f"{part.name} must lie between {low:g} and {high:g}"
                raise EditRefusedError(Reason.COACH_SIZE, msg, name=part.name, low=low, high=high)
