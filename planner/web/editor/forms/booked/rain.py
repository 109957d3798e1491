"""The editor's form about rain: where a stop is instead when it rains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.edits import stops as edits
from planner.web.frame.form_base import EditForm, Setting
from planner.web.frame.form_fields import Line, OptionalText, place

if TYPE_CHECKING:
    from planner.domain.visits import Visit


class RainForm(EditForm):
    """A site or a position with a name; neither takes the other place away."""

    stop: str
    rain_site: OptionalText = None
    rain_at: OptionalText = None
    rain_name: Line = ""

    def change(self, visit: Visit, setting: Setting) -> Visit:
        """Replace the place for rain."""
        instead = place(self.rain_site, self.rain_at, self.rain_name, setting)
        return self.with_current_day(
            visit, edits.change_stop(self.current_day(visit), self.stop, {"rain": instead})
        )
