"""Parties that are alike: of two such orders that were exchanged only one is looked at."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from planner.domain.parties.rotation import BEFORE

if TYPE_CHECKING:
    from planner.domain.parties.rotation import MoveTimes, Rotation


def narrowest(rotation: Rotation) -> int:
    """The stop that holds the fewest people, of those the one where all stay longest together."""
    stops = rotation.stops
    most = sum(rotation.sizes)
    rooms = [most if stop.capacity is None else min(most, stop.capacity) for stop in stops]
    return min(range(len(stops)), key=lambda number: (rooms[number], -stops[number].dwell_s, number))


def alike(rotation: Rotation, moves: MoveTimes) -> list[tuple[int, int]]:
    """Neighbouring pairs of parties of one size that get about in the same time from the same place."""
    groups: dict[tuple[int, ...], list[int]] = {}
    heres, theres = range(BEFORE, len(rotation.stops)), range(len(rotation.stops) + 1)
    for party, size in enumerate(rotation.sizes):
        times = (
            moves.ready(party, here, there, rotation.leave, first=here == BEFORE)
            for here in heres
            for there in theres
        )
        groups.setdefault((size, *times), []).append(party)
    return [pair for group in groups.values() for pair in pairwise(group)]
