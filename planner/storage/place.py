"""A shared directory or S3-compatible storage: whole objects by key, put and got with time-outs and retries.

obstore does the asking, whichever kind it is; its import waits until a storage is set.
"""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote, urlsplit

from planner.errors import Reason, ServiceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from obstore.store import ObjectStore

SETTING = "STORAGE_URL"
FORM = re.compile(r"(?:s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:/[\w./-]*)?|file:///.+)", re.ASCII)
"""What the setting may be: a bucket, with a folder in it or without, or a directory."""

CONNECT = timedelta(seconds=5)
ANSWER = timedelta(seconds=120)
PATIENCE = timedelta(seconds=120)
MOST_TRIES, PATIENT_TRIES = 5, 10
"""What fails for the moment is tried again, later each time: over a second or two, or over 10 s and more."""

_AT_ONCE = 1 << 20


@dataclass(frozen=True)
class Storage:
    """A storage by its address. What it cannot do now is a ServiceError, with a sentence."""

    url: str
    tries: int = MOST_TRIES

    def put(self, key: str, content: bytes | Path) -> None:
        """Put an object in place of what is there, whole or not at all."""
        with self._told():
            self._store.put(key, content)

    def get(self, key: str) -> bytes | None:
        """An object; None where there is none of this key."""
        with self._told():
            try:
                return bytes(self._store.get(key).bytes())
            except FileNotFoundError:
                return None

    def fetch(self, key: str, file: Path) -> bool:
        """Write an object into a file, piece by piece; whether there is one."""
        with self._told():
            try:
                got = self._store.get(key)
            except FileNotFoundError:
                return False
            with file.open("wb") as out:
                for piece in got.stream(min_chunk_size=_AT_ONCE):
                    out.write(piece)
            return True

    def has(self, key: str) -> bool:
        """Whether there is an object of this key."""
        with self._told():
            try:
                self._store.head(key)
            except FileNotFoundError:
                return False
            return True

    def remove(self, key: str) -> None:
        """Remove an object, if it is there."""
        with self._told():
            try:
                self._store.delete(key)
            except FileNotFoundError:
                return

    def found(self, folder: str) -> dict[str, float]:
        """The objects below a folder by their names, and when each was put, in seconds since 1970."""
        with self._told():
            listed = [one for batch in self._store.list(f"{folder}/") for one in batch]
        return {
            str(one["path"]).removeprefix(f"{folder}/"): one["last_modified"].timestamp() for one in listed
        }

    @property
    def _store(self) -> ObjectStore:
        return cast("ObjectStore", _opened(self.url, self.tries))

    @contextmanager
    def _told(self) -> Iterator[None]:
        from obstore.exceptions import BaseError  # noqa: PLC0415 - who has no storage need not wait for it

        try:
            yield
        except (BaseError, OSError) as error:
            first = str(error).strip().partition("\n")[0][:200]
            said = f"the storage {self.url} does not do what it should: {first}"
            raise ServiceError(said, reason=Reason.STORAGE_AWAY) from error


def storage_set(environ: Mapping[str, str] = os.environ) -> Storage | None:
    """The storage that machines share; None where there is one machine alone.

    Builds ask for it here, which are told a directory and no more.
    """
    url = environ.get(SETTING, "").strip().rstrip("/")
    return Storage(url) if url else None


@cache
def _opened(url: str, tries: int) -> Any:
    from obstore.store import LocalStore, S3Store  # noqa: PLC0415

    if url.startswith("file://"):
        return LocalStore(Path(unquote(urlsplit(url).path)), mkdir=True)
    is_plain = os.environ.get("AWS_ENDPOINT_URL", "").startswith("http://")
    return S3Store.from_url(
        url,
        client_options={"connect_timeout": CONNECT, "timeout": ANSWER, "allow_http": is_plain},
        retry_config={"max_retries": tries, "retry_timeout": PATIENCE},
    )
