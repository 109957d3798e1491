"""The editor's form that accepts another order of a day, exactly as it was shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from planner.domain.clock import canonical_time
from planner.domain.edits.day_mark import seen_mark
from planner.domain.edits.remedies import RemedyCode, applied
from planner.domain.edits.remedy_keys import remedy_of
from planner.errors import EditRefusedError, Reason
from planner.web.frame.form_base import EditForm, Setting

if TYPE_CHECKING:
    from planner.domain.visits import Day, Visit

LONGEST_KEY = 20_000


class OrderForm(EditForm):
    """An order with the stays that were cut (`key`), and the mark of the day it was searched for (`seen`).

    `kept` are the times that hosts have confirmed, "s2=10:00,s5=11:30": they become fixed, as was shown.
    """

    key: Annotated[str, Field(max_length=LONGEST_KEY)]
    seen: str
    kept: Annotated[str, Field(max_length=LONGEST_KEY)] = ""

    def change(self, visit: Visit, setting: Setting) -> Visit:  # noqa: ARG002
        """Put the stops in order, if the day is still the one that was searched."""
        day = self.current_day(visit)
        if self.seen != seen_mark(visit, self.day):
            raise EditRefusedError(Reason.ORDER_STALE)
        try:
            remedy = remedy_of(self.key)
            ordered = self._with_kept(applied(day, remedy))
        except EditRefusedError as error:
            raise EditRefusedError(Reason.NO_ORDER) from error
        if remedy.code is not RemedyCode.ORDER:
            raise EditRefusedError(Reason.NO_ORDER)
        return self.with_current_day(visit, ordered)

    def _with_kept(self, day: Day) -> Day:
        times = dict(pair.split("=", 1) for pair in self.kept.split(",") if "=" in pair)
        fixed = {stop: canonical_time(time) for stop, time in times.items()}
        stops = tuple(replace(stop, fixed=fixed.get(stop.id, stop.fixed)) for stop in day.stops)
        return replace(day, stops=stops)
