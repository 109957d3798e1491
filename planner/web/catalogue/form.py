"""The form of a site: texts as they are typed, read by the catalogue's own rules."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from planner.outputs.catalogue.problems import problem_text
from planner.outputs.catalogue.words import THEMES, choices, column_name, theme_key, theme_name
from planner.services.catalogue.editing import marks_of
from planner.services.catalogue.positions import parse_position, position_text
from planner.services.catalogue.record import Record, read_record, to_record
from planner.services.catalogue.rules import Problem, with_rules
from planner.services.catalogue.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

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

DEFAULT_ERROR_M = {"exact": "30", "near": "100"}
TEXT_COLUMNS = (
    "name_pl", "name_en", "summary_pl", "summary_en", "description_pl", "description_en", "notes_pl",
    "notes_en", "address", "dwell_min", "min_dwell_min", "capacity", "opening_hours", "host_name",
    "host_phone", "host_email", "sources", "licence", "confirmed_on", "status",
)  # fmt: skip


class SiteForm(FlaskForm):  # type: ignore[misc]
    """One site. Fields are called as the columns of the CSV file."""

    name_pl = StringField()
    name_en = StringField()
    summary_pl = StringField()
    summary_en = StringField()
    description_pl = TextAreaField()
    description_en = TextAreaField()
    notes_pl = TextAreaField()
    notes_en = TextAreaField()
    address = StringField()
    position = StringField()
    quality = SelectField(validate_choice=False)
    error_m = StringField()
    drop_off = StringField()
    themes = SelectMultipleField(validate_choice=False)
    other_themes = StringField()
    dwell_min = StringField()
    min_dwell_min = StringField()
    capacity = StringField()
    opening_hours = StringField()
    hours_status = SelectField(validate_choice=False)
    step_free = RadioField(validate_choice=False)
    step_free_status = SelectField(validate_choice=False)
    outdoor = BooleanField()
    host_name = StringField()
    host_phone = StringField()
    host_email = StringField()
    sources = TextAreaField()
    licence = StringField()
    confirmed_on = StringField()
    status = SelectField(validate_choice=False)
    version = HiddenField()
    marks = HiddenField()

    @classmethod
    def of(cls, stored: StoredSite | None, blank: Site, themes: Iterable[str]) -> SiteForm:
        """The form of an entry, or of a new one; what was sent goes before what is stored."""
        site = stored.site if stored else blank
        values = _values(site)
        if stored:
            values |= {"version": str(stored.version), "marks": json.dumps(marks_of(site))}
        form = cls(data=values)
        form.offer(themes, site)
        return form

    def offer(self, themes: Iterable[str], site: Site) -> None:
        """Fill in the labels and what can be chosen."""
        for field in self:
            if field.name != "other_themes":
                field.label.text = column_name(field.name)
        for name in ("quality", "hours_status", "step_free", "step_free_status", "status"):
            self[name].choices = choices(name)
        known = sorted({*THEMES, *themes, *site.themes}, key=lambda key: fold(theme_name(key)))
        self.themes.choices = [(key, theme_name(key)) for key in known]

    def read(self, base: Site, context: RuleContext) -> Site | None:
        """The site that was typed; None if something is wrong, which then stands with its fields."""
        position, problems = _read_position(self.position.data, base.location.at, context)
        drop_off, off_problems = _read_position(self.drop_off.data, base.drop_off, context)
        record = {name: self[name].data or "" for name in TEXT_COLUMNS} | self._implied(
            base, has_place=bool(position)
        )
        record |= _columns("", position) | _columns("drop_off_", drop_off)
        site, unread = read_record(record, base)
        follow = PLACE_FIELDS if problems else frozenset[str]()
        problems += [replace(one, column="drop_off") for one in off_problems]
        problems += [one for one in with_rules(unread, site, context) if one.column not in follow]
        self.blame(problems)
        return None if problems else site

    def blame(self, problems: Iterable[Problem]) -> None:
        """Show problems with their fields."""
        for problem in problems:
            field = self._fields.get(FIELD_OF_COLUMN.get(problem.column, problem.column), self.name_pl)
            text = problem_text(problem)
            if text not in field.errors:
                field.errors = (*field.errors, text)

    def _implied(self, base: Site, *, has_place: bool) -> Record:
        """The columns that follow from others: no status of unknown hours, no error of no place."""
        quality = (self.quality.data or "none") if has_place else "none"
        error_m = (self.error_m.data or "").strip() or DEFAULT_ERROR_M.get(quality, "")
        hours_status, step_free = self.hours_status.data or "unknown", self.step_free.data or "unknown"
        if not (self.opening_hours.data or "").strip():
            hours_status = "unknown"
        elif hours_status == "unknown":
            hours_status = "unconfirmed"
        step_free_status = self.step_free_status.data or "unknown"
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
            "outdoor": "true" if self.outdoor.data else "false",
        }

    def _themes(self, base: Site) -> list[str]:
        """The chosen themes: those the site had in their order, then the others as they come."""
        chosen = self.themes.data or []
        typed = filter(None, map(theme_key, re.split(r"[,;\n]", self.other_themes.data or "")))
        kept = [theme for theme in base.themes if theme in chosen]
        return [*kept, *(theme for theme in chosen if theme not in kept), *typed]


def _read_position(
    text: str | None, stored: LonLat | None, context: RuleContext
) -> tuple[LonLat | None, list[Problem]]:
    """The typed position; the stored one, with all its digits, where it was not touched or cannot be read."""
    typed = (text or "").strip()
    if typed and typed == position_text(stored):
        return stored, []
    at, problems = parse_position(typed, context)
    return (stored if problems else at), problems


def _columns(prefix: str, at: LonLat | None) -> Record:
    lon, lat = ("", "") if at is None else map(repr, at)
    return {f"{prefix}lat": lat, f"{prefix}lon": lon}


def _values(site: Site) -> dict[str, Any]:
    return {
        **to_record(site),
        "position": position_text(site.location.at),
        "drop_off": position_text(site.drop_off),
        "themes": list(site.themes),
        "outdoor": site.outdoor,
    }
