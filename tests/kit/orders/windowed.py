"""Made-up days in the manner of Dumas and others (1995): a window around when a random tour is at each stop.

Some order keeps them all. A unit is a minute, so that stays that begin at whole minutes begin when they may.
"""

from __future__ import annotations

from math import hypot
from random import Random

import numpy as np

from planner.domain.order.moves import MoveTable
from planner.domain.order.problem import OrderProblem, OrderStop
from planner.domain.order.stays import Interval

ACROSS = 50
MINUTE_S = 60


def windowed_day(size: int, width: int, seed: int) -> OrderProblem:
    """Return a day of stops on a square of 50 by 50 minutes, windows at most so many minutes wide.

    Ways are whole minutes and none is shorter over a third place; metres are their seconds.
    """
    dice = Random(f"windowed {size} {width} {seed}")  # noqa: S311 - no secret
    at = [(dice.uniform(0, ACROSS), dice.uniform(0, ACROSS)) for _ in range(size + 1)]
    ways = np.array([[int(hypot(a[0] - b[0], a[1] - b[1])) for b in at] for a in at], dtype=np.int64)
    for over in range(size + 1):
        ways = np.minimum(ways, ways[:, over, None] + ways[None, over, :])
    here, now = 0, 0
    windows: dict[int, tuple[int, int]] = {}
    for stop in dice.sample(range(1, size + 1), size):
        now += int(ways[here, stop])
        windows[stop] = max(0, now - dice.randint(0, width // 2)), now + dice.randint(0, width // 2)
        here = stop
    steady = MINUTE_S * np.hstack([ways[:, 1:], ways[:, :1]])
    stops = tuple(OrderStop((_window(*windows[stop]),), 0) for stop in range(1, size + 1))
    metres = steady.astype(np.float64)
    moves = MoveTable(steady, np.zeros_like(steady), lambda a, b, _: float(steady[a, b]), {}, metres)
    return OrderProblem(0, stops, moves, has_end=True)


def _window(opens: int, closes: int) -> Interval:
    return Interval(MINUTE_S * opens, MINUTE_S * closes, MINUTE_S * closes)
