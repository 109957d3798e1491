"""The time that a search may take, and the shares of it that go to its phases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf

Clock = Callable[[], float]
"""Tells seconds that never run backward; since when does not matter."""


class OutOfTimeError(Exception):
    """The search was stopped before it was through."""


@dataclass(frozen=True)
class Budget:
    """Seconds to spend from `begun` on, by a clock that whoever makes the budget brings along."""

    seconds: float
    clock: Clock
    begun: float

    @classmethod
    def of(cls, seconds: float, clock: Clock) -> Budget:
        """Return a budget of so many seconds from now on."""
        return cls(seconds, clock, clock())

    @property
    def left_s(self) -> float:
        """Seconds that are left; negative once it is overspent."""
        return self.seconds - (self.clock() - self.begun)

    def is_over(self) -> bool:
        """Whether nothing is left."""
        return self.left_s < 0

    def check(self) -> None:
        """Do nothing while there is time.

        Raises
        ------
        OutOfTimeError
            Once nothing is left.
        """
        if self.is_over():
            raise OutOfTimeError

    def share(self, part: float) -> Budget:
        """Return a part of the whole, longer where it is more than 1; both have begun together."""
        return replace(self, seconds=self.seconds * part)

    def rest(self, part: float = 1.0, *, least_s: float = -inf) -> Budget:
        """Return a part of what is left, or of `least_s` where that is more, from now on."""
        return Budget.of(max(least_s, self.left_s) * part, self.clock)

    def less(self, seconds: float) -> Budget:
        """Return the budget that is over so many seconds earlier."""
        return replace(self, seconds=self.seconds - seconds)


ENDLESS = Budget(inf, lambda: 0.0, 0.0)
"""All the time there is."""
