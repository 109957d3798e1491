"""The schedule's `Travel` for every mode, and what is said about a mode's answers."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from planner.domain.itinerary import Warning, WarningCode
from planner.domain.visits import Mode
from planner.errors import Fault
from planner.services.coach_travel import CoachTravel
from planner.services.travel import Group, StreetTravel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planner.domain.clock import Instant
    from planner.domain.itinerary import Leg
    from planner.domain.schedule import Place
    from planner.domain.visits import Day
    from planner.services.town import Town

PLANNED_MODES = (Mode.WALK, Mode.COACH)
"""What can be planned; the others are known words without a plan behind them yet."""


class ModeTravel:
    """Hands each leg to those who know its mode."""

    def __init__(self, town: Town, group: Group) -> None:
        self._town = town
        self._group = group

    @cached_property
    def _on_foot(self) -> StreetTravel:
        return StreetTravel(self._town, self._group)

    @cached_property
    def _by_coach(self) -> CoachTravel:
        return CoachTravel(self._town, self._group)

    def leg(self, origin: Place, destination: Place, mode: Mode, depart: Instant) -> Leg:
        """Return the leg that leaves at `depart`; never raises for a pair without a way."""
        if mode is Mode.COACH:
            return self._by_coach.leg(origin, destination, depart)
        return self._on_foot.leg(origin, destination, mode, depart)


def unplanned_message(mode: Mode) -> str:
    """What to say about a mode that cannot be planned yet."""
    known = " and ".join(repr(one.value) for one in PLANNED_MODES)
    return f"mode {mode.value!r} cannot be planned yet: only {known} can"


def mode_faults(day: Day) -> Iterator[Fault]:
    """Find every mode of a day that cannot be planned."""
    asked = [("/mode", day.mode), *((f"/stops/{i}/mode_to", s.mode_to) for i, s in enumerate(day.stops))]
    asked.append(("/end/mode_to", day.end.mode_to if day.end else None))
    for pointer, mode in asked:
        if mode is not None and mode not in PLANNED_MODES:
            yield Fault(pointer, "mode", unplanned_message(mode))


def data_warnings(town: Town, modes: Iterable[Mode]) -> tuple[Warning, ...]:
    """Say it when the streets are a sketch, and that it has nothing of what a coach's driver must know."""
    facts = town.facts
    if not facts.is_sketch:
        return ()
    percent = max(1, round(facts.estimated_share * 100))
    sketch = Warning(WarningCode.SKETCH_DATA, params={"estimated_percent": percent})
    return (sketch, Warning(WarningCode.COACH_UNCHECKED)) if Mode.COACH in modes else (sketch,)
