"""What is typed into a row of the timetable: minutes and the fixed time, and nothing else of the stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.domain.edits import stops as edits
from planner.web.editor.forms.times import with_settled_times
from planner.web.frame.form_base import EditForm, Setting
from planner.web.frame.form_fields import Minutes, Time

if TYPE_CHECKING:
    from planner.domain.visits import Day, Visit


class DwellForm(EditForm):
    """How long one stays, and nothing else: what past visits have taught, or a drag."""

    stop: str
    dwell_min: Minutes

    def change(self, visit: Visit, setting: Setting) -> Visit:  # noqa: ARG002
        """Replace the minutes; the least are never more."""
        day = self.current_day(visit)
        fields = minutes_of(day, self.stop, self.dwell_min)
        return self.with_current_day(visit, edits.change_stop(day, self.stop, fields))


class RowForm(EditForm):
    """Both fields of a row; a time that is left empty is no longer fixed."""

    stop: str
    dwell_min: Minutes
    fixed: Time = None

    def change(self, visit: Visit, setting: Setting) -> Visit:
        """Replace the two."""
        day = self.current_day(visit)
        told = with_settled_times(self, ("fixed",), day.date, setting)
        fields = minutes_of(day, self.stop, self.dwell_min) | {"fixed": told.fixed}
        return self.with_current_day(visit, edits.change_stop(day, self.stop, fields))


def minutes_of(day: Day, stop: str, dwell_min: int) -> dict[str, Any]:
    """Return the fields of a stay of so many minutes: the least are never more."""
    fields: dict[str, Any] = {"dwell_min": dwell_min}
    here = next((one for one in day.stops if one.id == stop), None)
    if here is not None and here.min_dwell_min is not None:
        fields["min_dwell_min"] = min(here.min_dwell_min, dwell_min)
    return fields
