"""What an upgrade does with what is there: everybody keeps their role, and one is an administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert, select

from planner.domain.sites import HostContact, Site
from planner.store.catalogue import stored_site
from planner.store.database import Database
from planner.store.documents import to_json
from planner.store.hosts.tables import ContactRow
from planner.store.models import ReleaseRow, SiteRow, UserRow, VisitRow
from tests.kit.databases import database_in
from tests.kit.migrating import go_back, migrations

if TYPE_CHECKING:
    from pathlib import Path

CONTACTS = "whom to ask at a site stands in the table of contacts alone"
NO_RELEASE = "whom to ask at a site stands in no release"
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


FIRST = {"name": "Jan Kot", "phone": "+48 111 " + "2" * 150, "email": "jan@example.org"}
"""As long a telephone as the catalogue took."""


@pytest.mark.dear
@pytest.mark.parametrize(
    ("host", "known", "after"),
    [
        (FIRST, None, FIRST),
        ({"name": "", "phone": "12", "email": ""}, None, {"name": "", "phone": "12", "email": ""}),
        (None, None, None),
        ({"name": "", "phone": "", "email": ""}, None, None),
        (None, {"name": "Ewa", "phone": "1", "email": ""}, {"name": "Ewa", "phone": "1", "email": ""}),
        (
            {"name": "Jan", "phone": "", "email": ""},
            {"name": "Ewa", "phone": "1", "email": ""},
            {"name": "Jan", "phone": "1", "email": ""},
        ),
    ],
    ids=["all of it", "a telephone", "nobody", "nothing", "among the contacts", "in both"],
)
def test_whom_to_ask_at_a_site_moves_to_the_contacts_and_nothing_is_lost(
    tmp_path: Path, host: dict[str, str] | None, known: dict[str, str] | None, after: dict[str, str] | None
) -> None:
    database = Database(database_in(tmp_path))
    database.upgrade()
    (step,) = [one for one in migrations().walk_revisions() if one.doc == CONTACTS]
    go_back(database, str(step.down_revision))
    document = {**to_json(Site("dom", {"pl": "Dom"})), "host": host}
    with database.writing() as session:
        session.add(SiteRow(id="dom", document=document, version=3, changed=7))
        session.add(ContactRow(kind="site", owner="dom", role="receives", name="Portier"))
        if known:
            session.add(ContactRow(kind="site", owner="dom", **known))
    database.upgrade()
    with database.session() as session:
        stored, row = stored_site(session, "dom"), session.get(SiteRow, "dom")
        assert stored is not None
        assert row is not None
        assert stored.version == 3
        assert stored.site == Site("dom", {"pl": "Dom"}, host=HostContact(**after) if after else None)
        assert row.document == {**document, "host": None}
        names = session.scalars(select(ContactRow.name).order_by(ContactRow.role)).all()
        assert names == ([after["name"]] if after else []) + ["Portier"]
    go_back(database, str(step.down_revision))
    with database.session() as session:
        back = session.scalar(select(SiteRow.document))
        assert back is not None
        short = {**after, "phone": after["phone"]} if after else None
        assert back["host"] == short
    database.upgrade()
    with database.session() as session:
        again = stored_site(session, "dom")
        assert again is not None
        assert again == stored
    database.close()


@pytest.mark.dear
def test_whom_to_ask_goes_out_of_the_releases_that_have_it(tmp_path: Path) -> None:
    database = Database(database_in(tmp_path))
    database.upgrade()
    (step,) = [one for one in migrations().walk_revisions() if one.doc == NO_RELEASE]
    go_back(database, str(step.down_revision))
    house = to_json(Site("dom", {"pl": "Dom"}))
    asked, nobody = {"sites": {"dom": {**house, "host": FIRST}}}, {"sites": {"dom": {**house, "host": None}}}
    before: list[dict[str, Any]] = [
        {"form": 3, **asked, "rain": None, "note": {"pl": "Za\u017c\u00f3\u0142\u0107"}},
        {"form": 3, **nobody, "rain": asked},
        {"form": 1, "sites": {"dom": {"id": "dom"}}},
        {"form": 1},
    ]
    with database.writing() as session:
        visit = VisitRow(head=1, top=1, created=0)
        session.add(visit)
        session.flush()
        for number, content in enumerate(before, start=1):
            session.add(
                ReleaseRow(visit_id=visit.id, number=number, revision=1, content=content, created=0)
            )  # fmt: skip
    database.upgrade()
    after = [
        {**before[0], **nobody},
        {**before[1], "rain": nobody},
        *before[2:],
    ]
    query = select(ReleaseRow.content).order_by(ReleaseRow.number)
    with database.session() as session:
        assert session.scalars(query).all() == after
    go_back(database, str(step.down_revision))
    with database.session() as session:
        assert session.scalars(query).all() == after
    database.close()
