"""A file as every reader of a build wants it: the one that was given, or one made from it.

Readers want each object once, in order, none deleted, and positions on nodes. Most files are so. Of the
others a tidy copy is made: deleted objects are left out (as JOSM and history tools mark them), of an
object that comes twice the newest version stays (two extracts in one file), positions that ways carry
become nodes (Overpass, `out geom`). What is no map of a town as it is today is refused with its cure.
"""

from __future__ import annotations

import zlib
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError

import osmium

from planner.errors import SourceFileError
from planner.streets.build.tidy.endings import HISTORY_CURE, check_file
from planner.streets.build.tidy.records import Settled, write
from planner.streets.build.tidy.scan import read_objects, scan
from planner.streets.build.tidy.xml import is_odd, read_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.streets.build.tidy.records import Key, Record

READ_ERRORS = (RuntimeError, ValueError, OSError, osmium.InvalidLocationError)
"""What pyosmium raises on a file that is damaged; ValueError for tags that are no UTF-8."""

_ERRORS = (*READ_ERRORS, EOFError, KeyError, zlib.error, ExpatError)

CUT_OFF = "node that no way uses: ways seem to be missing"


@dataclass(frozen=True)
class TidyFile:
    """The file to read, made of the one that was given or the same, and what was left out."""

    given: Path
    path: Path
    left_out: dict[str, int] = field(default_factory=dict)


@contextmanager
def tidied(file: Path) -> Iterator[TidyFile]:
    """Give a file that every reader can use, for as long as the context lasts.

    Raises
    ------
    SourceFileError
        If the file is missing, damaged, or no map of a town as it is today.
    """
    check_file(file)
    with TemporaryDirectory(prefix="planner-") as folder:
        try:
            tidy = _tidy(file, Path(folder))
        except _ERRORS as error:
            if isinstance(error, SourceFileError):
                raise
            raise unreadable(file, error) from error
        yield tidy


def unreadable(file: Path, error: Exception) -> SourceFileError:
    """Return the refusal of a file that is damaged."""
    return SourceFileError(f"{file.name} cannot be read as OpenStreetMap data ({error}): get the file again")


def _tidy(file: Path, folder: Path) -> TidyFile:
    if not file.name.endswith(".pbf") and is_odd(file):
        settled = _History(file)
        read_xml(file, settled.add)
    else:
        seen = scan(file)
        if seen.is_tidy:
            return TidyFile(file, file, {CUT_OFF: seen.unused} if seen.unused else {})
        settled = _History(file)
        read_objects(file, settled.add)
    name = file.name.split(".osm")[0] or "town"
    path = folder / f"{name}.osm.pbf"
    write(settled.records(), path)
    return TidyFile(file, path, dict(settled.left_out))


class _History(Settled):
    """Refuses a file in which one version of an object is deleted and another is not."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._name = file.name
        self._versions: dict[Key, dict[bool, int]] = {}

    def add(self, record: Record) -> None:
        """Take a record.

        Raises
        ------
        SourceFileError
            If the file holds what became of an object.
        """
        super().add(record)
        if record.version < 1:
            return
        versions = self._versions.setdefault(record.key, {})
        versions[record.is_deleted] = record.version
        if len(set(versions.values())) > 1:
            raise SourceFileError(f"{self._name} cannot be built from: {HISTORY_CURE}")
