"""All rows from one database into another, of whichever kinds: for backups, and where the kind changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Integer, MetaData, Table, func, insert, select, text

from planner.store import town as town_tables  # noqa: F401 - these too
from planner.store.hosts import tables  # noqa: F401 - all tables are copied
from planner.store.jobs import tables as job_tables  # noqa: F401 - these too
from planner.store.models import Base
from planner.store.trust import tables as trust_tables  # noqa: F401 - these too

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy.orm import Session

AT_ONCE = 500


def is_empty(session: Session) -> bool:
    """Whether no table has a row."""
    return all(session.execute(select(1).select_from(table).limit(1)).first() is None for table in _tables())


def count_rows(session: Session, names: Iterable[str]) -> dict[str, int]:
    """How many rows the tables of these names have; those of older programs are all known."""
    counts = {name: select(func.count()).select_from(Table(name, MetaData())) for name in names}
    return {name: session.execute(count).scalar_one() for name, count in counts.items()}


def clear(session: Session) -> None:
    """Remove every row."""
    for table in reversed(_tables()):
        session.execute(table.delete())


def copy_rows(source: Session, target: Session) -> dict[str, int]:
    """Copy all rows into empty tables of the same form; how many there are, by table.

    The counters of ids come along, so that an id of something that was deleted is not given out again.
    """
    copied = {}
    for table in _tables():
        copied[table.name] = 0
        for rows in (
            source.execute(select(table).execution_options(yield_per=AT_ONCE)).mappings().partitions()
        ):
            target.execute(insert(table), [dict(row) for row in rows])
            copied[table.name] += len(rows)
    for table in _counted():
        _count_on(target, table, _last_id(source, table))
    return copied


def _tables() -> list[Table]:
    return Base.metadata.sorted_tables


def _counted() -> Iterator[Table]:
    """The tables whose ids the database counts itself."""
    for table in _tables():
        column = table.autoincrement_column
        if column is not None and isinstance(column.type, Integer) and not column.foreign_keys:
            yield table


def _last_id(session: Session, table: Table) -> int:
    """The largest id that was ever given out, as far as the database knows."""
    greatest = session.scalar(select(func.max(table.c.id))) or 0
    if _is_postgres(session):
        counter = session.scalar(text("select pg_get_serial_sequence(:name, 'id')"), {"name": table.name})
        given = session.scalar(text(f"select last_value from {counter} where is_called"))  # noqa: S608
    else:
        given = session.scalar(
            text("select seq from sqlite_sequence where name = :name"), {"name": table.name}
        )
    return max(greatest, given or 0)


def _count_on(session: Session, table: Table, last: int) -> None:
    """Let the next id be one more than the last."""
    if not last:
        return
    if _is_postgres(session):
        counter = text("select setval(pg_get_serial_sequence(:name, 'id'), :last)")
        session.execute(counter, {"name": table.name, "last": last})
    elif table.dialect_options["sqlite"]["autoincrement"]:
        named = {"name": table.name, "last": last}
        session.execute(text("delete from sqlite_sequence where name = :name"), named)
        session.execute(text("insert into sqlite_sequence (name, seq) values (:name, :last)"), named)


def _is_postgres(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"
