"""The editor's form for a remedy: one click, one edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from planner.domain.edits import days as day_edits
from planner.domain.edits.remedies import applied
from planner.domain.edits.remedy_keys import remedy_of
from planner.errors import EditRefusedError, Reason
from planner.web.frame.form_base import EditForm, Setting
from planner.web.frame.form_fields import near_year

if TYPE_CHECKING:
    from planner.domain.visits import Visit


class RemedyForm(EditForm):
    """A remedy by its key."""

    key: Annotated[str, Field(max_length=5000)]

    def change(self, visit: Visit, setting: Setting) -> Visit:  # noqa: ARG002
        """Apply it to the day that it was offered for."""
        day = self.current_day(visit)
        try:
            cured = applied(day, remedy_of(self.key))
            near_year(cured.date)
            return day_edits.change_day(visit, self.day, cured)
        except EditRefusedError as error:
            raise EditRefusedError(Reason.REMEDY_UNFIT) from error

    def shown_day(self, visit: Visit) -> int:
        """Return the same day, which may have another place among the days now."""
        date = remedy_of(self.key).date
        return self.day if date is None else day_edits.day_of_date(visit, date)
