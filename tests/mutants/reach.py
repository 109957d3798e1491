"""Which test runs which line: a pytest plugin (`-p tests.mutants.reach`) that notes it for each test.

What a fixture runs is noted under the test that needed it first, marked as set-up: every test of that
file may depend on it. Browser tests ask a service in a process of its own and note nothing of it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import coverage
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(os.environ.get("PLANNER_REACH", ".reach"))
ROOMS = ("planner/domain", "planner/services")
SETUP = "|setup"

_cover = coverage.Coverage(
    data_file=str(DATA / f"part-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"),
    include=[f"{room}/*" for room in ROOMS],
    config_file=False,
)
_cover.set_option("run:disable_warnings", ["no-data-collected"])  # xdist's own process runs no test


def pytest_sessionstart() -> None:
    """Note from the start; what runs while modules are imported belongs to no test."""
    DATA.mkdir(exist_ok=True)
    _cover.start()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Note what fixtures run."""
    _cover.switch_context(item.nodeid + SETUP)
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Note what the test runs."""
    _cover.switch_context(item.nodeid)
    return (yield)


def pytest_sessionfinish() -> None:
    """Write the notes of this process."""
    _cover.stop()
    _cover.save()


class Reach:
    """What was noted, and how long each test took."""

    def __init__(self, root: Path, folder: Path, seconds: dict[str, float]) -> None:
        whole = coverage.CoverageData(basename=str(folder / "whole"))
        for part in folder.glob("part-*"):
            data = coverage.CoverageData(basename=str(part))
            data.read()
            whole.update(data)
        self._data = whole
        self._root = root
        self._seconds = seconds

    def tests(self, path: str, line: int) -> list[str]:
        """Return the tests that run a line, the quickest and those beside it in the tree first.

        Where only imports or nobody's set-up ran it, all tests that run anything of the file.
        """
        lines = self._data.contexts_by_lineno(str(self._root / path))
        names = {name for name in lines.get(line, ()) if name}
        if not names:
            names = {name for contexts in lines.values() for name in contexts if name}
        called = {name for name in names if not name.endswith(SETUP)}
        files = {name.split("::")[0] for name in names if name.endswith(SETUP)}
        called |= {name for name in self._seconds if name.split("::")[0] in files}
        mirror = path.replace("planner/", "tests/", 1).rsplit("/", 1)[0]
        return sorted(
            (name for name in called if not name.startswith("tests/browser")),
            key=lambda name: (not name.startswith(mirror), self._seconds.get(name, 0.0), name),
        )
