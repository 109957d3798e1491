"""Networks that are built once, and how many samples to take."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from planner.buses.build.build import BuildSettings, build_timetable
from planner.buses.build.lines.write import build_lines
from planner.buses.build.shapes.fill import fill
from planner.paths import ROOT
from planner.services.travel.town import Town, TownKeeper
from planner.streets.build.build import TownSettings, build_network
from tests.kit.built_cache import CODE, kept
from tests.kit.chromium import browsers
from tests.kit.missing import lacking
from tests.kit.stored import pytest_collection_modifyitems, pytest_runtest_call

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

__all__ = ["pytest_collection_modifyitems", "pytest_runtest_call"]  # hooks of pytest

gc.disable()  # what is imported and collected stays to the end: looking through it frees nothing

FULL = os.environ.get("PLANNER_FULL") == "1"

# a busy machine is no fault of the example
settings.register_profile("planner", deadline=None, max_examples=100 if FULL else 12)
settings.load_profile("planner")

REAL = ROOT.parent / "shared" / "real"
FACTS = ROOT.parent / "shared" / "facts"


def pytest_collection_finish() -> None:
    """Look for garbage from now on, among what the tests make."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def full() -> bool:
    """Whether to take the full counts (make test-all)."""
    return FULL


@pytest.fixture(scope="session")
def pairs(full: bool) -> int:  # noqa: FBT001 - a fixture
    """How many random pairs of positions to ask for."""
    return 1000 if full else 12


@pytest.fixture(scope="session")
def real_dir() -> Path:
    """Real files made by others; they are no part of the project."""
    if not (REAL / "README.md").is_file():
        lacking(f"the real files are not there: put them into {REAL}")
    return REAL


@pytest.fixture(scope="session")
def facts() -> Path:
    """The tables of facts that data/ was made from; they are no part of the project."""
    if not FACTS.is_dir():
        lacking(f"the tables of facts are not there: put them into {FACTS}")
    return FACTS


def built(file: Path, town: TownSettings) -> Path:
    """A data directory with the network of a file; tests do not write to it."""
    return kept(lambda folder: build_network(file, folder, town, lambda *_: None), file, file.name, town)


@pytest.fixture(scope="session")
def monaco(real_dir: Path) -> Town:
    """Monaco from a PBF: dense, with stairs, tunnels and islands."""
    town = TownSettings("Monaco", "Europe/Monaco", "MC")
    return TownKeeper(built(real_dir / "monaco.osm.pbf", town)).town()


@pytest.fixture(scope="session")
def krems(real_dir: Path) -> Town:
    """Krems from a gzipped XML: a town of Skawina's size, sparse."""
    town = TownSettings("Krems", "Europe/Vienna", "AT")
    return TownKeeper(built(real_dir / "krems.osm.gz", town)).town()


@pytest.fixture(scope="session")
def skawina_dir() -> Path:
    """A data directory with the built-in network; tests do not write to it."""
    return built(ROOT / "data" / "skawina.osm", TownSettings("Skawina"))


@pytest.fixture(scope="session")
def skawina(skawina_dir: Path) -> Town:
    """The built-in sketch of Skawina."""
    return TownKeeper(skawina_dir).town()


class Silent:
    """Says nothing of a build."""

    def __call__(self, step: int, steps: int, text: str) -> None:
        pass

    def line(self, text: str) -> None:
        pass

    def passing(self, text: str) -> None:
        pass


def build_with_buses(data_dir: Path) -> None:
    """Build the sketch of Skawina with its lines and the built-in timetable, as the first run does."""
    town = TownSettings("Skawina")
    build_network(ROOT / "data" / "skawina.osm", data_dir, town, lambda *_: None, [build_lines])
    settings = BuildSettings(builtin=ROOT / "data" / "timetable", fill=fill)
    build_timetable((), data_dir, settings, Silent())


def built_with_buses() -> Path:
    """A data directory of the sketch of Skawina with its buses; tests do not write to it."""
    return kept(build_with_buses, "buses", code=(*CODE, "data/**/*"))


@pytest.fixture(scope="session")
def skawina_buses() -> Town:
    """The built-in sketch of Skawina with its buses."""
    return TownKeeper(built_with_buses()).town()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of the machine."""
    yield from browsers()
