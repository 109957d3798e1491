"""Reserves after legs: minutes that a late bus or a slow boarding may eat before the plan slips."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.itinerary import PartKind
from planner.domain.visits import Mode

if TYPE_CHECKING:
    from planner.domain.itinerary import Leg
    from planner.domain.visits import LegBuffers


@dataclass(frozen=True)
class Reserves:
    """Seconds kept after a leg, by what it was really made with.

    A leg asked for by bus that is better walked counts as walked. For legs to stay first in first
    out, the quickest of several is the one after which the group is *ready* first, reserve
    included; and every leg has feet in it, so no reserve is less than that of a walk.
    """

    walk_s: int = 0
    bus_s: int = 0
    coach_s: int = 0

    @classmethod
    def of(cls, buffers: LegBuffers) -> Reserves:
        """Return a visit's reserves in seconds."""
        return cls(buffers.walk_min * 60, buffers.bus_min * 60, buffers.coach_min * 60)

    def after(self, leg: Leg) -> int:
        """Return the seconds kept after a leg; none where nobody moves."""
        return self.of_mode(made_with(leg)) if leg.duration_s else 0

    def of_mode(self, mode: Mode) -> int:
        """Return the seconds kept after a leg that was made on foot, by bus or by coach."""
        return max(self.walk_s, {Mode.BUS: self.bus_s, Mode.COACH: self.coach_s}.get(mode, 0))


def made_with(leg: Leg) -> Mode:
    """What a leg was really made with: a ride, a coach, feet; without a known way, what was asked."""
    kinds = {part.kind for part in leg.parts}
    if PartKind.RIDE in kinds:
        return Mode.BUS
    if PartKind.DRIVE in kinds:
        return Mode.COACH
    return Mode.WALK if kinds else leg.mode
