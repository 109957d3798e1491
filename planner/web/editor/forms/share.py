"""The editor's form that accepts a share of the stops among the days, exactly as it was shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from planner.domain.edits.day_mark import seen_mark
from planner.domain.edits.share import share_of, shared
from planner.domain.edits.stops import with_day
from planner.domain.hosts.kept import with_kept_text
from planner.errors import EditRefusedError, Reason
from planner.web.editor.forms.order import LONGEST_KEY
from planner.web.frame.form_base import EditForm, Setting

if TYPE_CHECKING:
    from planner.domain.visits import Visit


class ShareForm(EditForm):
    """The stops of each day (`key`), and the marks of the days they were shared for (`seen`).

    `kept` are the times that hosts have confirmed, day by day ("s2=10:00|s1=09:30"): they become fixed.
    """

    key: Annotated[str, Field(max_length=LONGEST_KEY)]
    seen: str
    kept: Annotated[str, Field(max_length=LONGEST_KEY)] = ""

    def change(self, visit: Visit, setting: Setting) -> Visit:  # noqa: ARG002
        """Share the stops, if the days are still those that were searched."""
        if self.seen != seen_days(visit):
            raise EditRefusedError(Reason.ORDER_STALE)
        for at, text in enumerate(self.kept.split("|")[: len(visit.days)]):
            visit = with_day(visit, at, with_kept_text(visit.days[at], text))
        return shared(visit, share_of(self.key))


def seen_days(visit: Visit) -> str:
    """A mark of all days of a visit."""
    return ".".join(seen_mark(visit, at) for at in range(len(visit.days)))
