"""Parts of an order, forward and turned round: when each is left by who enters it at an instant.

Who enters a part at `t`, by `last`, leaves it at the later of `first` and `t + stay`. Parts put one after
the other are of the same form, so that an order changed in a few places is timed in a few steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.order.moves import NEVER, Floats, Ints

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.order.good.changes import Changes
    from planner.domain.order.good.plain import PlainDay


@dataclass(frozen=True, eq=False)
class Parts:
    """By first and last position: `first`, `stay` and `last` of each part, flat."""

    first: Ints
    stay: Ints
    last: Ints


@dataclass(frozen=True, eq=False)
class Segments:
    """All parts of one order. Positions count from the start, 0, to the end, one more than the stops.

    `ahead` are the parts as they are, `back` turned round; `spent` and `spent_back` what ways cost up to
    each position.
    """

    size: int
    per_second: float
    seconds: Ints
    cost: Floats
    ahead: Parts
    back: Parts
    spent: Floats
    spent_back: Floats

    @classmethod
    def of(cls, day: PlainDay, order: Sequence[int], placed: Sequence[bool]) -> Segments:
        """Work out all parts of an order."""
        nodes = np.array([0, *(number + 1 for number in order), len(order) + 1])
        rows = nodes.copy()
        for position, number in enumerate(order, start=1):
            if not placed[number]:
                rows[position] = rows[position - 1]
        cells = np.ix_(rows, nodes)
        seconds, cost = day.seconds[cells], day.cost[cells]
        own = day.first[nodes], day.stay[nodes], day.last[nodes]
        turned = _parts(np.diagonal(seconds, -1)[::-1], *(values[::-1] for values in own))
        return cls(
            size=len(nodes),
            per_second=day.per_second,
            seconds=seconds.ravel(),
            cost=cost.ravel(),
            ahead=Parts(*(values.ravel() for values in _parts(np.diagonal(seconds, 1), *own))),
            back=Parts(*(values[::-1, ::-1].T.ravel() for values in turned)),
            spent=np.concatenate(([0.0], np.cumsum(np.diagonal(cost, 1)))),
            spent_back=np.concatenate(([0.0], np.cumsum(np.diagonal(cost, -1)))),
        )

    @property
    def value(self) -> float:
        """What the order is to be judged by; infinite where it is late."""
        whole = self.size - 1
        late = self.ahead.last[whole] < 0
        return np.inf if late else float(self.per_second * self.ahead.first[whole] + self.spent[-1])

    def changed(self, changes: Changes) -> Floats:
        """Return by how much each change makes the ways dearer, negative if cheaper, times left aside."""
        cost = self.cost
        dearer = -cost[changes.ways[0]]
        for way in changes.ways[1 : changes.given]:
            dearer -= cost[way]
        for way in changes.ways[changes.given :]:
            dearer += cost[way]
        if changes.turned is not None:
            low, high = changes.turned
            inside = self.spent_back - self.spent
            dearer += inside[high] - inside[low]
        return dearer

    def finish(self, changes: Changes) -> Ints:
        """Return when the day is over after each change; NEVER where it is late."""
        time = self.ahead.first[changes.i - 1]
        for is_turned, way, part in changes.steps:
            parts = self.back if is_turned else self.ahead
            entered = time + self.seconds[way]
            left = np.maximum(parts.first[part], entered + parts.stay[part])
            time = np.where(entered > parts.last[part], NEVER, left)
        return np.minimum(time, NEVER)


def _parts(ways: Ints, first: Ints, stay: Ints, last: Ints) -> tuple[Ints, Ints, Ints]:
    """The parts of a row of nodes with the ways between them, by first and last node.

    A part is left `stay` after it was entered, unless some node on the way is left no earlier than it
    opens; it may be entered so late that each node is reached in time.
    """
    size = len(first)
    comes_later = np.arange(size)[:, None] <= np.arange(size)[None, :]
    reached = np.concatenate(([0], np.cumsum(ways + stay[:-1])))
    left = reached + stay
    opens = np.where(comes_later, (first - left)[None, :], -NEVER)
    is_left = np.maximum.accumulate(opens, axis=1) + left[None, :]
    closes = np.where(comes_later, (last - reached)[None, :], NEVER)
    latest = np.minimum.accumulate(closes, axis=1) + reached[:, None]
    late = np.zeros((size, size), dtype=np.bool_)
    late[:, 1:] = comes_later[:, :-1] & (is_left[:, :-1] + ways[None, :] > last[None, 1:])
    is_late = np.logical_or.accumulate(late, axis=1)
    return is_left, left[None, :] - reached[:, None], np.where(is_late, -NEVER, latest)
