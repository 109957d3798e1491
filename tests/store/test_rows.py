"""All rows go from one database into another, with the counters of what was deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, select

from planner.store import visits as store
from planner.store.database import Database
from planner.store.engine.rows import clear, copy_rows, is_empty
from planner.store.models import Base, LinkRow, UserRow
from tests.kit.databases import database_in, sqlite_in
from tests.kit.samples import sample_visit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def opened(url: str) -> Iterator[Database]:
    made = Database(url)
    made.upgrade()
    yield made
    made.close()


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Database]:
    (tmp_path / "from").mkdir()
    yield from opened(sqlite_in(tmp_path / "from"))


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Database]:
    """The kind of database that is being tested."""
    (tmp_path / "to").mkdir()
    yield from opened(database_in(tmp_path / "to"))


def everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    with database.session() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))]
            for table in Base.metadata.sorted_tables
        }


@pytest.mark.dear
def test_there_and_back_everything_is_as_it_was(tmp_path: Path, source: Database, target: Database) -> None:
    with source.writing() as session:
        session.add(UserRow(name="Żaneta", name_key="żaneta", created=2**40))
        session.flush()
        visit = store.add_visit(session, sample_visit(), 1_795_000_000, owner_id=1).id
        links = [store.add_link(session, "key", visit, kind, 0) for kind in ("participant", "guide", "guide")]
        newest = links[-1].id
        session.execute(delete(LinkRow).where(LinkRow.id == newest))
    before = everything(source)
    assert len(before["links"]) == 2
    with source.session() as reading, target.writing() as writing:
        assert is_empty(writing)
        assert copy_rows(reading, writing) == {name: len(rows) for name, rows in before.items()}
    assert everything(target) == before
    with target.writing() as session:
        assert store.add_link(session, "key", visit, "driver", 0).id > newest, "an id is not given out twice"
        session.add(UserRow(name="Ola", name_key="ola", created=0))
    before = everything(target)
    (tmp_path / "back").mkdir()
    for back in opened(sqlite_in(tmp_path / "back")):
        with target.session() as reading, back.writing() as writing:
            copy_rows(reading, writing)
        assert everything(back) == before
        with back.writing() as session:
            clear(session)
            assert is_empty(session)
