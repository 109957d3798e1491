"""The values that requests are made of, each with its limits."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, JsonValue, WithJsonSchema
from pydantic_core import PydanticCustomError

from planner.domain.clock import CLOCK_TIME_PATTERN, canonical_time
from planner.domain.hours.spans import check_hours
from planner.domain.limits import (
    CLOCK_TIME_LENGTH,
    FASTEST_KMH,
    FIRST_YEAR,
    GREATEST_WEIGHT,
    HOURS_LENGTH,
    LAST_YEAR,
    LEAST_ASSUMED_LEG_MIN,
    LONGEST_ASKED_RESERVE_MIN,
    LONGEST_ASSUMED_LEG_MIN,
    LONGEST_DWELL_MIN,
    MOST_PEOPLE,
    SLOWEST_KMH,
    STOP_ID_LENGTH,
)

_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*", re.ASCII)
CLOCK_TIME: dict[str, JsonValue] = {
    "pattern": f"^{CLOCK_TIME_PATTERN}$",
    "examples": ["09:30", "00:30+1", "02:30+01:00"],
    "description": "a local time, HH:MM, with +1 past midnight; 9:30, 930, 9.30, 9h30, 9h and 24:00 are read "
    "too. Of a time that the clock shows twice the earlier one is meant, unless its offset from UTC follows",
}


def _written_date(value: object) -> object:
    if not (isinstance(value, str) and _DATE.fullmatch(value)):
        raise PydanticCustomError("date_type", "a date is written YYYY-MM-DD")
    return value


def _written_moment(value: object) -> object:
    """A number would be read as seconds since 1970, a date as its midnight: neither is meant."""
    if value is not None and not (isinstance(value, str) and _MOMENT.fullmatch(value)):
        raise PydanticCustomError("datetime_type", "a local time is written YYYY-MM-DDTHH:MM")
    return value


def whole_number(value: object) -> object:
    """20.0 is a whole number in JSON; "20" and true are none."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _near_date(day: dt.date) -> dt.date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        msg = f"the year must lie between {FIRST_YEAR} and {LAST_YEAR}"
        raise ValueError(msg)
    return day


def _near_moment(moment: dt.datetime) -> dt.datetime:
    _near_date(moment.date())
    return moment


def _readable_hours(rule: str) -> str:
    if rule.strip():
        return check_hours(rule, "")
    return rule


Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False, strict=True)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False, strict=True)]
ClockTime = Annotated[
    str,
    Field(max_length=CLOCK_TIME_LENGTH, json_schema_extra=CLOCK_TIME),
    AfterValidator(canonical_time),
]
Moment = Annotated[
    dt.datetime,
    BeforeValidator(_written_moment),
    AfterValidator(_near_moment),
    WithJsonSchema({"type": "string", "pattern": f"^{_MOMENT.pattern}$", "description": "local to the town"}),
]
LocalDate = Annotated[dt.date, BeforeValidator(_written_date), AfterValidator(_near_date)]
Pace = Annotated[float, Field(ge=SLOWEST_KMH, le=FASTEST_KMH, allow_inf_nan=False, strict=True)]
GroupSize = Annotated[int, Field(ge=1, le=MOST_PEOPLE, strict=True), BeforeValidator(whole_number)]
Minutes = Annotated[int, Field(ge=0, le=LONGEST_DWELL_MIN, strict=True), BeforeValidator(whole_number)]
Reserve = Annotated[
    int, Field(ge=0, le=LONGEST_ASKED_RESERVE_MIN, strict=True), BeforeValidator(whole_number)
]
Weight = Annotated[
    int,
    Field(
        ge=1, le=GREATEST_WEIGHT, strict=True, description="What it is worth to keep a stop that is optional"
    ),
    BeforeValidator(whole_number),
]
AssumedLeg = Annotated[
    int,
    Field(
        ge=LEAST_ASSUMED_LEG_MIN,
        le=LONGEST_ASSUMED_LEG_MIN,
        strict=True,
        description="What a leg to or from a site without a position is assumed to take",
    ),
    BeforeValidator(whole_number),
]
Flag = Annotated[bool, Field(strict=True)]
HardestPath = Annotated[
    Literal["T1", "T2", "T3", "T4", "T5", "T6"],
    Field(description="the hardest hiking path that may be walked, by the scale of the Swiss Alpine Club"),
]
Hours = Annotated[
    str,
    Field(max_length=HOURS_LENGTH, description="in OSM's opening_hours syntax; in place of the site's own"),
    AfterValidator(_readable_hours),
]
StopId = Annotated[str, Field(min_length=1, max_length=STOP_ID_LENGTH)]
