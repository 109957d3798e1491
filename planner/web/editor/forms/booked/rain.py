"""The editor's form about rain: where a stop is instead when it rains, and what is otherwise there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, Field

from planner.domain.edits import stops as edits
from planner.domain.limits import MOST_CAPACITY
from planner.domain.weather.rain import NO_RAIN
from planner.web.editor.forms.times import with_settled_times
from planner.web.frame.form_base import EditForm, Setting
from planner.web.frame.form_fields import Line, OptionalMinutes, OptionalText, Time, place

if TYPE_CHECKING:
    from planner.domain.visits import Visit

Room = Annotated[
    Annotated[int, Field(ge=1, le=MOST_CAPACITY)] | None, BeforeValidator(lambda value: value or None)
]


class RainForm(EditForm):
    """A site or a position with a name; neither takes the other place away.

    What was agreed of another place than the one that is sent goes with it.
    """

    stop: str
    rain_site: OptionalText = None
    rain_at: OptionalText = None
    rain_name: Line = ""
    rain_fixed: Time = None
    rain_dwell_min: OptionalMinutes = None
    rain_capacity: Room = None

    def change(self, visit: Visit, setting: Setting) -> Visit:
        """Replace the place for rain."""
        instead = place(self.rain_site, self.rain_at, self.rain_name, setting)
        day = self.current_day(visit)
        told = with_settled_times(self, ("rain_fixed",), day.date, setting)
        before = next((stop.rain for stop in day.stops if stop.id == self.stop), None)
        fields = NO_RAIN | {"rain": instead}
        if instead is not None and before in (None, instead):
            fields |= told.model_dump(include=NO_RAIN.keys() - {"rain"})
        return self.with_current_day(visit, edits.change_stop(day, self.stop, fields))
