"""Whether files can be written: what the disk or the data directory refuses, in words."""

from __future__ import annotations

import errno
import tempfile
from typing import TYPE_CHECKING

from planner.errors import Reason, StoreError

if TYPE_CHECKING:
    from pathlib import Path

ENOUGH = b"\0" * 65_536
"""What is written to see whether there is room: the smallest upload and a page need no more."""

_FULL = Reason.STORE_FULL, "the disk is full: nothing was stored; make room and try again"
_READ_ONLY = Reason.DATA_READ_ONLY, "the data directory may only be read: let it be written"
_FAULTS = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
}


def file_fault(error: OSError) -> StoreError | None:
    """Return what people are told of a file that could not be written; None where that is a fault of ours."""
    reason, message = _FAULTS.get(error.errno or 0, (None, ""))
    return None if reason is None else StoreError(message, reason=reason)


def has_room(data_dir: Path) -> None:
    """Write a file and let go of it.

    Raises
    ------
    StoreError
        If the data directory takes none, with the reason.
    """
    try:
        with tempfile.TemporaryFile(dir=data_dir, buffering=0) as file:
            file.write(ENOUGH)
    except OSError as error:
        raise file_fault(error) or StoreError(f"no file can be written: {error.strerror}") from error
