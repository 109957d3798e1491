"""A machine keeps what is in force on all: it fetches builds when they change, and drops removed photos."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from planner.built import NETWORK, TIMETABLE, current, locked, no_timetable, take_over, version_here
from planner.buses import files as timetable_files
from planner.errors import ServiceError
from planner.services.catalogue.care.photos import FOLDER as PHOTOS
from planner.services.catalogue.care.photos import PhotoFiles
from planner.storage.in_force import fetched, is_withdrawn, share, shared
from planner.streets import files as network_files

if TYPE_CHECKING:
    from pathlib import Path

    from planner.storage.place import Storage

FORMATS = {"network": network_files.FORMAT, "timetable": timetable_files.FORMAT}
"""What is built, and the newest format that this program reads."""

FRESH_S = 600.0
"""A photo that was kept here so lately may not be in the list of the storage yet."""

_LOG = logging.getLogger(__name__)


def follow(storage: Storage, data_dir: Path) -> list[str]:
    """Fetch what another machine has put in force since, let go of what one has withdrawn; what that was.

    What a newer program has built stays away until this machine has that program too. While a build of our
    own is being put in force nothing is done: it is looked at again soon.

    Raises
    ------
    ServiceError
        If the storage cannot be asked; what was in force here stays so.
    """
    return [what for what, newest in FORMATS.items() if _follow(storage, data_dir, what, newest)]


def _follow(storage: Storage, data_dir: Path, what: str, newest: int) -> bool:
    there = shared(storage, what)
    if there is None and _is_let_go(storage, what):
        return _let_go(data_dir)
    if there is None or there.version == version_here(data_dir, what):
        return False
    if there.format > newest:
        _LOG.warning("the %s in force was built by a newer program: this machine keeps its own", what)
        return False
    try:
        with (
            locked(data_dir / f"{what}.lock", waits=False),
            fetched(storage, what, there.version, data_dir) as folder,
        ):
            take_over(data_dir, what, folder, there.version)
    except BlockingIOError:
        return False
    return True


def _is_let_go(storage: Storage, what: str) -> bool:
    """Whether another machine has withdrawn it. A town may be without a timetable, not without streets."""
    return what == TIMETABLE and is_withdrawn(storage, what)


def _let_go(data_dir: Path) -> bool:
    """Have no timetable here either; whether there was one."""
    if current(data_dir, TIMETABLE) is None:
        return False
    try:
        with (
            locked(data_dir / f"{NETWORK}.lock", waits=False),
            locked(data_dir / f"{TIMETABLE}.lock", waits=False),
        ):
            no_timetable(data_dir)
    except BlockingIOError:
        return False
    return True


def begin_sharing(storage: Storage, data_dir: Path) -> list[str]:
    """Fetch what is in force, and share what is here where nothing was shared yet; what was fetched.

    Raises
    ------
    ServiceError
        If the storage cannot be asked and this machine has no streets to go on with.
    """
    try:
        return _begun(storage, data_dir)
    except ServiceError as error:
        if current(data_dir, "network") is None:
            raise
        _LOG.warning("%s: this machine goes on with what it has", error.message)
        return []


def _begun(storage: Storage, data_dir: Path) -> list[str]:
    got = follow(storage, data_dir)
    for what in FORMATS:
        folder = current(data_dir, what)
        if folder is not None and shared(storage, what) is None and not _is_let_go(storage, what):
            with locked(data_dir / f"{what}.lock", waits=True):
                take_over(data_dir, what, folder, share(storage, what, folder))
    share_photos(storage, data_dir)
    return got


def share_photos(storage: Storage, data_dir: Path) -> None:
    """Put photos into the storage that were kept here before there was one."""
    there = storage.found(PHOTOS)
    if not there:
        for file in (data_dir / PHOTOS).glob("[!.]*.jpg"):
            storage.put(f"{PHOTOS}/{file.name}", file)


def fetch_photos(storage: Storage, data_dir: Path) -> None:
    """Have all photos here, for a backup."""
    photos = PhotoFiles(data_dir, storage)
    for name in storage.found(PHOTOS):
        photos.find(name.removesuffix(".jpg"))


def drop_photos(storage: Storage, data_dir: Path) -> None:
    """Remove the photos here that were removed for good elsewhere; a storage without any says nothing."""
    there, oldest = storage.found(PHOTOS), time.time() - FRESH_S
    for file in (data_dir / PHOTOS).glob("[!.]*.jpg") if there else ():
        if file.name not in there and file.stat().st_mtime < oldest:
            PhotoFiles(data_dir).remove(file.stem)
