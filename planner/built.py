"""What is built lies in a folder of its own; a pointer file in the data directory names the one in force.

A build writes beside and then replaces the pointer in one step, so that a
reader sees the old one or the new one, never half of one.

The network's pointer names the pair that was in force before, for the way back. Where a network and a
timetable came into force together it names the timetable too, in place of the one that `timetable.json`
named then (`instead_of`): so that both are replaced by one step, and a timetable that is built later counts.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from planner.errors import SourceFileError
from planner.storage.in_force import share, withdraw
from planner.storage.place import storage_set

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Raise = Callable[[dict[str, Any]], dict[str, Any]]

LOADING = Lock()
"""np.load reads a file's header with `ast`. In Python 3.11 two threads that do so at once may end in a
SystemError, "AST constructor recursion depth mismatch": one file at a time in this process.
"""


NETWORK, TIMETABLE = "network", "timetable"
TOGETHER = ("timetable", "instead_of", "timetable_version")
"""What the network's pointer says of a timetable that came into force with it."""

BESIDE = "town-beside"
"""A data directory within the data directory: what is built there is not in force."""

HELD = "held.json"
"""Names the folders that releases of days ahead rest on: they stay, whatever is built."""


@dataclass(frozen=True)
class Pair:
    """The names of the folders of a network and of a timetable, "" for none."""

    network: str
    timetable: str


def current(data_dir: Path, what: str) -> Path | None:
    """Return the folder in force of the "network" or "timetable"; None when none has been built."""
    pair = in_force(data_dir)
    return folder_of(data_dir, pair.network if what == NETWORK else pair.timetable)


def in_force(data_dir: Path) -> Pair:
    """Return the names of what is in force."""
    streets, own = _pointer(data_dir, NETWORK), _named(_pointer(data_dir, TIMETABLE))
    return Pair(_named(streets), str(streets["timetable"]) if _is_together(streets, own) else own)


def _is_together(streets: dict[str, Any], own: str) -> bool:
    """Whether the network's pointer names the timetable too: `own` is what the timetable's names."""
    return "timetable" in streets and streets.get("instead_of") == own


def before(data_dir: Path) -> Pair | None:
    """Return the names of what was in force before; None where that is not there any more."""
    kept = _pointer(data_dir, NETWORK).get("before", {})
    pair = Pair(str(kept.get("network", "")), str(kept.get("timetable", "")))
    names = [name for name in (pair.network, pair.timetable) if name]
    is_whole = bool(pair.network) and all(folder_of(data_dir, name) for name in names)
    return pair if is_whole and pair != in_force(data_dir) else None


def folder_of(data_dir: Path, name: str) -> Path | None:
    """Return the folder of a name; None for none, or where it is gone."""
    return data_dir / name if name and (data_dir / name).is_dir() else None


def _pointer(data_dir: Path, what: str) -> dict[str, Any]:
    try:
        pointer = json.loads((data_dir / f"{what}.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):  # none yet, or not written by us
        return {}
    return pointer if isinstance(pointer, dict) else {}


def _named(pointer: dict[str, Any]) -> str:
    return str(pointer.get("folder", ""))


def format_of(file: Path) -> int | None:
    """Return the format that a build says it was written in; None where it says nothing that can be read."""
    try:
        written = json.loads(file.read_text(encoding="utf-8"))["format"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return written if isinstance(written, int) else None


def read_document(file: Path, what: str, number: int, raise_one: Raise | None = None) -> dict[str, Any]:
    """Read what a build says of itself.

    One format back is read too where there is a way to raise it: `raise_one` turns a document of the format
    before into one of this number's. `setup` builds older ones again from their sources (`kept_source`).

    Raises
    ------
    ValueError
        If it was written in another format than these.
    """
    document: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    if raise_one is not None and document.get("format") == number - 1:
        document = {**raise_one(document), "format": number}
    if document.get("format") != number:
        msg = f"this {what} was built by another version of the program: build it again"
        raise ValueError(msg)
    return document


@contextmanager
def locked(file: Path, *, waits: bool) -> Iterator[None]:
    """Keep other builds out. The lock ends with its process, so that none is left behind.

    Raises
    ------
    BlockingIOError
        If another build holds it and this one does not wait.
    """
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
        yield


def put_in_force(data_dir: Path, what: str, write: Callable[[Path], object]) -> None:
    """Write a folder of its own, then replace the pointer; the caller holds the lock.

    The one before stays, for readers that have looked up its name and not yet
    opened its files, and for the way back; older ones are removed. Where machines share a storage it is
    put in force for all of them first: then this machine has it too, or gets it as the others do.

    Raises
    ------
    SourceFileError
        If the disk cannot be written; what was in force stays so, as after any other error.
    ServiceError
        If the storage does not take it.
    """
    _put(data_dir, what, write, lambda folder: _shared(data_dir, what, folder))


def take_over(data_dir: Path, what: str, folder: Path, version: str) -> None:
    """Put what another machine has built in force here; the caller holds the lock."""
    _put(data_dir, what, lambda new: shutil.copytree(folder, new, dirs_exist_ok=True), lambda _: version)


def version_here(data_dir: Path, what: str) -> str:
    """The version of what is in force here, '' where it is not known or nothing is."""
    if current(data_dir, what) is None:
        return ""
    streets = _pointer(data_dir, NETWORK)
    if what == TIMETABLE and _is_together(streets, _named(_pointer(data_dir, TIMETABLE))):
        return str(streets.get("timetable_version", ""))
    return str(_pointer(data_dir, what).get("version", ""))


def _shared(data_dir: Path, what: str, folder: Path) -> str:
    """Put a folder in force on all machines that share a storage; its version, '' without one.

    What is built beside is in force nowhere.
    """
    storage = storage_set()
    return share(storage, what, folder) if storage and data_dir.name != BESIDE else ""


def _put(data_dir: Path, what: str, write: Callable[[Path], object], agreed: Callable[[Path], str]) -> None:
    try:
        folder = Path(tempfile.mkdtemp(prefix=f"{what}-", dir=data_dir))
        previous = in_force(data_dir)
        _write(folder, data_dir, what, write, agreed)
    except OSError as error:
        raise cannot_write(data_dir, what, error) from error
    _remove_others(data_dir, what, {folder.name, previous.network, previous.timetable})


def swap(data_dir: Path, pair: Pair) -> None:
    """Put a network and a timetable that lie in the data directory in force, in one step.

    The caller holds both locks.

    Raises
    ------
    SourceFileError
        If the disk cannot be written; what was in force stays so.
    ServiceError
        If a storage that machines share does not take it.
    """
    own = _named(_pointer(data_dir, TIMETABLE))
    pointer = {"folder": pair.network, "timetable": pair.timetable, "instead_of": own}
    streets, timetable = folder_of(data_dir, pair.network), folder_of(data_dir, pair.timetable)
    versions = {
        "version": _shared(data_dir, NETWORK, streets) if streets else "",
        "timetable_version": _shared(data_dir, TIMETABLE, timetable) if timetable else "",
    }
    pointer |= {key: version for key, version in versions.items() if version}
    storage = storage_set()
    if storage and timetable is None:
        withdraw(storage, TIMETABLE)
    try:
        _point(data_dir / f"{NETWORK}.json", {**pointer, "before": asdict(in_force(data_dir))})
    except OSError as error:
        raise cannot_write(data_dir, NETWORK, error) from error
    for what in (NETWORK, TIMETABLE):
        _remove_others(data_dir, what, set())


def no_timetable(data_dir: Path) -> None:
    """Have no timetable in force, whichever there is."""
    (data_dir / f"{TIMETABLE}.json").unlink(missing_ok=True)
    streets = _pointer(data_dir, NETWORK)
    if "timetable" in streets:
        _point(data_dir / f"{NETWORK}.json", {**streets, "timetable": "", "instead_of": ""})


def hold(data_dir: Path, names: Iterable[str]) -> None:
    """Keep folders, whatever is built, until others are held in their place."""
    _point(data_dir / HELD, {"folders": sorted(names)})


def _remove_others(data_dir: Path, what: str, kept: set[str]) -> None:
    """Remove the folders that nothing names."""
    held = _pointer(data_dir, "held").get("folders", [])
    named = {*asdict(in_force(data_dir)).values(), *map(str, held), *kept}
    named |= set(_pointer(data_dir, NETWORK).get("before", {}).values())
    for old in data_dir.glob(f"{what}-*"):
        if old.name not in named:
            shutil.rmtree(old, ignore_errors=True)


def cannot_write(data_dir: Path, what: str, error: OSError) -> SourceFileError:
    """Return the error that says why a build could not be written."""
    return SourceFileError(
        f"cannot write the {what} to {data_dir} ({error.strerror}): free some space and try again"
    )


def _write(
    folder: Path,
    data_dir: Path,
    what: str,
    write: Callable[[Path], object],
    agreed: Callable[[Path], str],
) -> None:
    """Write a folder, agree on it and point to it; nothing of it is left when that fails."""
    try:
        write(folder)
        folder.chmod(0o755)
        version, was = agreed(folder), _pointer(data_dir, what)
        pointer: dict[str, Any] = {"folder": folder.name, **({"version": version} if version else {})}
        if what == NETWORK:
            pointer |= {key: was[key] for key in TOGETHER if key in was}
            pair = in_force(data_dir)
            pointer |= {"before": asdict(pair)} if pair.network else {}
        _point(data_dir / f"{what}.json", pointer)
    except Exception:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _point(file: Path, pointer: dict[str, Any]) -> None:
    """Replace a pointer in one step."""
    new = file.with_name(f"{file.name}.new")
    try:
        with new.open("w", encoding="utf-8") as out:
            json.dump(pointer, out)
            out.flush()
            os.fsync(out.fileno())
        new.replace(file)
    except OSError:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise
