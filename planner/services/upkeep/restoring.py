"""The files of an unpacked backup put in force, and when the last backup was made."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from planner.built import TIMETABLE, current, no_timetable, put_in_force
from planner.services.upkeep.archive import BUILT, KEY, PHOTOS, PRIVATE
from planner.services.upkeep.settings import KEY_FILE
from planner.storage.in_force import withdraw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.clock import Instant
    from planner.storage.place import Storage

LAST = "last_backup.json"
OLD_S = 8 * 86_400
DAY_S = 86_400
REMADE = ("pages", "paper")
"""What is made again when somebody asks for it, of the state that was there before."""


def has_files(data_dir: Path) -> bool:
    """Whether something is built in a data directory."""
    return any(current(data_dir, what) is not None for what in BUILT)


def put_files(unpacked: Path, data_dir: Path, storage: Storage | None = None) -> None:
    """Put network, timetable, photos and key in force, in place of what is there; shared, on all machines."""
    for what in BUILT:
        folder = unpacked / what
        if folder.is_dir():
            put_in_force(data_dir, what, lambda new, folder=folder: _copy(folder, new))  # type: ignore[misc]
            continue
        if storage is not None:
            withdraw(storage, what)
        if what == TIMETABLE:
            no_timetable(data_dir)
        else:
            (data_dir / f"{what}.json").unlink(missing_ok=True)
    _put_photos(unpacked / PHOTOS, data_dir / PHOTOS)
    if storage is not None and (unpacked / PHOTOS).is_dir():
        _share_photos(unpacked / PHOTOS, storage)
    _put_key((unpacked / KEY).read_text(encoding="utf-8"), data_dir)
    for name in REMADE:
        shutil.rmtree(data_dir / name, ignore_errors=True)


def _copy(folder: Path, new: Path) -> None:
    shutil.copytree(folder, new, dirs_exist_ok=True)


def _put_photos(unpacked: Path, kept: Path) -> None:
    """Each has its name from its bytes, so one that is there already is the same; the others go."""
    if not unpacked.is_dir():
        return  # of a backup without photos nothing is known of those that are there
    shutil.copytree(unpacked, kept, dirs_exist_ok=True)
    for file in kept.rglob("*.jpg"):
        if not (unpacked / file.name).exists():
            file.unlink()


def _share_photos(unpacked: Path, storage: Storage) -> None:
    files = {file.name: file for file in unpacked.glob("*.jpg")}
    there = storage.found(PHOTOS)
    for name in files.keys() - there.keys():
        storage.put(f"{PHOTOS}/{name}", files[name])
    for name in there.keys() - files.keys():
        storage.remove(f"{PHOTOS}/{name}")


def _put_key(key: str, data_dir: Path) -> None:
    handle, name = tempfile.mkstemp(prefix=f"{KEY_FILE}.", dir=data_dir)  # for its owner alone
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(key)
    Path(name).chmod(PRIVATE)
    Path(name).replace(data_dir / KEY_FILE)


def note_backup(data_dir: Path, file: Path, now: Instant) -> None:
    """Remember that a backup was made and checked."""
    (data_dir / LAST).write_text(json.dumps({"at": now, "file": str(file)}), encoding="utf-8")


def backup_findings(data_dir: Path, now: Instant) -> Iterator[str]:
    """What `check` says of the last backup: nothing while it is younger than eight days."""
    try:
        at = int(json.loads((data_dir / LAST).read_text(encoding="utf-8"))["at"])
    except (OSError, ValueError, KeyError, TypeError):
        yield "backup: none was made yet: run `flask --app wsgi backup --to DIR` every day"
        return
    if now - at > OLD_S:
        yield f"backup: the last one is {(now - at) // DAY_S} days old"
