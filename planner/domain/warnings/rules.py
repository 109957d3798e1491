"""Warnings of rules that others have set: the law of the road, driving times, the standards of interpreters.

What each rule says, and where, stands beside the code that judges by it: `domain/schedule/driving.py`,
`domain/schedule/column.py` and `domain/schedule/interpreting.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from planner.domain.warnings.base import WarningBase, WarningCode


class Breach(StrEnum):
    """What a day of driving breaks."""

    NO_BREAK = "no_break"
    """More than 4 h 30 min without the break."""
    LONG_DAY = "long_day"
    """More than 9 h of driving: allowed twice a week, up to 10 h."""
    TOO_LONG_DAY = "too_long_day"
    """More than 10 h of driving."""
    SHORT_REST = "short_rest"
    """More than 13 h from the first drive to the end of the last: less than 11 h are left of 24 to rest."""
    NO_REST = "no_rest"
    """More than 15 h: not even the shortest rest of 9 h is left."""


class Alone(StrEnum):
    """What is too much for one interpreter."""

    AT_ONCE = "at_once"
    """One talk."""
    IN_ALL = "in_all"
    """All talks of the day."""


@dataclass(frozen=True, kw_only=True)
class OnCarriageway(WarningBase):
    """So many metres lead along a carriageway without a pavement.

    In pairs the group is about `column_m` long; longer than is allowed, it has to walk in `columns`. It is
    `dark` where the way is walked before sunrise or after sunset.
    """

    code: Literal[WarningCode.ON_CARRIAGEWAY] = WarningCode.ON_CARRIAGEWAY
    metres: int | None = None
    column_m: int | None = None
    columns: int = 1
    dark: bool = False


@dataclass(frozen=True, kw_only=True)
class DrivingTime(WarningBase):
    """A day of the coach's driver is too long: so many `minutes` where there may be `limit_min`."""

    code: Literal[WarningCode.DRIVING_TIME] = WarningCode.DRIVING_TIME
    breach: Breach | None = None
    minutes: int | None = None
    limit_min: int | None = None


@dataclass(frozen=True, kw_only=True)
class InterpreterAlone(WarningBase):
    """One interpreter works so many `minutes` without relief where there may be `limit_min`."""

    code: Literal[WarningCode.INTERPRETER_ALONE] = WarningCode.INTERPRETER_ALONE
    kind: Alone | None = None
    minutes: int | None = None
    limit_min: int | None = None


OfRules = OnCarriageway | DrivingTime | InterpreterAlone
