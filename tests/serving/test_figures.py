"""Where workers count: in a folder of our own, never in one that somebody else has laid there."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from planner.serving.figures import folder_of_figures, made_anew

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    made = tmp_path / "memory"
    made.mkdir()
    return made


@pytest.fixture
def data(tmp_path: Path) -> Path:
    made = tmp_path / "data"
    made.mkdir()
    return made


def test_it_is_in_memory_and_the_owners_alone(data: Path, memory: Path) -> None:
    found = folder_of_figures(data, memory)
    assert found.parent == memory
    assert stat.S_IMODE(found.stat().st_mode) == 0o700
    (found / "counter_1.db").write_bytes(b"1")
    assert folder_of_figures(data, memory) == found
    made_anew(found)
    assert list(found.iterdir()) == []


def test_each_data_directory_has_its_own(data: Path, memory: Path) -> None:
    assert folder_of_figures(data, memory) != folder_of_figures(data.parent, memory)


def test_where_there_is_no_memory_it_is_with_the_data(data: Path, tmp_path: Path) -> None:
    assert folder_of_figures(data, tmp_path / "nowhere") == data / "metrics"
    assert (data / "metrics").is_dir()


def test_what_somebody_else_has_laid_there_is_not_taken(data: Path, memory: Path, tmp_path: Path) -> None:
    mine = folder_of_figures(data, memory)
    mine.rmdir()
    (tmp_path / "theirs").mkdir()
    mine.symlink_to(tmp_path / "theirs")
    assert folder_of_figures(data, memory) == data / "metrics"
    mine.unlink()
    mine.mkdir(mode=0o755)
    assert folder_of_figures(data, memory) == data / "metrics"
