"""Files of releases: made once, kept whole, gone with what they are of."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from planner import __version__
from planner.services.paper.keeping import FOLDER, FileKeeper, FileKey

if TYPE_CHECKING:
    from pathlib import Path

KEY = FileKey(3, 5, ("day", "day1", "A/../../x", "pl"))


def test_a_file_is_made_once(tmp_path: Path) -> None:
    keeper, made = FileKeeper(tmp_path), []

    def make() -> bytes:
        made.append(1)
        return b"pdf"

    assert [keeper.found_or_made(KEY, make) for _ in range(2)] == [b"pdf", b"pdf"]
    assert made == [1]
    (file,) = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert file.parent == tmp_path / FOLDER / "3" / "5" / __version__
    assert re.fullmatch(r"day-day1-A_\.\._\.\._x-pl-[0-9a-f]{16}\.pdf", file.name)


def test_what_is_of_or_says_something_else_is_another_file(tmp_path: Path) -> None:
    """Names of parties may differ in letters only that no file has; an address may have changed."""
    keys = (KEY, replace(KEY, what=("day", "day1", "A?../../x", "pl")), replace(KEY, told=("/v/other",)))
    for number, key in enumerate(keys):
        FileKeeper(tmp_path).found_or_made(key, str(number).encode)
    assert [FileKeeper(tmp_path).find(key) for key in keys] == [b"0", b"1", b"2"]


def test_a_full_disk_keeps_nothing_and_gives_the_file(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("a file in the way", encoding="utf-8")
    keeper = FileKeeper(tmp_path)
    assert keeper.found_or_made(replace(KEY, suffix="ics"), lambda: b"ics") == b"ics"


def test_what_cannot_be_made_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        FileKeeper(tmp_path).found_or_made(KEY, lambda: bytes(1 // 0))
    assert FileKeeper(tmp_path).find(KEY) is None
    assert not [one for one in tmp_path.rglob("*") if one.is_file()]


def test_what_no_link_shows_is_swept(tmp_path: Path) -> None:
    keeper = FileKeeper(tmp_path)
    keys = [FileKey(visit, release, ("day",)) for visit, release in ((1, 1), (1, 2), (2, 1))]
    for key in keys:
        keeper.found_or_made(key, lambda: b"pdf")
    old = tmp_path / FOLDER / "1" / "2" / "0.1.0"
    old.mkdir()
    keeper.sweep({1: 2})
    assert [keeper.find(key) for key in keys] == [None, b"pdf", None]
    assert not old.exists()
    keeper.forget_visit(1)
    assert keeper.find(keys[1]) is None
    keeper.sweep({})
