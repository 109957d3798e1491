"""The editor's forms about a day: when and from where to where; one more, a copy, one less."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from pydantic import AliasChoices, Field

from planner.domain.edits import days as day_edits
from planner.domain.edits.past_midnight import past_midnight
from planner.domain.visits import DayEnd, DayStart, PlaceRef, Visit
from planner.errors import EditRefusedError, Reason
from planner.web.editor.forms.times import with_settled_times
from planner.web.frame.form_base import EditForm, Setting
from planner.web.frame.form_fields import Date, Line, NeededTime, OptionalText, Time, place


class DayForm(EditForm):
    """When and from where to where. The end's time is the latest one, or the one to be there at."""

    date: Date
    start_time: NeededTime
    start_site: OptionalText = None
    start_at: OptionalText = None
    start_name: Line = ""
    end_site: OptionalText = None
    end_at: OptionalText = None
    end_name: Line = ""
    end_by: Literal["latest", "arrive"] = "latest"
    end_time: Time = Field(default=None, validation_alias=AliasChoices("end_time", "end_latest"))

    def change(self, visit: Visit, setting: Setting) -> Visit:
        """Replace the day's date and its two ends; the days stay in the order of their dates."""
        start = place(self.start_site, self.start_at, self.start_name, setting)
        if start is None:
            raise EditRefusedError(Reason.NO_DAY_START)
        end = place(self.end_site, self.end_at, self.end_name, setting)
        before = self.current_day(visit)
        told = with_settled_times(self, ("start_time", "end_time"), self.date, setting)
        day = replace(
            before,
            date=self.date,
            start=DayStart(start, told.start_time),
            end=self._end(end, told.end_time, before.end),
        )
        return day_edits.change_day(visit, self.day, day)

    def shown_day(self, visit: Visit) -> int:
        """Return the same day, which may have another place among the days now."""
        return day_edits.day_of_date(visit, self.date)

    def _end(self, place: PlaceRef | None, time: str | None, before: DayEnd | None) -> DayEnd | None:
        """The end as typed, the way to it as it was."""
        if place is None and not time:
            return None
        mode_to = before.mode_to if before else None
        if self.end_by == "arrive":
            return DayEnd(place, arrive=time, mode_to=mode_to)
        return DayEnd(place, latest=time, mode_to=mode_to)


class PastMidnightForm(EditForm):
    """The times of a stop, or of the day's end, that are meant after midnight."""

    stop: str = ""

    def change(self, visit: Visit, setting: Setting) -> Visit:
        """Take them as those of the next day."""
        day, town = self.current_day(visit), setting.rules.town
        moved = day if town is None else past_midnight(day, self.stop, town.clock)
        return self.with_current_day(visit, moved)


class AddDayForm(EditForm):
    """One more day, which begins and ends as this one."""

    def change(self, visit: Visit, setting: Setting) -> Visit:  # noqa: ARG002
        """Append the day."""
        self.current_day(visit)
        return day_edits.add_day(visit, self.day)

    def shown_day(self, visit: Visit) -> int:
        """Return the new day."""
        return len(visit.days) - 1


class CopyDayForm(AddDayForm):
    """One more day, with all that this one has."""

    def change(self, visit: Visit, setting: Setting) -> Visit:  # noqa: ARG002
        """Append the copy."""
        self.current_day(visit)
        return day_edits.copy_day(visit, self.day)


class RemoveDayForm(EditForm):
    """One day less."""

    def change(self, visit: Visit, setting: Setting) -> Visit:  # noqa: ARG002
        """Remove the day."""
        self.current_day(visit)
        return day_edits.remove_day(visit, self.day)


class ToDayForm(EditForm):
    """A stop to the end of another day, counted from 0."""

    stop: str
    to_day: int = Field(ge=0)

    def change(self, visit: Visit, setting: Setting) -> Visit:  # noqa: ARG002
        """Move the stop."""
        self.current_day(visit)
        if self.to_day >= len(visit.days):
            raise EditRefusedError(Reason.DAY_GONE)
        return day_edits.stop_to_day(visit, self.day, self.stop, self.to_day)
