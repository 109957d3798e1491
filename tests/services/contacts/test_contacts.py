"""Contacts: kept by what they are the contact of, in one table alone, and gone on their day."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import inspect, text

from planner.services.accounts.users import Role, User
from planner.services.contacts.contacts import (
    ASKED,
    RECEIVES,
    Contact,
    OwnerKind,
    contacts_of,
    forget_contacts,
    keep_contact,
)
from planner.services.upkeep.daily import tidy
from planner.services.visits import editing
from planner.store import visits as store
from planner.store.database import Database
from planner.store.hosts import arrangements, attendees
from tests.kit.databases import database_in
from tests.kit.samples import sample_visit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LAST = sample_visit().days[-1].date
NOW = 1_795_000_000
EWA, JAN = Contact("Ewa Lis", "600 100 200", "ewa@example.org"), Contact("Jan Kot")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(database_in(tmp_path))
    made.upgrade()
    yield made
    made.close()


@pytest.fixture
def visit_id(database: Database) -> int:
    with database.writing() as session:
        made = store.add_visit(session, sample_visit(), NOW).id
        keep_contact(session, OwnerKind.HOST, "s2", EWA, visit_id=made)
        keep_contact(session, OwnerKind.HOST, "s2", JAN, role=RECEIVES, visit_id=made)
        keep_contact(session, OwnerKind.SITE, "ratusz", Contact("Anna Sowa"))
        attendees.replace_counts(session, made, [("", "wheelchair", "", 2)])
        arrangements.keep_details(session, made, "s2", {"door": "przez portiernię"})
    return made


def test_a_contact_is_found_by_its_owner_and_role(database: Database, visit_id: int) -> None:
    with database.writing() as session:
        found = contacts_of(session, OwnerKind.HOST, visit_id)
        assert found == {("s2", ASKED): EWA, ("s2", RECEIVES): JAN}
        assert contacts_of(session, OwnerKind.SITE) == {("ratusz", ASKED): Contact("Anna Sowa")}
        assert (
            contacts_of(session, OwnerKind.HOST, visit_id + 1) == contacts_of(session, OwnerKind.HOST) == {}
        )
        keep_contact(session, OwnerKind.HOST, "s2", JAN, visit_id=visit_id)
        keep_contact(session, OwnerKind.HOST, "s2", Contact(), role=RECEIVES, visit_id=visit_id)
        assert contacts_of(session, OwnerKind.HOST, visit_id) == {("s2", ASKED): JAN}
        forget_contacts(session, visit_id)
        assert contacts_of(session, OwnerKind.HOST, visit_id) == {}
        assert contacts_of(session, OwnerKind.SITE)


def test_a_form_is_read_and_what_is_shown_in_a_fault_says_nothing() -> None:
    read = Contact.read({"host_name": " Ewa  Lis ", "host_phone": "1" * 300, "name": "x"}, "host_")
    assert (read.name, len(read.phone), read.email) == ("Ewa Lis", 80, "")
    assert "Ewa" not in repr(read)
    assert not Contact.read({}).is_known


def test_contacts_and_counts_are_gone_on_their_day(database: Database, visit_id: int, tmp_path: Path) -> None:
    for days, forgotten, left in ((29, 0, (3, 1, 1)), (30, 1, (1, 0, 0)), (31, 0, (1, 0, 0))):
        with database.writing() as session:
            assert tidy(session, tmp_path, 0, LAST + dt.timedelta(days=days)) == forgotten
            kept = tuple(session.scalar(text(f"select count(*) from {one}")) for one in TABLES)  # noqa: S608
            assert kept == left, days  # that of the catalogue stays
    assert visit_id


TABLES = ("contacts", "attendee_counts", "arrangements")


def test_contacts_and_counts_go_with_their_visit(database: Database, visit_id: int) -> None:
    admin = User(1, "admin", Role.ADMIN)
    with database.writing() as session:
        editing.delete(session, admin, visit_id, NOW)
        assert [session.scalar(text(f"select count(*) from {one}")) for one in TABLES] == [1, 0, 0]  # noqa: S608


def test_contacts_are_in_no_other_table(database: Database, visit_id: int) -> None:
    holding = set()
    with database.engine.connect() as connection:
        for table in inspect(database.engine).get_table_names():
            rows = [tuple(row) for row in connection.execute(text(f"select * from {table}"))]  # noqa: S608
            told = json.dumps(rows, default=str, ensure_ascii=False)
            holding |= {table} if any(name in told for name in ("Lis", "600 100", "ewa@", "Kot")) else set()
    assert visit_id
    assert holding == {"contacts"}
