"""A backup while the service is there, and all of it restored elsewhere: into either kind of database."""

from __future__ import annotations

import io
import stat
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from sqlalchemy import create_engine, text

from planner.services.catalogue.care.photos import PhotoFiles, cleaned
from planner.services.upkeep.restoring import backup_findings
from planner.services.upkeep.settings import Settings
from planner.store.engine.postgres import with_driver
from planner.store.users import all_users
from planner.web import create_app
from tests.kit.commands import run
from tests.kit.databases import database_in, sqlite_in
from tests.kit.web.releases import links_of_sample
from tests.kit.web.signing_in import services_of, user_of
from tests.web.conftest import NOW, SECRET, closed, skawina_application

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask


def picture(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (160, 120), colour).save(out, "JPEG")
    return cleaned(out.getvalue())


PHOTO = picture("teal")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, Path]]:
    """A service, and a backup of it."""
    folder = tmp_path_factory.mktemp("from")
    app = skawina_application(folder)
    user_of(app, "anna")
    name = PhotoFiles(folder).keep(PHOTO)
    assert PhotoFiles(folder).find_small(name)
    file = tmp_path_factory.mktemp("kept") / "all.backup"
    told = run(app, "backup", str(file))
    assert told.exit_code == 0, told.output
    assert "restored beside and compared" in told.output
    yield app, file
    closed(app)


def empty(folder: Path, database: str = "") -> Flask:
    """A service that has nothing yet, and a key of its own."""
    (folder / "secret_key").write_text("another key", encoding="utf-8")
    return create_app(Settings(folder, database or database_in(folder), "another key"), now=lambda: NOW)


def served_again(app: Flask) -> Flask:
    """The same service started anew, with the key that lies in its folder."""
    settings = services_of(app).settings
    closed(app)
    key = (settings.data_dir / "secret_key").read_text(encoding="utf-8")
    return create_app(replace(settings, secret_key=key), now=lambda: NOW)


def test_what_was_backed_up_opens_elsewhere(made: tuple[Flask, Path], tmp_path: Path) -> None:
    app, file = made
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]
    bare = empty(tmp_path)
    photos = PhotoFiles(tmp_path)
    stray = photos.keep(picture("navy"))
    told = run(bare, "restore", str(file))
    assert told.exit_code == 0, told.output
    assert [found.read_bytes() for found in tmp_path.glob("photos/*.jpg")] == [PHOTO]
    assert photos.find(stray) is None
    again = served_again(bare)
    links = links_of_sample(app)
    assert links_of_sample(again) == links, "the key came along"
    assert (tmp_path / "secret_key").read_text(encoding="utf-8") == SECRET
    for page in links.pages:
        assert again.test_client().get(page).status_code == 200, page
    assert user_of(again, "anna") == user_of(app, "anna")
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert not list(tmp_path.glob("restore-*"))
    closed(again)


@pytest.mark.dear
def test_what_is_there_is_lost_only_when_that_is_said(made: tuple[Flask, Path], tmp_path: Path) -> None:
    app = empty(tmp_path, sqlite_in(tmp_path))
    services_of(app).database.upgrade()
    user_of(app, "ola")
    told = run(app, "restore", str(made[1]))
    assert told.exit_code == 1
    assert "--replace puts the backup in its place" in told.output
    assert user_of(app, "ola").id == 1
    assert run(app, "restore", "--replace", str(made[1])).exit_code == 0
    assert user_of(app, "anna") == user_of(made[0], "anna")
    closed(app)


@pytest.mark.dear
@pytest.mark.parametrize("at", [40, 5_000, -20])
def test_a_damaged_backup_changes_nothing(made: tuple[Flask, Path], tmp_path: Path, at: int) -> None:
    content = bytearray(made[1].read_bytes())
    content[at] ^= 0xFF
    bad = tmp_path / "bad.backup"
    bad.write_bytes(content)
    (tmp_path / "data").mkdir()
    app = empty(tmp_path / "data", sqlite_in(tmp_path / "data"))
    told = run(app, "restore", str(bad))
    assert told.exit_code == 1
    assert "nothing of it was used" in told.output
    assert "Traceback" not in told.output
    assert (tmp_path / "data" / "secret_key").read_text(encoding="utf-8") == "another key"
    closed(app)


def test_what_cannot_be_read_or_written_is_told(made: tuple[Flask, Path], tmp_path: Path) -> None:
    for words in (("restore", str(tmp_path / "none")), ("restore", str(tmp_path)), ("backup", "/proc/x/y")):
        told = run(made[0], *words)
        assert told.exit_code in {1, 2}, words
        assert "Traceback" not in told.output
    assert "already there" in run(made[0], "backup", str(made[1])).output
    assert run(made[0], "backup").exit_code == 2


def test_a_timer_keeps_the_newest(made: tuple[Flask, Path], tmp_path: Path) -> None:
    context = services_of(made[0])
    for name in ("planner-20250101T000000Z.backup", "planner-20250102T000000Z.backup", "notes.txt"):
        (tmp_path / name).write_text("", encoding="utf-8")
    assert run(made[0], "backup", "--to", str(tmp_path), "--keep", "2").exit_code == 0
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "notes.txt",
        "planner-20250102T000000Z.backup",
        "planner-20261116T090000Z.backup",
    ]
    data_dir = context.settings.data_dir
    assert list(backup_findings(data_dir, NOW + 86_400)) == []
    assert list(backup_findings(data_dir, NOW + 9 * 86_400)) == ["backup: the last one is 9 days old"]
    assert "none was made yet" in next(backup_findings(tmp_path, NOW))


def test_the_way_back_from_a_newer_program(made: tuple[Flask, Path], tmp_path: Path) -> None:
    """A backup of before comes in place of tables that this program does not know; they are put aside."""
    _, file = made
    app = empty(tmp_path)
    database = services_of(app).database
    database.upgrade()
    user_of(app, "z nowszej wersji")
    with database.writing() as session:
        session.execute(text("update alembic_version set version_num = '9999'"))
    refused = run(app, "restore", str(file))
    assert refused.exit_code == 1
    assert "of a newer program" in refused.output
    told = run(app, "restore", "--replace", str(file))
    assert told.exit_code == 0, told.output
    assert "put aside, not removed: " in told.output
    newest = database.form()
    assert newest != "9999"
    with database.session() as reading:
        here = [user.name for user in all_users(reading)]
    assert "anna" in here
    assert "z nowszej wersji" not in here
    where = told.output.partition("not removed: ")[2].splitlines()[0]
    url = f"sqlite:///{where}" if where.startswith("/") else database.url
    names = text("select name from users")
    if where.startswith("schema "):
        names = text("select name from of_form_9999.users")
    kept = create_engine(with_driver(url))
    with kept.connect() as connection:
        assert "z nowszej wersji" in connection.execute(names).scalars().all()
    kept.dispose()
    closed(app)
