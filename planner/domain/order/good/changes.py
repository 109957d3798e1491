"""Changes of an order: two parts that follow each other change places, or a part is turned round."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.order.moves import Ints

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.order.exact.lattice import Bools

SHORT = 3
"""Of two parts that change places one has so many stops at the most."""

SHORT_TURNED = 7
"""A part that is turned round and moved has so many stops at the most."""


class Kind(Enum):
    """Two parts change places, as they are or one of them turned round; or one part is turned round."""

    SWAPPED = auto()
    FIRST_TURNED = auto()
    SECOND_TURNED = auto()
    TURNED = auto()


@dataclass(frozen=True, eq=False)
class Changes:
    """Changes of one kind: of the parts from position i to j and from j + 1 to k.

    `ways` are those given up, so many as are `given`, and then those taken instead; `steps` are the parts
    gone through until the end, each with the way to it and whether it is turned round.
    """

    kind: Kind
    i: Ints
    j: Ints
    k: Ints
    given: int
    ways: tuple[Ints, ...]
    turned: tuple[Ints, Ints] | None
    steps: tuple[tuple[bool, Ints, Ints], ...]

    def at(self, entries: Ints) -> Changes:
        """Return some of the changes."""
        return Changes(
            self.kind,
            self.i[entries],
            self.j[entries],
            self.k[entries],
            self.given,
            tuple(way[entries] for way in self.ways),
            None if self.turned is None else (self.turned[0][entries], self.turned[1][entries]),
            tuple((turned, way[entries], part[entries]) for turned, way, part in self.steps),
        )

    def apply(self, entry: int, order: Sequence[int]) -> tuple[int, ...]:
        """Return an order with one of the changes made."""
        i, j, k = int(self.i[entry]) - 1, int(self.j[entry]), int(self.k[entry])
        one, other = tuple(order[i:j]), tuple(order[j:k])
        if self.kind is Kind.TURNED:
            one, other = (), tuple(order[i:k])[::-1]
        elif self.kind is Kind.FIRST_TURNED:
            one = one[::-1]
        elif self.kind is Kind.SECOND_TURNED:
            other = other[::-1]
        return (*order[:i], *other, *one, *order[k:])


def changes_of(locked: Sequence[bool]) -> tuple[Changes, ...]:
    """Return all changes of parts without a locked stop."""
    size = len(locked)
    before = np.cumsum([0, 0, *locked])
    i, j, k = (axis.ravel() for axis in np.meshgrid(*[np.arange(1, size + 1)] * 3, indexing="ij"))
    whole = before[np.minimum(k + 1, size + 1)] == before[i]
    two = (i <= j) & (j < k) & whole
    first, second = j - i + 1, k - j
    kept = {
        Kind.SWAPPED: two & ((first <= SHORT) | (second <= SHORT)),
        Kind.FIRST_TURNED: two & (first > 1) & (first <= SHORT_TURNED),
        Kind.SECOND_TURNED: two & (second > 1) & (second <= SHORT_TURNED),
        Kind.TURNED: (i < k) & (j == k) & whole,
    }
    made = (_made(kind, i, j, k, chosen) for kind, chosen in kept.items())
    return tuple(changes for changes in made if len(changes.i))


def _made(kind: Kind, i: Ints, j: Ints, k: Ints, chosen: Bools) -> Changes:
    n = int(i.max(initial=0)) + 2
    i, j, k = i[chosen], j[chosen], k[chosen]
    before, after = i - 1, k + 1
    parts = {
        Kind.SWAPPED: ((False, j + 1, k), (False, i, j)),
        Kind.FIRST_TURNED: ((False, j + 1, k), (True, j, i)),
        Kind.SECOND_TURNED: ((True, k, j + 1), (False, i, j)),
        Kind.TURNED: ((True, k, i),),
    }[kind]
    given = [before * n + i, k * n + after] + ([] if kind is Kind.TURNED else [j * n + j + 1])
    steps, at = [], before
    for is_turned, enters, leaves in parts:
        part = leaves * n + enters if is_turned else enters * n + leaves
        steps.append((is_turned, at * n + enters, part))
        at = leaves
    steps.append((False, at * n + after, after * n + n - 1))
    turned = next(((leaves, enters) for is_turned, enters, leaves in parts if is_turned), None)
    taken = [way for _, way, _ in steps]
    return Changes(kind, i, j, k, len(given), (*given, *taken), turned, tuple(steps))
