"""What tests build is built once for the same input and code, and kept whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kit import built_cache

if TYPE_CHECKING:
    from pathlib import Path

CODE = ("planner/errors.py",)


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(built_cache, "FOLDER", tmp_path / "built")
    return tmp_path / "built"


def text(found: Path) -> str:
    return (found / "made.txt").read_text(encoding="utf-8")


def test_the_same_is_made_once_and_anything_else_anew(tmp_path: Path) -> None:
    made: list[str] = []

    def make(new: Path) -> None:
        made.append(str(len(made)))
        (new / "made.txt").write_text(made[-1], encoding="utf-8")

    file = tmp_path / "input"
    file.write_text("one", encoding="utf-8")
    assert [text(built_cache.kept(make, file, "a", code=CODE)) for _ in range(2)] == ["0", "0"]
    assert text(built_cache.kept(make, file, "b", code=CODE)) == "1"
    assert text(built_cache.kept(make, file, "a", code=("planner/links.py",))) == "2"
    file.write_text("two", encoding="utf-8")
    assert text(built_cache.kept(make, file, "a", code=CODE)) == "3"


def test_what_fails_half_way_leaves_nothing(folder: Path) -> None:
    def fail(new: Path) -> None:
        (new / "half").touch()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        built_cache.kept(fail, code=CODE)
    assert [one for one in folder.iterdir() if one.is_dir()] == []


def test_what_was_used_longest_ago_goes_first(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(built_cache, "MOST", 2)
    for number in range(4):
        built_cache.kept(lambda _: None, number, code=CODE)
    assert len([one for one in folder.iterdir() if one.is_dir()]) == 2


def test_a_change_of_code_is_a_change(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(built_cache, "ROOT", tmp_path)
    file = tmp_path / "code.py"
    file.write_text("1", encoding="utf-8")
    before = built_cache.digest_of.__wrapped__("*.py")
    file.write_text("2", encoding="utf-8")
    assert built_cache.digest_of.__wrapped__("*.py") != before
