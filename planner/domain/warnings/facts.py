"""Warnings of facts about a site, the group, the order and the data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planner.domain.warnings.base import WarningBase, WarningCode


@dataclass(frozen=True, kw_only=True)
class NotPlaced(WarningBase):
    """A place is not on the map yet: ways to and from it are assumed to take `assumed_min`."""

    code: Literal[WarningCode.NOT_PLACED] = WarningCode.NOT_PLACED
    assumed_min: int | None = None


@dataclass(frozen=True, kw_only=True)
class SiteUnconfirmed(WarningBase):
    """A visit to a site is not confirmed with its host."""

    code: Literal[WarningCode.SITE_UNCONFIRMED] = WarningCode.SITE_UNCONFIRMED


@dataclass(frozen=True, kw_only=True)
class OverCapacity(WarningBase):
    """A stop has room for fewer people than come; in `parties` that take turns they would find it."""

    code: Literal[WarningCode.OVER_CAPACITY] = WarningCode.OVER_CAPACITY
    capacity: int | None = None
    group: int | None = None
    parties: int | None = None


@dataclass(frozen=True, kw_only=True)
class Precedence(WarningBase):
    """A stop stands before one that it must come after: the number `after` in the day, or its name."""

    code: Literal[WarningCode.PRECEDENCE] = WarningCode.PRECEDENCE
    name: str = ""
    after: int | None = None


@dataclass(frozen=True, kw_only=True)
class SketchData(WarningBase):
    """The street data is a sketch, so much of it unconfirmed."""

    code: Literal[WarningCode.SKETCH_DATA] = WarningCode.SKETCH_DATA
    estimated_percent: int | None = None


@dataclass(frozen=True, kw_only=True)
class CoachUnchecked(WarningBase):
    """The street data has nothing of what the driver of a coach must know."""

    code: Literal[WarningCode.COACH_UNCHECKED] = WarningCode.COACH_UNCHECKED


@dataclass(frozen=True, kw_only=True)
class NoFoodNear(WarningBase):
    """A meal has no place of its own, and nothing to eat is known within so many metres on foot."""

    code: Literal[WarningCode.NO_FOOD_NEAR] = WarningCode.NO_FOOD_NEAR
    metres: int | None = None


@dataclass(frozen=True, kw_only=True)
class ClockChange(WarningBase):
    """The clock skips a time of the day or shows it twice; `meant` is what the plan takes it for.

    `other` is how else it may be meant, '' where it cannot.
    """

    code: Literal[WarningCode.CLOCK_CHANGE] = WarningCode.CLOCK_CHANGE
    time: str = ""
    meant: str = ""
    other: str = ""


OfFacts = (
    NotPlaced
    | SiteUnconfirmed
    | OverCapacity
    | Precedence
    | SketchData
    | CoachUnchecked
    | NoFoodNear
    | ClockChange
)
