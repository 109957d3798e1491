"""A backup: one file with the database, network, timetable, photos and the key, which restores all of it.

What can be made again (sheets, pages, files of releases) and what waits for a minute (uploads) is left out.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import tarfile
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from planner import __version__
from planner.built import current
from planner.domain.clock import Instant
from planner.errors import SourceFileError

if TYPE_CHECKING:
    from collections.abc import Iterator

FORM = 1
ABOUT, DATABASE, KEY = "backup.json", "planner.sqlite", "secret_key"
BUILT = ("network", "timetable")
PHOTOS = "photos"
"""Those for lists are made again."""

PRIVATE = 0o600
_AT_ONCE = 1 << 20


@dataclass(frozen=True)
class About:
    """What a backup says of itself: when and by which program, the rows by table, each file's SHA-256."""

    made: Instant
    counts: dict[str, int]
    program: str = __version__
    form: int = FORM
    files: dict[str, str] = field(default_factory=dict)


def write_archive(file: Path, data_dir: Path, snapshot: Path, key: str, about: About) -> None:
    """Write a backup beside its place, for its owner alone; the caller checks it and puts it there.

    Raises
    ------
    SourceFileError
        If it cannot be written.
    """
    try:
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, PRIVATE)
        with os.fdopen(handle, "wb") as out:
            with tarfile.open(fileobj=out, mode="w:gz", compresslevel=6) as archive:
                _fill(archive, data_dir, snapshot, key, about)
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        msg = f"the backup cannot be written to {file}: {error.strerror}"
        raise SourceFileError(msg) from error


def _fill(archive: tarfile.TarFile, data_dir: Path, snapshot: Path, key: str, about: About) -> None:
    files = {DATABASE: snapshot}
    for what in BUILT:
        folder = current(data_dir, what)
        for one in sorted(folder.rglob("*")) if folder else ():
            if one.is_file():
                files[f"{what}/{one.relative_to(folder or data_dir).as_posix()}"] = one
    photos = data_dir / PHOTOS
    files.update({f"{PHOTOS}/{one.name}": one for one in sorted(photos.glob("[!.]*.jpg"))})
    digests = {name: _sha256(one) for name, one in files.items()}
    digests[KEY] = hashlib.sha256(key.encode()).hexdigest()
    said = {**asdict(about), "files": digests}
    _add(archive, ABOUT, json.dumps(said, indent=1).encode())
    _add(archive, KEY, key.encode())
    for name, one in files.items():
        archive.add(one, name, recursive=False)


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), PRIVATE
    archive.addfile(member, io.BytesIO(content))


def unpack(file: Path, folder: Path) -> About:
    """Unpack a backup into an empty folder, each file compared with what the backup says of it.

    Raises
    ------
    SourceFileError
        If it is no backup, of a newer program, damaged or not whole, or cannot be read.
    """
    with _told(file), gzip.open(file) as stream, tarfile.open(fileobj=stream, mode="r:") as archive:
        about = _about(archive, file)
        missing = dict(about.files)
        for number, member in enumerate(archive):
            if number == 0:
                continue  # what it says of itself
            if member.name not in missing or not member.isfile():
                raise _damaged(file)
            wanted, read = missing.pop(member.name), archive.extractfile(member)
            target = folder / PurePosixPath(member.name)
            target.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "wb") as out:
                digest = hashlib.sha256()
                while read is not None and (part := read.read(_AT_ONCE)):
                    digest.update(part)
                    out.write(part)
            if digest.hexdigest() != wanted:
                raise _damaged(file)
        while stream.read(_AT_ONCE):
            pass  # gzip compares its sum at the end
    if missing:
        raise _damaged(file)
    return about


def _about(archive: tarfile.TarFile, file: Path) -> About:
    first = archive.next()
    read = archive.extractfile(first) if first is not None and first.name == ABOUT else None
    if read is None:
        raise SourceFileError(f"{file} is no backup of this program")
    said = json.loads(read.read(_AT_ONCE * 16))
    if said.get("form") != FORM:
        raise SourceFileError(f"{file} is a backup of a newer program ({said.get('program')}): use that one")
    names = [PurePosixPath(name) for name in said["files"]]
    if any(name.is_absolute() or ".." in name.parts for name in names):
        raise _damaged(file)
    return About(**said)


@contextmanager
def _told(file: Path) -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, EOFError, ValueError, KeyError, TypeError) as error:
        raise _damaged(file) from error
    except OSError as error:  # gzip's own are of this kind too
        if error.strerror is None:
            raise _damaged(file) from error
        msg = f"{file}: {error.strerror}"
        raise SourceFileError(msg) from error


def _damaged(file: Path) -> SourceFileError:
    return SourceFileError(f"{file} is damaged or no backup: nothing of it was used")


def _sha256(file: Path) -> str:
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
