"""Opening hours of one stop in the editor: the form, and what the panel shows beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from planner.domain.edits import stops as edits
from planner.domain.hours.spans import check_hours
from planner.domain.limits import HOURS_LENGTH
from planner.domain.visits import StopKind, Visit
from planner.errors import EditRefusedError, Reason
from planner.outputs.catalogue.hours import DayLine, week_lines
from planner.services.catalogue.hours import week_of
from planner.services.planning.stop_hours import site_rule, stop_rule
from planner.web.frame.form_base import EditForm, Setting
from planner.words.translation import gettext

if TYPE_CHECKING:
    from planner.domain.visits import Day
    from planner.outputs.timeline.draft import DraftRow
    from planner.services.travel.town import Town


class StopHoursForm(EditForm):
    """Hours of one stop for this visit alone; empty, or cleared, they are those of its site again."""

    stop: str
    hours: Annotated[str, Field(max_length=HOURS_LENGTH)] = ""
    clear: bool = False

    def change(self, visit: Visit, setting: Setting) -> Visit:
        """Replace the stop's own hours."""
        rule = "" if self.clear else self.hours
        try:
            if rule:
                rule = check_hours(rule, setting.rules.country)
        except EditRefusedError as error:
            raise EditRefusedError(Reason.TYPE_HOURS) from error
        day = edits.change_stop(self.current_day(visit), self.stop, {"hours": rule})
        return self.with_current_day(visit, day)


@dataclass(frozen=True)
class HoursPanel:
    """What the panel of a stop shows.

    `rule` stands in the field, `fallback` is the catalogue's where the field is empty; sentences: `state`
    of what is in force, `told` of the catalogue, `empty` of a stop without any hours, `clear` on the button
    that drops the stop's own. `week` begins with the visit's day.
    """

    rule: str
    fallback: str
    state: str
    told: str
    empty: str
    clear: str
    week: tuple[DayLine, ...]
    is_refused: bool


PanelOf = Callable[["DraftRow", Mapping[str, str] | None], HoursPanel | None]


def hours_panels(town: Town, day: Day) -> PanelOf:
    """Return what makes the panel of a stop, with what was typed and refused; None where it has none."""

    def panel(row: DraftRow, refused: Mapping[str, str] | None) -> HoursPanel | None:
        if row.stop.kind is StopKind.BREAK and row.stop.place is None:
            return None
        return _panel(town, day, row, refused)

    return panel


def _panel(town: Town, day: Day, row: DraftRow, refused: Mapping[str, str] | None) -> HoursPanel:
    stop, site = row.stop, row.site
    sites = {site.id: site} if site else {}
    own, in_force = stop.hours.strip(), stop_rule(stop, sites)
    fallback = site_rule(site) or ""
    if site is None:
        told, empty = "", gettext("No hours of its own: as if never closed.")
    elif site_rule(site) is None:
        told, empty = "", gettext("In the catalogue: an open space, never closed.")
    else:
        told = gettext("In the catalogue:") if fallback else ""
        empty = "" if fallback else gettext("The catalogue has no hours for it: unknown, ask the host.")
    return HoursPanel(
        rule=refused.get("hours", "") if refused else own,
        fallback=fallback,
        state=_state(own=own, has_site=site is not None),
        told=told,
        empty=empty,
        clear=gettext("As in the catalogue") if site else gettext("Without hours"),
        week=tuple(week_lines(week_of(in_force, day.date, town.clock, town.almanac))) if in_force else (),
        is_refused=refused is not None,
    )


def _state(*, own: str, has_site: bool) -> str:
    if own:
        return gettext("own, for this visit")
    return gettext("as in the catalogue") if has_site else gettext("none")
