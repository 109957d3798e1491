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
    copy = folder / COPIES / source.copy
    if source.copy and copy.exists():
        return copy
    path = Path(source.path)
    if not source.path or not path.exists():
        raise SourceFileError(f"{source.asked} is not there any more")
    if _size_and_hash(path) != (source.size, source.sha256):
        raise SourceFileError(f"{source.asked} is not the file any more that it was")
    return path


def _kept(folder: Path, number: int, asked: str, path: Path) -> SourceFile:
    size, digest = _size_and_hash(path)
    copy = f"{number}/{path.name}" if size <= MOST_BYTES else ""
    if copy:
        target = folder / COPIES / copy
        target.parent.mkdir(parents=True)
        _copy(path, target)
    return SourceFile(asked, str(path.resolve()), size, digest, copy)


def _copy(path: Path, target: Path) -> None:
    """Copy a file or a folder of files, as it is now: a link would change with it."""
    if path.is_dir():
        shutil.copytree(path, target, copy_function=shutil.copyfile)
    else:
        shutil.copyfile(path, target)


def _size_and_hash(path: Path) -> tuple[int, str]:
    """Return the bytes of a file, or of all files of a folder in the order of their names, and their hash."""
    digest, size = hashlib.sha256(), 0
    files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
    for file in files:
        if path.is_dir():
            digest.update(os.fsencode(file.relative_to(path)) + b"\0")
        with file.open("rb") as handle:
            while chunk := handle.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
    return size, digest.hexdigest()
