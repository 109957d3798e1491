"""Files of releases: made once, kept whole, gone with what they are of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planner import __version__
from planner.services.paper.keeping import FOLDER, PaperKeeper, PaperKey

if TYPE_CHECKING:
    from pathlib import Path

KEY = PaperKey(3, 5, ("day", "day1", "A/../../x", "pl"))


def test_a_file_is_made_once(tmp_path: Path) -> None:
    keeper, made = PaperKeeper(tmp_path), []

    def make() -> bytes:
        made.append(1)
        return b"pdf"

    assert [keeper.found_or_made(KEY, make) for _ in range(2)] == [b"pdf", b"pdf"]
    assert made == [1]
    (file,) = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert file == tmp_path / FOLDER / "3" / "5" / __version__ / "day-day1-A_.._.._x-pl.pdf"


def test_what_cannot_be_made_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        PaperKeeper(tmp_path).found_or_made(KEY, lambda: bytes(1 // 0))
    assert PaperKeeper(tmp_path).find(KEY) is None
    assert not [one for one in tmp_path.rglob("*") if one.is_file()]


def test_what_no_link_shows_is_swept(tmp_path: Path) -> None:
    keeper = PaperKeeper(tmp_path)
    keys = [PaperKey(visit, release, ("day",)) for visit, release in ((1, 1), (1, 2), (2, 1))]
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
