"""Uploaded files between the preview of an import and its confirmation, in the data directory."""

from __future__ import annotations

import fcntl
import json
import re
import secrets
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import NotThereError, PlannerError, Reason
from planner.storage.place import Storage

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = "uploads"
KEPT_S = 24 * 3600
ENDINGS = ("data", "json", "plan")
"""Of an upload's files: as it came, what is said of it, and what was worked out."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}", re.ASCII)


class ImportUnderWayError(PlannerError, RuntimeError):
    """An upload is being brought in by an earlier request."""

    code = "changed"
    status = 409


@dataclass(frozen=True)
class Upload:
    """A staged file: the name it came with, its content, and the catalogue's mark at the preview.

    `columns` are what its columns were said to be, in their order, none where guesses hold; `is_whole`
    asks for all of it or nothing.
    """

    name: str
    mark: str
    data: bytes
    columns: tuple[str, ...] = ()
    is_whole: bool = False


@dataclass(frozen=True)
class Staging:
    """Keeps uploads for a day; each worker on the same data directory finds them.

    Where machines share a storage those of all machines do: what is said of an upload is always read there.
    """

    data_dir: Path
    storage: Storage | None = None

    def keep(self, upload: Upload) -> str:
        """Keep an upload and return the token that finds it; uploads of days before are removed."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._folder.chmod(0o700)  # what people upload holds contacts
        self.sweep()
        token = secrets.token_urlsafe(24)
        self._write(f"{token}.data", upload.data)
        self.remark(token, upload)
        return token

    def remark(self, token: str, upload: Upload) -> None:
        """Keep what is said of an upload: a new mark, what its columns are."""
        facts = {key: value for key, value in asdict(upload).items() if key != "data"}
        self._write(f"{token}.json", json.dumps(facts).encode())

    def _write(self, name: str, content: bytes) -> None:
        if self.storage is not None:
            self.storage.put(f"{FOLDER}/{name}", content)
        (self._folder / name).write_bytes(content)

    def _fetch(self, token: str) -> None:
        """Have here what another machine has taken in or has been told of it."""
        if self.storage is None:
            return
        said = self.storage.get(f"{FOLDER}/{token}.json")
        if said is None:
            raise FileNotFoundError(token)
        self._folder.mkdir(mode=0o700, exist_ok=True)
        file = self._folder / f"{token}.data"
        if not file.exists():
            data = self.storage.get(f"{FOLDER}/{token}.data")
            if data is None:
                raise FileNotFoundError(token)
            file.write_bytes(data)
        (self._folder / f"{token}.json").write_bytes(said)

    def size(self, token: str) -> int:
        """Bytes of an upload, 0 where it is not there: `find` says so."""
        if not _TOKEN.fullmatch(token):
            return 0
        try:
            self._fetch(token)
            return (self._folder / f"{token}.data").stat().st_size
        except FileNotFoundError:
            return 0

    def keep_beside(self, token: str, told: bytes) -> None:
        """Keep what was worked out of an upload, whole or not at all."""
        made = self._folder / f"{token}.{secrets.token_hex(4)}.new"
        made.write_bytes(told)
        made.replace(self._folder / f"{token}.plan")

    def beside(self, token: str) -> bytes | None:
        """What was worked out of an upload, None where nothing is kept."""
        try:
            return (self._folder / f"{token}.plan").read_bytes() if _TOKEN.fullmatch(token) else None
        except FileNotFoundError:
            return None

    def find(self, token: str) -> Upload:
        """Return an upload.

        Raises
        ------
        NotThereError
            If it was used, removed, or never there.
        """
        if _TOKEN.fullmatch(token):
            try:
                self._fetch(token)
                facts = json.loads((self._folder / f"{token}.json").read_text(encoding="utf-8"))
                data = (self._folder / f"{token}.data").read_bytes()
                said = tuple(facts.get("columns", ()))
                return Upload(facts["name"], facts["mark"], data, said, is_whole=facts.get("is_whole", False))
            except FileNotFoundError:
                pass
        msg = "this import was finished, cancelled or is more than a day old: upload the file again"
        raise NotThereError(msg, reason=Reason.UPLOAD_GONE)

    @contextmanager
    def claimed(self, token: str) -> Iterator[Upload]:
        """An upload that nobody else has claimed; whoever is killed has let go of it.

        Raises
        ------
        NotThereError
            As `find` does.
        ImportUnderWayError
            If somebody has.
        """
        self.find(token)
        try:
            with (self._folder / f"{token}.data").open("rb") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                yield self.find(token)
        except BlockingIOError as error:
            msg = "this file is being brought in already"
            raise ImportUnderWayError(msg) from error

    def remove(self, token: str) -> None:
        """Forget an upload."""
        if _TOKEN.fullmatch(token):
            for ending in ENDINGS:
                if self.storage is not None:
                    self.storage.remove(f"{FOLDER}/{token}.{ending}")
                (self._folder / f"{token}.{ending}").unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove uploads of days before; the daily upkeep does so where nobody uploads anything."""
        oldest = time.time() - KEPT_S
        for file in self._folder.iterdir() if self._folder.is_dir() else ():
            if file.suffix[1:] in {*ENDINGS, "new"} and file.stat().st_mtime < oldest:
                file.unlink(missing_ok=True)
        there = self.storage.found(FOLDER) if self.storage is not None else {}
        for name, put in there.items():
            if put < oldest and self.storage is not None:
                self.storage.remove(f"{FOLDER}/{name}")

    @property
    def _folder(self) -> Path:
        return self.data_dir / FOLDER
