"""The editor's forms about moving: by which means on the whole day and on one leg, and in which coach."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from planner.domain.coach import COACH_LIMITS, CoachProfile
from planner.domain.edits import stops as edits
from planner.domain.visits import DayEnd, Mode, Visit
from planner.errors import EditRefusedError, Reason
from planner.services.travel.by_mode import PLANNED_MODES
from planner.web.frame.form_base import EditForm, Setting
from planner.web.frame.form_fields import Measure


def _planned(mode: Mode) -> Mode:
    if mode not in PLANNED_MODES:
        raise EditRefusedError(Reason.MODE_UNPLANNED)
    return mode


def _within(name: str) -> Any:
    low, high = COACH_LIMITS[name]
    return Field(ge=low, le=high, allow_inf_nan=False)


PlannedMode = Annotated[Mode, AfterValidator(_planned)]


class CoachForm(EditForm):
    """The size of the coach: metres and tonnes."""

    height_m: Measure = _within("height_m")
    weight_t: Measure = _within("weight_t")
    length_m: Measure = _within("length_m")
    width_m: Measure = _within("width_m")

    def change(self, visit: Visit, setting: Setting) -> Visit:  # noqa: ARG002
        """Replace the visit's coach."""
        return replace(visit, coach=CoachProfile(**self.model_dump(exclude={"day"})))


class DayModeForm(EditForm):
    """How the group moves on the whole day; legs that have a mode of their own keep it."""

    mode: PlannedMode

    def change(self, visit: Visit, setting: Setting) -> Visit:  # noqa: ARG002
        """Replace the day's mode."""
        return self.with_current_day(visit, replace(self.current_day(visit), mode=self.mode))


class LegModeForm(EditForm):
    """How the group gets to one stop; what the whole day has is not said again."""

    stop: str
    mode: PlannedMode

    def change(self, visit: Visit, setting: Setting) -> Visit:  # noqa: ARG002
        """Replace the mode of the leg to the stop."""
        day = self.current_day(visit)
        own = None if self.mode is day.mode else self.mode
        return self.with_current_day(visit, edits.change_stop(day, self.stop, {"mode_to": own}))


class EndModeForm(EditForm):
    """How the group gets to the end of the day."""

    mode: PlannedMode

    def change(self, visit: Visit, setting: Setting) -> Visit:  # noqa: ARG002
        """Replace the mode of the last leg."""
        day = self.current_day(visit)
        own = None if self.mode is day.mode else self.mode
        end = replace(day.end or DayEnd(), mode_to=own)
        return self.with_current_day(visit, replace(day, end=end))


class StandInForm(EditForm):
    """Whether a timetable that says nothing about the date runs as on its nearest matching date."""

    use: bool

    def change(self, visit: Visit, setting: Setting) -> Visit:  # noqa: ARG002
        """Take it as a stand-in for the day, or no longer."""
        return self.with_current_day(visit, replace(self.current_day(visit), stand_in_timetable=self.use))
