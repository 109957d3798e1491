"""A site as a row of named texts, and back: the one shape behind the CSV file, the form and the comparison.

Columns: `id`; `name_pl name_en summary_pl ...` (any language code may follow);
`address lat lon quality error_m themes dwell_min min_dwell_min capacity
opening_hours hours_status step_free step_free_status outdoor host_name
host_phone host_email sources licence confirmed_on confirmed_how status
drop_off_lat drop_off_lon toilets water seats ticket ticket_price
ticket_where`. Themes are parted by commas, sources by line ends.
"""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from planner.domain.hours.spelling import as_plain
from planner.domain.limits import LANGUAGES
from planner.domain.sites import (
    HostContact,
    HoursStatus,
    Known,
    Location,
    Quality,
    Site,
    SiteStatus,
    StepFree,
    Ticket,
)
from planner.services.catalogue.reading.projected import in_degrees
from planner.services.catalogue.rules import TEXTS, Problem, tidy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.geo import LonLat

Record = dict[str, str]
E = TypeVar("E", bound=StrEnum)

PLAIN_COLUMNS = (
    "address", "lat", "lon", "quality", "error_m", "themes", "dwell_min", "min_dwell_min", "capacity",
    "opening_hours", "hours_status", "step_free", "step_free_status", "outdoor", "host_name", "host_phone",
    "host_email", "sources", "licence", "confirmed_on", "confirmed_how", "status",
    "drop_off_lat", "drop_off_lon", "toilets", "water", "seats", "ticket", "ticket_price", "ticket_where",
)  # fmt: skip
COLUMNS = ("id", *(f"{name}_{code}" for name in TEXTS for code in LANGUAGES), *PLAIN_COLUMNS)
NUMBER_COLUMNS = frozenset(
    {"lat", "lon", "error_m", "dwell_min", "min_dwell_min", "capacity", "drop_off_lat", "drop_off_lon"}
)

_TEXT_COLUMN = re.compile(rf"({'|'.join(TEXTS)})_([a-z]{{2,3}})", re.ASCII)
_YES = frozenset({"true", "yes", "tak", "prawda", "1", "t", "y", "x"})
_NO = frozenset({"false", "no", "nie", "fałsz", "falsz", "0", "n", "f", ""})
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{0,20})?(?:[eE][+-]?\d{1,3})?", re.ASCII)
_THEME_MARKS, _LINE_ENDS = re.compile(r"[,;\n]"), re.compile(r"\r\n?|\n")
_DAY_FIRST = ("%d.%m.%Y", "%d/%m/%Y")
_DEFAULT = Site("", {})


@lru_cache(maxsize=64)
def _text_columns(names: tuple[str, ...]) -> tuple[tuple[str, str, str], ...]:
    """Which columns hold which text in which language: the same for every row of a file."""
    found = ((name, _TEXT_COLUMN.fullmatch(name)) for name in names)
    return tuple((name, match[1], match[2]) for name, match in found if match)


def is_column(name: str) -> bool:
    """Whether a column of this name is read."""
    return name == "id" or name in PLAIN_COLUMNS or _TEXT_COLUMN.fullmatch(name) is not None


def to_record(site: Site) -> Record:
    """The site's values as texts, '' where there is none."""
    at, host = site.location.at, site.host or HostContact()
    record = {"id": site.id}
    for name in TEXTS:
        texts = getattr(site, name)
        record |= {f"{name}_{code}": texts.get(code, "") for code in dict.fromkeys((*LANGUAGES, *texts))}
    return record | {
        "address": site.address,
        "lat": "" if at is None else repr(at[1]),
        "lon": "" if at is None else repr(at[0]),
        "quality": site.location.quality.value,
        "error_m": _number_text(site.location.error_m),
        "themes": ", ".join(site.themes),
        "dwell_min": str(site.dwell_min),
        "min_dwell_min": str(site.min_dwell_min),
        "capacity": _number_text(site.capacity),
        "opening_hours": site.opening_hours,
        "hours_status": site.hours_status.value,
        "step_free": site.step_free.value,
        "step_free_status": site.step_free_status,
        "outdoor": "true" if site.outdoor else "false",
        "host_name": host.name,
        "host_phone": host.phone,
        "host_email": host.email,
        "sources": "\n".join(site.sources),
        "licence": site.licence,
        "confirmed_on": site.confirmed_on or "",
        "confirmed_how": site.confirmed_how,
        "status": site.status.value,
        "drop_off_lat": "" if site.drop_off is None else repr(site.drop_off[1]),
        "drop_off_lon": "" if site.drop_off is None else repr(site.drop_off[0]),
        "toilets": site.toilets.value,
        "water": site.water.value,
        "seats": site.seats.value,
        "ticket": site.ticket.value,
        "ticket_price": site.ticket_price,
        "ticket_where": site.ticket_where,
    }


def read_record(record: Mapping[str, str], base: Site | None = None) -> tuple[Site, list[Problem]]:
    """Read a site, and what could not be read in it; columns that are not there stay as in `base`."""
    reader = _RecordReader({**(to_record(base) if base else _EMPTY), **record})
    values = reader.values
    site_texts: dict[str, Any] = {name: {} for name in TEXTS}
    for column, name, code in _text_columns(tuple(values)):
        site_texts[name][code] = values[column]
    location = reader.location(has_quality="quality" in record)
    site = Site(
        id=values["id"].strip(),
        **site_texts,
        location=location,
        address=values["address"],
        themes=_parted(_THEME_MARKS, values["themes"]),
        dwell_min=reader.whole("dwell_min") or 0,
        min_dwell_min=reader.whole("min_dwell_min") or 0,
        capacity=reader.whole("capacity"),
        opening_hours=as_plain(values["opening_hours"]),
        hours_status=reader.choice("hours_status", HoursStatus),
        step_free=reader.choice("step_free", StepFree),
        step_free_status=values["step_free_status"] or "unknown",
        outdoor=reader.flag("outdoor"),
        host=HostContact(values["host_name"], values["host_phone"], values["host_email"]),
        sources=_parted(_LINE_ENDS, values["sources"]),
        licence=values["licence"],
        confirmed_on=reader.day("confirmed_on"),
        confirmed_how=values["confirmed_how"].strip().casefold(),
        status=reader.choice("status", SiteStatus),
        drop_off=reader.position("drop_off_lat", "drop_off_lon"),
        photo=(base or _DEFAULT).photo,
        toilets=reader.choice("toilets", Known),
        water=reader.choice("water", Known),
        seats=reader.choice("seats", Known),
        ticket=reader.choice("ticket", Ticket),
        ticket_price=values["ticket_price"],
        ticket_where=values["ticket_where"],
    )
    return tidy(site), reader.problems


class _RecordReader:
    """Reads cells, keeping what is wrong."""

    def __init__(self, values: Record) -> None:
        self.values = values
        self.problems: list[Problem] = []

    def whole(self, column: str) -> int | None:
        """A whole number, None for an empty cell; spreadsheets may write 20 as 20.0 or 20,0."""
        number = self.number(column)
        if number is not None and not number.is_integer():
            self._wrong(column, "not_whole")
            return None
        return None if number is None else int(number)

    def number(self, column: str) -> float | None:
        """A finite number, with a point or a comma; None for an empty cell."""
        text = self.values[column].strip()
        if not text:
            return None
        if _NUMBER.fullmatch(text):
            return float(text.replace(",", "."))
        self._wrong(column, "not_number")
        return None

    def choice(self, column: str, kind: type[E]) -> E:
        """One of the words of an enumeration; an empty cell is the default."""
        text = self.values[column].strip().casefold()
        default = cast("E", Quality.NONE if column == "quality" else getattr(_DEFAULT, column))
        if not text:
            return default
        try:
            return kind(text)
        except ValueError:
            self.problems.append(
                Problem(
                    column,
                    "choice",
                    {"value": text[:40], "allowed": ", ".join(member.value for member in kind)},
                )
            )
            return default

    def flag(self, column: str) -> bool:
        """Yes or no, in the words of either language or of a spreadsheet."""
        text = self.values[column].strip().casefold()
        if text not in _YES and text not in _NO:
            self.problems.append(Problem(column, "choice", {"value": text[:40], "allowed": "true, false"}))
        return text in _YES

    def day(self, column: str) -> str | None:
        """A date; what is no date stays as it is, for the rules to name."""
        text = self.values[column].strip()
        for form in _DAY_FIRST if text else ():
            if (day := _read_day(text, form)) is not None:
                return day
        return text or None

    def position(self, north: str, east: str) -> LonLat | None:
        """Both coordinates or neither, from the columns of the latitude and the longitude."""
        lat, lon = self.number(north), self.number(east)
        if lat is not None and lon is not None:
            return in_degrees(lat, lon)
        if (lat is None) != (lon is None) and not any(p.column in {north, east} for p in self.problems):
            self._wrong(north if lat is None else east, "half_position")
        return None

    def location(self, *, has_quality: bool) -> Location:
        """The place: both coordinates or neither. A quality that was not asked for follows them."""
        at, error_m = self.position("lat", "lon"), self.number("error_m")
        quality = self.choice("quality", Quality) if self.values["quality"].strip() else None
        if quality is None or (not has_quality and (quality is Quality.NONE) != (at is None)):
            quality = Quality.NONE if at is None else Quality.NEAR
            error_m = None if at is None else (error_m or 100.0)
        return Location(at, quality, error_m)

    def _wrong(self, column: str, code: str) -> None:
        self.problems.append(Problem(column, code, {"value": self.values[column].strip()[:40]}))


def _parted(marks: re.Pattern[str], text: str) -> tuple[str, ...]:
    """The parts of a cell between marks, without blanks around them and without empty ones."""
    return tuple(filter(None, map(str.strip, marks.split(text)))) if text else ()


def _read_day(text: str, form: str) -> str | None:
    """A date written in a form, as ISO 8601; None where it is written in another."""
    try:
        return datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007 - a date has no zone
    except ValueError:
        return None


def _number_text(number: float | None) -> str:
    if number is None:
        return ""
    return str(int(number)) if float(number).is_integer() else repr(number)


_EMPTY = to_record(_DEFAULT)
