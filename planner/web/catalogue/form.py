"""The form of a site: texts as they are typed, read by the catalogue's own rules."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from planner.outputs.catalogue.problems import problem_text
from planner.outputs.catalogue.words import THEMES, choices, column_name, theme_key, theme_name
from planner.services.catalogue.editing import marks_of
from planner.services.catalogue.positions import parse_position, position_text
from planner.services.catalogue.record import Record, read_record, to_record
from planner.services.catalogue.rules import Problem, with_rules
from planner.services.catalogue.text import fold
from planner.web.frame.form_base import Form
from planner.web.frame.form_view import Faults, FormView, Input, form_view

if TYPE_CHECKING:
    from collections.abc import Iterable

    from werkzeug.datastructures import MultiDict

    from planner.domain.geo import LonLat
    from planner.domain.sites import Site
    from planner.services.catalogue.entries import StoredSite
    from planner.services.catalogue.rules import RuleContext

FIELD_OF_COLUMN = {
    "lat": "position",
    "lon": "position",
    "drop_off_lat": "drop_off",
    "drop_off_lon": "drop_off",
    "id": "name_pl",
}
"""Where a problem of a column is shown that the form does not have."""

PLACE_FIELDS = frozenset({"quality", "error_m", "lat", "lon"})
"""What is not blamed as well while the position itself cannot be read."""

NOT_TICKED = ("", "false")
CHOSEN = (
    "quality", "hours_status", "step_free", "step_free_status", "status", "confirmed_how",
    "toilets", "water", "seats", "ticket",
)  # fmt: skip
DEFAULT_ERROR_M = {"exact": "30", "near": "100"}
TEXT_COLUMNS = (
    "name_pl", "name_en", "summary_pl", "summary_en", "description_pl", "description_en", "notes_pl",
    "notes_en", "address", "dwell_min", "min_dwell_min", "capacity", "opening_hours", "host_name",
    "host_phone", "host_email", "sources", "licence", "confirmed_on", "confirmed_how",
    "status", "toilets", "water", "seats", "ticket", "ticket_price", "ticket_where",
)  # fmt: skip


AREA, SELECT, HIDDEN = Input(kind="textarea"), Input(kind="select"), Input(kind="hidden")


class SiteForm(Form):
    """One site. Fields are called as the columns of the CSV file, and are texts until `read` reads them."""

    name_pl: str = ""
    name_en: str = ""
    summary_pl: str = ""
    summary_en: str = ""
    description_pl: Annotated[str, AREA] = ""
    description_en: Annotated[str, AREA] = ""
    notes_pl: Annotated[str, AREA] = ""
    notes_en: Annotated[str, AREA] = ""
    address: str = ""
    position: str = ""
    quality: Annotated[str, SELECT] = ""
    error_m: str = ""
    drop_off: str = ""
    themes: Annotated[tuple[str, ...], Input(kind="checkboxes")] = ()
    other_themes: str = ""
    dwell_min: str = ""
    min_dwell_min: str = ""
    capacity: str = ""
    opening_hours: str = ""
    hours_status: Annotated[str, SELECT] = ""
    step_free: Annotated[str, Input(kind="radio")] = ""
    step_free_status: Annotated[str, SELECT] = ""
    outdoor: Annotated[bool, Input(kind="checkbox")] = False
    toilets: Annotated[str, SELECT] = ""
    water: Annotated[str, SELECT] = ""
    seats: Annotated[str, SELECT] = ""
    ticket: Annotated[str, SELECT] = ""
    ticket_price: str = ""
    ticket_where: str = ""
    host_name: str = ""
    host_phone: str = ""
    host_email: str = ""
    sources: Annotated[str, AREA] = ""
    licence: str = ""
    confirmed_on: Annotated[str, Input(kind="date")] = ""
    confirmed_how: Annotated[str, SELECT] = ""
    status: Annotated[str, SELECT] = ""
    version: Annotated[str, HIDDEN] = ""
    marks: Annotated[str, HIDDEN] = ""

    @classmethod
    def of(cls, stored: StoredSite | None, blank: Site) -> SiteForm:
        """Return the form of an entry, or of a new one."""
        return cls.model_validate(_values(stored, blank))

    @classmethod
    def sent(cls, form: MultiDict[str, str], stored: StoredSite | None, blank: Site) -> SiteForm:
        """Return the form as it was sent; a text that was not sent is as it is stored."""
        ticked = {
            "themes": tuple(form.getlist("themes")),
            "outdoor": form.get("outdoor", "") not in NOT_TICKED,
        }
        return cls.model_validate({**_values(stored, blank), **form.to_dict(), **ticked})

    def view(self, themes: Iterable[str], faults: Faults) -> FormView:
        """Return the form for its page, with its labels and what can be chosen."""
        known = sorted({*THEMES, *themes}, key=lambda key: fold(theme_name(key)))
        offered = {name: tuple(choices(name)) for name in CHOSEN}
        offered["themes"] = tuple((key, theme_name(key)) for key in known)
        plain = form_view(SiteForm, dict(self), faults)
        return FormView(
            {
                field.name: replace(
                    field,
                    input=replace(
                        field.input, label=column_name(field.name), choices=offered.get(field.name, ())
                    ),
                )
                for field in plain
            }
        )

    def read(self, base: Site, context: RuleContext) -> Site | Faults:
        """Return the site that was typed, or what is wrong with it."""
        position, problems = _read_position(self.position, base.location.at, context)
        drop_off, off_problems = _read_position(self.drop_off, base.drop_off, context)
        record = {name: getattr(self, name) for name in TEXT_COLUMNS}
        record |= self._implied(base, has_place=bool(position))
        record |= _columns("", position) | _columns("drop_off_", drop_off)
        site, unread = read_record(record, base)
        follow = PLACE_FIELDS if problems else frozenset[str]()
        problems += [replace(problem, column="drop_off") for problem in off_problems]
        problems += [problem for problem in with_rules(unread, site, context) if problem.column not in follow]
        return site_faults(problems) if problems else site

    def _implied(self, base: Site, *, has_place: bool) -> Record:
        """The columns that follow from others: no status of unknown hours, no error of no place."""
        quality = (self.quality or "none") if has_place else "none"
        error_m = self.error_m.strip() or DEFAULT_ERROR_M.get(quality, "")
        hours_status, step_free = self.hours_status or "unknown", self.step_free or "unknown"
        if not self.opening_hours.strip():
            hours_status = "unknown"
        elif hours_status == "unknown":
            hours_status = "unconfirmed"
        step_free_status = self.step_free_status or "unknown"
        if step_free == "unknown":
            step_free_status = "unknown"
        elif step_free_status == "unknown":
            step_free_status = "unconfirmed"
        return {
            "quality": quality,
            "error_m": error_m if has_place else "",
            "hours_status": hours_status,
            "step_free": step_free,
            "step_free_status": step_free_status,
            "themes": ",".join(self._themes(base)),
            "outdoor": "true" if self.outdoor else "false",
        }

    def _themes(self, base: Site) -> list[str]:
        """The chosen themes: those the site had in their order, then the others as they come."""
        typed = filter(None, map(theme_key, re.split(r"[,;\n]", self.other_themes)))
        kept = [theme for theme in base.themes if theme in self.themes]
        return [*kept, *(theme for theme in self.themes if theme not in kept), *typed]


def site_faults(problems: Iterable[Problem]) -> Faults:
    """Return problems as sentences by the fields that they are shown with."""
    faults = Faults()
    for problem in problems:
        name = FIELD_OF_COLUMN.get(problem.column, problem.column)
        faults.add(name if name in SiteForm.model_fields else "name_pl", problem_text(problem))
    return faults


def _read_position(
    text: str, stored: LonLat | None, context: RuleContext
) -> tuple[LonLat | None, list[Problem]]:
    """The typed position; the stored one, with all its digits, where it was not touched or cannot be read."""
    typed = text.strip()
    if typed and typed == position_text(stored):
        return stored, []
    at, problems = parse_position(typed, context)
    return (stored if problems else at), problems


def _columns(prefix: str, at: LonLat | None) -> Record:
    lon, lat = ("", "") if at is None else map(repr, at)
    return {f"{prefix}lat": lat, f"{prefix}lon": lon}


def _values(stored: StoredSite | None, blank: Site) -> dict[str, Any]:
    site = stored.site if stored else blank
    opened = {"version": str(stored.version), "marks": json.dumps(marks_of(site))} if stored else {}
    return {
        **to_record(site),
        "position": position_text(site.location.at),
        "drop_off": position_text(site.drop_off),
        "themes": site.themes,
        "outdoor": site.outdoor,
        **opened,
    }
