"""Reading the tables of a feed: rows with the columns asked for, whatever else is in them."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Container, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from planner.buses.build.gtfs.files import FeedFiles
from planner.errors import SourceFileError

if TYPE_CHECKING:
    from collections.abc import Iterator


YEARS = range(1990, 2101)
"""Years that a timetable may speak of."""

NO_TIME = -1
BAD_TIME = -2

_TIME = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d))?", re.ASCII)
_DATE = re.compile(r"\+?(\d{4})-?(\d\d)-?(\d\d)(?:[.,]0*)?", re.ASCII)
_WHOLE = re.compile(r"\+?0*(\d{1,9})(?:[.,]0*)?", re.ASCII)
_FRACTION = re.compile(r"\.0+$")

BLANKS = " \t\r\n\x00\x1a\ufeff\xa0"
"""What an empty line may hold; old programs end a file with the sign 1A."""


@lru_cache(maxsize=4096)
def whole_number(text: str) -> int | None:
    """Read a number of at most nine digits, as it fits an array; None for anything else.

    Programs that know a column with gaps as fractions only write 1 as 1.0; people
    write +1, 01 or 1 between blanks.
    """
    match = _WHOLE.fullmatch(text.strip(BLANKS))
    return int(match[1]) if match else None


def read_date(text: str) -> date | None:
    """Read a date, 20260325 or 2026-03-25, also as 20260325.0; None for anything else."""
    match = _DATE.fullmatch(text)
    if match and int(match[1]) in YEARS:
        with suppress(ValueError):
            return date(*map(int, match.groups()))
    return None


def known_id(text: str, known: Container[str]) -> str:
    """Return an id as another table has it: a column with gaps may hold 12.0 for its 12."""
    if text in known or not text:
        return text
    others = (_FRACTION.sub("", text), f"{text}.0")
    return next((other for other in others if other in known), text)


@dataclass(frozen=True)
class FeedTable:
    """One table being read; a row is a list of the columns asked for, '' where there is none."""

    files: FeedFiles
    name: str
    needed: Sequence[str]
    wanted: Sequence[str] = ()

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Give (line, values) row by row, needed columns first.

        Raises
        ------
        SourceFileError
            If a needed column is missing or the table cannot be read.
        """
        reader = csv.reader(io.StringIO(self.files.text(self.name), newline=""))
        try:
            lines = (row for row in reader if not _is_blank(row))
            header = [column.strip(BLANKS).lower() for column in next(lines, [])]
            places = [self._place(header, column) for column in self.needed]
            places += [header.index(column) if column in header else -1 for column in self.wanted]
            for row in lines:
                width = len(row)
                values = [row[place].strip(BLANKS) if 0 <= place < width else "" for place in places]
                if width != len(header) and any("\n" in value for value in values):
                    raise self.fault(reader.line_num, "a quotation mark is not closed")
                yield reader.line_num, values
        except csv.Error as error:
            raise self.fault(reader.line_num, f"it cannot be read as a table ({error})") from error

    def _place(self, header: Sequence[str], column: str) -> int:
        if column not in header:
            raise self.fault(1, f"the column {column} is missing")
        return header.index(column)

    def fault(self, line: int, what: str) -> SourceFileError:
        """Make the error for something wrong in a line."""
        cure = "mend that line or get the feed again"
        return SourceFileError(f"{self.files.name}: {self.name}, line {line}: {what}; {cure}")

    def day(self, line: int, text: str) -> date:
        """Read a date, 20260325 or 2026-03-25.

        Raises
        ------
        SourceFileError
            If it is none: without it nobody knows when a service runs.
        """
        day = read_date(text)
        if day is None:
            raise self.fault(line, f"{text!r} is no date of the form 20260325")
        return day


def _is_blank(row: Sequence[str]) -> bool:
    return not any(cell.strip(BLANKS) for cell in row)


@dataclass
class Clock:
    """Reads times of day; each text once, for a feed repeats few of them over and over."""

    known: dict[str, int] = field(default_factory=lambda: {"": NO_TIME})

    def seconds(self, text: str) -> int:
        """Return the seconds of H:MM:SS, HH:MM:SS or HH:MM, NO_TIME for '', BAD_TIME for anything else."""
        seconds = self.known.get(text)
        if seconds is None:
            match = _TIME.fullmatch(text)
            seconds = int(match[1]) * 3600 + int(match[2]) * 60 + int(match[3] or 0) if match else BAD_TIME
            self.known[text] = seconds
        return seconds


@dataclass
class Dropped:
    """What was left out of a feed, counted by reason."""

    counts: Counter[str] = field(default_factory=Counter)

    def add(self, reason: str, count: int = 1) -> None:
        """Count, if there is anything to count."""
        if count:
            self.counts[reason] += int(count)
