"""SQLite in a file: readers beside one writer."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

PRIVATE = 0o600
_WRITES = "planner_writes"

if TYPE_CHECKING:
    from collections.abc import Callable


def sqlite_engines(url: str, patience: Callable[[Connection], int]) -> tuple[Engine, Engine]:
    """Return one for reading and one whose transactions write: those come one at a time, from the start."""
    _keep_private(url)
    engine = create_engine(url)

    def begin(connection: Connection) -> None:
        _begin(connection, patience(connection))

    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", begin)
    return engine, engine.execution_options(**{_WRITES: True})


def _keep_private(url: str) -> None:
    """Let only the owner read a database: it holds contacts and links. Its journals follow it."""
    name = make_url(url).database
    if not name or name == ":memory:":
        return
    file = Path(name)
    with suppress(OSError):  # who may not change its mode may still use it
        if not file.exists():
            os.close(os.open(file, os.O_WRONLY | os.O_CREAT, PRIVATE))
        elif file.stat().st_mode & ~PRIVATE & 0o777:
            file.chmod(PRIVATE)


def _prepare(connection: Any, _record: object) -> None:
    """Readers beside one writer, foreign keys held.

    What was acknowledged is on the disk: with `synchronous=NORMAL` it could go with the power.
    """
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "synchronous=FULL",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection, busy_timeout_ms: int) -> None:
    """Take the write lock at once where we will write: a lock taken later can fail for want of waiting."""
    connection.exec_driver_sql(f"PRAGMA busy_timeout={busy_timeout_ms}")
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
