"""The editor's form that takes a variant: the day on another date, from another time, at another pace."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from planner.domain.clock import parse_clock_time
from planner.domain.variations import Variation, vary
from planner.outputs.translation import gettext
from planner.web.desk.edit_base import EditForm, Setting
from planner.web.desk.edit_travel import PlannedMode

if TYPE_CHECKING:
    from planner.domain.visits import Visit

FIRST_YEAR, LAST_YEAR = 2000, 2100
SLOWEST_KMH, FASTEST_KMH = 0.5, 10.0


def _blank(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _pace(value: Any) -> Any:
    return value.replace(",", ".") if isinstance(value, str) else value


def _time(value: str | None) -> str | None:
    if value is None:
        return None
    try:
        parse_clock_time(value)
    except ValueError as error:
        raise ValueError(gettext("type a time like 09:30")) from error
    return value


def _year(value: dt.date | None) -> dt.date | None:
    if value is not None and not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(gettext("the year must lie between 2000 and 2100"))
    return value


Time = Annotated[str | None, BeforeValidator(_blank), AfterValidator(_time)]
Date = Annotated[dt.date | None, BeforeValidator(_blank), AfterValidator(_year)]
Pace = Annotated[
    Annotated[float, Field(ge=SLOWEST_KMH, le=FASTEST_KMH, allow_inf_nan=False)] | None,
    BeforeValidator(_blank),
    BeforeValidator(_pace),
]


class VariationForm(EditForm):
    """What is to be other on a day (counted from 1); what is left blank stays as it is."""

    day: Annotated[int, Field(ge=1, le=60)] = 1
    date: Date = None
    start_time: Time = None
    end_arrive: Time = None
    pace_kmh: Pace = None
    mode: Annotated[PlannedMode | None, BeforeValidator(_blank)] = None

    @property
    def variation(self) -> Variation:
        """What is to be other."""
        return Variation(self.date, self.start_time, self.end_arrive, self.pace_kmh, self.mode)

    def change(self, visit: Visit, setting: Setting) -> Visit:  # noqa: ARG002
        """Vary the day."""
        return vary(visit, self.day - 1, self.variation)


def form_fields(variation: Variation) -> dict[str, str]:
    """A variation as the form's fields, blank ones left out."""
    values = {
        "date": variation.date.isoformat() if variation.date else "",
        "start_time": variation.start or "",
        "end_arrive": variation.arrive or "",
        "pace_kmh": f"{variation.pace_kmh:g}" if variation.pace_kmh else "",
        "mode": str(variation.mode or ""),
    }
    return {name: value for name, value in values.items() if value}
