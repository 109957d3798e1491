"""The catalogue as CSV: written for spreadsheets, read from whatever a spreadsheet made of it."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from planner.domain.limits import MOST_ROWS
from planner.services.catalogue.reading.headers import columns_of
from planner.services.catalogue.reading.table import Table, TableRow, capped
from planner.services.catalogue.record import COLUMNS, NUMBER_COLUMNS, to_record
from planner.services.catalogue.rules import CatalogueFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planner.domain.sites import Site

BOM = "\ufeff"
"""Tells a spreadsheet that the file is UTF-8."""

_POLISH = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
DELIMITERS = (",", ";", "\t")
CELL_LIMIT = 1_000_000
_RUNS = re.compile(r"'*[=+\-@\t\r\n]")
"""What a spreadsheet would run as a formula, behind any number of our own marks."""

MOST_LINES = 1_048_576
"""A worksheet has so many rows, and some programs write all: empty ones are passed over up to there."""

_LAST = "\x03end of the table"
"""Stands behind the last row: what holds it began with a quotation mark that is never closed."""

_HIDDEN = re.compile(r"'+[=+\-@\t\r\n]")


def to_csv(sites: Iterable[Site]) -> str:
    """The sites as CSV; a cell that would run as a formula gets an apostrophe, which reading takes away."""
    records = [to_record(site) for site in sites]
    others = sorted({column for record in records for column in record} - set(COLUMNS))
    columns = [*COLUMNS, *others]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for record in records:
        writer.writerow([_shown(column, record.get(column, "")) for column in columns])
    return BOM + out.getvalue()


def read_csv(data: bytes) -> Table:
    """Read the cells of a file in UTF-8, UTF-16, cp1250 or ISO-8859-2, parted by comma, semicolon or tab.

    Raises
    ------
    CatalogueFileError
        If it is no table, or its first row names none of our columns and cannot be told from a text.
    """
    text, encoding = _decoded(data)
    if sep := re.match(r"sep=.\r?\n", text):
        text = text[sep.end() :]
    header, delimiter = _header(text)
    if len(header) == 1 and not any(columns_of(header)):
        raise CatalogueFileError("no_header")
    names = tuple(name.strip() for name in header)
    rows = capped(_rows(text, delimiter, len(names)), lambda: text.count("\n"))
    return Table("csv", encoding, names, tuple(rows))


def _rows(text: str, delimiter: str, width: int) -> Iterable[TableRow]:
    csv.field_size_limit(CELL_LIMIT)
    reader = csv.reader(io.StringIO(f"{text}\n{_LAST}\n", newline=""), delimiter=delimiter)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if cells == [_LAST]:
                return
            if number > MOST_LINES:
                raise CatalogueFileError("too_many_rows", rows=text.count("\n"), limit=MOST_ROWS)
            if not any(cells):
                continue
            if _swallows_rows(cells, width, delimiter):
                raise CatalogueFileError("open_quote", row=number)
            if number > 1 and any(cell.strip() for cell in cells):
                is_over = any(cell.strip() for cell in cells[width:])
                yield TableRow(number, tuple(map(_true, cells[:width])), spare=len(cells) if is_over else 0)
    except csv.Error as error:
        raise CatalogueFileError("broken_csv", row=number + 1) from error


def _swallows_rows(cells: list[str], width: int, delimiter: str) -> bool:
    """Whether a cell holds the rest of the file, or the rows up to the next quotation mark."""
    if any(cell.rstrip("\r\n").endswith(_LAST) for cell in cells[-1:]):
        return True
    if not any("\n" in cell or "\r" in cell for cell in cells):
        return False
    lines = [line for cell in cells if "\n" in cell for line in cell.splitlines()]
    if 1 < width != len(cells) and any(line.count(delimiter) >= width - 1 for line in lines):
        return True
    return any(
        _holds_rows(cell.splitlines(), width - 1 - at, width - 1, delimiter) for at, cell in enumerate(cells)
    )


def _holds_rows(lines: list[str], left: int, whole: int, delimiter: str) -> bool:
    """Whether a cell of several lines is the rest of its row, and then rows with all their cells."""
    first, *rest = [line.count(delimiter) for line in lines] or [0]
    return bool(rest) and first == left > 1 and all(count == whole for count in rest[:-1])


def _shown(column: str, text: str) -> str:
    return "'" + text if column not in NUMBER_COLUMNS and _RUNS.match(text) else text


def _true(cell: str) -> str:
    return cell[1:] if _HIDDEN.match(cell) else cell


def _decoded(data: bytes) -> tuple[str, str]:
    for encoding in _tries(data):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise CatalogueFileError("no_encoding")


def _tries(data: bytes) -> Iterator[str]:
    """The encodings to try; which of the Polish ones is looked at only where it is no UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield "utf-16"
    elif data.startswith(b"\xef\xbb\xbf"):
        yield "utf-8-sig"
    else:
        yield "utf-8"
        yield _central_european(data)


def _central_european(data: bytes) -> str:
    """cp1250 or ISO-8859-2, by which of them makes more letters of Polish; they differ in ą, ś and ź."""
    if any(0x80 <= byte < 0xA0 for byte in data):  # noqa: PLR2004 - letters of cp1250 alone
        return "cp1250"
    ours, others = (
        sum(letter in _POLISH for letter in data.decode(encoding, "replace"))
        for encoding in ("cp1250", "iso8859-2")
    )
    return "iso8859-2" if others > ours else "cp1250"


def _header(text: str) -> tuple[list[str], str]:
    """The first row, parted by the mark that gives the most columns we know."""
    first = io.StringIO(text[:20_000], newline="").readline()
    ways = [(next(csv.reader([first], delimiter=mark), []), mark) for mark in DELIMITERS]
    return max(ways, key=lambda way: (sum(map(bool, columns_of(way[0]))), len(way[0])))
