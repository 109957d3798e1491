"""A database that is busy, full, closed to writing or broken: said in words, with nothing lost."""

from __future__ import annotations

import sqlite3
import stat
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError, OperationalError

from planner.errors import Reason, StoreError
from planner.store import database as module
from planner.store.database import Database
from planner.store.engine.faults import store_fault
from tests.kit.databases import on_sqlite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = on_sqlite

ADD = text("insert into kept values (:words)")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "planner.sqlite"


@pytest.fixture
def database(file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.setattr(module, "BUSY_TIMEOUT_MS", 20)
    made = Database(f"sqlite:///{file}")
    with made.writing() as session:
        session.execute(text("create table kept (words text primary key)"))
        session.execute(ADD, {"words": "first"})
    yield made
    made.close()


def kept(database: Database) -> list[str]:
    with database.session() as session:
        return list(session.execute(text("select words from kept")).scalars())


def refused(database: Database, words: str = "second") -> Reason | None:
    with pytest.raises(StoreError) as caught, database.writing() as session:
        session.execute(ADD, {"words": words})
    assert caught.value.status == 503
    return caught.value.reason


def test_while_another_program_writes_people_are_told_to_wait(database: Database, file: Path) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("begin immediate")
    assert refused(database) is Reason.STORE_BUSY
    assert kept(database) == ["first"], "reading goes on"
    other.execute("rollback")
    other.close()
    with database.writing() as session:
        session.execute(ADD, {"words": "second"})
    assert kept(database) == ["first", "second"]


@pytest.mark.parametrize(
    ("pragma", "reason"),
    [("max_page_count=3", Reason.STORE_FULL), ("query_only=on", Reason.STORE_READ_ONLY)],
)
def test_what_cannot_be_written_is_refused_whole(database: Database, pragma: str, reason: Reason) -> None:
    database.close()

    def hinder(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"pragma {pragma}")

    event.listen(database.engine, "connect", hinder)
    assert refused(database, "x" * 100_000) is reason
    assert kept(database) == ["first"]


def test_a_broken_file_is_told(file: Path) -> None:
    file.write_bytes(b"no database at all, " * 1000)
    broken = Database(f"sqlite:///{file}")
    with pytest.raises(StoreError) as caught:
        broken.answers()
    assert caught.value.reason is Reason.STORE_AWAY
    broken.close()


def test_a_server_that_is_away_is_told_and_a_fault_of_ours_is_none(database: Database) -> None:
    away = OperationalError("select 1", {}, Exception("connection refused"))
    told = store_fault(away)
    assert told is not None
    assert told.reason is Reason.STORE_AWAY
    assert store_fault(IntegrityError("insert", {}, Exception("twice"))) is None
    with pytest.raises(OperationalError), database.session() as session:
        session.execute(text("select nothing from nowhere"))


def test_nobody_else_on_the_machine_reads_it(database: Database, file: Path) -> None:
    for one in file.parent.iterdir():
        assert stat.S_IMODE(one.stat().st_mode) == 0o600, one
    database.close()
    file.chmod(0o644)
    Database(f"sqlite:///{file}").close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_is_acknowledged_is_on_the_disk(database: Database) -> None:
    with database.session() as session:
        assert session.execute(text("pragma synchronous")).scalar_one() == 2
