"""Where the workers of a machine count for /metrics: in memory where there is such a folder, not on the disk.

The files are mapped into memory and grow by holes: on a full disk the first write into one would end the
worker by a signal, with all that it was answering.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own in it, and nobody else's is taken
PRIVATE = 0o700


def folder_of_figures(data_dir: Path, memory: Path = MEMORY) -> Path:
    """Return a folder for the service of a data directory, there and the owner's alone."""
    name = hashlib.sha256(str(data_dir.resolve()).encode()).hexdigest()[:16]
    in_memory = memory / f"planner-{os.geteuid()}-{name}"
    if _is_ours(in_memory):
        return in_memory
    on_disk = data_dir / "metrics"
    on_disk.mkdir(mode=PRIVATE, exist_ok=True)
    return on_disk


def made_anew(folder: Path) -> None:
    """Let go of what workers before have counted."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=PRIVATE, exist_ok=True)


def _is_ours(folder: Path) -> bool:
    """Whether a folder is there and ours, made if need be: anybody may make one of any name there."""
    try:
        folder.mkdir(mode=PRIVATE, exist_ok=True)
        found = folder.lstat()
    except OSError:  # there is no memory to be named, or what is there is no folder
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o077
