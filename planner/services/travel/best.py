"""The best mode: the earliest arrival, reserve included, or to be ready by a time the latest start.

Equal ones are told apart by what is simplest: on foot, then by bus, then by coach.
The least of legs that never arrive earlier when left later is one of those again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.itinerary import PartKind
from planner.domain.rides import Choice
from planner.domain.schedule.walking import LONG_WALK_M
from planner.domain.visits import Mode
from planner.domain.warnings.codes import WarningCode

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planner.domain.itinerary import Leg
    from planner.domain.schedule.reserves import Reserves
    from planner.domain.warnings.codes import Warning

PREFERRED = (Mode.WALK, Mode.BUS, Mode.COACH)
"""What is taken when two are as good."""


def earliest(legs: Sequence[Leg], reserves: Reserves) -> Leg:
    """Return the leg, of some that leave together, after which the group is ready first, and why that one."""
    return _best(legs, lambda leg: leg.arrive + reserves.after(leg))


def latest(legs: Sequence[Leg]) -> Leg:
    """Return the leg, of some that arrive in time, that leaves last, and why that one."""
    return _best(legs, lambda leg: -leg.depart)


def _best(legs: Sequence[Leg], cost: Callable[[Leg], int]) -> Leg:
    """Choose; a leg whose way is not known comes after all others, a bus leg without a ride is a walk."""
    own = [leg for leg in legs if leg.mode is not Mode.BUS or _first_ride(leg)]
    first, *others = sorted(own, key=lambda leg: (not _is_known(leg), cost(leg), PREFERRED.index(leg.mode)))
    other = next((leg for leg in others if _is_known(leg)), None) if _is_known(first) else None
    ride = _first_ride(first)
    choice = Choice(
        mode=first.mode,
        saves_s=cost(other) - cost(first) if other else None,
        over=other.mode if other else None,
        next_in_s=ride - first.depart if ride else None,
    )
    return replace(first, choice=choice, warnings=(*first.warnings, *_unserved(first, legs)))


def _is_known(leg: Leg) -> bool:
    return leg.distance_m is not None


def _first_ride(leg: Leg) -> int | None:
    """When the first ride leaves."""
    return next((part.depart for part in leg.parts if part.kind is PartKind.RIDE), None)


def _unserved(chosen: Leg, legs: Sequence[Leg]) -> list[Warning]:
    """Why a long way is walked and not ridden."""
    if chosen.mode is not Mode.WALK or (chosen.distance_m is not None and chosen.distance_m <= LONG_WALK_M):
        return []
    return [
        warning
        for leg in legs
        if leg.mode is Mode.BUS
        for warning in leg.warnings
        if warning.code is WarningCode.NO_SERVICE
    ]
