"""A file's cells before anybody knows what its columns mean: names, rows, what is known of a row anyway."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from planner.domain.limits import MOST_ROWS
from planner.services.catalogue.rules import CatalogueFileError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")

Row = dict[str, str]
"""Texts by our own columns."""


@dataclass(frozen=True)
class TableRow:
    """A row: its number as people count, its cells in the order of the names.

    `fixed` is what the form of the file says, such as where a feature lies; `spare` is the number of its
    cells where these are more than there are names.
    """

    number: int
    cells: tuple[str, ...]
    fixed: Row = field(default_factory=dict)
    spare: int = 0


@dataclass(frozen=True)
class Table:
    """The names of the columns as they stand in the file, and the rows below them."""

    form: str
    encoding: str
    names: tuple[str, ...]
    rows: tuple[TableRow, ...]

    def sample(self, at: int) -> str:
        """The first text in a column."""
        texts = (row.cells[at] for row in self.rows if at < len(row.cells))
        return next((text for text in texts if text.strip()), "")


def capped(rows: Iterable[T], count: Callable[[], int]) -> Iterator[T]:
    """The rows, unless they are too many: nothing is read beyond the limit, and `count` says about how many.

    Raises
    ------
    CatalogueFileError
        At the first row too many.
    """
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise CatalogueFileError("too_many_rows", rows=max(number, count()), limit=MOST_ROWS)
        yield row


def table_of(form: str, encoding: str, rows: Iterable[tuple[int, Row, Row]]) -> Table:
    """A table of places with names of their own: (number, texts by name, what the form says)."""
    kept = list(rows)
    names = tuple(dict.fromkeys(name for _, named, _ in kept for name in named))
    return Table(
        form,
        encoding,
        names,
        tuple(
            TableRow(number, tuple(named.get(name, "") for name in names), fixed)
            for number, named, fixed in kept
        ),
    )
