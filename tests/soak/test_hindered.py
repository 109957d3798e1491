"""A disk that is full or closed, files that are gone, a database that others hold: told, and over."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from planner.buses.files import current_timetable
from planner.streets.files import current_folder
from tests.kit.databases import on_sqlite
from tests.soak.hindered import Hindered, closed_to_writing, full, hindered, is_told, small_disk
from tests.soak.look import FILE
from tests.web.conftest import bus_application, closed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = [pytest.mark.slow, on_sqlite]
RIDE = {
    "from": {"site": "dworzec-biblioteka"},
    "to": {"site": "teznia"},
    "depart": "2026-12-07T09:00",
    "mode": "bus",
}
FULL = "Dysk jest pełny", "the disk is full"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("disk")


@pytest.fixture(scope="module")
def is_own_disk(folder: Path) -> Iterator[bool]:
    with small_disk(folder) as is_own:
        yield is_own


@pytest.fixture(scope="module")
def service(folder: Path, is_own_disk: bool) -> Iterator[Hindered]:  # noqa: FBT001 - a fixture
    del is_own_disk
    data = folder / "data"
    data.mkdir()
    closed(bus_application(data))
    with hindered(data) as made:
        yield made


@pytest.fixture(autouse=True)
def _recovers(service: Hindered) -> Iterator[None]:
    """Before and after each fault all is well, without a hand, and no fault of the program was met."""
    service.works()
    yield
    service.comes_to_say(200, "ok")
    service.works()
    service.reads()
    assert "Traceback" not in service.log()
    assert not [key for key in service.told.refused if key[1] == 500]


@pytest.fixture
def disk(service: Hindered, is_own_disk: bool) -> Hindered:  # noqa: FBT001 - a fixture
    if not is_own_disk:
        pytest.skip("only root may make a small disk, where a container lets it")
    return service


def test_a_full_disk_is_told_and_nobody_who_reads_notices(disk: Hindered) -> None:
    service = disk
    with full(service.data.parent):
        service.comes_to_say(503, "no writing")
        for answer in service.refusals():
            is_told(answer, *FULL)
        service.reads()


def test_a_folder_closed_to_writing_is_told(disk: Hindered) -> None:
    service = disk
    with closed_to_writing(service.data):
        service.comes_to_say(503, "no writing")
        is_told(service.work.bring(service.client), "można tylko czytać")
        service.reads()


def test_a_network_that_is_gone_takes_planning_with_it_alone(service: Hindered) -> None:
    built = current_folder(service.data)
    assert built is not None
    away = built.rename(service.data / "away")
    service.comes_to_say(503, "no network")
    service.reads()
    away.rename(built)


@pytest.mark.parametrize(
    ("find", "said"), [(current_folder, "no network"), (current_timetable, "broken timetable")]
)
def test_files_cut_short_under_a_running_service_are_told(
    service: Hindered, find: Callable[[Path], Path | None], said: str
) -> None:
    """Who reads what is mapped and gone ends its worker; the next one answers without it."""
    built = find(service.data)
    assert built is not None
    whole = shutil.copytree(built, service.data / "whole")
    for file in built.glob("*.npy"):
        os.truncate(file, file.stat().st_size // 2)
    service.comes_to_say(503, said)
    service.comes_to_answer("/api/v1/route", RIDE)
    service.reads()
    shutil.rmtree(built)
    whole.rename(built)


def test_a_database_that_another_program_holds_is_told(service: Hindered) -> None:
    with closing(sqlite3.connect(service.data / FILE, isolation_level=None)) as other:
        other.execute("begin immediate")
        service.comes_to_say(503, "no database")
        for answer in service.refusals():
            is_told(answer, "Baza danych jest zajęta", "in use by another program")
        service.reads()
        other.execute("rollback")
