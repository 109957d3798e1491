"""A database is brought up to date once, and one of a newer program is left as it is."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from planner.errors import Reason, StoreError
from planner.paths import ROOT
from planner.store.database import Database
from planner.store.engine.upgrading import form
from planner.store.models import Base
from tests.kit.databases import database_in
from tests.kit.migrating import begin_at, migrations

if TYPE_CHECKING:
    from pathlib import Path


def test_a_database_of_a_newer_program_is_refused_in_words(tmp_path: Path) -> None:
    database = Database(database_in(tmp_path))
    database.upgrade()
    newest = form(database.engine)
    with database.writing() as session:
        session.execute(text("update alembic_version set version_num = '9999'"))
    with pytest.raises(StoreError, match=r"of a newer program .*form 9999, this program knows 0") as caught:
        database.upgrade()
    assert caught.value.reason is Reason.STORE_NEWER
    assert form(database.engine) == "9999"
    assert newest is not None
    database.close()


@pytest.mark.slow
def test_of_several_that_start_at_once_one_makes_the_tables(tmp_path: Path) -> None:
    url = database_in(tmp_path)
    start = f"from planner.store.database import Database; Database({url!r}).upgrade()"
    started = [subprocess.Popen([sys.executable, "-c", start], cwd=ROOT) for _ in range(4)]
    assert [one.wait() for one in started] == [0] * 4
    database = Database(url)
    assert form(database.engine) is not None
    database.close()


def test_a_server_that_is_away_is_told_at_the_start_too() -> None:
    database = Database("postgresql+psycopg://nobody@127.0.0.1:1/none")
    with pytest.raises(StoreError) as caught:
        database.upgrade()
    assert caught.value.reason is Reason.STORE_AWAY
    database.close()


def test_it_says_from_which_form_it_came(tmp_path: Path) -> None:
    database = Database(database_in(tmp_path))
    begin_at(database, "0017")
    assert database.upgrade() == "0017"
    assert database.upgrade() is None
    database.close()


@pytest.mark.dear
@pytest.mark.parametrize("form", [step.revision for step in migrations().walk_revisions()])
def test_from_every_form_the_tables_become_those_of_the_program(tmp_path: Path, form: str) -> None:
    database = Database(database_in(tmp_path))
    begin_at(database, form)
    add_what_the_first_program_knew(database)
    database.upgrade()
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    with database.session() as session:
        assert session.execute(text("select name_key from users")).scalars().all() == ["anna"]
        assert session.execute(text("select document from revisions")).first() is not None
    database.close()


def add_what_the_first_program_knew(database: Database) -> None:
    """Somebody with a visit, as every program has stored them."""
    with database.engine.begin() as connection:
        for statement in (
            (
                "insert into users (name, name_key, role, archived, created) "
                "values ('Anna', 'anna', 'admin', false, 1)"
            ),
            (
                "insert into visits (owner_id, head, top, archived, is_sample, created) "
                "values (1, 1, 1, false, false, 1)"
            ),
            (
                "insert into revisions (visit_id, number, action, author_id, document, created) "
                "values (1, 1, 'created', 1, '{}', 1)"
            ),
        ):
            connection.execute(text(statement))
