"""A folder as one file, and back: the same bytes for the same files, so that their hash is a version."""

from __future__ import annotations

import gzip
import hashlib
import tarfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

QUICKLY = 1


def pack(folder: Path, file: Path) -> str:
    """Write a folder's files into one; the version of what they are."""
    with (
        file.open("wb") as out,
        gzip.GzipFile("", "wb", QUICKLY, out, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for one in sorted(folder.rglob("*")):
            if one.is_file():
                member = archive.gettarinfo(one, one.relative_to(folder).as_posix())
                member.mtime, member.mode = 0, 0o644
                member.uid = member.gid = 0
                member.uname = member.gname = ""
                with one.open("rb") as content:
                    archive.addfile(member, content)
    return version_of(file)


def version_of(file: Path) -> str:
    """The version that a packed folder is."""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def unpack(file: Path, folder: Path) -> None:
    """Write what was packed into an empty folder."""
    with tarfile.open(file, "r:gz") as archive:
        archive.extractall(folder, filter="data")
