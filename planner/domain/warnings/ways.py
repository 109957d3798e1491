"""Warnings of ways: none, long, far off, not free of steps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from planner.domain.geo import LonLat
from planner.domain.warnings.base import WarningBase, WarningCode


class NoCoach(StrEnum):
    """Why there is no way for a coach."""

    NO_KERB_NEAR = "no_kerb_near"
    LIMITS = "limits"
    ONE_WAY = "one_way"
    DEAD_END = "dead_end"
    NO_WAY = "no_way"


class ObstacleKind(StrEnum):
    """What a group that cannot climb steps cannot pass."""

    UNCONFIRMED = "unconfirmed"
    STEPS = "steps"
    WHEELCHAIR_NO = "wheelchair_no"
    KERB = "kerb"
    INCLINE = "incline"
    SURFACE = "surface"
    NARROW = "narrow"
    BARRIER = "barrier"


@dataclass(frozen=True, kw_only=True)
class NoWay(WarningBase):
    """No way is known; `coach` says why not, for a leg by coach.

    It is stopped `at` a position, `metres` of the way from the place, by a `limit` in the unit that
    `limit_kind` ends with. The nearest kerb that it gets to is `kerb`, `kerb_walk_m` on foot.
    """

    code: Literal[WarningCode.NO_WAY] = WarningCode.NO_WAY
    coach: NoCoach | None = None
    metres: int | None = None
    at: LonLat | None = None
    limit_kind: str = ""
    limit: float | None = None
    kerb: LonLat | None = None
    kerb_walk_m: int | None = None


@dataclass(frozen=True, kw_only=True)
class LongWalk(WarningBase):
    """A leg on foot is long."""

    code: Literal[WarningCode.LONG_WALK] = WarningCode.LONG_WALK
    metres: int | None = None


@dataclass(frozen=True, kw_only=True)
class FarFromStreets(WarningBase):
    """The nearest known way is far off a place."""

    code: Literal[WarningCode.FAR_FROM_STREETS] = WarningCode.FAR_FROM_STREETS
    metres: int | None = None


@dataclass(frozen=True, kw_only=True)
class LocationApproximate(WarningBase):
    """A place is known to `error_m` only, and the way takes from `low_min` to `high_min`."""

    code: Literal[WarningCode.LOCATION_APPROXIMATE] = WarningCode.LOCATION_APPROXIMATE
    error_m: int | None = None
    low_min: int | None = None
    high_min: int | None = None


@dataclass(frozen=True, kw_only=True)
class OffMainNetwork(WarningBase):
    """The nearest way joins no other street."""

    code: Literal[WarningCode.OFF_MAIN_NETWORK] = WarningCode.OFF_MAIN_NETWORK


@dataclass(frozen=True, kw_only=True)
class StepFreeUnknown(WarningBase):
    """Nobody knows whether there are steps: on so many metres, in the vehicles of `lines`, or at a site."""

    code: Literal[WarningCode.STEP_FREE_UNKNOWN] = WarningCode.STEP_FREE_UNKNOWN
    metres: int | None = None
    lines: str = ""


@dataclass(frozen=True, kw_only=True)
class NotStepFree(WarningBase):
    """There is no way without steps; `metres` along the way is the first obstacle, `at` a position."""

    code: Literal[WarningCode.NOT_STEP_FREE] = WarningCode.NOT_STEP_FREE
    obstacle: ObstacleKind | None = None
    metres: int | None = None
    at: LonLat | None = None


@dataclass(frozen=True, kw_only=True)
class LongKerbWalk(WarningBase):
    """It is a long walk between a place and where the coach stops."""

    code: Literal[WarningCode.LONG_KERB_WALK] = WarningCode.LONG_KERB_WALK
    metres: int | None = None


@dataclass(frozen=True, kw_only=True)
class GateWait(WarningBase):
    """A way or gate is shut when it is come to: `by_s` are waited, until it opens at a local time."""

    code: Literal[WarningCode.GATE_WAIT] = WarningCode.GATE_WAIT
    opens: str = ""


@dataclass(frozen=True, kw_only=True)
class WayHoursUnread(WarningBase):
    """A way or gate may be shut at times: the words that tell when could not be read."""

    code: Literal[WarningCode.WAY_HOURS_UNREAD] = WarningCode.WAY_HOURS_UNREAD
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class HikingPath(WarningBase):
    """So many metres are on hiking paths, which need better shoes and more time.

    `scale` is the hardest, from T2 to T6, where it is a mountain path; such are taken only when asked for.
    """

    code: Literal[WarningCode.HIKING_PATH] = WarningCode.HIKING_PATH
    metres: int | None = None
    scale: str = ""


@dataclass(frozen=True, kw_only=True)
class SteepWay(WarningBase):
    """By heights so many metres are steeper than a wheelchair should go, up to so many percent."""

    code: Literal[WarningCode.STEEP_WAY] = WarningCode.STEEP_WAY
    metres: int | None = None
    percent: int | None = None


@dataclass(frozen=True, kw_only=True)
class LongClimb(WarningBase):
    """By heights the way climbs so many metres in all."""

    code: Literal[WarningCode.LONG_CLIMB] = WarningCode.LONG_CLIMB
    metres: int | None = None


@dataclass(frozen=True, kw_only=True)
class Ferry(WarningBase):
    """A part of the way is by ferry: `by_s` with a mean wait; when it runs is not known."""

    code: Literal[WarningCode.FERRY] = WarningCode.FERRY


@dataclass(frozen=True, kw_only=True)
class CoachStop(WarningBase):
    """A coach stops on an open road, since no kerb for it is near."""

    code: Literal[WarningCode.COACH_STOP] = WarningCode.COACH_STOP


@dataclass(frozen=True, kw_only=True)
class CoachTurns(WarningBase):
    """A coach turns round `times` where no place to turn is marked, first at a position."""

    code: Literal[WarningCode.COACH_TURNS] = WarningCode.COACH_TURNS
    times: int = 1
    at: LonLat | None = None


OfWays = (
    NoWay
    | LongWalk
    | FarFromStreets
    | LocationApproximate
    | OffMainNetwork
    | StepFreeUnknown
    | NotStepFree
    | LongKerbWalk
    | GateWait
    | CoachTurns
    | CoachStop
    | HikingPath
    | SteepWay
    | LongClimb
    | Ferry
    | WayHoursUnread
)
