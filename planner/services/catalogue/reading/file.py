"""A file as rows of sites: taken apart by its form, columns given a meaning, each row read and checked."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from heapq import merge
from typing import TYPE_CHECKING

from planner.domain.limits import MOST_ROWS
from planner.domain.sites import Site
from planner.domain.text import in_language
from planner.services.catalogue.csv_file import read_csv
from planner.services.catalogue.geojson import geojson_features, read_feature, unread_properties
from planner.services.catalogue.positions import parse_position
from planner.services.catalogue.reading.foreign import features_table, is_foreign, read_xml
from planner.services.catalogue.reading.headers import NAMING, POSITION, columns_of, is_mappable
from planner.services.catalogue.reading.packed import unpacked
from planner.services.catalogue.reading.progress import counted
from planner.services.catalogue.reading.projected import metres_of
from planner.services.catalogue.reading.table import capped
from planner.services.catalogue.reading.workbook import is_workbook, read_workbook
from planner.services.catalogue.record import Record, read_record
from planner.services.catalogue.rules import CatalogueFileError, Problem, with_rules
from planner.services.catalogue.text import slug
from planner.services.planning.places import REACH_M

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from planner.services.catalogue.reading.projected import Covers
    from planner.services.catalogue.reading.table import Table, TableRow
    from planner.services.catalogue.rules import RuleContext
    from planner.store.catalogue import StoredSite

_DEGREES = 180


@dataclass(frozen=True)
class ReadRow:
    """A row of a file: its number as people count, its site unless that could not be read."""

    number: int
    name: str
    site: Site | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class ReadColumn:
    """A column of a file: its name there, what it is read as ("" is left out), its first text."""

    said: str
    column: str
    sample: str = ""
    is_guess: bool = True


@dataclass(frozen=True)
class ReadFile:
    """A file taken apart.

    `form` is csv, xlsx, geojson, kml or gpx; `unread` are columns that mean nothing here; `grid` names the
    metres that were made degrees. A file in which no column is a name has no rows: it `is_nameless`.
    """

    form: str
    encoding: str
    rows: tuple[ReadRow, ...]
    unread: tuple[str, ...] = ()
    columns: tuple[ReadColumn, ...] = ()
    grid: str = ""
    is_nameless: bool = False

    @property
    def mapped(self) -> tuple[tuple[str, str], ...]:
        """Names of the file that are not ours, and the columns that they stand for."""
        return tuple(
            (one.said.strip(), one.column)
            for one in self.columns
            if one.column and one.column != one.said.strip().casefold()
        )


def check_file(data: bytes, chosen: Sequence[str] = ()) -> None:
    """Look whether a file can be read at all, without reading its rows: that takes a tenth of the time.

    Raises
    ------
    CatalogueFileError
        As `read_file` does.
    """
    table, _ours = _apart(data)
    _columns(table, chosen)


def read_file(
    data: bytes,
    stored: Mapping[str, StoredSite],
    context: RuleContext,
    chosen: Sequence[str] = (),
    tell: Callable[[int, int], None] | None = None,
) -> ReadFile:
    """Take a file apart by its content; `chosen` says what its columns are where guesses err.

    Each row is read and checked before the next, and `tell` is told how many are, of how many.

    Raises
    ------
    CatalogueFileError
        If it is of no form that is read, empty or too long; broken rows are not raised but returned.
    """
    table, ours = _apart(data)
    file, read = _with_columns(table, chosen, stored, context)
    both = merge(read, (row for row, _ in ours), key=lambda row: row.number)
    rows = counted(both, len(table.rows) + len(ours), tell)
    left = dict.fromkeys((*file.unread, *(name for _, names in ours for name in names)))
    return replace(file, rows=tuple(_checked(rows, stored, context)), unread=tuple(left))


def _apart(data: bytes) -> tuple[Table, list[tuple[ReadRow, list[str]]]]:
    start = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise CatalogueFileError("empty_file")
    table, ours = _taken_apart(data, start)
    if len(table.rows) + len(ours) > MOST_ROWS:
        raise CatalogueFileError("too_many_rows", rows=len(table.rows) + len(ours), limit=MOST_ROWS)
    return table, ours


def _taken_apart(data: bytes, start: bytes) -> tuple[Table, list[tuple[ReadRow, list[str]]]]:
    """A file as a table, and the features in our own form, with what means nothing in them."""
    if start.startswith(b"PK"):
        parts = unpacked(data)
        if is_workbook(parts):
            return read_workbook(data), []
        inside = next((part for name, part in parts.items() if name.casefold().endswith(".kml")), None)
        if inside is None:
            raise CatalogueFileError("packed")
        return read_xml(inside), []
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise CatalogueFileError("packed")
    if start.startswith(b"<"):
        return read_xml(data), []
    return _of_features(data) if start.startswith((b"{", b"[")) else (read_csv(data), [])


def _of_features(data: bytes) -> tuple[Table, list[tuple[ReadRow, list[str]]]]:
    try:
        features = list(enumerate(geojson_features(data.decode("utf-8-sig")), start=1))
    except UnicodeDecodeError as error:
        raise CatalogueFileError("no_geojson") from error
    features = list(capped(features, lambda: len(features)))
    foreign = [(number, feature) for number, feature in features if is_foreign(feature)]
    others = {number for number, _ in foreign}
    ours = [(_own(*pair), unread_properties(pair[1])) for pair in features if pair[0] not in others]
    return features_table(foreign), [(row, list(names)) for row, names in ours]


def _own(number: int, feature: object) -> ReadRow:
    site, problems = read_feature(feature)
    name = in_language(site.name, "pl") if site else _feature_name(feature)
    return ReadRow(number, name, site, tuple(problems))


def _feature_name(feature: object) -> str:
    return str(feature.get("id", ""))[:80] if isinstance(feature, dict) else ""


def _with_columns(
    table: Table, chosen: Sequence[str], stored: Mapping[str, StoredSite], context: RuleContext
) -> tuple[ReadFile, Iterable[ReadRow]]:
    """A table by what its columns are, and its rows, read as they are asked for; none without a name."""
    columns = _columns(table, chosen)
    names = [one.column for one in columns]
    unread = tuple(one.said.strip() for one in columns if one.said.strip() and not one.column)
    file = ReadFile(table.form, table.encoding, (), unread, columns)
    if table.rows and not NAMING & {*names, *(name for row in table.rows for name in row.fixed)}:
        return replace(file, is_nameless=True), ()
    records = [(row, _record(row, names, context)) for row in table.rows]
    grid, records = _in_degrees(records, context)
    return replace(file, grid=grid), (_read(row, record, stored) for row, record in records)


def _columns(table: Table, chosen: Sequence[str]) -> tuple[ReadColumn, ...]:
    if len(chosen) != len(table.names) or not all(not name or is_mappable(name) for name in chosen):
        chosen = ()
    guessed = columns_of(table.names)
    names = [name for name in chosen or guessed if name]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise CatalogueFileError("column_twice", columns=", ".join(twice))
    return tuple(
        ReadColumn(said, column, table.sample(at)[:80], column == guessed[at])
        for at, (said, column) in enumerate(zip(table.names, chosen or guessed, strict=True))
    )


def _record(row: TableRow, names: Sequence[str], context: RuleContext) -> Record:
    record = {name: cell for name, cell in zip(names, row.cells, strict=False) if name} | row.fixed
    position = record.pop(POSITION, "")
    at, _ = parse_position(position, context) if position else (None, [])
    return record | {"lat": repr(at[1]), "lon": repr(at[0])} if at else record


def _in_degrees(
    records: list[tuple[TableRow, Record]], context: RuleContext
) -> tuple[str, list[tuple[TableRow, Record]]]:
    """The records with their metres made degrees, and the grid of these; "" where they are degrees."""
    covers: Covers | None = None
    if town := context.town:
        covers = lambda at: town.network.covers(at, REACH_M)  # noqa: E731 - bound to the town
    places = [_place(record) for _, record in records]
    metres = metres_of([place for place in places if place], covers) or metres_of(
        [place for place in places if place]
    )
    if metres is None:
        return "", records
    made = []
    for (row, record), place in zip(records, places, strict=True):
        if place and max(map(abs, place)) > _DEGREES:
            lon, lat = metres.degrees(*place)
            made.append((row, record | {"lat": repr(lat), "lon": repr(lon)}))
        else:
            made.append((row, record))
    return metres.grid.name, made


def _place(record: Record) -> tuple[float, float] | None:
    try:
        lat, lon = (float(record.get(name, "").replace(",", ".")) for name in ("lat", "lon"))
    except ValueError:
        return None
    return (lat, lon) if math.isfinite(lat) and math.isfinite(lon) else None


def _read(row: TableRow, record: Record, stored: Mapping[str, StoredSite]) -> ReadRow:
    known = stored.get(record.get("id", "").strip())
    site, problems = read_record(record, known.site if known else None)
    if row.spare:
        problems.insert(0, Problem("", "more_cells", {"cells": row.spare}))
    name = (record.get("name_pl") or record.get("name_en") or record.get("id") or "").strip()
    return ReadRow(row.number, name[:200], site, tuple(problems))


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
        yield ReadRow(row.number, row.name, site, tuple(problems))
