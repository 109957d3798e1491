"""The codes of warnings, and what every warning has."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class WarningCode(StrEnum):
    """What a warning is about. New ones may be added; programs read these."""

    CLOSED = "closed"
    LATE = "late"
    TIGHT = "tight"
    HOURS_UNKNOWN = "hours_unknown"
    BY_APPOINTMENT = "by_appointment"
    NO_WAY = "no_way"
    LONG_WALK = "long_walk"
    FAR_FROM_STREETS = "far_from_streets"
    LOCATION_APPROXIMATE = "location_approximate"
    NOT_PLACED = "not_placed"
    SITE_UNCONFIRMED = "site_unconfirmed"
    STEP_FREE_UNKNOWN = "step_free_unknown"
    NOT_STEP_FREE = "not_step_free"
    OVER_CAPACITY = "over_capacity"
    PRECEDENCE = "precedence"
    OFF_MAIN_NETWORK = "off_main_network"
    SKETCH_DATA = "sketch_data"
    COACH_UNCHECKED = "coach_unchecked"
    LONG_KERB_WALK = "long_kerb_walk"
    NO_SERVICE = "no_service"
    SERVICE_ESTIMATED = "service_estimated"
    TIMETABLE_OUTDATED = "timetable_outdated"
    GROUP_TOO_BIG_FOR_BUS = "group_too_big_for_bus"
    CLOCK_CHANGE = "clock_change"
    ON_REQUEST = "on_request"
    NO_FOOD_NEAR = "no_food_near"
    HIKING_PATH = "hiking_path"
    STEEP_WAY = "steep_way"
    LONG_CLIMB = "long_climb"
    FERRY = "ferry"
    COACH_STOP = "coach_stop"
    COACH_TURNS = "coach_turns"
    GATE_WAIT = "gate_wait"
    WAY_HOURS_UNREAD = "way_hours_unread"
    ENTRY_AT = "entry_at"
    ON_CARRIAGEWAY = "on_carriageway"
    DRIVING_TIME = "driving_time"
    INTERPRETER_ALONE = "interpreter_alone"


@dataclass(frozen=True, kw_only=True)
class WarningBase:
    """Where a warning bites, and by how many seconds."""

    stop: int | None = None
    leg: int | None = None
    by_s: int | None = None
