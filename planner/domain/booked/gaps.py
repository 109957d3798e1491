"""What is missing of the things that are booked for a day."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from planner.domain.visits import Mode, StopKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from planner.domain.clock import Instant, TownClock
    from planner.domain.visits import Day, Visit


class GapKind(StrEnum):
    """What is missing, or does not fit."""

    ARRIVES_LATE = "arrives_late"
    """The group arrives after the day has begun."""
    NO_DRIVER = "no_driver"
    """Nobody knows the telephone of the coach's driver."""
    BOARDS_LATE = "boards_late"
    """The group gets into the coach after it should have left."""
    MEAL_OPEN = "meal_open"
    """The restaurant has not said yes."""
    FEW_COVERS = "few_covers"
    """Fewer places are booked than people come."""


@dataclass(frozen=True)
class Gap:
    """One thing that is missing: of a stop (its index), or of the day. `told` are the numbers to say."""

    kind: GapKind
    stop: int | None = None
    told: tuple[str, ...] = ()


def gaps(
    visit: Visit, day: Day, begins: Instant, clock: TownClock, drivers: Collection[str] | None = None
) -> Iterator[Gap]:
    """Yield what is missing on a day that begins at an instant.

    `drivers` are the ids of those whose telephone is kept, where that is known: a day that came back by undo
    may name one who was removed since.
    """
    if day.arrival and day.arrival.time and clock.instant(day.date, day.arrival.time) > begins:
        yield Gap(GapKind.ARRIVES_LATE, told=(day.arrival.time, clock.face(begins)))
    coach = day.coach_booking
    is_known = coach is not None and bool(coach.driver) and (drivers is None or coach.driver in drivers)
    if day.has_coach and not is_known:
        yield Gap(GapKind.NO_DRIVER)
    if coach and coach.boarding and _drives_first(day) and clock.instant(day.date, coach.boarding) > begins:
        yield Gap(GapKind.BOARDS_LATE, told=(coach.boarding, clock.face(begins)))
    for number, stop in enumerate(day.stops):
        booked = stop.booking if stop.kind is StopKind.MEAL else None
        if booked is None:
            continue
        if not booked.confirmed:
            yield Gap(GapKind.MEAL_OPEN, number)
        if booked.covers is not None and booked.covers < visit.group_size:
            yield Gap(GapKind.FEW_COVERS, number, (str(booked.covers), str(visit.group_size)))


def _drives_first(day: Day) -> bool:
    """Whether the day's first way goes by coach."""
    return bool(day.stops) and (day.stops[0].mode_to or day.mode) is Mode.COACH
