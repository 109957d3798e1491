"""The sets of visited stops, layer by layer: how many stops are done, and which of the free ones.

A locked stop has its own layer, so only sets of the free ones are told apart: with f of them there
are 2**f. A state is a set and the place last stood at; placeless stops change the set alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.domain.order.moves import Ints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.order.problem import OrderProblem

Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Step:
    """What takes a layer to the next one: `stop` added to the sets in `rows`, giving those in `targets`."""

    stop: int
    rows: Ints
    targets: Ints


@dataclass(frozen=True, eq=False)
class Lattice:
    """`sets[s]` are the sets after s stops, as bits of the free stops; `steps[s]` lead from there on."""

    sets: tuple[Ints, ...]
    steps: tuple[tuple[Step, ...], ...]


def lattice_of(problem: OrderProblem) -> Lattice:
    """Return all sets of stops that precedence and locked positions allow."""
    free = problem.free
    bits = np.arange(1 << len(free), dtype=np.int64)
    sizes = np.zeros(len(bits), dtype=np.int64)
    for bit in range(len(free)):
        sizes += (bits >> bit) & 1
    by_size = [np.flatnonzero(sizes == size) for size in range(len(free) + 1)]
    row_of = np.zeros(len(bits), dtype=np.int64)
    for rows in by_size:
        row_of[rows] = np.arange(len(rows))
    sets = [by_size[0]]
    steps: list[tuple[Step, ...]] = []
    done = 0
    for position, stop in enumerate(problem.stops):
        if stop.locked:
            every = np.arange(len(sets[-1]))
            kept = every[_is_due(problem, position, position, sets[-1])]
            steps.append((Step(position, kept, kept),))
            sets.append(sets[-1])
        else:
            steps.append(tuple(_free_steps(problem, position, sets[-1], row_of)))
            done += 1
            sets.append(by_size[done])
    return Lattice(tuple(sets), tuple(steps))


def _free_steps(problem: OrderProblem, position: int, sets: Ints, row_of: Ints) -> Iterator[Step]:
    for bit, number in enumerate(problem.free):
        open_to = ((sets >> bit) & 1 == 0) & _is_due(problem, number, position, sets)
        rows = np.flatnonzero(open_to)
        if len(rows):
            yield Step(number, rows, row_of[sets[rows] | (1 << bit)])


def _is_due(problem: OrderProblem, number: int, position: int, sets: Ints) -> Bools:
    """In which sets everything is done that must come before a stop."""
    due = np.ones(len(sets), dtype=np.bool_)
    for earlier in problem.stops[number].after:
        if problem.stops[earlier].locked:
            due &= earlier < position
        else:
            due &= (sets >> problem.free.index(earlier)) & 1 == 1
    return due
