"""Which database a test's service has: SQLite in its folder, or one of PostgreSQL (`make test-postgres`).

With PostgreSQL what was prepared in a folder's SQLite is copied into a database that is named by the folder.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.orm import Session

from planner.store.database import Database
from planner.store.engine.postgres import with_driver
from planner.store.engine.rows import copy_rows
from planner.store.models import Base

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import URL

SERVER = os.environ.get("PLANNER_TEST_DATABASE", "")
"""The address of a database of a server in which others may be made; '' for SQLite."""

on_sqlite = pytest.mark.skipif(bool(SERVER), reason="this is about SQLite's file")
on_postgres = pytest.mark.skipif(not SERVER, reason="this needs PostgreSQL: make test-postgres")


def sqlite_in(folder: Path) -> str:
    """The address of the SQLite of a folder."""
    return f"sqlite:///{folder / 'planner.sqlite'}"


def database_in(folder: Path) -> str:
    """The address of the database for a service with its files in a folder, with what its SQLite has."""
    prepared = folder / "planner.sqlite"
    if not SERVER:
        return sqlite_in(folder)
    name = f"t{hashlib.sha256(str(folder).encode()).hexdigest()[:24]}"
    if not _exists(name):
        _make(name)
        if prepared.is_file():
            _fill(address(name), sqlite_in(folder))
    return address(name)


@contextmanager
def session_in(folder: Path) -> Iterator[Session]:
    """A session over an empty database of a folder, made as the models say; all is closed at the end."""
    engine = create_engine(with_driver(database_in(folder)))
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def address(name: str) -> str:
    """The address of a database of the server by its name."""
    return _server().set(database=name).render_as_string(hide_password=False)


def _server() -> URL:
    return make_url(with_driver(SERVER))


def _exists(name: str) -> bool:
    engine = create_engine(_server())
    with engine.connect() as connection:
        found = connection.execute(text("select 1 from pg_database where datname = :name"), {"name": name})
        known = found.first() is not None
    engine.dispose()
    return known


def _make(name: str) -> None:
    engine = create_engine(_server(), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"create database {name} template template0"))
    engine.dispose()


def _fill(url: str, prepared: str) -> None:
    target, source = Database(url), Database(prepared)
    target.upgrade()
    source.upgrade()
    with source.session() as reading, target.writing() as writing:
        copy_rows(reading, writing)
    target.close()
    source.close()
