"""The README's commands are typed as they stand there, in a copy of the project with data of its own."""

from __future__ import annotations

import json
import shutil
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING

import osmium
import pytest

from tests.kit.buses.feeds import packed, tiny
from tests.kit.missing import lacking
from tests.kit.readme import Shell, chapters, copy_of_the_project, inline
from tests.kit.streets.map_services import Answer, map_services
from tests.kit.streets.small import CROSS_OSM
from tests.kit.web.files import folder_served

if TYPE_CHECKING:
    from collections.abc import Iterator

TOLD = chapters()
START, DAY, TOWN, BUSES, SETTINGS, API = (
    "Start", "The organiser's day", "Your own town", "Buses and trains", "Settings", "The API",
)  # fmt: skip
SERVES = "make run"
NOT_RUN = {
    "make test": "the tests would run themselves",
    "make test-all": "the tests would run themselves",
    "make bench": "takes minutes and wants an idle machine",
    "make lint": "a step of its own, and it takes a minute without its caches",
}
"""What is not run, and why: `make -n` tells at least that all it needs can be made."""

AS_ELSEWHERE = {"flask --app wsgi setup", SERVES, "PORT=8080 make run"}
"""Commands of the running text that are typed below in a test of their own."""


@dataclass(frozen=True)
class Started:
    """A service that was started as the README says."""

    shell: Shell
    port: int
    printed: str

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=60) as answer:
            return str(answer.read().decode())


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    """The first start."""
    for tool in ("make", "npm", "curl"):
        if shutil.which(tool) is None:
            lacking(f"the README's commands need {tool}")
    shell = copy_of_the_project(tmp_path_factory.mktemp("readme") / "project")
    [command] = TOLD[START]
    with shell.serving(command) as (port, printed):
        yield Started(shell, port, printed)


def test_every_block_of_commands_is_typed_here() -> None:
    assert sorted(TOLD) == sorted([START, DAY, TOWN, BUSES, SETTINGS, API])
    assert sum(len(commands) for commands in TOLD.values()) > 14


@pytest.mark.slow
def test_the_first_start_prints_addresses_and_a_link_to_sign_in(started: Started) -> None:
    assert f"http://127.0.0.1:{started.port}/sign-in/link/" in started.printed
    assert f"http://127.0.0.1:{started.port}/v/" in started.printed
    assert json.loads(started.get("/healthz"))["status"] == "ok"


@pytest.mark.slow
def test_another_port_and_a_start_that_has_nothing_to_build(started: Started) -> None:
    with started.shell.serving("PORT=8080 make run") as (port, printed):
        assert port != started.port
        assert f"http://127.0.0.1:{port}/" in printed
        assert "building" not in printed


@pytest.mark.slow
def test_the_organisers_commands(started: Started) -> None:
    said = [started.shell.run(command) for command in TOLD[DAY] if command not in NOT_RUN]
    assert len(said) >= 6
    text = "\n".join(said)
    assert text.count("/sign-in/link/") == 3
    assert "Anna Nowak" in text
    assert (started.shell.folder / "sites.csv").read_text(encoding="utf-8").count("\n") > 40


@pytest.mark.slow
@pytest.mark.parametrize("command", inline())
def test_the_commands_in_the_running_text(started: Started, command: str) -> None:
    if command in NOT_RUN:
        assert started.shell.run(command.replace("make", "make -n"))
    elif command.startswith("flask "):
        started.shell.run(f".venv/bin/{command}")
    elif command not in AS_ELSEWHERE:
        assert started.shell.run(command)


@pytest.mark.slow
def test_the_call_of_the_api(started: Started) -> None:
    [command] = TOLD[API]
    words = {"localhost:8000": f"127.0.0.1:{started.port}"}
    shell = Shell(started.shell.folder, started.shell.environ, words)
    plan = json.loads(shell.run(command))
    assert plan["start"] == "2026-12-07T09:00:00+01:00"
    assert len(plan["calls"]) == 2


@pytest.mark.slow
def test_the_school_holidays(started: Started) -> None:
    shell = Shell(started.shell.folder, dict(started.shell.environ))
    before = shell.run(".venv/bin/flask --app wsgi check")
    for command in TOLD[SETTINGS]:
        shell.run(command)
    assert "no school calendar is set" in before
    assert "no school calendar is set" not in shell.run(".venv/bin/flask --app wsgi check")


@pytest.mark.slow
def test_a_town_of_ones_own_and_its_timetable(started: Started) -> None:
    """With a small town in place of Monaco, and servers of ours in place of those elsewhere."""
    shell = Shell(started.shell.folder, dict(started.shell.environ))
    (shell.folder / "small.osm").write_text(CROSS_OSM, encoding="utf-8")
    with osmium.SimpleWriter(str(shell.folder / "monaco.osm.pbf")) as writer:
        for thing in osmium.FileProcessor(str(shell.folder / "small.osm")):
            writer.add(thing)
    (shell.folder / "city-buses.zip").write_bytes(packed(tiny()))
    with map_services() as maps, folder_served(shell.folder) as address:
        maps.overpass = [Answer(CROSS_OSM)]
        shell.environ |= {"NOMINATIM_URL": maps.url, "OVERPASS_URL": maps.overpass_url}
        shell.words["https://example.org/trains.zip"] = f"{address}/city-buses.zip"
        said = ""
        for command in [*TOLD[TOWN], *TOLD[BUSES]]:
            if command == SERVES:
                with shell.serving(command) as (_, printed):
                    said += printed
            else:
                said += shell.run(command)
    assert "Monaco" in said
    assert (shell.folder.parent / "monaco").is_dir()
    assert any("you@example.org" in asked.agent for asked in maps.asked)
