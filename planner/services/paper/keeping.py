"""The files of releases, made once and kept: by visit, release, program version and what they are.

They are made when a visit is published, beside the requests, and at the first request where that has not
come to an end. Files with names on them are never kept. What was replaced by a newer release is removed by
the daily upkeep.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planner import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FOLDER = "paper"
MARK_LETTERS = 16
_ODD = re.compile(r"[^A-Za-z0-9._-]+")
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class FileKey:
    """What a file is of.

    `what` names its kind, day, party, language; `told` is all else that it says and that may be otherwise for
    the same release: the address on a code, when the release was published.
    """

    visit_id: int
    release: int
    what: tuple[str, ...]
    suffix: str = "pdf"
    told: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the file: readable, and another one for whatever else it is of or says."""
        said = "\0".join((*self.what, "", *self.told))
        mark = hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:MARK_LETTERS]
        readable = (_ODD.sub("_", part) for part in self.what if part)
        return f"{'-'.join(readable)}-{mark}.{self.suffix}"


@dataclass(frozen=True)
class FileKeeper:
    """Keeps files in the data directory; each worker on it finds them."""

    data_dir: Path

    def find(self, key: FileKey) -> bytes | None:
        """Return a file that was made before; one that cannot be read is made again."""
        try:
            return (self._folder(key) / key.name).read_bytes()
        except OSError:
            return None

    def has(self, key: FileKey) -> bool:
        """Whether a file was made before."""
        return (self._folder(key) / key.name).is_file()

    def found_or_made(self, key: FileKey, make: Callable[[], bytes]) -> bytes:
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

    def _keep(self, key: FileKey, made: bytes) -> None:
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
        shutil.rmtree(self.data_dir / FOLDER / str(visit_id), ignore_errors=True)

    def sweep(self, shown: Mapping[int, int]) -> None:
        """Remove what no link shows any more: `shown` is the release of each visit that is shown."""
        for visit in self._numbered(self.data_dir / FOLDER):
            number = int(visit.name)
            if number not in shown:
                self.forget_visit(number)
                continue
            for release in self._numbered(visit):
                if int(release.name) != shown[number]:
                    shutil.rmtree(release, ignore_errors=True)
                    continue
                for version in release.iterdir():
                    if version.name != __version__:
                        shutil.rmtree(version, ignore_errors=True)

    def _folder(self, key: FileKey) -> Path:
        return self.data_dir / FOLDER / str(key.visit_id) / str(key.release) / __version__

    @staticmethod
    def _numbered(folder: Path) -> list[Path]:
        if not folder.is_dir():
            return []
        return [one for one in folder.iterdir() if one.is_dir() and one.name.isdecimal()]
