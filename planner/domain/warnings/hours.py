"""Warnings of doors and hours: closed, late, tight, not sure to be open."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from planner.domain.warnings.base import WarningBase, WarningCode


class ClosedKind(StrEnum):
    """How doors are missed: they close too early, open later, or stay shut; old releases do not say."""

    CLOSES = "closes"
    OPENS = "opens"
    NONE = "none"
    NOT_TOLD = ""


class Holiday(StrEnum):
    """Why doors stay shut all day."""

    PUBLIC = "public_holiday"
    SCHOOL = "school_holiday"


class Doubt(StrEnum):
    """What would have to be known to tell whether doors are open."""

    SCHOOL_HOLIDAYS = "school_holidays"


class LateFor(StrEnum):
    """What is missed: the agreed time of a stop, its time window, the end of the day."""

    FIXED = "fixed"
    WINDOW = "window"
    FINISH = "finish"


@dataclass(frozen=True, kw_only=True)
class Closes(WarningBase):
    """The doors close before a stay is done, or have closed: `left_min` of `dwell_min` are left.

    With `last_entry` one is let in at set times only, and for this stay then for the last time.
    `opens` is given where the doors have yet to open. `by_s` is how much of the stay lies outside.
    """

    code: Literal[WarningCode.CLOSED] = WarningCode.CLOSED
    kind: Literal[ClosedKind.CLOSES] = ClosedKind.CLOSES
    at: str = ""
    opens: str = ""
    closes: str = ""
    left_min: int | None = None
    dwell_min: int | None = None
    last_entry: str = ""


@dataclass(frozen=True, kw_only=True)
class OpensLater(WarningBase):
    """The doors open, or the next `entry` at set times is, `in_min` minutes after the group is there."""

    code: Literal[WarningCode.CLOSED] = WarningCode.CLOSED
    kind: Literal[ClosedKind.OPENS] = ClosedKind.OPENS
    at: str = ""
    opens: str = ""
    in_min: int | None = None
    dwell_min: int | None = None
    entry: str = ""


@dataclass(frozen=True, kw_only=True)
class ShutAllDay(WarningBase):
    """The doors stay shut all day."""

    code: Literal[WarningCode.CLOSED] = WarningCode.CLOSED
    kind: Literal[ClosedKind.NONE] = ClosedKind.NONE
    because: Holiday | None = None


@dataclass(frozen=True, kw_only=True)
class ClosedAsBefore(WarningBase):
    """Doors are missed, no kind told: only releases frozen before there were kinds say so, no plan does."""

    code: Literal[WarningCode.CLOSED] = WarningCode.CLOSED
    kind: Literal[ClosedKind.NOT_TOLD] = ClosedKind.NOT_TOLD
    opens: str = ""
    closes: str = ""


@dataclass(frozen=True, kw_only=True)
class Late(WarningBase):
    """The group comes after a limit.

    Where the limit lies before the day's start, and is meant after midnight, `next_day` is how it is written.
    """

    code: Literal[WarningCode.LATE] = WarningCode.LATE
    limit: str = ""
    kind: LateFor | None = None
    next_day: str = ""
    start: str = ""


@dataclass(frozen=True, kw_only=True)
class Tight(WarningBase):
    """There is little to spare before a limit; `by_s` is what there is."""

    code: Literal[WarningCode.TIGHT] = WarningCode.TIGHT
    limit: str = ""


@dataclass(frozen=True, kw_only=True)
class HoursUnknown(WarningBase):
    """Nobody knows whether the doors are open."""

    code: Literal[WarningCode.HOURS_UNKNOWN] = WarningCode.HOURS_UNKNOWN
    doubt: Doubt | None = None
    comment: str = ""


@dataclass(frozen=True, kw_only=True)
class ByAppointment(WarningBase):
    """The doors open by appointment only."""

    code: Literal[WarningCode.BY_APPOINTMENT] = WarningCode.BY_APPOINTMENT
    comment: str = ""


@dataclass(frozen=True, kw_only=True)
class EntryAt(WarningBase):
    """One is let in at certain times only: the stay begins at `at`, after `by_s` of waiting for it."""

    code: Literal[WarningCode.ENTRY_AT] = WarningCode.ENTRY_AT
    at: str = ""


Closed = Closes | OpensLater | ShutAllDay | ClosedAsBefore

OfHours = Closed | Late | Tight | HoursUnknown | ByAppointment | EntryAt
