"""PostgreSQL that crashes and comes back while it is worked with: told, and nothing acknowledged is lost."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from planner.store.database import Database
from planner.store.engine.rows import copy_rows
from tests.kit.databases import sqlite_in
from tests.kit.missing import lacking
from tests.on_postgres import Server, programs, server
from tests.soak.hindered import Hindered, hindered, is_told
from tests.soak.look import look
from tests.web.conftest import bus_application, closed

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow
AWAY = "Baza danych nie odpowiada", "the database does not answer"
ENOUGH = 5


@pytest.fixture(scope="module")
def postgres() -> Iterator[Server]:
    """A server that keeps what it acknowledges, as one by default does."""
    found = programs()
    if found is None:
        lacking("PostgreSQL is missing: apt install postgresql")
    with server(found, ()) as made:
        yield made


@pytest.fixture(scope="module")
def service(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hindered]:
    data = tmp_path_factory.mktemp("away")
    closed(bus_application(data))
    target, source = Database(postgres.address), Database(sqlite_in(data))
    target.upgrade()
    with source.session() as reading, target.writing() as writing:
        copy_rows(reading, writing)
    target.close()
    source.close()
    with hindered(data, postgres.address) as made:
        yield made


def test_a_server_that_crashes_under_load_is_told_and_comes_back(service: Hindered, postgres: Server) -> None:
    service.works()
    works = [threading.Thread(target=one) for one in service.work.all()]
    for one in works:
        one.start()
    try:
        for _ in range(2):
            service.does(ENOUGH)
            postgres.stop("immediate")
            service.comes_to_say(503, "no database")
            is_told(service.client.get(service.told.guide), *AWAY)
            postgres.start()
            service.comes_to_say(200, "ok")
            service.does(ENOUGH)
    finally:
        service.work.is_over.set()
        for one in works:
            one.join()
    assert {status for _, status in service.told.refused} <= {303, 429, 503}, service.told.refused
    assert "Traceback" not in service.log()
    look(service.data, postgres.address, service.told)
