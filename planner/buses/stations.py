"""Which stops are one station: those a feed says belong together, or of one name and near."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.geo import METRES_PER_DEGREE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

NEAR_M = 250.0
"""Stops of one name no farther apart than this are one station."""

_SCALE = 1e7


def stations(at: NDArray[np.int32], names: Sequence[str], groups: Sequence[int]) -> NDArray[np.int32]:
    """Number the stations.

    Parameters
    ----------
    at
        (S, 2) lon, lat in 1e-7 degrees.
    groups
        Stops with the same number from 0 on belong together anyhow; -1: nothing is known.
    """
    leader = list(range(len(names)))

    def root(stop: int) -> int:
        while leader[stop] != stop:
            leader[stop] = leader[leader[stop]]
            stop = leader[stop]
        return stop

    for a, b in [*_given_pairs(groups), *_near_pairs(at, names)]:
        low, high = sorted((root(a), root(b)))
        leader[high] = low
    roots = np.array([root(stop) for stop in range(len(names))], np.int64)
    return np.unique(roots, return_inverse=True)[1].astype(np.int32)


def _given_pairs(groups: Sequence[int]) -> list[tuple[int, int]]:
    first: dict[int, int] = {}
    return [(first.setdefault(group, stop), stop) for stop, group in enumerate(groups) if group >= 0]


def _near_pairs(at: NDArray[np.int32], names: Sequence[str]) -> list[tuple[int, int]]:
    named: dict[str, list[int]] = defaultdict(list)
    for stop, name in enumerate(names):
        if name:
            named[name.casefold()].append(stop)
    pairs: list[tuple[int, int]] = []
    for stops in named.values():
        if len(stops) > 1:
            pairs += _near(at, np.array(stops))
    return pairs


def _near(at: NDArray[np.int32], stops: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Pairs of stops that lie near each other, along the order of their latitudes."""
    stops = stops[np.argsort(at[stops, 1], kind="stable")]
    metres = at[stops] / _SCALE * METRES_PER_DEGREE
    metres[:, 0] *= np.cos(np.radians(at[stops, 1] / _SCALE))
    ends = np.searchsorted(metres[:, 1], metres[:, 1] + NEAR_M, side="right")
    pairs: list[tuple[int, int]] = []
    for here, end in enumerate(ends.tolist()):
        near = np.hypot(*(metres[here + 1 : end] - metres[here]).T) <= NEAR_M
        pairs += [(int(stops[here]), int(other)) for other in stops[here + 1 : end][near]]
    return pairs
