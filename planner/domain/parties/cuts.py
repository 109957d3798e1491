"""Stays made shorter so that all parties keep their demands: the question, along orders that are given.

A tour is one tour, whoever takes it: a stay is cut for all parties alike, and its minutes count once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from planner.domain.clock import Instant
from planner.domain.parties.rotation import Starts


@dataclass(frozen=True)
class CutStop:
    """A stop by the minutes that its stay loses, from none on: how many seconds are left, when it may begin.

    A party larger than the `capacity` fills it alone. All begin `together` where they meet.
    """

    dwells: tuple[int, ...]
    starts: tuple[Starts, ...]
    capacity: int | None = None
    together: bool = False

    def share(self, cut: int) -> Fraction:
        """The share of the stay that so many minutes are."""
        return Fraction(self.dwells[0] - self.dwells[cut], max(1, self.dwells[0]))


@dataclass(frozen=True)
class PartyStep:
    """The next stop of a party, and the seconds from leaving the one before to being ready for it."""

    stop: int
    ready_s: int


@dataclass(frozen=True)
class PartyWay:
    """A party's day: how many they are, their stops in order, the seconds from the last one to the end."""

    size: int
    steps: tuple[PartyStep, ...]
    last_s: int


@dataclass(frozen=True)
class CutQuestion:
    """A day of parties whose orders are given: when it begins, and by when it must be over."""

    start: Instant
    stops: tuple[CutStop, ...]
    ways: tuple[PartyWay, ...]
    limit: Instant | None = None


@dataclass(frozen=True)
class PartyCuts:
    """The minutes that each stay loses, and when the parties begin their stays, by party and stop.

    `proved`: along these orders no fewer will do, and no cuts as few are fairer.
    """

    minutes: tuple[int, ...]
    starts: Mapping[tuple[int, int], Instant]
    proved: bool
