"""The database: opened once per process, brought up to date by Alembic."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import literal, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from planner.errors import Reason, StoreError
from planner.memory import Memory
from planner.store import town as town_tables  # noqa: F401 - these too
from planner.store.engine.aside import put_aside
from planner.store.engine.faults import store_fault
from planner.store.engine.patience import WAIT_MS, Patience
from planner.store.engine.postgres import is_postgres, postgres_engines
from planner.store.engine.sqlite import sqlite_engines
from planner.store.hosts import tables  # noqa: F401 - whoever opens the database knows all its tables
from planner.store.jobs import tables as job_tables  # noqa: F401 - these too
from planner.store.kept import READ
from planner.store.trust import tables as trust_tables  # noqa: F401 - these too

if TYPE_CHECKING:
    from collections.abc import Iterator

BUSY_TIMEOUT_MS = 10_000
WATCHER_MS = 3_000
"""So long waits who only watches whether something can be written."""

FRESH_S = 5.0
"""For so long what was written says that more can be."""

_SAME = text("update alembic_version set version_num = version_num")


class Database:
    """One database by its SQLAlchemy address."""

    def __init__(self, url: str) -> None:
        self.url = url
        engines = postgres_engines if is_postgres(url) else sqlite_engines
        self._written = -FRESH_S
        self._patience = Patience(lambda: BUSY_TIMEOUT_MS)
        self.engine, self._writer = engines(url, self._patience.of)
        self._reading = sessionmaker(self.engine, expire_on_commit=False, info={READ: Memory()})
        self._writing = sessionmaker(self._writer, expire_on_commit=False)

    def upgrade(self) -> str | None:
        """Bring the tables up to date; of several that start at once one does it.

        Returns the form that they had, where an older program had made them.

        Raises
        ------
        StoreError
            If the database is of a newer program, or cannot be asked or written.
        """
        from planner.store.engine.upgrading import upgrade  # noqa: PLC0415 - 9 MB that a server never asks for

        with _told():
            return upgrade(self.engine, self._writer)

    def form(self) -> str | None:
        """The number of the last migration that its tables have seen; None where there are none."""
        from planner.store.engine.upgrading import form  # noqa: PLC0415 - as above

        return form(self.engine)

    def put_aside(self) -> str:
        """Put what is there away, all of it, and be empty; where it is now."""
        form = self.form() or "0"
        self.close()
        return put_aside(self.url, self._writer, form)

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
        """A session that reads and then writes what it read: one at a time of all workers, from the start."""
        with self._waited(), _told(), self._writing() as session, session.begin():
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

    def takes_writes(self) -> None:
        """Write what is there already, unless something was written just now.

        Who watches learns by it what who only reads would not: a full disk, another program that writes.

        Raises
        ------
        StoreError
            If nothing can be written now, with the reason.
        """
        if time.monotonic() - self._written < FRESH_S:
            return
        with _told(), self._writer.execution_options(**{WAIT_MS: WATCHER_MS}).begin() as connection:
            connection.execute(_SAME)
        self._written = time.monotonic()

    @contextmanager
    def _waited(self) -> Iterator[None]:
        """Remember whether who writes waited for others in vain."""
        try:
            yield
        except StoreError as error:
            self._patience.end(in_vain=error.reason is Reason.STORE_BUSY)
            raise
        self._patience.end(in_vain=False)
        self._written = time.monotonic()

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
