"""Recordings compare two states of the program, so what records them must not be part of either."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

FILES = [file for file in sorted(Path(__file__).parent.rglob("*.py")) if not file.name.startswith("test_")]


def imported(file: Path) -> set[str]:
    """The first names of the modules that a file imports, wherever it does."""
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    named = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in plain | named}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.stem))
def test_the_recorder_imports_nothing_of_the_program(file: Path) -> None:
    assert "planner" not in imported(file)
