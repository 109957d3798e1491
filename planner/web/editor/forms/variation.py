"""The editor's form that takes a variant: the day on another date, from another time, at another pace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator

from planner.domain.edits.days import day_of_date
from planner.domain.edits.variations import Variation, vary
from planner.web.editor.forms.times import with_settled_times
from planner.web.editor.forms.travel import PlannedMode
from planner.web.frame.form_base import EditForm, Setting
from planner.web.frame.form_fields import OptionalDate, OptionalPace, Time

if TYPE_CHECKING:
    from planner.domain.visits import Visit


class VariationForm(EditForm):
    """What is to be other on a day; what is left blank stays as it is."""

    date: OptionalDate = None
    start_time: Time = None
    end_arrive: Time = None
    pace_kmh: OptionalPace = None
    mode: Annotated[PlannedMode | None, BeforeValidator(lambda value: value or None)] = None

    @property
    def variation(self) -> Variation:
        """What is to be other."""
        return Variation(self.date, self.start_time, self.end_arrive, self.pace_kmh, self.mode)

    def change(self, visit: Visit, setting: Setting) -> Visit:
        """Vary the day; the days stay in the order of their dates."""
        date = self.date or self.current_day(visit).date
        told = with_settled_times(self, ("start_time", "end_arrive"), date, setting)
        return vary(visit, self.day, told.variation)

    def shown_day(self, visit: Visit) -> int:
        """Return the same day, which may have another place among the days now."""
        return day_of_date(visit, self.date) if self.date else self.day


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
