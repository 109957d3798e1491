"""A file of a map or timetable as it is sent, piece by piece, to the disk: bounded, room looked at first."""

from __future__ import annotations

import bz2
import gzip
import shutil
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from planner.errors import Fault, InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = "town-upload"
KINDS = {
    "streets": (".osm", ".osm.gz", ".osm.bz2", ".osm.pbf", ".pbf"),
    "timetable": (".zip",),
}
"""What may be sent, and how the names of its files end."""

UNPACKED_TIMES = 10
"""So many times as large a packed file may be when it is unpacked: 3 GB for 300 MB."""

ROOM_TIMES = 3
"""A build needs room beside the file."""

CHUNK = 1 << 20
_ERRORS = (OSError, EOFError, ValueError, zipfile.BadZipFile)


@dataclass(frozen=True)
class Upload:
    """The file that is being sent to a data directory; there is one at a time."""

    data_dir: Path
    most_bytes: int

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.data_dir / FOLDER

    def begin(self, kind: str, name: str, total: int) -> None:
        """Make room for a file of so many bytes.

        Raises
        ------
        InvalidInputError
            If it is too large, of no kind that is read, or the disk has no room for it.
        """
        endings = KINDS.get(kind, ())
        if not name.lower().endswith(endings) or not endings:
            raise _refused("kind")
        if not 0 < total <= self.most_bytes:
            raise _refused("size")
        if shutil.disk_usage(self.data_dir).free < ROOM_TIMES * total:
            raise _refused("room")
        self.throw_away()
        self.folder.mkdir()
        ending = next(one for one in sorted(endings, key=len, reverse=True) if name.lower().endswith(one))
        self.file_of(kind, ending).touch()

    def take(self, offset: int, piece: IO[bytes], total: int) -> int:
        """Add a piece, and return how much is there; one that is there already is passed over.

        Raises
        ------
        InvalidInputError
            If it does not go on from what is there, or is more than was said.
        """
        file = self.file()
        if file is None:
            raise _refused("gone")
        here = file.stat().st_size
        if offset > here:
            raise _refused("gone")
        with file.open("r+b") as out:
            out.seek(offset)
            for chunk in _chunks(piece):
                if out.tell() + len(chunk) > min(total, self.most_bytes):
                    raise _refused("size")
                out.write(chunk)
            return out.tell()

    def file_of(self, kind: str, ending: str) -> Path:
        """The file of a kind."""
        return self.folder / f"{kind}{ending}"

    def file(self) -> Path | None:
        """The file that is there, None without one."""
        files = sorted(self.folder.glob("*")) if self.folder.is_dir() else []
        return files[0] if files else None

    def throw_away(self) -> None:
        """Remove it."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def check_unpacked(self) -> None:
        """Refuse a file that gets too large when it is unpacked, or cannot be unpacked.

        Raises
        ------
        InvalidInputError
            As said.
        """
        file = self.file()
        if file is None:
            raise _refused("gone")
        try:
            size = _unpacked(file, UNPACKED_TIMES * self.most_bytes)
        except _ERRORS as error:
            raise _refused("broken") from error
        if size > UNPACKED_TIMES * self.most_bytes:
            raise _refused("size")


def _unpacked(file: Path, most: int) -> int:
    """Bytes of a file when it is unpacked, as they come out of it; at most a little more than so many."""
    if file.name.endswith(".zip"):
        with zipfile.ZipFile(file) as archive:
            return sum(one.file_size for one in archive.infolist())
    if not file.name.endswith((".gz", ".bz2")):
        return file.stat().st_size
    size = 0
    with gzip.open(file) if file.name.endswith(".gz") else bz2.open(file) as packed:
        for chunk in _chunks(packed):
            size += len(chunk)
            if size > most:
                break
    return size


def _chunks(stream: IO[bytes] | gzip.GzipFile | bz2.BZ2File) -> Iterator[bytes]:
    with suppress(StopIteration):
        while chunk := stream.read(CHUNK):
            yield chunk


def _refused(code: str) -> InvalidInputError:
    return InvalidInputError(f"the upload is refused: {code}", details=(Fault("/file", code, code),))
