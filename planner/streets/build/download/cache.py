"""What was downloaded, kept for some days: whole files only, and one download at a time."""

from __future__ import annotations

import fcntl
import json
import re
import time
import unicodedata
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from planner.download.receive import PART, whole
from planner.errors import SourceFileError
from planner.streets.build.download.place import FoundPlace

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY_S = 86_400.0


@dataclass(frozen=True)
class Cache:
    """A folder of answers, each under the question that was asked."""

    folder: Path
    days: float
    now: Callable[[], float] = time.time

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep a second download out meanwhile, and clear away what is too old or was never finished.

        Raises
        ------
        SourceFileError
            If another one is going on, or the folder cannot be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = (self.folder / "lock").open("w")
        except OSError as error:
            msg = f"cannot write to {self.folder} ({error.strerror}): check its permissions"
            raise SourceFileError(msg) from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                msg = "another download is going on: wait until it has ended"
                raise SourceFileError(msg) from error
            self._clear()
            yield

    def _clear(self) -> None:
        for file in self.folder.iterdir():
            is_old = file.suffix in {".osm", ".json"} and not self._is_fresh(file)
            if is_old or file.suffix == PART:
                file.unlink(missing_ok=True)

    def _is_fresh(self, file: Path) -> bool:
        return self.now() - file.stat().st_mtime < self.days * DAY_S

    def file(self, name: str, *question: str) -> Path:
        """Where the answer to a question lies, or will: the place's name and a digest."""
        digest = sha256("\n".join(question).encode()).hexdigest()[:12]
        plain = (
            unicodedata.normalize("NFKD", name.lower().replace("ł", "l")).encode("ascii", "ignore").decode()
        )
        slug = re.sub("[^a-z0-9]+", "-", plain).strip("-")[:40] or "place"
        return self.folder / f"{slug}-{digest}.osm"

    def place(self, *question: str) -> FoundPlace | None:
        """Return the place found for a question, if it was asked lately."""
        try:
            found = json.loads(self._place_file(question).read_text(encoding="utf-8"))
            west, south, east, north = map(float, found["bounds"])
            return FoundPlace(found["name"], found["full_name"], found["osm_id"], (west, south, east, north))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep_place(self, place: FoundPlace, *question: str) -> None:
        """Remember what a question found."""
        text = json.dumps(asdict(place), ensure_ascii=False)
        with whole(self._place_file(question)) as part:
            part.write_text(text, encoding="utf-8")

    def _place_file(self, question: tuple[str, ...]) -> Path:
        return self.file("place", *question).with_suffix(".json")
