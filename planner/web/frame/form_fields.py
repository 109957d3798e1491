"""The kinds of fields that forms have, and how a place is typed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from planner.domain.clock import canonical_time
from planner.domain.edits import stops as edits
from planner.domain.limits import (
    FASTEST_KMH,
    FIRST_YEAR,
    LANGUAGES,
    LAST_YEAR,
    LINE_LENGTH,
    LONGEST_DWELL_MIN,
    LONGEST_RESERVE_MIN,
    SLOWEST_KMH,
    TEXT_LENGTH,
)
from planner.errors import EditRefusedError, Reason
from planner.services.catalogue.positions import parse_position

if TYPE_CHECKING:
    from planner.domain.visits import PlaceRef
    from planner.web.frame.form_base import Setting


def _blank(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _time(value: str | None) -> str | None:
    if value is None:
        return None
    try:
        return canonical_time(value)
    except EditRefusedError as error:
        raise EditRefusedError(Reason.TYPE_TIME) from error


def near_year(value: dt.date) -> dt.date:
    """Return a date that a visit may have.

    Raises
    ------
    EditRefusedError
        If its year lies too far away.
    """
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise EditRefusedError(Reason.FAR_YEAR, first=FIRST_YEAR, last=LAST_YEAR)
    return value


def read_date(text: str) -> dt.date:
    """Return a date that a visit may have, written as 2026-11-23.

    Raises
    ------
    EditRefusedError
        If it is none, or its year lies too far away.
    """
    try:
        date = dt.date.fromisoformat(text)
    except ValueError as error:
        raise EditRefusedError(Reason.TYPE_DATE) from error
    return near_year(date)


def _comma(value: Any) -> Any:
    return value.replace(",", ".") if isinstance(value, str) else value


def _names(value: Any) -> Any:
    """One text with commas, as ticked boxes of one name are sent."""
    return tuple(filter(None, value.split(","))) if isinstance(value, str) else value


Line = Annotated[str, Field(max_length=LINE_LENGTH)]
Text = Annotated[str, Field(max_length=TEXT_LENGTH)]
Date = Annotated[dt.date, AfterValidator(near_year)]
OptionalDate = Annotated[Date | None, BeforeValidator(_blank)]
Time = Annotated[str | None, BeforeValidator(_blank), AfterValidator(_time)]
NeededTime = Annotated[str, AfterValidator(_time)]
Minutes = Annotated[int, Field(ge=0, le=LONGEST_DWELL_MIN)]
OptionalMinutes = Annotated[Minutes | None, BeforeValidator(_blank)]
Reserve = Annotated[int, BeforeValidator(lambda value: value or 0), Field(ge=0, le=LONGEST_RESERVE_MIN)]
OptionalText = Annotated[Line | None, BeforeValidator(_blank)]
Tick = Annotated[bool, BeforeValidator(lambda value: value or False)]
Names = Annotated[tuple[str, ...], BeforeValidator(_names)]
Measure = Annotated[float, BeforeValidator(_comma)]
OptionalPace = Annotated[
    Annotated[float, Field(ge=SLOWEST_KMH, le=FASTEST_KMH, allow_inf_nan=False)] | None,
    BeforeValidator(_blank),
    BeforeValidator(_comma),
]


def texts(pl: str, en: str) -> dict[str, str]:
    """Return a text per language, without those that are empty."""
    return {code: text for code, text in zip(LANGUAGES, (pl, en), strict=True) if text}


def place(site: str | None, at: str | None, name: str, setting: Setting) -> PlaceRef | None:
    """Return the place that was chosen or typed; a typed position wins, as it was the more work.

    Raises
    ------
    EditRefusedError
        If the position cannot be read or lies outside, or the catalogue has no such site.
    """
    position, problems = parse_position(at or "", setting.rules)
    if problems and problems[0].code == "not_a_position":
        raise EditRefusedError(Reason.TYPE_POSITION)
    if problems:
        raise EditRefusedError(Reason.POSITION_OUTSIDE, position=at)
    if position is None and site and site not in setting.sites:
        raise EditRefusedError(Reason.NOT_IN_CATALOGUE)
    return edits.place_of(None if position else site, position, texts(name, name))
