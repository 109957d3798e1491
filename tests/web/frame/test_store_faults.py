"""Pages while the database is taken, closed to writing or gone: a sentence, a log line, and nothing lost."""

from __future__ import annotations

import errno
import io
import logging
import sqlite3
import tempfile
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from planner.services.catalogue.staging import Staging
from planner.store import database as module
from tests.kit.databases import on_sqlite
from tests.kit.web.desk import Desk, open_desk
from tests.kit.web.signing_in import services_of

if TYPE_CHECKING:
    from flask import Flask

    from tests.kit.web.releases import Links


@pytest.fixture
def desk(app: Flask) -> Desk:
    return open_desk(app, "hindered")


@on_sqlite
def test_an_edit_while_another_program_writes_is_refused_in_words(
    app: Flask, desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    database = services_of(app).database
    database.close()  # its connections know how long to wait
    monkeypatch.setattr(module, "BUSY_TIMEOUT_MS", 20)
    before, base = desk.draft(), desk.base()
    with closing(sqlite3.connect(database.url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("begin immediate")
        answer = desk.edit("add_site", base=base, site="rynek")
    assert answer.status_code == 503
    assert "Baza danych jest zajęta" in answer.text
    assert int(answer.headers["Retry-After"]) > 0
    said = (
        f"POST /visits/{desk.visit_id}/edit/add_site [{answer.headers['Request-Id']}] could not be answered: "
        "the database is in use by another program: try again in a moment"
    )
    assert said in [record.message for record in caplog.records]
    assert desk.draft() == before
    database.close()


@on_sqlite
def test_health_asks_the_database(app: Flask, sample: Links, monkeypatch: pytest.MonkeyPatch) -> None:
    client = app.test_client()
    assert client.get("/healthz").get_json()["status"] == "ok"
    database = services_of(app).database
    file = database.url.removeprefix("sqlite:///")
    broken = module.Database(f"sqlite:///{file}.gone/planner.sqlite")
    monkeypatch.setattr(database, "_reading", broken._reading)
    told = client.get("/healthz")
    assert (told.status_code, told.get_json()["status"]) == (503, "no database")
    assert client.get("/healthz/ready").get_json() == told.get_json()
    assert client.get("/healthz/live").get_json()["status"] == "ok", "to start it again would not help"
    assert client.get(sample.pages[0]).status_code == 503
    monkeypatch.undo()
    assert client.get("/healthz").status_code == 200


@on_sqlite
def test_health_learns_that_nothing_can_be_written_and_that_it_can_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, database = app.test_client(), services_of(app).database
    monkeypatch.setattr(module, "BUSY_TIMEOUT_MS", 20)
    monkeypatch.setattr(module, "FRESH_S", 0.0)
    monkeypatch.setattr(module, "WATCHER_MS", 20)
    with closing(sqlite3.connect(database.url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("begin immediate")
        told = client.get("/healthz")
    assert (told.status_code, told.get_json()["status"]) == (503, "no database")
    assert "in use by another program" in told.get_json()["message"]
    assert told.headers["Retry-After"]
    assert client.get("/healthz").status_code == 200


def test_health_tells_of_a_data_directory_without_room(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client = app.test_client()

    def no_file(**_asked: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", no_file)
    told = client.get("/healthz")
    assert (told.status_code, told.get_json()["status"]) == (503, "no writing")
    assert "the disk is full" in told.get_json()["message"]
    monkeypatch.undo()
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "Dysk jest pełny"), (errno.EROFS, "Katalog danych można tylko czytać")],
)
def test_a_file_that_cannot_be_written_is_told_and_no_fault_of_the_program(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    def no_file(*_asked: object) -> str:
        raise OSError(number, "what the system says")

    monkeypatch.setattr(Staging, "keep", no_file)
    sent = {"file": (io.BytesIO(b"id,name_pl\nnowe,Nowe\n"), "sites.csv"), "csrf_token": desk.token}
    answer = desk.client.post("/sites/import?lang=pl", data=sent)
    assert answer.status_code == 503
    assert said in answer.text
    assert int(answer.headers["Retry-After"]) > 0
