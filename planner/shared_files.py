"""Small values that the workers of a machine share: a file each, in a folder of the data directory.

Nothing rests on them: where a file cannot be written or read there is no value. The oldest are removed.
"""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

SPARE = 1.25
"""The oldest are removed when there are so many times more than are to be kept: not at every writing."""


class SharedFiles:
    """Values by key, as JSON; a key is used as a file's name."""

    def __init__(self, folder: Path, keep: int) -> None:
        self._folder = folder
        self._keep = keep

    def get(self, key: str) -> Any:
        """Return the value of a key, None where none can be read."""
        try:
            return json.loads(self._file(key).read_text(encoding="utf-8"))
        except (OSError, ValueError):  # none yet, or not written by us
            return None

    def put(self, key: str, value: Any) -> None:
        """Keep a value, whole or not at all; on a full disk it is not kept."""
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, exist_ok=True)
            number, name = tempfile.mkstemp(dir=self._folder, prefix=".")
            with suppress(OSError), os.fdopen(number, "w", encoding="utf-8") as file:
                json.dump(value, file)
                file.flush()
                os.replace(name, self._file(key))  # noqa: PTH105 - a name, not a path
                self._remove_oldest()
                return
            os.unlink(name)  # noqa: PTH108 - a name, not a path

    def _file(self, key: str) -> Path:
        return self._folder / f"{key}.json"

    def _remove_oldest(self) -> None:
        files = [entry for entry in os.scandir(self._folder) if entry.is_file()]
        if len(files) <= self._keep * SPARE:
            return
        for entry in sorted(files, key=lambda entry: entry.stat().st_mtime)[: -self._keep]:
            with suppress(OSError):  # another worker removed it
                os.unlink(entry)  # noqa: PTH108 - an entry, not a path
