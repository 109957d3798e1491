"""A whole database as one SQLite file, and back: whichever kind it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from planner.errors import SourceFileError
from planner.store.database import Database
from planner.store.engine.rows import clear, copy_rows, count_rows, is_empty

if TYPE_CHECKING:
    from pathlib import Path


def write_snapshot(database: Database, file: Path) -> dict[str, int]:
    """Write all rows as they are at one instant, while others work; how many there are, by table."""
    made = Database(f"sqlite:///{file}")
    try:
        made.upgrade()
        with database.session() as reading, made.writing() as writing:
            counts = copy_rows(reading, writing)
        with made.session() as session:
            session.execute(text("pragma wal_checkpoint(truncate)"))
    finally:
        made.close()
    return counts


def check_snapshot(file: Path, counts: dict[str, int]) -> None:
    """Open a snapshot and count.

    Raises
    ------
    SourceFileError
        If SQLite finds it damaged, or it has not the rows that it should have.
    """
    made = Database(f"sqlite:///{file}")
    try:
        with made.session() as session:
            said = session.execute(text("pragma integrity_check")).scalar_one()
            broken = session.execute(text("pragma foreign_key_check")).first()
            found = count_rows(session, counts)
    finally:
        made.close()
    if said != "ok" or broken is not None or found != counts:
        raise SourceFileError("the backup's database is damaged: it cannot be restored")


def read_snapshot(file: Path, database: Database) -> None:
    """Put what a snapshot has in place of what a database has: all of it or nothing."""
    made = Database(f"sqlite:///{file}")
    try:
        made.upgrade()  # it may be of an older program
        with made.session() as reading, database.writing() as writing:
            clear(writing)
            copy_rows(reading, writing)
    finally:
        made.close()


def has_rows(database: Database) -> bool:
    """Whether a database that is up to date keeps anything."""
    with database.session() as session:
        return not is_empty(session)
