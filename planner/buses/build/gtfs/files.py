"""A GTFS feed as a set of files: a zip, also with its files in a folder inside, or a folder."""

from __future__ import annotations

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from planner.errors import SourceFileError

TABLES = frozenset(
    f"{name}.txt"
    for name in (
        "agency", "stops", "routes", "trips", "stop_times", "calendar", "calendar_dates",
        "frequencies", "shapes", "feed_info", "transfers",
    )
)  # fmt: skip

LARGEST_BYTES = 400 * 2**20
"""Of one table, unpacked. The stop times of a metropolis take about 100 MB."""

LARGEST_FEED_BYTES = 1000 * 2**20
"""Of all tables together, unpacked."""

ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    RuntimeError,
    OSError,
    ValueError,
    IndexError,
)
"""What reading a damaged, encrypted or strangely packed zip can end in."""


@dataclass(frozen=True)
class FeedFiles:
    """The tables of a feed by their file names, each read when it is asked for."""

    name: str
    _readers: Mapping[str, Callable[[], bytes]]

    def __contains__(self, table: str) -> bool:
        return table in self._readers

    def text(self, table: str) -> str:
        """Read a table.

        Raises
        ------
        SourceFileError
            If it is missing, damaged, too large or not in UTF-8.
        """
        if table not in self._readers:
            msg = f"{self.name} has no {table}, which every GTFS feed needs: get the feed again, whole"
            raise SourceFileError(msg)
        data = self._data(table)
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            msg = f"{self.name}: {table}, line {line} is not in UTF-8: save the file in that encoding"
            raise SourceFileError(msg) from error

    def _data(self, table: str) -> bytes:
        try:
            data = self._readers[table]()
        except ZIP_ERRORS as error:
            msg = f"{self.name}: {table} cannot be read ({error}): get the feed again"
            raise SourceFileError(msg) from error
        if len(data) > LARGEST_BYTES:
            raise SourceFileError(_too_large(self.name, table, LARGEST_BYTES))
        return data

    def digest(self) -> str:
        """SHA-256 over the names and contents of the tables."""
        digest = hashlib.sha256()
        for table in sorted(self._readers):
            digest.update(f"{table}\n".encode())
            digest.update(self._data(table))
        return digest.hexdigest()


def _too_large(feed: str, what: str, limit: int) -> str:
    return f"{feed}: {what} unpacks to more than {limit / 2**20:.0f} MB: take a feed of the region alone"


def open_feed(path: Path, name: str = "") -> FeedFiles:
    """Look which tables a zip or folder holds; an empty file is none.

    Raises
    ------
    SourceFileError
        If it is no feed.
    """
    name = name or path.name
    if path.is_dir():
        return _from_folder(path, name)
    if not path.exists():
        msg = f"{path} does not exist: give a GTFS zip, a folder or an https address"
        raise SourceFileError(msg)
    try:
        with zipfile.ZipFile(path) as packed:
            return _from_zip(path, name, packed.infolist())
    except ZIP_ERRORS as error:
        if isinstance(error, SourceFileError):
            raise
        msg = f"{name} cannot be read as a zip ({error}): get the feed again"
        raise SourceFileError(msg) from error


def _from_folder(path: Path, name: str) -> FeedFiles:
    files = {
        file.name.lower(): file
        for file in sorted(path.iterdir())
        if file.name.lower() in TABLES and file.stat().st_size
    }
    if "stops.txt" not in files:
        msg = f"{path} holds no stops.txt: give the folder with the tables of a GTFS feed"
        raise SourceFileError(msg)
    _check_sizes(name, {table: file.stat().st_size for table, file in files.items()})
    return FeedFiles(name, {table: file.read_bytes for table, file in files.items()})


def _from_zip(path: Path, name: str, members: list[zipfile.ZipInfo]) -> FeedFiles:
    inside = [
        (PurePosixPath(member.filename.replace("\\", "/")), member)
        for member in members
        if member.filename and not member.is_dir() and "__MACOSX" not in member.filename
    ]
    roots = [file.parent for file, _ in inside if file.name.lower() == "stops.txt"]
    if not roots:
        hint = "unpack it and give the zips in it" if _has_zips(inside) else "get the feed again"
        msg = f"{name} holds no stops.txt, so it is no GTFS feed: {hint}"
        raise SourceFileError(msg)
    root = min(roots, key=lambda folder: (len(folder.parts), str(folder)))
    tables = {
        file.name.lower(): member
        for file, member in inside
        if file.parent == root and file.name.lower() in TABLES and member.file_size
    }
    _check_sizes(name, {table: member.file_size for table, member in tables.items()})
    return FeedFiles(name, {table: _reader(path, member) for table, member in tables.items()})


def _has_zips(inside: list[tuple[PurePosixPath, zipfile.ZipInfo]]) -> bool:
    return any(file.suffix.lower() == ".zip" for file, _ in inside)


def _check_sizes(name: str, sizes: Mapping[str, int]) -> None:
    for table, size in sizes.items():
        if size > LARGEST_BYTES:
            raise SourceFileError(_too_large(name, table, LARGEST_BYTES))
    if sum(sizes.values()) > LARGEST_FEED_BYTES:
        raise SourceFileError(_too_large(name, "it", LARGEST_FEED_BYTES))


def _reader(path: Path, member: zipfile.ZipInfo) -> Callable[[], bytes]:
    """Read one more byte than is allowed at most: what a zip says of its sizes may be a lie."""

    def read() -> bytes:
        with zipfile.ZipFile(path) as packed, packed.open(member) as file:
            return file.read(LARGEST_BYTES + 1)

    return read
