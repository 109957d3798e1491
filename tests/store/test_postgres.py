"""PostgreSQL behaves as SQLite does: one writer at a time, readers see one state, faults are told."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from planner.errors import Reason, StoreError
from planner.store import database as module
from planner.store.database import Database
from planner.store.engine.postgres import WRITERS_LOCK, with_driver
from tests.kit.databases import database_in, on_postgres

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COUNT = text("select count(*) from kept")
ADD = text("insert into kept values (:number)")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(database_in(tmp_path))
    with made.writing() as session:
        session.execute(text("create table kept (number integer)"))
    yield made
    made.close()


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("postgres://me@host/planner", "postgresql+psycopg://me@host/planner"),
        ("postgresql://host/planner", "postgresql+psycopg://host/planner"),
        ("postgresql+psycopg://host/planner", "postgresql+psycopg://host/planner"),
        ("sqlite:////srv/planner.sqlite", "sqlite:////srv/planner.sqlite"),
    ],
)
def test_an_address_needs_no_driver(given: str, taken: str) -> None:
    assert with_driver(given) == taken


@on_postgres
def test_who_writes_reads_what_the_writer_before_has_written(database: Database) -> None:
    barrier = Barrier(8)

    def add_unless_three() -> None:
        barrier.wait()
        with database.writing() as session:
            found = session.execute(COUNT).scalar_one()
            if found < 3:
                session.execute(ADD, {"number": found})

    threads = [Thread(target=add_unless_three) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.session() as session:
        assert session.execute(COUNT).scalar_one() == 3


@on_postgres
def test_who_reads_sees_one_state(database: Database) -> None:
    with database.session() as reading:
        assert reading.execute(COUNT).scalar_one() == 0
        with database.writing() as writing:
            writing.execute(ADD, {"number": 1})
        assert reading.execute(COUNT).scalar_one() == 0
    with database.session() as reading:
        assert reading.execute(COUNT).scalar_one() == 1


@on_postgres
def test_while_somebody_writes_for_long_others_are_told_to_wait(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_TIMEOUT_MS", 20)
    with database.session() as other:
        other.execute(text(f"select pg_advisory_xact_lock({WRITERS_LOCK})"))
        with pytest.raises(StoreError) as caught, database.writing() as session:
            session.execute(COUNT)
    assert caught.value.reason is Reason.STORE_BUSY
    with database.writing() as session:
        session.execute(ADD, {"number": 1})


@on_postgres
def test_a_server_that_was_restarted_is_asked_again(database: Database) -> None:
    ended = text(
        "select pg_terminate_backend(pid) from pg_stat_activity "
        "where pid <> pg_backend_pid() and datname = current_database()"
    )

    def asked_across_the_end() -> None:
        with database.session() as session:
            session.execute(COUNT)
            with database.writing() as other:
                other.execute(ended)
            session.execute(COUNT)

    with pytest.raises(StoreError) as caught:
        asked_across_the_end()
    assert caught.value.reason is Reason.STORE_AWAY
    assert database.answers()


@on_postgres
def test_a_database_closed_to_writing_is_told(database: Database) -> None:
    with pytest.raises(StoreError) as caught, database.writing() as session:
        session.execute(text("set transaction read only; insert into kept values (1)"))
    assert caught.value.reason is Reason.STORE_READ_ONLY
