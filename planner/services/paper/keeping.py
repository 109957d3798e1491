"""The files of releases, made once and kept: by visit, release, program version and what they are.

They are made when a visit is published, beside the requests, and at the first request where that has not
come to an end. Files with names on them are never kept. What was replaced by a newer release is removed by
the daily upkeep.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner import __version__
from planner.services.visits.release_files import ReleaseFiles

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "paper"
MARK_LETTERS = 16
_ODD = re.compile(r"[^A-Za-z0-9._-]+")


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


class FileKeeper(ReleaseFiles):
    """Keeps the papers and files of a data directory."""

    def __init__(self, data_dir: Path) -> None:
        super().__init__(data_dir / FOLDER, __version__)
