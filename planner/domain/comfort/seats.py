"""The longest stretch of a way on which nobody can sit down.

A seat counts where it stands within `BESIDE_M` of the way, once for each piece of the way that passes it. A
stretch runs from the way's beginning or a seat to the next seat or the way's end: what is at the ends is told
of the stops.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.geo import METRES_PER_DEGREE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.geo import LonLat
    from planner.domain.itinerary import Itinerary

BESIDE_M = 15.0
"""About the breadth of a street with its pavements: our choice."""


@dataclass(frozen=True)
class Unseated:
    """The longest stretch of a day without a seat: metres, and the index of its leg."""

    metres: float
    leg: int


def longest_unseated_m(line: Sequence[LonLat], seats: Sequence[LonLat]) -> float:
    """Return the metres of the longest stretch of a line (lon, lat) without a seat."""
    wide = METRES_PER_DEGREE * cos(radians(line[0][1]))
    corners = np.array(line) * (wide, METRES_PER_DEGREE)
    steps = np.diff(corners, axis=0)
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    along = np.concatenate(([0.0], np.cumsum(lengths)))
    marks = [along[0], along[-1]]
    if len(seats):
        apart = (np.array(seats) * (wide, METRES_PER_DEGREE))[:, None, :] - corners[None, :-1, :]
        squared = np.where(lengths > 0, lengths * lengths, 1.0)
        share = np.clip((apart * steps).sum(axis=2) / squared, 0.0, 1.0)
        off = apart - share[:, :, None] * steps
        is_beside = np.hypot(off[:, :, 0], off[:, :, 1]) <= BESIDE_M
        marks += (along[:-1] + share * lengths)[is_beside].tolist()
    return float(np.diff(np.sort(marks)).max())


def longest_of(itinerary: Itinerary) -> Unseated | None:
    """Return the longest stretch of a day without a seat, the first of equals; None where none is known."""
    known = [(leg.unseated_m, -at) for at, leg in enumerate(itinerary.legs) if leg.unseated_m is not None]
    if not known:
        return None
    metres, at = max(known)
    return Unseated(metres, -at)
