"""Who watches over the service hears of files that are gone or damaged under a running worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planner.buses.files import current_timetable
from planner.streets.files import current_folder
from tests.web.conftest import bus_application, closed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("health")


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[FlaskClient]:
    app = bus_application(folder)
    yield app.test_client()
    closed(app)


def health(client: FlaskClient) -> tuple[int, str]:
    answer = client.get("/healthz")
    return answer.status_code, answer.get_json()["status"]


@pytest.mark.dear
def test_a_network_folder_that_is_gone_is_noticed(client: FlaskClient, folder: Path) -> None:
    assert health(client) == (200, "ok")
    built = current_folder(folder)
    assert built is not None
    away = built.rename(folder / "away")
    assert health(client) == (503, "no network")
    assert "restore a backup" in client.get("/healthz").get_json()["message"]
    away.rename(built)
    assert health(client) == (200, "ok")


def test_a_damaged_file_of_the_network_is_noticed(client: FlaskClient, folder: Path) -> None:
    built = current_folder(folder)
    assert built is not None
    check_cut(client, max(built.glob("*.npy"), key=lambda file: file.stat().st_size), "no network")


def test_a_damaged_or_missing_timetable_is_noticed(client: FlaskClient, folder: Path) -> None:
    built = current_timetable(folder)
    assert built is not None
    check_cut(client, max(built.glob("*.npy"), key=lambda file: file.stat().st_size), "broken timetable")
    away = built.rename(folder / "away")
    assert health(client) == (503, "broken timetable")
    away.rename(built)
    assert health(client) == (200, "ok")


def check_cut(client: FlaskClient, file: Path, status: str) -> None:
    """A copy is cut and put in place: the worker goes on with what it has opened."""
    whole = file.rename(file.parent.parent / "whole")
    file.write_bytes(whole.read_bytes()[:100])
    assert health(client) == (503, status)
    whole.replace(file)
    assert health(client) == (200, "ok")
