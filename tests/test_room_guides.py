"""Every room says what is in it and where to begin, and none is a heap."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from planner.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

MOST_FILES = 14
MOST_LINES = 15
SMALL = 2
"""A folder of so few files needs no guide."""


def rooms() -> list[Path]:
    """The packages of the program."""
    folders = sorted(file.parent for file in (ROOT / "planner").rglob("__init__.py"))
    assert len(folders) > 40
    return folders


def files_of(room: Path) -> list[Path]:
    return [file for file in room.glob("*.py") if file.name != "__init__.py"]


@pytest.mark.parametrize("room", rooms(), ids=lambda room: str(room.relative_to(ROOT)))
def test_a_room_is_no_heap_and_says_where_to_begin(room: Path) -> None:
    files = files_of(room)
    assert len(files) <= MOST_FILES, "which rooms are in there?"
    guide = ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8")))
    assert guide, "a room says what is in it"
    assert len(guide.splitlines()) <= MOST_LINES
    if len(files) > SMALL:
        assert "Begin with" in guide
    named = list(re.findall(r"\b[\w/]+\.py\b", guide))
    for name in named:
        assert (room / name).is_file(), f"{name} is not in this room"
