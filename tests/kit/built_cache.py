"""What tests build, kept between tests, workers and runs: built again when the input or the code differs.

A folder of the cache is named by a hash of what it was made from: the inputs, every source file of
the project that a build can run, the data that it reads and the versions of the libraries. It is
made beside and then renamed, so that a reader finds all of it or nothing; a lock lets one process
make it while others wait. Nobody writes into a folder of the cache: tests get a copy.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sys
import tempfile
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from planner.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FOLDER = ROOT / ".pytest_cache" / "built"
CODE = ("planner/*.py", "planner/streets/**/*.py", "planner/buses/**/*.py", "planner/domain/**/*.py")
SERVICE = ("planner/**/*", "data/**/*", "wsgi.py")
"""What a service that sets itself up reads besides."""

LIBRARIES = ("numpy", "scipy", "shapely", "geopandas", "pyproj", "osmium", "networkx")
MOST = 60
"""So many folders are kept; the ones that were used longest ago go first."""


@cache
def digest_of(*patterns: str) -> str:
    """A hash of the project's files by pattern, of Python and of the libraries that build."""
    found = hashlib.sha256(sys.version.encode())
    for library in LIBRARIES:
        found.update(f"{library} {version(library)}\n".encode())
    for file in sorted({file for pattern in patterns for file in ROOT.glob(pattern) if file.is_file()}):
        if "__pycache__" in file.parts:
            continue
        found.update(file.relative_to(ROOT).as_posix().encode())
        found.update(hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()


def kept(make: Callable[[Path], object], *inputs: object, code: tuple[str, ...] = CODE) -> Path:
    """The folder that `make` fills, which says nothing but what follows from the inputs and the code.

    An input is a file, read whole, or something whose `repr` tells all of it.
    """
    named = hashlib.sha256(digest_of(*code).encode())
    for one in inputs:
        named.update(one.read_bytes() if isinstance(one, Path) else repr(one).encode())
        named.update(b"\0")
    folder = FOLDER / named.hexdigest()[:32]
    if not folder.is_dir():
        FOLDER.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            if not folder.is_dir():
                _fill(folder, make)
        _tidy()
    os.utime(folder)
    return folder


def copy_of(folder: Path, to: Path) -> None:
    """Copy a folder of the cache, for a test that may write there."""
    shutil.copytree(folder, to, dirs_exist_ok=True)


def _fill(folder: Path, make: Callable[[Path], object]) -> None:
    beside = Path(tempfile.mkdtemp(prefix="new-", dir=FOLDER))
    try:
        make(beside)
        beside.rename(folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def _tidy() -> None:
    """Remove what has not been used for longest; the empty lock files stay, as somebody may hold one."""
    folders = [one for one in FOLDER.glob("*") if one.is_dir() and not one.name.startswith("new-")]
    for old in sorted(folders, key=lambda one: one.stat().st_mtime)[:-MOST]:
        shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
