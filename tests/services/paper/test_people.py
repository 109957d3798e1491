"""Names: how a list is read, where it is kept, and when it is gone."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import inspect, text

from planner.errors import SourceFileError
from planner.services.paper import people
from planner.services.upkeep.daily import tidy
from planner.store import visits as store
from planner.store.database import Database
from tests.kit.databases import database_in
from tests.kit.migrating import begin_at
from tests.kit.samples import sample_visit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LAST = sample_visit().days[-1].date


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(database_in(tmp_path))
    made.upgrade()
    yield made
    made.close()


@pytest.fixture
def visit_id(database: Database) -> int:
    with database.writing() as session:
        made = store.add_visit(session, sample_visit(), 1_795_000_000).id
        people.replace_names(session, made, [("Zofia Żak", "A"), ("Jan Kot", "")])
        people.fill_card(session, made, {"head": "Ewa Lis", "phone": "600 100 200"})
    return made


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Jan Kot\nZofia Żak;A\r\nOla Bąk\tB\n\n", [("Jan Kot", ""), ("Zofia Żak", "A"), ("Ola Bąk", "B")]),
        ("Imię i nazwisko;Grupa\nJan  Kot;A;12", [("Jan Kot", "A;12")]),
        ("Kowalska, Anna", [("Kowalska, Anna", "")]),
        ("", []),
    ],
)
def test_a_list_is_one_name_a_line(typed: str, read: list[tuple[str, str]]) -> None:
    assert people.read_names(typed) == read


def test_too_long_a_name_is_told_by_its_line_alone() -> None:
    with pytest.raises(SourceFileError, match="line 2") as refused:
        people.read_names("Jan Kot\n" + "Kowalski" * 30)
    assert "Kowalski" not in str(refused.value)
    with pytest.raises(SourceFileError, match="500"):
        people.read_names("Jan\n" * 501)


@pytest.mark.parametrize("coded", ["utf-8-sig", "cp1250", "utf-8"])
def test_a_file_is_read_as_spreadsheets_write_it(coded: str) -> None:
    assert people.read_file("Zażółć Gęś".encode(coded)) == "Zażółć Gęś"


def test_names_are_read_until_the_thirtieth_day(database: Database, visit_id: int) -> None:
    with database.session() as session:
        for days, count in ((29, 2), (30, 0)):
            who = people.people_of(session, visit_id, sample_visit(), LAST + dt.timedelta(days=days))
            assert len(who.names) == count
            assert bool(who.filled) is bool(count)
    assert people.last_kept(sample_visit()) == LAST + dt.timedelta(days=29)


def test_names_are_gone_on_their_day(database: Database, visit_id: int, tmp_path: Path) -> None:
    for days, forgotten, left in ((29, 0, 2), (30, 1, 0), (31, 0, 0)):
        with database.writing() as session:
            assert tidy(session, tmp_path, 0, LAST + dt.timedelta(days=days)) == forgotten
            assert session.scalar(text("select count(*) from names")) == left
            assert session.scalar(text("select count(*) from school_cards")) == bool(left)
    assert visit_id


def test_a_visit_that_is_later_keeps_its_names(database: Database, visit_id: int, tmp_path: Path) -> None:
    with database.writing() as session:
        row = store.visit_row(session, visit_id)
        assert row is not None
        day = replace(sample_visit().days[0], date=LAST + dt.timedelta(days=40))
        moved = replace(sample_visit(), days=(day,))
        store.add_revision(session, row, moved, store.Edit("date", None, 1_795_000_000))
        assert tidy(session, tmp_path, 0, LAST + dt.timedelta(days=60)) == 0


def test_names_go_with_their_visit(database: Database, visit_id: int) -> None:
    with database.writing() as session:
        session.execute(text("delete from visits where id = :id"), {"id": visit_id})
        assert session.scalar(text("select count(*) from names")) == 0
        assert session.scalar(text("select count(*) from school_cards")) == 0


def test_names_are_in_no_other_table(database: Database, visit_id: int) -> None:
    holding = []
    with database.engine.connect() as connection:
        for table in inspect(database.engine).get_table_names():
            rows = [tuple(row) for row in connection.execute(text(f"select * from {table}"))]  # noqa: S608
            if "Żak" in json.dumps(rows, default=str, ensure_ascii=False):
                holding.append(table)
    assert visit_id
    assert "names" in holding
    assert set(holding) <= {"names", "visits", "revisions"}  # the sample's coordinator is Anna Żak


def test_an_older_database_is_brought_up_to_date(tmp_path: Path) -> None:
    made = Database(database_in(tmp_path))
    begin_at(made, "0001")
    with made.engine.begin() as connection:
        connection.execute(
            text(
                "insert into sites (id, document, version, archived, changed) values ('a', '{}', 1, false, 0)"
            )
        )
        connection.execute(
            text(
                "insert into visits (id, head, top, archived, is_sample, created) "
                "values (1, 1, 1, false, false, 0)"
            )
        )
    made.upgrade()
    with made.engine.connect() as connection:
        assert connection.scalar(text("select has_page from sites")) == 0
        assert connection.scalar(text("select count(*) from visits where deleted is null")) == 1
        assert connection.scalar(text("select count(*) from tellings")) == 0
    made.close()
