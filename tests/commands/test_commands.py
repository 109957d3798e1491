"""The commands an operator types, over an application of their own."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from planner.kept_source import ABOUT, COPIES
from planner.streets.build.build import TownSettings
from planner.streets.files import FORMAT, POINTER, current_folder
from planner.web import create_app
from tests.kit.commands import run
from tests.kit.migrating import begin_at
from tests.kit.streets.small import CROSS_OSM
from tests.kit.web.signing_in import services_of
from tests.web.conftest import NOW, application, closed, settings_in

if TYPE_CHECKING:
    from pathlib import Path


def test_setup_leaves_a_network_of_ones_own_alone_and_says_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "krems.osm"
    file.write_text(CROSS_OSM, encoding="utf-8")
    app = create_app(settings_in(tmp_path), now=lambda: NOW)
    assert run(app, "network", "build", str(file), "--name", "Krems").exit_code == 0
    folder = current_folder(tmp_path)
    assert folder is not None
    meta = json.loads((folder / "meta.json").read_text())
    (folder / "meta.json").write_text(json.dumps({**meta, "format": FORMAT - 2}))
    shutil.rmtree(folder / COPIES)
    (folder / ABOUT).unlink()
    before = (tmp_path / POINTER).read_bytes()
    found = run(app, "setup")
    assert found.exit_code == 1
    assert "Krems" in found.output
    assert "network build FILE" in found.output
    assert (tmp_path / POINTER).read_bytes() == before
    assert run(app, "network", "build", str(file), "--name", "Krems").exit_code == 0
    assert run(app, "setup").exit_code == 0
    closed(app)


def test_setup_says_that_the_database_was_of_an_older_program(tmp_path: Path) -> None:
    file = tmp_path / "krems.osm"
    file.write_text(CROSS_OSM, encoding="utf-8")
    app = create_app(settings_in(tmp_path), now=lambda: NOW)
    begin_at(services_of(app).database, "0017")
    assert run(app, "network", "build", str(file), "--name", "Krems").exit_code == 0
    done = run(app, "setup")
    assert done.exit_code == 0, done.output
    newest = services_of(app).database.form()
    assert f"database: brought up to date, from form 0017 to {newest}" in done.output
    assert "database:" not in run(app, "setup").output
    assert "nobody yet" in run(app, "users", "list").output
    closed(app)


@pytest.mark.dear
def test_network_info_and_check_tell_what_coaches_and_buses_have(tmp_path: Path) -> None:
    file = tmp_path / "small.osm"
    file.write_text(CROSS_OSM, encoding="utf-8")
    app = application(tmp_path, file, TownSettings("Małe"))
    told = json.loads(run(app, "network", "info", "--json").stdout)
    assert {"drive_m", "found", "lines", "walk_m"} <= told.keys()
    text = run(app, "network", "info").output
    assert f"{told['drive_m'] / 1000:.1f} km that some coach may drive" in text
    for what, count in told["found"].items():
        assert f"{what} ({count})" in text
    checked = json.loads(run(app, "check", "--json").stdout)
    assert checked["network"] == told
    assert all({"text", "is_broken"} <= finding.keys() for finding in checked["findings"])
    assert text.strip() in run(app, "check").output
    closed(app)


def test_setup_without_a_town_builds_none_also_the_next_time(tmp_path: Path) -> None:
    app = create_app(settings_in(tmp_path), now=lambda: NOW)
    for words in (["setup", "--without-town"], ["setup"]):
        done = run(app, *words)
        assert done.exit_code == 0, done.output
        assert "no town yet" in done.output
        assert current_folder(tmp_path) is None
    ready = app.test_client().get("/healthz/ready")
    assert (ready.status_code, ready.get_json()["status"]) == (200, "no town")
    closed(app)
