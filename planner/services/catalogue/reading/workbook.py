"""A workbook (XLSX) as a table: the first sheet that has one, its values as people see them."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import TYPE_CHECKING, Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from planner.domain.clock import clock_text
from planner.domain.limits import MOST_ROWS
from planner.services.catalogue.reading.headers import columns_of
from planner.services.catalogue.reading.packed import packed_again, unpacked
from planner.services.catalogue.reading.table import Table, TableRow, capped
from planner.services.catalogue.rules import CatalogueFileError

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_CELLS = 2_000_000
MOST_COLUMNS = 1_000
_TAG = re.compile(rb"<(?:\w+:)?(c|row)\b([^>]*)>")
_AT = re.compile(rb"\br\s*=\s*[\"']([A-Z]{0,3})(\d{1,7})[\"']")
_HEADER_AMONG = 10
_NUMBERS_MOST = 1e15
_LETTERS = 26


def is_workbook(parts: dict[str, bytes]) -> bool:
    """Whether unpacked parts are those of an XLSX."""
    return "xl/workbook.xml" in parts


def read_workbook(data: bytes) -> Table:
    """Read the first visible sheet that is not empty.

    Raises
    ------
    CatalogueFileError
        If it cannot be read, has no rows, or reaches further than any list of sites.
    """
    parts = unpacked(data)
    for name, part in parts.items():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            _check_reach(part)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(packed_again(parts)))
        for sheet in book.sheets_metadata:
            if sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet:
                rows = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
                if any(text for row in rows for text in map(_text, row)):
                    return _table(sheet.name, rows)
    except (CalamineError, ValueError, OSError) as error:
        raise CatalogueFileError("broken_packed") from error
    raise CatalogueFileError("empty_file")


def _check_reach(sheet: bytes) -> None:
    """Refuse a sheet with a value so far out that all before it would fill the memory.

    Cells without a value reach as far as somebody has coloured them, and are passed over.
    """
    row = column = last_row = last_column = cells = 0
    for tag in _TAG.finditer(sheet):
        at = _AT.search(tag[2])
        is_empty = tag[2].endswith(b"/")
        if tag[1] == b"row":
            row, column = (int(at[2]) if at else row + 1), 0
            continue
        column = _column(at[1]) if at and at[1] else column + 1
        row = int(at[2]) if at else row
        if is_empty:
            continue
        cells += 1
        last_row, last_column = max(last_row, row), max(last_column, column)
        if (
            last_column > MOST_COLUMNS
            or max(last_row, 1) * max(last_column, 1) > MOST_CELLS
            or cells > MOST_CELLS
        ):
            raise CatalogueFileError("too_many_cells", row=last_row, limit=MOST_ROWS)
    if b"<!DOCTYPE" in sheet or b"<!ENTITY" in sheet or b"\0" in sheet:
        raise CatalogueFileError("broken_packed")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS + letter - ord("A") + 1
    return number


def _table(name: str, rows: Sequence[Sequence[Any]]) -> Table:
    """The rows below the header: of the first rows with texts the one with the most names that we know."""
    texts = [(number, tuple(map(_text, row))) for number, row in enumerate(rows, start=1)]
    kept = [(number, row) for number, row in texts if any(row)]
    header, names = max(kept[:_HEADER_AMONG], key=lambda row: sum(map(bool, columns_of(row[1]))))
    below = capped((TableRow(*row) for row in kept if row[0] > header), lambda: len(kept))
    return Table("xlsx", name, names, tuple(below))


def _text(value: Any) -> str:
    """A value as text: dates as ISO 8601, whole numbers without a point."""
    match value:
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer() and abs(value) < _NUMBERS_MOST:
            return str(int(value))
        case dt.datetime():
            return f"{value:%Y-%m-%d} {clock_text(value.hour * 60 + value.minute)}".removesuffix(" 00:00")
        case dt.time():
            return clock_text(value.hour * 60 + value.minute)
        case _:
            return "" if value is None else str(value).strip()
