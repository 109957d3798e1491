"""The kinds of fields that forms have, and how a place is typed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from planner.domain.clock import parse_clock_time
from planner.domain.edits import stops as edits
from planner.services.catalogue.positions import parse_position
from planner.words.translation import gettext

if TYPE_CHECKING:
    from planner.domain.visits import PlaceRef
    from planner.web.frame.form_base import Setting

FIRST_YEAR, LAST_YEAR = 2000, 2100
SLOWEST_KMH, FASTEST_KMH = 0.5, 10.0


def _blank(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _time(value: str | None) -> str | None:
    if value is None:
        return None
    try:
        parse_clock_time(value)
    except ValueError as error:
        raise ValueError(gettext("type a time like 09:30")) from error
    return value


def near_year(value: dt.date) -> dt.date:
    """Return a date that a visit may have.

    Raises
    ------
    ValueError
        If its year lies too far away.
    """
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(gettext("the year must lie between 2000 and 2100"))
    return value


def _comma(value: Any) -> Any:
    return value.replace(",", ".") if isinstance(value, str) else value


def _names(value: Any) -> Any:
    """One text with commas, as ticked boxes of one name are sent."""
    return tuple(filter(None, value.split(","))) if isinstance(value, str) else value


Line = Annotated[str, Field(max_length=200)]
Text = Annotated[str, Field(max_length=2000)]
Date = Annotated[dt.date, AfterValidator(near_year)]
OptionalDate = Annotated[Date | None, BeforeValidator(_blank)]
Time = Annotated[str | None, BeforeValidator(_blank), AfterValidator(_time)]
NeededTime = Annotated[str, AfterValidator(_time)]
Minutes = Annotated[int, Field(ge=0, le=720)]
OptionalMinutes = Annotated[Minutes | None, BeforeValidator(_blank)]
Reserve = Annotated[int, BeforeValidator(lambda value: value or 0), Field(ge=0, le=240)]
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
    return {code: text for code, text in (("pl", pl), ("en", en)) if text}


def place(site: str | None, at: str | None, name: str, setting: Setting) -> PlaceRef | None:
    """Return the place that was chosen or typed; a typed position wins, as it was the more work.

    Raises
    ------
    ValueError
        If the position cannot be read or lies outside, or the catalogue has no such site.
    """
    position, problems = parse_position(at or "", setting.rules)
    if problems and problems[0].code == "not_a_position":
        raise ValueError(gettext("write a position as 49.97548, 19.82609"))
    if problems:
        raise ValueError(gettext("%(position)s lies outside the streets of this town", position=at))
    if position is None and site and site not in setting.sites:
        raise ValueError(gettext("the catalogue has no such site"))
    return edits.place_of(None if position else site, position, texts(name, name))
