"""How far the checking of a file is: told while it works, in a small file that all workers can read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from planner.shared_files import SharedFiles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")

FOLDER = "progress"
EACH = 500
"""Rows between two tellings."""

_KEPT = 50
"""People who import something at once."""


@dataclass(frozen=True)
class Progress:
    """How far the import of one user is."""

    data_dir: Path
    user: str

    def tell(self, done: int, rows: int) -> None:
        """Say how many rows are checked, of how many."""
        self._files.put(self.user, [done, rows])

    def end(self) -> None:
        """Say that nothing is under way."""
        self._files.put(self.user, None)

    def now(self) -> tuple[int, int] | None:
        """How many rows are checked, of how many; None where nothing is under way."""
        match self._files.get(self.user):
            case [int(done), int(rows)]:
                return done, rows
        return None

    @property
    def _files(self) -> SharedFiles:
        return SharedFiles(self.data_dir / FOLDER, _KEPT)


def counted(rows: Iterable[T], total: int, tell: Callable[[int, int], None] | None) -> Iterator[T]:
    """The rows, told of now and then as they are taken."""
    for number, row in enumerate(rows):
        if tell and number % EACH == 0:
            tell(number, total)
        yield row
