"""What is built, shared by version: the packed folder first, then the pointer that says it is in force.

A reader has the old one or the new one, never half of one: an object is there as a whole or not at all.
"""

from __future__ import annotations

import json
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.errors import Reason, ServiceError
from planner.storage.packed import pack, unpack, version_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.storage.place import Storage


@dataclass(frozen=True)
class Shared:
    """What is in force on all machines: its version, and the format that it was built in."""

    version: str
    format: int


def shared(storage: Storage, what: str) -> Shared | None:
    """What is in force of the "network" or "timetable"; None where nothing was shared yet."""
    said = _pointer(storage, what)
    return Shared(str(said["version"]), int(said["format"])) if said else None


def share(storage: Storage, what: str, folder: Path) -> str:
    """Put a folder in force on all machines; its version. What was before the one before is removed.

    Raises
    ------
    ServiceError
        If the storage does not take it: what was in force stays so.
    """
    with tempfile.TemporaryDirectory(prefix="share-", dir=folder.parent) as name:
        file = Path(name) / "packed"
        version = pack(folder, file)
        key = _key(what, version)
        if not storage.has(key):
            storage.put(key, file)
    before = (_pointer(storage, what) or {}).get("version", "")
    written = json.loads((folder / "meta.json").read_text(encoding="utf-8"))["format"]
    storage.put(f"{what}.json", json.dumps({"version": version, "format": written}).encode())
    kept = {_key(what, one) for one in (version, before)}
    for one in storage.found(what):
        if f"{what}/{one}" not in kept:
            storage.remove(f"{what}/{one}")
    return version


def withdraw(storage: Storage, what: str) -> None:
    """Let nothing be in force, and say so: machines that have one let go of it."""
    storage.put(f"{what}.json", json.dumps({"withdrawn": True}).encode())


def is_withdrawn(storage: Storage, what: str) -> bool:
    """Whether it was said that nothing is to be in force; where nothing was ever shared it was not."""
    return bool((_said(storage, what) or {}).get("withdrawn"))


@contextmanager
def fetched(storage: Storage, what: str, version: str, data_dir: Path) -> Iterator[Path]:
    """A folder with what a version is, in the data directory, until the block ends.

    Raises
    ------
    ServiceError
        If it cannot be got, or is not what it should be.
    """
    with tempfile.TemporaryDirectory(prefix="share-", dir=data_dir) as name:
        file, folder = Path(name) / "packed", Path(name) / "folder"
        if not storage.fetch(_key(what, version), file) or version_of(file) != version:
            said = f"the storage {storage.url} has the {what} not as it should be: put it in force again"
            raise ServiceError(said, reason=Reason.STORAGE_AWAY)
        folder.mkdir()
        unpack(file, folder)
        file.unlink()
        yield folder


def _pointer(storage: Storage, what: str) -> dict[str, Any] | None:
    said = _said(storage, what)
    return said if said is not None and {"version", "format"} <= said.keys() else None


def _said(storage: Storage, what: str) -> dict[str, Any] | None:
    found = storage.get(f"{what}.json")
    try:
        said = json.loads(found) if found is not None else None
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


def _key(what: str, version: str) -> str:
    return f"{what}/{version}.tar.gz"
