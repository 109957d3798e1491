"""Putting away what a newer program kept: nothing is lost, and a backup of before can come in its place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import make_url, text

from planner.store.engine.postgres import is_postgres

if TYPE_CHECKING:
    from sqlalchemy import Engine

ENDINGS = ("", "-wal", "-shm")


def put_aside(url: str, writer: Engine, form: str) -> str:
    """Put all tables away under a name that tells their form, and leave an empty database; where they are.

    The file of SQLite is renamed, with PostgreSQL the schema is.
    """
    if is_postgres(url):
        name = f"of_form_{form}"
        with writer.begin() as connection:
            connection.execute(text(f"alter schema public rename to {_quoted(name)}"))
            connection.execute(text("create schema public"))
        return f"schema {name}"
    writer.dispose()
    file = Path(make_url(url).database or "")
    away = file.with_name(f"{file.name}.of-form-{form}")
    for ending in ENDINGS:
        one = file.with_name(file.name + ending)
        if one.exists():
            one.rename(away.with_name(away.name + ending))
    return str(away)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
