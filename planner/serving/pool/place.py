"""Where the keeper of a machine is found: a socket and a lock in the data directory."""

from __future__ import annotations

import fcntl
import os
import platform
import socket
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LONGEST = 100
"""Bytes of a path that a socket may be bound to, on every system."""


def connected(data_dir: Path) -> socket.socket:
    """Return a connection to the keeper.

    Raises
    ------
    OSError
        If there is none.
    """
    with _within_reach(_file(data_dir, "sock")) as path:
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.connect(path)
        except OSError:
            connection.close()
            raise
        return connection


@contextmanager
def only_one(data_dir: Path) -> Iterator[socket.socket | None]:
    """Be the keeper until the block ends, and listen; None where another process is it.

    The lock goes with the process, however that ends; a socket that a killed one left is replaced.
    """
    with _file(data_dir, "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield None
            return
        file = _file(data_dir, "sock")
        file.unlink(missing_ok=True)
        before = os.umask(0o177)
        with socket.socket(socket.AF_UNIX) as door, _within_reach(file) as path:
            door.bind(path)
            os.umask(before)
            door.listen(128)
            try:
                yield door
            finally:
                with suppress(OSError):
                    file.unlink()


def _file(data_dir: Path, ending: str) -> Path:
    """Of this machine alone: machines may share a data directory."""
    return data_dir / f"searching-{platform.node() or 'here'}.{ending}"


@contextmanager
def _within_reach(file: Path) -> Iterator[str]:
    """A path that is short enough for a socket."""
    if len(os.fsencode(file)) <= LONGEST:
        yield str(file)
        return
    folder = os.open(file.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{file.name}"
    finally:
        os.close(folder)
