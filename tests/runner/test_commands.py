"""The commands for jobs: list and cancel; that the daily work is the same by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from planner.domain.jobs.job import Progress
from planner.services.jobs import running as store
from tests.kit.commands import run
from tests.kit.jobs import COUNT, HOLD, ask

if TYPE_CHECKING:
    from planner.process import Services


@pytest.fixture
def app(services: Services) -> Flask:
    made = Flask("planner")
    made.extensions["planner"] = services
    return made


def test_jobs_are_listed_and_cancelled(app: Flask, services: Services) -> None:
    assert run(app, "jobs", "list").output == "nothing was asked for yet\n"
    first, second = ask(services, HOLD), ask(services, COUNT, most=2)
    with services.database.writing() as session:
        assert store.take(session, first, "m/1", 1) is not None
        assert store.beat(session, first, "m/1", Progress(1, 4, "holding")) is not None
    said = run(app, "jobs", "cancel", str(first)).output
    assert said.startswith(f"{first:6} hold")
    assert said.endswith("running: 1/4 holding: told to end\n")
    assert run(app, "jobs", "cancel", str(second)).output.endswith("cancelled\n")
    told = json.loads(run(app, "jobs", "list", "--json").output)
    assert [(one["id"], one["state"]) for one in told] == [(second, "cancelled"), (first, "running")]
    missing = run(app, "jobs", "cancel", "77")
    assert missing.exit_code == 1
    assert "there is no such job" in missing.output
