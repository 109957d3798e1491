"""Which machine this is, and the lock that makes sure of one runner on it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import platform
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MACHINE_FILE = "machine"
_LONGEST_NAME = 80


def machine_name(data_dir: Path) -> str:
    """The name of this machine and data directory, the same after every start.

    Two machines that share a directory differ by their host names, two on one host by their directories.
    """
    file = data_dir / MACHINE_FILE
    if not file.exists():
        own = file.with_name(f"{MACHINE_FILE}.{os.getpid()}")
        own.write_text(secrets.token_hex(6), encoding="ascii")
        with contextlib.suppress(FileExistsError):
            file.hardlink_to(own)
        own.unlink()
    return f"{host_name()[:_LONGEST_NAME]}-{file.read_text(encoding='ascii').strip()}"


def host_name() -> str:
    """What this machine is called."""
    return platform.node() or "here"


def runner_lock(data_dir: Path) -> int:
    """Wait until no runner is on this machine, then hold its lock: an open file.

    Who inherits the file holds the lock too: it goes with the last process that has it open.
    """
    handle = _locked(_runner_file(data_dir), fcntl.LOCK_EX)
    os.ftruncate(handle, 0)
    return handle


def note_runner(lock: int, process: int) -> None:
    """Write down which process a runner is that was started with its lock."""
    os.pwrite(lock, str(process).encode(), 0)


def noted_runner(data_dir: Path) -> int | None:
    """The process of the runner here; None where there is none, or it was not started by a server."""
    try:
        noted = _runner_file(data_dir).read_text(encoding="ascii")
    except FileNotFoundError:
        return None
    return int(noted) if noted and not is_free(data_dir) else None


def is_free(data_dir: Path) -> bool:
    """Whether no runner is on this machine now."""
    try:
        handle = _locked(_runner_file(data_dir), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    os.close(handle)
    return True


def _runner_file(data_dir: Path) -> Path:
    return data_dir / f"jobs-{host_name()}.lock"


def queue_lock(data_dir: Path, queue: str) -> int | None:
    """The lock of a queue on this machine, an open file; None while a killed runner's job still holds it."""
    try:
        return _locked(data_dir / f"jobs-{host_name()}-{_plain(queue)}.lock", fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return None


def _locked(file: Path, how: int) -> int:
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, how)
    except OSError:
        os.close(handle)
        raise
    return handle


def _plain(queue: str) -> str:
    return "".join(letter if letter.isalnum() else "_" for letter in queue.partition("@")[0])
