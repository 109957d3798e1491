"""Small delays of a day, drawn by chance: how fast the group walks, how long stays last, how late buses are.

What is assumed, and where it is from, is told in docs/planning.md and in each answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.domain.order.moves import Floats

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Delays:
    """How much a day may differ from its plan.

    `pace` and `drive` are spreads (of the logarithm) of the time that walks and drives take against the plan:
    one factor for all walks of a day, one for each drive. A stay lasts longer by a share with the spread
    `stay`, never shorter. A ride comes late by `bus_s` on the average, mostly less. Less than `grace_s` late
    is on time.
    """

    pace: float = 0.10
    drive: float = 0.15
    stay: float = 0.10
    bus_s: float = 203.0
    grace_s: int = 60


@dataclass(frozen=True, eq=False)
class Draws:
    """What was drawn for each day played: factors of walks and drives, seconds of rides, shares of stays.

    `pace` is (days,), the others (columns, days): a column for each stop, and the last for the day's end.
    """

    pace: Floats
    drive: Floats
    bus_s: Floats
    stay: Floats
    grace_s: int = 0

    @property
    def days(self) -> int:
        """How many days are played."""
        return len(self.pace)

    def first(self, days: int) -> Draws:
        """Return the first few of them."""
        return Draws(
            self.pace[:days], self.drive[:, :days], self.bus_s[:, :days], self.stay[:, :days], self.grace_s
        )


def draw(delays: Delays, stops: int, days: int, seed: int) -> Draws:
    """Return what is drawn for so many days of so many stops; the same seed draws the same."""
    dice = np.random.default_rng(seed)
    pace = np.exp(delays.pace * dice.standard_normal(days))
    drive = np.exp(delays.drive * dice.standard_normal((stops + 1, days)))
    bus_s = dice.exponential(delays.bus_s, (stops + 1, days)) if delays.bus_s else np.zeros((stops + 1, days))
    longer = np.maximum(0.0, np.exp(delays.stay * dice.standard_normal((stops + 1, days))) - 1.0)
    return Draws(pace, drive, bus_s, longer, delays.grace_s)
