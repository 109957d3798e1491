"""The editor's form about tickets: whether those that a site needs have been bought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.edits import stops as edits
from planner.web.frame.form_base import EditForm, Setting
from planner.web.frame.form_fields import Tick

if TYPE_CHECKING:
    from planner.domain.visits import Visit


class TicketsForm(EditForm):
    """One tick."""

    stop: str
    tickets_got: Tick = False

    def change(self, visit: Visit, setting: Setting) -> Visit:  # noqa: ARG002
        """Say so of the stop."""
        fields = {"tickets_got": self.tickets_got}
        return self.with_current_day(visit, edits.change_stop(self.current_day(visit), self.stop, fields))
