"""What a build was made from, kept beside it: so that another version of the program can build it again.

`source.json` in a built folder names each source with its size and hash, and what else the build was told.
A source that is not too large lies there as well, below `source/`; of others the path is known, and the file
counts only as long as it is the same.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.errors import SourceFileError

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_BYTES = 64 * 1024 * 1024
"""A larger source is not copied: its path and its hash are kept."""

ABOUT, COPIES = "source.json", "source"
CHUNK = 1024 * 1024


@dataclass(frozen=True)
class SourceFile:
    """One source: as it was given (`asked`, a path or an address), and its copy's name, "" without one."""

    asked: str
    path: str
    size: int
    sha256: str
    copy: str = ""


@dataclass(frozen=True)
class KeptSources:
    """The sources of a build in their order, and the settings it was made with."""

    files: tuple[SourceFile, ...]
    settings: dict[str, Any] = field(default_factory=dict)


def keep(folder: Path, sources: Iterable[tuple[str, Path]], settings: dict[str, Any]) -> None:
    """Keep the sources of a build, as (as given, file or folder), in its folder.

    Raises
    ------
    OSError
        If a source cannot be read or the disk cannot be written: the build is not put in force.
    """
    files = tuple(_kept(folder, number, asked, path) for number, (asked, path) in enumerate(sources))
    text = json.dumps(asdict(KeptSources(files, settings)), ensure_ascii=False)
    (folder / ABOUT).write_text(text, encoding="utf-8")


def kept(folder: Path) -> KeptSources | None:
    """Return what is known of a build's sources; None for a build of before they were kept."""
    try:
        document = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        files = tuple(SourceFile(**file) for file in document["files"])
        return KeptSources(files, dict(document["settings"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def find(folder: Path, source: SourceFile) -> Path:
    """Return where a source can be read: its copy, else the file it was, if it is still the same.

    Raises
    ------
    SourceFileError
        If it is gone, or another file now.
    """
    places = [folder / COPIES / source.copy] if source.copy else []
    is_there = False
    for place in [*places, Path(source.path)]:
        try:
            size_and_hash = _size_and_hash(place)
        except OSError:  # gone, or not ours to read
            continue
        if size_and_hash == (source.size, source.sha256):
            return place
        is_there = True
    gone = "is not the file any more that it was" if is_there else "is not there any more"
    raise SourceFileError(f"{source.asked} {gone}")


def _kept(folder: Path, number: int, asked: str, path: Path) -> SourceFile:
    size, digest = _size_and_hash(path)
    copy = f"{number}/{path.resolve().name}" if size <= MOST_BYTES else ""
    if copy:
        target = folder / COPIES / copy
        target.parent.mkdir(parents=True)
        _copy(path, target)
    return SourceFile(asked, str(path.resolve()), size, digest, copy)


def _copy(path: Path, target: Path) -> None:
    """Copy a file or the tables of a folder, as they are now: a link would change with them."""
    if path.is_dir():
        target.mkdir()
    for file in _files(path):
        shutil.copyfile(file, target / file.name if path.is_dir() else target)


def _files(path: Path) -> list[Path]:
    """Return a file, or the tables of a feed's folder: what else lies there is no part of the feed."""
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.iterdir() if file.suffix.lower() == ".txt" and file.is_file())


def _size_and_hash(path: Path) -> tuple[int, str]:
    """Return the bytes of a file, or of a folder's tables in the order of their names, and their hash."""
    digest, size = hashlib.sha256(), 0
    for file in _files(path):
        if path.is_dir():
            digest.update(os.fsencode(file.name) + b"\0")
        with file.open("rb") as handle:
            while chunk := handle.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
    return size, digest.hexdigest()
