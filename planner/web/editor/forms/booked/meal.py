"""The editor's form about a meal: what is agreed with the restaurant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, Field

from planner.domain.booked.things import MealBooking
from planner.domain.edits import stops as edits
from planner.domain.limits import MOST_PEOPLE
from planner.web.frame.form_base import EditForm, Setting
from planner.web.frame.form_fields import Line, Tick, texts

if TYPE_CHECKING:
    from planner.domain.visits import Visit

Covers = Annotated[
    Annotated[int, Field(ge=1, le=MOST_PEOPLE)] | None, BeforeValidator(lambda value: value or None)
]


class MealForm(EditForm):
    """The restaurant, for how many, with which diets, and whether it has said yes."""

    stop: str
    restaurant: Line = ""
    covers: Covers = None
    diets_pl: Line = ""
    diets_en: Line = ""
    confirmed: Tick = False

    def change(self, visit: Visit, setting: Setting) -> Visit:  # noqa: ARG002
        """Replace what is agreed; nothing at all where all is left empty."""
        diets = texts(self.diets_pl, self.diets_en)
        booked = MealBooking(self.restaurant, self.covers, diets, self.confirmed)
        fields = {"booking": None if booked == MealBooking() else booked}
        return self.with_current_day(visit, edits.change_stop(self.current_day(visit), self.stop, fields))
