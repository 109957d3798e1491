"""The database: opened once per process, brought up to date by Alembic."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, literal, make_url, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from planner.memory import Memory
from planner.store.faults import store_fault
from planner.store.hosts import tables  # noqa: F401 - whoever opens the database knows all its tables
from planner.store.kept import READ

if TYPE_CHECKING:
    from collections.abc import Iterator

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_TIMEOUT_MS = 10_000
PRIVATE = 0o600
_WRITES = "planner_writes"


class Database:
    """One database by its SQLAlchemy address."""

    def __init__(self, url: str) -> None:
        self.url = url
        _keep_private(url)
        self.engine: Engine = create_engine(url, pool_pre_ping=not url.startswith("sqlite"))
        if url.startswith("sqlite"):
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        self._reading = sessionmaker(self.engine, expire_on_commit=False, info={READ: Memory()})
        writer = self.engine.execution_options(**{_WRITES: True})
        self._writing = sessionmaker(writer, expire_on_commit=False)

    def upgrade(self) -> None:
        """Bring the tables up to date."""
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["engine"] = self.engine
        command.upgrade(config, "head")

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session for reading; commits at the end, and rolls back if anything is raised.

        Raises
        ------
        StoreError
            If the database is away, busy, damaged or may not be written, or the disk is full.
        """
        with _told(), self._reading() as session, session.begin():
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that reads and then writes what it read: on SQLite one at a time, from the start."""
        with _told(), self._writing() as session, session.begin():
            yield session

    def answers(self) -> bool:
        """Whether the database can be read.

        Raises
        ------
        StoreError
            If it can't, with the reason.
        """
        with self.session() as session:
            return session.execute(select(literal(1))).scalar_one() == 1

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()


@contextmanager
def _told() -> Iterator[None]:
    """Tell what is wrong with the database apart from what is wrong with the program."""
    try:
        yield
    except DBAPIError as error:
        fault = store_fault(error)
        if fault is None:
            raise
        raise fault from error


def _keep_private(url: str) -> None:
    """Let only the owner read a database of SQLite: it holds contacts and links. Its journals follow it."""
    name = make_url(url).database
    if not url.startswith("sqlite") or not name or name == ":memory:":
        return
    file = Path(name)
    with suppress(OSError):  # who may not change its mode may still use it
        if not file.exists():
            os.close(os.open(file, os.O_WRONLY | os.O_CREAT, PRIVATE))
        elif file.stat().st_mode & ~PRIVATE & 0o777:
            file.chmod(PRIVATE)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Readers beside one writer, foreign keys held, waiting instead of failing when busy.

    What was acknowledged is on the disk: with `synchronous=NORMAL` it could go with the power.
    """
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "synchronous=FULL",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once where we will write: a lock taken later can fail for want of waiting."""
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
