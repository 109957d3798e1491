"""Published instances of the travelling salesman problem with time windows, as days on whole minutes.

A unit of an instance is a minute, a hundredth where it has decimals: stays that begin at whole minutes then
begin when the instance says. Service is in the matrix, so nobody stays anywhere.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.order.moves import MoveTable
from planner.domain.order.problem import OrderProblem, OrderStop
from planner.domain.order.stays import Interval
from tests.conftest import REAL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER = REAL / "tsptw"
MINUTE_S = 60


@dataclass(frozen=True)
class Instance:
    """An instance as a day, whose metres are the seconds of the ways, with the best values known."""

    name: str
    problem: OrderProblem
    unit: int
    finish: float | None
    travel: float | None

    @property
    def size(self) -> int:
        return len(self.problem.stops)

    def in_units(self, seconds: float) -> float:
        """Seconds, or metres, as the instance counts them."""
        return seconds / self.unit


def instances() -> Iterator[Instance]:
    """The instances that are there, the small ones first."""
    with (FOLDER / "best_known.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    read = [_read(FOLDER / row["file"], row["earliest_finish"], row["least_travel"]) for row in rows]
    yield from sorted(read, key=lambda instance: instance.size)


def _read(file: Path, finish: str, travel: str) -> Instance:
    lines = file.read_text(encoding="utf-8").split("\n")
    numbers = [float(word) for line in lines for word in line.split("#")[0].split()]
    count = int(numbers[0])
    matrix = np.array(numbers[1 : 1 + count * count]).reshape(count, count)
    windows = np.array(numbers[1 + count * count : 1 + count * count + 2 * count]).reshape(count, 2)
    unit = MINUTE_S * (1 if (np.round(matrix) == matrix).all() else 100)
    matrix, windows = np.rint(matrix * unit).astype(np.int64), np.rint(windows * unit).astype(np.int64)
    steady = np.hstack([matrix[:, 1:], matrix[:, :1]])
    moves = MoveTable(
        steady, np.zeros_like(steady), lambda a, b, _: float(steady[a, b]), {}, steady.astype(np.float64)
    )
    stops = tuple(OrderStop((Interval(int(a), int(b), int(b)),), 0) for a, b in windows[1:])
    problem = OrderProblem(int(windows[0, 0]), stops, moves, has_end=True, limit=int(windows[0, 1]))
    return Instance(file.name, problem, unit, *(float(text) if text else None for text in (finish, travel)))
