"""Tables between places, some of which may have no position yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from planner.domain.travel_table import TravelTable
from planner.services.travel.on_foot import move_s

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planner.domain.schedule.timed import Place

N = TypeVar("N", int, float)


def table_of(places: Sequence[Place], ask: Callable[[list[Place]], TravelTable]) -> TravelTable:
    """Return metres to a decimetre and seconds of moves; None for places without a position."""
    placed = [number for number, place in enumerate(places) if place.at is not None]
    found = ask([places[number] for number in placed])
    distances = spread(found.distances_m, placed, len(places))
    durations = spread(found.durations_s, placed, len(places))
    return TravelTable(
        [[None if cell is None else round(cell, 1) for cell in row] for row in distances],
        [
            [None if cell is None else move_s(cell, a, b) for b, cell in zip(places, row, strict=True)]
            for a, row in zip(places, durations, strict=True)
        ],
    )


def spread(rows: Sequence[Sequence[N | None]], numbers: Sequence[int], size: int) -> list[list[N | None]]:
    """Put the cells of some places where they belong among all."""
    wide: list[list[N | None]] = [[None] * size for _ in range(size)]
    for a, row in zip(numbers, rows, strict=True):
        for b, cell in zip(numbers, row, strict=True):
            wide[a][b] = cell
    return wide


def least(*tables: Sequence[Sequence[N | None]]) -> list[list[N | None]]:
    """Return the least of each cell that is known."""
    return [
        [min((cell for cell in cells if cell is not None), default=None) for cells in zip(*rows, strict=True)]
        for rows in zip(*tables, strict=True)
    ]
