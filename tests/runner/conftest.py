"""A database that is up to date, and runners over it that are ended with the test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planner.process import Services
from planner.runner.loop import Runner
from planner.services.upkeep.settings import Settings
from tests.kit.databases import database_in
from tests.kit.jobs import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = Services(Settings(tmp_path, database_in(tmp_path), "k" * 48))
    made.database.upgrade()
    yield made
    made.database.close()


@pytest.fixture
def runner_of(services: Services, tmp_path: Path) -> Iterator[Callable[..., Runner]]:
    """Make runners, each of a machine of its own unless one is named."""
    made: list[Runner] = []

    def begin(machine: str = "", **said: object) -> Runner:
        folder = tmp_path / (machine or f"machine-{len(made)}")
        folder.mkdir(exist_ok=True)
        settings = Settings(folder, services.settings.database_url, "k" * 48)
        one = Services(settings)
        one.__dict__["database"] = services.database
        given = {"kinds": KINDS, "machine": machine or f"machine-{len(made)}", **said}
        made.append(Runner(one, **given))  # type: ignore[arg-type]
        return made[-1]

    yield begin
    for runner in made:
        runner.stop()


@pytest.fixture
def runner(runner_of: Callable[..., Runner]) -> Runner:
    return runner_of()
