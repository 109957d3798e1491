"""What a catalogue entry must be, whether it comes from the form or from a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from math import isfinite
from typing import TYPE_CHECKING, Any

from planner.domain.hours.spans import check_hours
from planner.domain.limits import HOURS_LENGTH, LANGUAGES, LONGEST_DWELL_MIN, MOST_CAPACITY, SITE_ID_LENGTH
from planner.domain.sites import (
    CONFIRMED_HOW,
    HostContact,
    HoursStatus,
    Location,
    Quality,
    Site,
    SiteStatus,
    StepFree,
)
from planner.errors import EditRefusedError, SourceFileError
from planner.services.catalogue.text import SLUG, clean_line, clean_text, unshowable
from planner.services.planning.places import REACH_M
from planner.services.travel.town import Town

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.geo import LonLat
    from planner.domain.text import LocalText

TEXTS = {"name": 200, "summary": 300, "description": 6_000, "notes": 6_000}
"""The texts of a site in each language, with the most characters each may have."""

LINES = {
    "address": 300,
    "opening_hours": HOURS_LENGTH,
    "licence": 500,
    "step_free_status": 40,
    "ticket_price": 100,
    "ticket_where": 300,
}
HOST_LENGTH = 200
THEME_LENGTH, THEMES_MAX = 40, 20
SOURCE_LENGTH, SOURCES_MAX = 500, 50
ERROR_MAX_M = {Quality.EXACT: 30.0, Quality.NEAR: 100.0, Quality.AREA: 20_000.0}
STEP_FREE_STATUSES = ("unknown", "unconfirmed", "confirmed")

HOST_PARTS = tuple(part.name for part in fields(HostContact))
_NO_HOST = HostContact()
_ONE_LINE = frozenset({"name", "summary"})
_LANGUAGE = re.compile(r"[a-z]{2,3}", re.ASCII)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an entry: its column, what kind, with what words."""

    column: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


class CatalogueFileError(SourceFileError):
    """A file that is no catalogue as a whole; `problem` says why, for the words of either language."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(f"the file cannot be used: {code.replace('_', ' ')}")
        self.problem = Problem("", code, params)


@dataclass(frozen=True)
class RuleContext:
    """What the rules need to know: the day it is, and the town if one is built."""

    today: date
    town: Town | None = None

    @property
    def country(self) -> str:
        """ISO code, for the holidays in opening hours."""
        return self.town.country if self.town else "PL"


def tidy(site: Site) -> Site:
    """The form in which a site is kept: Polish and English always there, no blanks around, no empty host."""
    host = site.host and HostContact(*(clean_line(getattr(site.host, name)) for name in HOST_PARTS))
    clean: dict[str, Any] = {
        name: _tidy_text(getattr(site, name), is_line=name in _ONE_LINE) for name in TEXTS
    }
    clean |= {name: clean_line(getattr(site, name)) for name in LINES}
    clean["themes"] = tuple(dict.fromkeys(filter(None, map(clean_line, site.themes))))
    clean["sources"] = tuple(filter(None, map(clean_line, site.sources)))
    clean["host"] = None if host == _NO_HOST else host
    clean["confirmed_on"] = site.confirmed_on or None
    changed = {name: value for name, value in clean.items() if not _is_same(value, getattr(site, name))}
    return replace(site, **changed) if changed else site


def _is_same(one: Any, other: Any) -> bool:
    """Whether two values of a site are the same, their languages in the same order too."""
    return bool(one == other) and (not isinstance(one, dict) or list(one) == list(other))


def problems_of(site: Site, context: RuleContext) -> list[Problem]:
    """Everything that is wrong with a tidy site."""
    return [
        *_id_problems(site),
        *_text_problems(site),
        *_list_problems(site),
        *_host_problems(site),
        *_place_problems(site.location, context),
        *(position_problems(site.drop_off, context, "drop_off_lat") if site.drop_off else ()),
        *_number_problems(site),
        *hours_problems(site.opening_hours, context),
        *_date_problems(site, context),
    ]


def with_rules(problems: list[Problem], site: Site, context: RuleContext) -> list[Problem]:
    """What could not be read in a row, and what is wrong with the rest of it."""
    unread = {problem.column for problem in problems}
    return [*problems, *(problem for problem in problems_of(site, context) if problem.column not in unread)]


def _tidy_text(text: LocalText, *, is_line: bool) -> LocalText:
    clean = clean_line if is_line else clean_text
    if tuple(text) == LANGUAGES:
        return {code: clean(said) for code, said in text.items()}
    others = sorted(code for code in text if code not in LANGUAGES and clean(text[code]))
    return {code: clean(text.get(code, "")) for code in (*LANGUAGES, *others)}


def _id_problems(site: Site) -> Iterator[Problem]:
    if len(site.id) > SITE_ID_LENGTH or not SLUG.fullmatch(site.id):
        yield Problem("id", "bad_id")


def _text_problems(site: Site) -> Iterator[Problem]:
    if not any(site.name.values()):
        yield Problem("name_pl", "required")
    for name, limit in TEXTS.items():
        for code, text in getattr(site, name).items():
            if code not in LANGUAGES and not _LANGUAGE.fullmatch(code):
                yield Problem(name, "bad_language", {"value": code})
            elif text and (len(text) > limit or not text.isprintable()):
                yield from _characters(f"{name}_{code}", text, limit)
    for name, limit in LINES.items():
        line = getattr(site, name)
        if len(line) > limit or not line.isprintable():
            yield from _characters(name, line, limit)


def _characters(column: str, text: str, limit: int) -> Iterator[Problem]:
    if len(text) > limit:
        yield Problem(column, "too_long", {"limit": limit, "length": len(text)})
    if mark := unshowable(text):
        yield Problem(column, "unshowable", {"mark": mark})


def _list_problems(site: Site) -> Iterator[Problem]:
    for column, entries, most, limit in (
        ("themes", site.themes, THEMES_MAX, THEME_LENGTH),
        ("sources", site.sources, SOURCES_MAX, SOURCE_LENGTH),
    ):
        if len(entries) > most:
            yield Problem(column, "too_many", {"limit": most})
        for entry in entries:
            yield from _characters(column, entry, limit)
    for theme in site.themes:
        if any(mark in theme for mark in ",;"):
            yield Problem("themes", "theme_marks", {"value": theme})


def _host_problems(site: Site) -> Iterator[Problem]:
    if site.host is None:
        return
    for part in HOST_PARTS:
        yield from _characters(f"host_{part}", getattr(site.host, part), HOST_LENGTH)
    if site.host.email and not _EMAIL.fullmatch(site.host.email):
        yield Problem("host_email", "bad_email")


def _place_problems(location: Location, context: RuleContext) -> Iterator[Problem]:
    if location.at is None:
        if location.quality is not Quality.NONE:
            yield Problem("quality", "no_position")
        if location.error_m is not None:
            yield Problem("error_m", "no_position")
        return
    yield from position_problems(location.at, context)
    if location.quality is Quality.NONE:
        yield Problem("quality", "position_given")
        return
    most = ERROR_MAX_M[location.quality]
    if location.error_m is None:
        if location.quality is Quality.AREA:
            yield Problem("error_m", "required")
    elif not 0 < location.error_m <= most:
        yield Problem("error_m", "range", {"low": 1, "high": int(most)})


def position_problems(at: LonLat, context: RuleContext, column: str = "lat") -> Iterator[Problem]:
    """What is wrong with a position: no position on Earth, swapped, or outside the streets of the town."""
    lon, lat = at
    if not (isfinite(lon) and isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):  # noqa: PLR2004 - degrees
        yield Problem(column, "no_position_on_earth")
    elif context.town and not context.town.network.covers(at, REACH_M):
        meta = context.town.network.meta
        west, south, east, north = (f"{degrees:.3f}" for degrees in meta.bounds)
        box = {"town": meta.name, "west": west, "south": south, "east": east, "north": north}
        is_swapped = context.town.network.covers((lat, lon), REACH_M)
        yield Problem(column, "swapped" if is_swapped else "outside", box)


def _number_problems(site: Site) -> Iterator[Problem]:
    if not 1 <= site.dwell_min <= LONGEST_DWELL_MIN:
        yield Problem("dwell_min", "range", {"low": 1, "high": LONGEST_DWELL_MIN})
    if not 1 <= site.min_dwell_min <= LONGEST_DWELL_MIN:
        yield Problem("min_dwell_min", "range", {"low": 1, "high": LONGEST_DWELL_MIN})
    elif 1 <= site.dwell_min < site.min_dwell_min:
        yield Problem("min_dwell_min", "over_dwell", {"dwell": site.dwell_min})
    if site.capacity is not None and not 1 <= site.capacity <= MOST_CAPACITY:
        yield Problem("capacity", "range", {"low": 1, "high": MOST_CAPACITY})


def hours_problems(rule: str, context: RuleContext) -> Iterator[Problem]:
    """What is wrong with a rule of opening hours; an empty one is unknown hours, and not wrong."""
    if not rule:
        return
    try:
        check_hours(rule, context.country)
    except EditRefusedError:
        yield Problem("opening_hours", "bad_hours", {"value": rule[:80]})


def _date_problems(site: Site, context: RuleContext) -> Iterator[Problem]:
    if site.step_free_status not in STEP_FREE_STATUSES:
        yield Problem("step_free_status", "choice", {"allowed": ", ".join(STEP_FREE_STATUSES)})
    if site.confirmed_how and site.confirmed_how not in CONFIRMED_HOW:
        yield Problem("confirmed_how", "choice", {"allowed": ", ".join(CONFIRMED_HOW)})
    if site.confirmed_on is None:
        claims = {
            "status": site.status is SiteStatus.CONFIRMED,
            "hours_status": site.hours_status is HoursStatus.CONFIRMED,
            "step_free_status": site.step_free is not StepFree.UNKNOWN
            and site.step_free_status == "confirmed",
        }
        yield from (
            Problem("confirmed_on", "date_for_claim", {"column": name}) for name, on in claims.items() if on
        )
        return
    try:
        day = date.fromisoformat(site.confirmed_on)
    except ValueError:
        yield Problem("confirmed_on", "bad_date", {"value": site.confirmed_on[:20]})
        return
    if day > context.today:
        yield Problem("confirmed_on", "future_date")
