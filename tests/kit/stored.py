"""Which tests keep something, and so run over PostgreSQL too (`make test-postgres`): told by their imports.

A test is marked `stored` if its file, or a conftest above it, reaches `tests/kit/databases.py`, which says
where its service keeps things. That none is forgotten is held in every run: a test that begins a transaction
without the mark fails.
"""

from __future__ import annotations

import re
import threading
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from planner.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

DATABASES = ROOT / "tests" / "kit" / "databases.py"
_IMPORTS = re.compile(r"^from (tests[\w.]*) import (\([^)]*\)|[^\n]+)", re.MULTILINE)
_begun: list[str] = []


@cache
def is_stored(file: Path) -> bool:
    """Whether a file of tests reaches the databases of tests."""
    above = (folder / "conftest.py" for folder in file.parents if folder.is_relative_to(ROOT / "tests"))
    open_ones, seen = [file, *(one for one in above if one.is_file())], set[Path]()
    while open_ones:
        one = open_ones.pop()
        if one not in seen:
            seen.add(one)
            open_ones += _imported(one)
    return DATABASES in seen


@cache
def _imported(file: Path) -> frozenset[Path]:
    """The files of the tests that a file imports something of."""
    named = set()
    for found in _IMPORTS.finditer(file.read_text(encoding="utf-8")):
        module = found[1]
        named |= {module, *(f"{module}.{name}" for name in re.findall(r"\w+", found[2]))}
    return frozenset(path for name in named if (path := _file(name)) is not None)


def _file(module: str) -> Path | None:
    place = ROOT.joinpath(*module.split("."))
    return next((one for one in (place.with_suffix(".py"), place / "__init__.py") if one.is_file()), None)


@pytest.hookimpl(tryfirst=True)  # before what is asked for by its marks is chosen
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is run over PostgreSQL too."""
    for item in items:
        if is_stored(item.path):
            item.add_marker(pytest.mark.stored)


@event.listens_for(Engine, "begin")
def _begins(connection: object) -> None:
    """Note it, if it is the test's own doing: a service that many tests share has threads of its own."""
    if not _begun and threading.current_thread() is threading.main_thread():
        _begun.append(str(getattr(connection, "engine", "")))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Hold a test to its mark."""
    _begun.clear()
    yield
    if _begun and item.get_closest_marker("stored") is None:
        pytest.fail(f"it asks a database ({_begun[0]}): let it be one of tests/kit/databases.py")
