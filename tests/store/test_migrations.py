"""What an upgrade does with what is there: everybody keeps their role, and one is an administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert, select

from planner.store.database import Database
from planner.store.models import UserRow
from tests.kit.databases import database_in
from tests.kit.migrating import go_back, migrations

if TYPE_CHECKING:
    from pathlib import Path

SHARES = "with whom visits are shared; somebody is an administrator"


@pytest.mark.dear
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([("organiser", True, False), ("admin", True, False)], ["organiser", "admin"]),
        ([("organiser", False, False), ("organiser", True, False)], ["organiser", "admin"]),
        ([("admin", True, True), ("organiser", False, False)], ["admin", "admin"]),
        ([("organiser", True, True)], ["organiser"]),
        ([], []),
    ],
    ids=["there is one", "who has a password", "the archived does not count", "nobody may sign in", "nobody"],
)
def test_everybody_keeps_their_role_and_one_is_an_administrator(
    tmp_path: Path, before: list[tuple[str, bool, bool]], after: list[str]
) -> None:
    database = Database(database_in(tmp_path))
    database.upgrade()
    (step,) = [one for one in migrations().walk_revisions() if one.doc == SHARES]
    go_back(database, str(step.down_revision))
    rows = [
        {
            "id": number,
            "name": str(number),
            "name_key": str(number),
            "role": role,
            "password_hash": "x" if has_password else None,
            "archived": archived,
            "created": 0,
        }
        for number, (role, has_password, archived) in enumerate(before, start=1)
    ]
    with database.writing() as session:
        for row in rows:
            session.execute(insert(UserRow.__table__), row)  # type: ignore[arg-type] # a table, as it was then
    database.upgrade()
    with database.session() as session:
        assert list(session.scalars(select(UserRow.role).order_by(UserRow.id))) == after
    database.close()
