"""The editor's form that accepts another order of a day, exactly as it was shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from planner.domain.edits.day_mark import seen_mark
from planner.domain.edits.remedies import RemedyCode, applied
from planner.domain.edits.remedy_keys import remedy_of
from planner.domain.hosts.kept import with_kept_text
from planner.errors import EditRefusedError, Reason
from planner.web.frame.form_base import EditForm, Setting

if TYPE_CHECKING:
    from planner.domain.visits import Visit

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
            ordered = with_kept_text(applied(day, remedy), self.kept)
        except EditRefusedError as error:
            raise EditRefusedError(Reason.NO_ORDER) from error
        if remedy.code is not RemedyCode.ORDER:
            raise EditRefusedError(Reason.NO_ORDER)
        return self.with_current_day(visit, ordered)
