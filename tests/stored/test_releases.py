"""What each released version stored, made by its own code, is upgraded and nothing of it is lost.

`first.zip` is of the first commit that served (2791c069), before there was a version.
"""

from __future__ import annotations

import json
import sqlite3
import zipfile
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, select, text

from planner import __version__
from planner.domain.releases import ReleaseContent
from planner.domain.sites import Site
from planner.domain.visits import Visit
from planner.paths import ROOT
from planner.services.upkeep.settings import Settings
from planner.store.database import Database
from planner.store.documents import from_json
from planner.store.models import Base, ReleaseRow, RevisionRow, SiteRow
from planner.store.raising import raise_release
from planner.streets.build.build import TownSettings
from planner.web import create_app
from tests.conftest import built
from tests.kit.built_cache import copy_of
from tests.kit.databases import database_in
from tests.kit.web.signing_in import csrf_of
from tests.record.service import SECRET_KEY
from tests.stored.make import NAME, PASSWORD, Found, counted
from tests.stored.releases import shown
from tests.stored.steps import COLLEAGUE, NOTE, TITLE
from tests.stored.test_opens import Reader
from tests.web.conftest import closed

if TYPE_CHECKING:
    from pathlib import Path

FILES = sorted((ROOT / "tests" / "stored" / "released").glob("*.zip"), key=lambda file: file.stat().st_size)
QUICK = {"first", "0.10.0"}
RELEASED = [
    pytest.param(file, id=file.stem, marks=[] if file.stem in QUICK else pytest.mark.dear) for file in FILES
]


def unpacked(file: Path, folder: Path) -> Found:
    """Put the database of a version into a folder; what it is expected to hold and to show."""
    with zipfile.ZipFile(file) as archive:
        archive.extract("planner.sqlite", folder)
        found: Found = json.loads(archive.read("expected.json"))
    return found


def test_every_version_of_the_changelog_is_kept() -> None:
    lines = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
    told = {line.split()[1] for line in lines if line.startswith("## ") and line[3].isdigit()}
    kept = {file.stem for file in FILES}
    assert kept - told == {"first"}
    assert told - kept <= {__version__}, "of the newest it is kept once another follows"


@pytest.mark.parametrize("file", RELEASED)
def test_no_row_is_lost_and_all_documents_are_read(file: Path, tmp_path: Path) -> None:
    expected = unpacked(file, tmp_path)
    before = texts_of(tmp_path / "planner.sqlite")
    database = Database(database_in(tmp_path))
    database.upgrade()
    if database.engine.dialect.name == "sqlite":
        after = counted(tmp_path / "planner.sqlite")
        assert {name: after[name] for name in expected["rows"]} == expected["rows"]
        assert before <= texts_of(tmp_path / "planner.sqlite"), "documents, names, hashes are as they were"
        assert "AUTOINCREMENT" in made_of(tmp_path / "planner.sqlite", "links")
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        assert set(Base.metadata.tables) <= set(inspect(connection).get_table_names())
    with database.session() as session:
        visits = [from_json(Visit, one) for one in session.scalars(select(RevisionRow.document))]
        releases = [
            from_json(ReleaseContent, raise_release(one))
            for one in session.scalars(select(ReleaseRow.content))
        ]
        sites = [from_json(Site, one) for one in session.scalars(select(SiteRow.document))]
        assert session.execute(text("select count(*) from visits where top < head")).scalar_one() == 0
    assert len(sites) == 40
    assert all(one.itineraries for one in releases)
    if expected["done"]:
        assert {visit.title["pl"] for visit in visits} >= {TITLE}
        assert any(stop.note.get("pl") == NOTE for one in visits for day in one.days for stop in day.stops)
    database.close()


@pytest.mark.dear
@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.stem))
def test_links_answer_with_the_same_times_and_people_come_in(file: Path, tmp_path: Path) -> None:
    expected = unpacked(file, tmp_path)
    copy_of(built(ROOT / "data" / "skawina.osm", TownSettings("Skawina")), tmp_path)
    settings = Settings(tmp_path, database_in(tmp_path), SECRET_KEY)
    app = create_app(settings, now=lambda: int(expected["now"]))
    database = Database(settings.database_url)
    database.upgrade()
    assert shown(Reader(app), expected["links"]) == expected["shown"]
    if expected["done"]:
        client = app.test_client()
        sent = {"csrf_token": csrf_of(client, "/sign-in"), "name": NAME, "password": PASSWORD}
        assert client.post("/sign-in", data=sent).status_code == 303
        assert TITLE in client.get("/").text
        assert COLLEAGUE in client.get("/account/users").text
    database.close()
    closed(app)


def texts_of(file: Path) -> set[tuple[str, str]]:
    """Every text and document of a database, with its table."""
    connection = sqlite3.connect(file)
    tables = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
    kept = [name for name in tables if name not in ("alembic_version", "sqlite_sequence")]
    found = {
        (name, str(value))
        for name in kept
        for row in connection.execute(f'select * from "{name}"')  # noqa: S608
        for value in row
        if isinstance(value, str)
    }
    connection.close()
    return found


def made_of(file: Path, table: str) -> str:
    """How SQLite has made a table."""
    connection = sqlite3.connect(file)
    (said,) = connection.execute("select sql from sqlite_master where name = ?", (table,)).fetchone()
    connection.close()
    return str(said)
