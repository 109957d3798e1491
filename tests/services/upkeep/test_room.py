"""What the disk refuses, in words; and a watcher's file, which leaves nothing behind."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import pytest

from planner.errors import Reason, StoreError
from planner.services.upkeep.room import file_fault, has_room

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, Reason.STORE_FULL),
        (errno.EDQUOT, Reason.STORE_FULL),
        (errno.EROFS, Reason.DATA_READ_ONLY),
        (errno.EACCES, Reason.DATA_READ_ONLY),
    ],
)
def test_a_disk_that_takes_nothing_is_told(number: int, reason: Reason) -> None:
    told = file_fault(OSError(number, "what the system says"))
    assert told is not None
    assert (told.reason, told.status) == (reason, 503)


def test_other_errors_of_files_are_our_own() -> None:
    assert file_fault(FileNotFoundError(errno.ENOENT, "no such file")) is None
    assert file_fault(ConnectionResetError(errno.ECONNRESET, "gone")) is None
    assert file_fault(OSError("without a number")) is None


def test_a_folder_with_room_stays_as_it_is(tmp_path: Path) -> None:
    has_room(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone_has_no_room(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no file can be written: No such file"):
        has_room(tmp_path / "gone")
