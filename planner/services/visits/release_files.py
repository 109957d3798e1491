"""What is made of releases once and kept: by visit, release, version of what made it, and name.

What is not of the release that is shown, or was made by another version, is removed by the daily upkeep.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


_LOG = logging.getLogger(__name__)


class ReleaseFile(Protocol):
    """What a file is of."""

    @property
    def visit_id(self) -> int:
        """The visit."""

    @property
    def release(self) -> int:
        """The number of the release."""

    @property
    def name(self) -> str:
        """The name of the file; it is a file's name and no path."""


@dataclass(frozen=True)
class ReleaseFiles:
    """Keeps files below a folder of the data directory; each worker on it finds them."""

    root: Path
    version: str

    def find(self, key: ReleaseFile) -> bytes | None:
        """Return a file that was made before; one that cannot be read is made again."""
        try:
            return (self._folder(key) / key.name).read_bytes()
        except OSError:
            return None

    def has(self, key: ReleaseFile) -> bool:
        """Whether a file was made before."""
        return (self._folder(key) / key.name).is_file()

    def found_or_made(self, key: ReleaseFile, make: Callable[[], bytes]) -> bytes:
        """Return a file, made and kept if it is not there; of two who make it one is kept, whole."""
        kept = self.find(key)
        if kept is not None:
            return kept
        made = make()
        try:
            self._keep(key, made)
        except OSError:  # a disk that is full: who asks gets the file all the same
            _LOG.warning("a file of release %s of visit %s could not be kept", key.release, key.visit_id)
        return made

    def _keep(self, key: ReleaseFile, made: bytes) -> None:
        folder = self._folder(key)
        folder.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=folder, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(made)
            Path(beside).replace(folder / key.name)
        except OSError:
            Path(beside).unlink(missing_ok=True)
            raise

    def forget_visit(self, visit_id: int) -> None:
        """Remove all files of a visit."""
        shutil.rmtree(self.root / str(visit_id), ignore_errors=True)

    def sweep(self, shown: Mapping[int, int]) -> None:
        """Remove what no link shows any more: `shown` is the release of each visit that is shown."""
        for visit in _numbered(self.root):
            number = int(visit.name)
            if number not in shown:
                self.forget_visit(number)
                continue
            for release in _numbered(visit):
                if int(release.name) != shown[number]:
                    shutil.rmtree(release, ignore_errors=True)
                    continue
                for version in release.iterdir():
                    if version.name != self.version:
                        shutil.rmtree(version, ignore_errors=True)

    def _folder(self, key: ReleaseFile) -> Path:
        return self.root / str(key.visit_id) / str(key.release) / self.version


def _numbered(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return [one for one in folder.iterdir() if one.is_dir() and one.name.isdecimal()]
