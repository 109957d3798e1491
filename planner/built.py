"""What is built lies in a folder of its own; a pointer file in the data directory names the one in force.

A build writes beside and then replaces the pointer in one step, so that a
reader sees the old one or the new one, never half of one.
"""

from __future__ import annotations

import fcntl
import json
import shutil
import tempfile
from collections.abc import Callable
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from planner.errors import SourceFileError

if TYPE_CHECKING:
    from collections.abc import Iterator

Raise = Callable[[dict[str, Any]], dict[str, Any]]

LOADING = Lock()
"""np.load reads a file's header with `ast`. In Python 3.11 two threads that do so at once may end in a
SystemError, "AST constructor recursion depth mismatch": one file at a time in this process.
"""


def current(data_dir: Path, what: str) -> Path | None:
    """Return the folder in force of the "network" or "timetable"; None when none has been built."""
    try:
        pointer = json.loads((data_dir / f"{what}.json").read_text(encoding="utf-8"))
        folder = data_dir / str(pointer["folder"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):  # none yet, or not written by us
        return None
    return folder if folder.is_dir() else None


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

    The one before stays for readers that have looked up its name and not yet
    opened its files; older ones are removed.

    Raises
    ------
    SourceFileError
        If the disk cannot be written; what was in force stays so, as after any other error.
    """
    try:
        previous = current(data_dir, what)
        folder = Path(tempfile.mkdtemp(prefix=f"{what}-", dir=data_dir))
        _write(folder, data_dir / f"{what}.json", write)
    except OSError as error:
        raise cannot_write(data_dir, what, error) from error
    for old in data_dir.glob(f"{what}-*"):
        if old not in (folder, previous):
            shutil.rmtree(old, ignore_errors=True)


def cannot_write(data_dir: Path, what: str, error: OSError) -> SourceFileError:
    """Return the error that says why a build could not be written."""
    return SourceFileError(
        f"cannot write the {what} to {data_dir} ({error.strerror}): free some space and try again"
    )


def _write(folder: Path, pointer: Path, write: Callable[[Path], object]) -> None:
    """Write a folder and point to it; nothing of it is left when that fails."""
    new = pointer.with_name(f"{pointer.name}.new")
    try:
        write(folder)
        folder.chmod(0o755)
        new.write_text(json.dumps({"folder": folder.name}), encoding="utf-8")
        new.replace(pointer)
    except Exception:
        shutil.rmtree(folder, ignore_errors=True)
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise
