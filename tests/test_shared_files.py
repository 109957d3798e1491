"""What workers share in files: the newest are kept, and each is whole."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from planner.shared_files import SharedFiles

if TYPE_CHECKING:
    from pathlib import Path


def test_the_oldest_are_removed_once_there_are_a_quarter_too_many(tmp_path: Path) -> None:
    files = SharedFiles(tmp_path / "shared", keep=8)
    for number in range(11):
        files.put(str(number), number)
        os.utime(tmp_path / "shared" / f"{number}.json", (number, number))
    known = [number for number in range(11) if files.get(str(number)) is not None]
    assert known == [3, 4, 5, 6, 7, 8, 9, 10]


def test_nothing_half_written_stays(tmp_path: Path) -> None:
    files = SharedFiles(tmp_path, keep=8)
    (tmp_path / "1.json").mkdir()
    files.put("1", "cannot take the place of a folder")
    assert [path.name for path in tmp_path.iterdir()] == ["1.json"]
    assert files.get("1") is None
