"""Warnings of rides by bus and train: none, estimated, outdated, too small, on request."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from planner.domain.warnings.base import WarningBase, WarningCode


class NoRide(StrEnum):
    """Why nothing is ridden: no timetable, none for the day, no stop near, none sooner, no known times."""

    NONE = "none"
    DAY = "day"
    PLACE = "place"
    TIME = "time"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class NoService(WarningBase):
    """No bus or train is offered; `lines` are those near `near` that no departures are known of."""

    code: Literal[WarningCode.NO_SERVICE] = WarningCode.NO_SERVICE
    reason: NoRide | None = None
    at: str = ""
    lines: str = ""
    near: str = ""


@dataclass(frozen=True, kw_only=True)
class ServiceEstimated(WarningBase):
    """The times of a ride are estimated; `every_min` is given where its line runs by headway."""

    code: Literal[WarningCode.SERVICE_ESTIMATED] = WarningCode.SERVICE_ESTIMATED
    line: str = ""
    every_min: int | None = None


@dataclass(frozen=True, kw_only=True)
class TimetableOutdated(WarningBase):
    """A timetable says nothing about the day; all dates are ISO, `like` is the day that stands in."""

    code: Literal[WarningCode.TIMETABLE_OUTDATED] = WarningCode.TIMETABLE_OUTDATED
    source: str = ""
    valid_from: str = ""
    valid_to: str = ""
    like: str = ""


@dataclass(frozen=True, kw_only=True)
class GroupTooBigForBus(WarningBase):
    """A vehicle of a line has less room than the group needs."""

    code: Literal[WarningCode.GROUP_TOO_BIG_FOR_BUS] = WarningCode.GROUP_TOO_BIG_FOR_BUS
    line: str = ""
    room: int | None = None
    group: int | None = None


@dataclass(frozen=True, kw_only=True)
class OnRequest(WarningBase):
    """A vehicle stops at `halt` only when it is waved to or the button is pressed."""

    code: Literal[WarningCode.ON_REQUEST] = WarningCode.ON_REQUEST
    line: str = ""
    halt: str = ""


OfRides = NoService | ServiceEstimated | TimetableOutdated | GroupTooBigForBus | OnRequest
