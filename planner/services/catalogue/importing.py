"""Bringing a file into the catalogue: read, compared, and stored, but for what is broken."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from planner.domain.limits import MOST_ROWS
from planner.domain.sites import Site
from planner.domain.text import in_language
from planner.errors import PlannerError
from planner.services.catalogue.csv_file import read_csv
from planner.services.catalogue.geojson import geojson_features, read_feature, unread_properties
from planner.services.catalogue.reading.foreign import feature_row, is_foreign, read_xml
from planner.services.catalogue.record import Record, read_record, to_record
from planner.services.catalogue.rules import CatalogueFileError, Problem, with_rules
from planner.services.catalogue.text import slug
from planner.store.catalogue import add_sites, replace_site

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant
    from planner.services.catalogue.rules import RuleContext
    from planner.store.catalogue import StoredSite


class ImportConflictError(PlannerError, RuntimeError):
    """The catalogue was changed while an import was stored."""

    code = "changed"
    status = 409


class RowKind(StrEnum):
    """What an import does with a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    BROKEN = "broken"


@dataclass(frozen=True)
class ReadRow:
    """A row of a file: its number as people count, its site unless that could not be read."""

    number: int
    name: str
    site: Site | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class ReadFile:
    """A file taken apart. `form` is geojson or csv; `unread` are columns that mean nothing here."""

    form: str
    encoding: str
    rows: tuple[ReadRow, ...]
    unread: tuple[str, ...] = ()
    mapped: tuple[tuple[str, str], ...] = ()
    """Names of the file that are not ours, and the columns that they stand for."""


@dataclass(frozen=True)
class PlannedRow:
    """What would happen to a row; `columns` are those that change."""

    row: ReadRow
    kind: RowKind
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do; `untouched` counts the sites that the file does not name."""

    file: ReadFile
    rows: tuple[PlannedRow, ...]
    untouched: int

    def count(self, kind: RowKind) -> int:
        """How many rows are of a kind."""
        return sum(row.kind is kind for row in self.rows)

    @property
    def is_sound(self) -> bool:
        """Whether there is a row that can be stored; broken ones are left out."""
        return len(self.rows) > self.count(RowKind.BROKEN)


def read_file(data: bytes, stored: Mapping[str, StoredSite], context: RuleContext) -> ReadFile:
    """Take a file apart, GeoJSON, KML, GPX or CSV by its content.

    Raises
    ------
    CatalogueFileError
        If it is neither, empty or too long; broken rows are not raised but returned.
    """
    start = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise CatalogueFileError("empty_file")
    if start.startswith(b"PK"):
        raise CatalogueFileError("packed")
    if start.startswith(b"<"):
        file = _from_xml(data)
    else:
        file = _from_geojson(data) if start.startswith((b"{", b"[")) else _from_csv(data, stored)
    if len(file.rows) > MOST_ROWS:
        raise CatalogueFileError("too_many_rows", rows=len(file.rows), limit=MOST_ROWS)
    return replace(file, rows=tuple(_checked(file.rows, stored, context)))


def plan_import(file: ReadFile, stored: Mapping[str, StoredSite]) -> ImportPlan:
    """Compare a file with the catalogue."""
    rows = tuple(_planned(row, stored) for row in file.rows)
    named = {row.site.id for row in file.rows if row.site}
    return ImportPlan(
        file, rows, sum(not entry.archived and key not in named for key, entry in stored.items())
    )


def store_import(session: Session, plan: ImportPlan, stored: Mapping[str, StoredSite], now: Instant) -> None:
    """Store the rows of a plan that are not broken, by the session's transaction all of them or none.

    Raises
    ------
    ImportConflictError
        If one of the sites was changed after `stored` was read.
    """
    if not plan.is_sound:
        raise CatalogueFileError("broken_rows")
    add_sites(session, _sites(plan, RowKind.NEW), now)
    session.flush()
    for site in _sites(plan, RowKind.CHANGED):
        if not replace_site(session, site, stored[site.id].version, now):
            msg = f"{site.id} was changed in the meantime: look at the preview again"
            raise ImportConflictError(msg)


def _sites(plan: ImportPlan, kind: RowKind) -> list[Site]:
    return [planned.row.site for planned in plan.rows if planned.kind is kind and planned.row.site]


def _from_geojson(data: bytes) -> ReadFile:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CatalogueFileError("no_geojson") from error
    features = geojson_features(text)
    rows = []
    unread: dict[str, None] = {}
    for number, feature in enumerate(features, start=1):
        if is_foreign(feature):
            row, left = feature_row(feature)
            rows.append(_read(number, row))
            unread |= dict.fromkeys(left)
            continue
        unread |= dict.fromkeys(unread_properties(feature))
        site, problems = read_feature(feature)
        name = in_language(site.name, "pl") if site else _feature_name(feature)
        rows.append(ReadRow(number, name, site, tuple(problems)))
    return ReadFile("geojson", "utf-8", tuple(rows), tuple(unread))


def _from_xml(data: bytes) -> ReadFile:
    form, found = read_xml(data)
    rows = [_read(number, row) for number, (row, _) in enumerate(found, start=1)]
    return ReadFile(
        form, "xml", tuple(rows), tuple(dict.fromkeys(name for _, left in found for name in left))
    )


def _read(number: int, cells: Record) -> ReadRow:
    """A row of another tool; what is in it of ours is read as in a table."""
    site, problems = read_record(cells)
    return ReadRow(number, cells.get("name_pl", "")[:200], site, tuple(problems))


def _feature_name(feature: object) -> str:
    return str(feature.get("id", ""))[:80] if isinstance(feature, dict) else ""


def _from_csv(data: bytes, stored: Mapping[str, StoredSite]) -> ReadFile:
    table = read_csv(data)
    rows = []
    for number, cells in table.rows:
        spare = cells.pop("", None)
        known = stored.get(cells.get("id", "").strip())
        site, problems = read_record(cells, known.site if known else None)
        if spare:
            problems.insert(0, Problem("", "more_cells", {"cells": int(spare)}))
        name = (cells.get("name_pl") or cells.get("name_en") or cells.get("id") or "").strip()
        rows.append(ReadRow(number, name[:200], site, tuple(problems)))
    return ReadFile("csv", table.encoding, tuple(rows), table.unread, table.mapped)


def _checked(
    rows: Iterable[ReadRow], stored: Mapping[str, StoredSite], context: RuleContext
) -> Iterator[ReadRow]:
    """The rows with an id where they had none, and with what breaks a rule."""
    first_at: dict[str, int] = {}
    for row in rows:
        if row.site is None:
            yield row
            continue
        site = row.site
        problems = list(row.problems)
        if not site.id:
            site = replace(site, id=slug(in_language(site.name, "pl")))
            if site.id in stored:
                problems.append(Problem("id", "name_taken", {"id": site.id}))
        problems = with_rules(problems, site, context)
        if site.id in stored and stored[site.id].archived:
            problems.append(Problem("id", "archived_id", {"id": site.id}))
        if site.id in first_at:
            problems.append(Problem("id", "twice", {"id": site.id, "row": first_at[site.id]}))
        first_at.setdefault(site.id, row.number)
        yield replace(row, site=site, problems=tuple(problems))


def _planned(row: ReadRow, stored: Mapping[str, StoredSite]) -> PlannedRow:
    if row.problems or row.site is None:
        return PlannedRow(row, RowKind.BROKEN)
    if row.site.id not in stored:
        return PlannedRow(row, RowKind.NEW)
    columns = changed_columns(stored[row.site.id].site, row.site)
    return PlannedRow(row, RowKind.CHANGED if columns else RowKind.UNCHANGED, columns)


def changed_columns(before: Site, after: Site) -> tuple[str, ...]:
    """The columns in which two states of a site differ."""
    if before == after:
        return ()
    old, new = to_record(before), to_record(after)
    return tuple(name for name in {**old, **new} if old.get(name, "") != new.get(name, ""))
