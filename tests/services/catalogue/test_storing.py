"""An import is stored with a few statements, however many its rows, and all of it or nothing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event

from planner.services.catalogue.importing import ImportConflictError, plan_import, store_import
from planner.services.catalogue.reading.file import read_file
from planner.services.catalogue.rules import RuleContext
from planner.store.catalogue import replace_site, stored_sites
from planner.store.database import Database
from tests.kit.databases import database_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planner.services.catalogue.importing import ImportPlan

ANYWHERE = RuleContext(dt.date(2026, 12, 1))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(database_in(tmp_path))
    made.upgrade()
    yield made
    made.close()


def planned(database: Database, rows: int, host: str) -> tuple[ImportPlan, dict[str, Any]]:
    with database.session() as session:
        stored = stored_sites(session)
    text = "\n".join(["id,name_pl,host_name", *(f"s-{n},Miejsce {n} {host},{host}" for n in range(rows))])
    return plan_import(read_file(text.encode(), stored, ANYWHERE), stored), stored


def bring_in(database: Database, rows: int, host: str) -> int:
    """Bring in rows, in place of those that are there; how many statements that took."""
    plan, stored = planned(database, rows, host)
    statements: list[str] = []

    def heard(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    with database.writing() as session:
        engine = session.connection().engine
        event.listen(engine, "before_cursor_execute", heard)
        store_import(session, plan, stored, 1)
        event.remove(engine, "before_cursor_execute", heard)
    return len(statements)


def test_many_rows_are_few_statements_new_or_changed(database: Database) -> None:
    assert bring_in(database, 40, "Jan") <= 4
    assert bring_in(database, 40, "Ewa") <= 4
    assert bring_in(database, 40, "") <= 4
    with database.session() as session:
        now = stored_sites(session)
    assert {(one.version, one.site.host) for one in now.values()} == {(3, None)}
    assert bring_in(database, 41, "Jan") <= 7
    with database.session() as session:
        hosts = [one.site.host for one in stored_sites(session).values()]
    assert [host and host.name for host in hosts] == ["Jan"] * 41


def test_one_site_that_somebody_changed_stops_all_of_it(database: Database) -> None:
    bring_in(database, 3, "Jan")
    plan, stored = planned(database, 5, "Ewa")
    with database.writing() as session:
        assert replace_site(session, stored["s-1"].site, 1, 2)
    with pytest.raises(ImportConflictError), database.writing() as session:
        store_import(session, plan, stored, 3)
    with database.session() as session:
        now = stored_sites(session)
    assert {key: one.version for key, one in now.items()} == {"s-0": 1, "s-1": 2, "s-2": 1}
    assert {one.site.host.name for one in now.values() if one.site.host} == {"Jan"}
