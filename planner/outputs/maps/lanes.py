"""Ways that share a street lie beside each other: out on one side, back on the other.

A stretch of street that is gone along more than once has a lane for each party and direction, to the right
of where one goes. A lane is told as the distance from the street's middle in line widths, positive to the
right of the line's own direction.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.geo import LonLat
    from planner.outputs.maps.content import MapLeg

    Stretch = tuple[LonLat, LonLat]
    Pass = tuple[str, bool]

DIGITS = 6


def beside_each_other(legs: Sequence[MapLeg]) -> tuple[MapLeg, ...]:
    """Give each leg the lanes of its stretches, as runs of (first, last, lane).

    A leg that has the street for itself has none.
    """
    passes: defaultdict[Stretch, set[Pass]] = defaultdict(set)
    for leg in legs:
        for a, b in pairwise(leg.geometry):
            stretch, is_along = _stretch(a, b)
            passes[stretch].add((leg.party or "", is_along))
    return tuple(replace(leg, lanes=tuple(_runs(leg, passes))) for leg in legs)


def _stretch(a: LonLat, b: LonLat) -> tuple[Stretch, bool]:
    """A stretch by its ends, the lesser one first, and whether one goes that way."""
    one = round(a[0], DIGITS), round(a[1], DIGITS)
    other = round(b[0], DIGITS), round(b[1], DIGITS)
    return ((one, other), True) if one <= other else ((other, one), False)


def _runs(leg: MapLeg, passes: dict[Stretch, set[Pass]]) -> list[tuple[int, int, float]]:
    runs: list[tuple[int, int, float]] = []
    for index, (a, b) in enumerate(pairwise(leg.geometry)):
        stretch, is_along = _stretch(a, b)
        lane = _lane(passes[stretch], (leg.party or "", is_along))
        if not lane:
            continue
        if runs and runs[-1][1] == index and runs[-1][2] == lane:
            runs[-1] = runs[-1][0], index + 1, lane
        else:
            runs.append((index, index + 1, lane))
    return runs


def _lane(passes: set[Pass], own: Pass) -> float:
    """The lane of one pass: those against the stretch on the left of it, those along it on the right."""
    against = sorted((one for one in passes if not one[1]), reverse=True)
    along = sorted(one for one in passes if one[1])
    place = [*against, *along].index(own) - (len(passes) - 1) / 2
    return place if own[1] else -place
