"""A large file is read in the pool, once: what was previewed is what is stored."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from werkzeug.datastructures import FileStorage

from planner.domain.text import in_language
from planner.services.catalogue.reading.file import read_file
from planner.services.catalogue.staging import FOLDER, Staging
from planner.serving.pool.state import OPEN, POOL, SentOver
from planner.web.catalogue import import_plan
from planner.web.catalogue.import_plan import LARGE_BYTES
from tests.kit.web.own_catalogue import fields, own_catalogue, post, put, signed, stored
from tests.kit.web.signing_in import services_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.kit.web.pages import Page, PageClient

SMALL = b"id,name_pl\nplac-nowy,Nowy plac\nkrotki,Za d\xc5\x82ugo\n"
LARGE = SMALL + b"\n" * LARGE_BYTES
"""Two rows too, and empty lines, which are passed over."""


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PageClient]:
    with own_catalogue(tmp_path_factory.mktemp("large") / "data") as app:
        yield signed(app, "anna")


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How long each file was that was read."""
    read: list[int] = []
    plainly = read_file

    def watched(data: bytes, *more: object) -> object:
        read.append(len(data))
        return plainly(data, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(import_plan, "read_file", watched)
    return read


def preview(desk: PageClient, data: bytes) -> Page:
    token = fields(desk.get("/sites/import"))["csrf_token"]
    return post(desk, "/sites/import", {"csrf_token": token, "file": FileStorage(io.BytesIO(data), "a.csv")})


def kept(desk: PageClient) -> list[str]:
    folder = services_of(desk.app).settings.data_dir / FOLDER
    return sorted(file.suffix for file in folder.iterdir())


def requests(desk: PageClient, data: bytes) -> list[Callable[[], object]]:
    """What asks for a file to be read, as a worker with a pool gets it."""
    sent = fields(preview(desk, data))
    pool, token = {POOL: OPEN}, sent["csrf_token"]
    client = desk.client

    def upload() -> object:
        form = {"csrf_token": token, "file": (io.BytesIO(data), "a.csv")}
        return client.post("/sites/import", data=form, environ_overrides=pool)

    return [
        upload,
        lambda: client.get(f"/sites/import?file={sent['file']}", environ_overrides=pool),
        lambda: client.post("/sites/import/columns", data=sent, environ_overrides=pool),
        lambda: client.post("/sites/import/confirm", data=sent, environ_overrides=pool),
    ]


def test_all_that_reads_a_large_file_goes_to_the_pool(desk: PageClient) -> None:
    for ask in requests(desk, LARGE):
        with pytest.raises(SentOver) as sent:
            ask()
        assert sent.value.who.startswith("user ")
    assert kept(desk) == [".data", ".json", ".plan"], "nothing was written before"


@pytest.mark.dear
def test_a_small_file_is_read_where_it_was_sent(desk: PageClient) -> None:
    for ask in requests(desk, SMALL):
        ask()


def test_what_was_previewed_is_stored_without_reading_it_again(desk: PageClient, reads: list[int]) -> None:
    page = preview(desk, SMALL)
    assert len(reads) == 1
    again = desk.get(f"/sites/import?file={fields(page)['file']}")
    told = [[node.text for node in one.all("dd")] for one in (page, again)]
    assert told[0] == told[1]
    assert re.findall(r"<tr>.*?</tr>", page.text, re.DOTALL) == re.findall(
        r"<tr>.*?</tr>", again.text, re.DOTALL
    )
    assert "2 nowe miejsca" in post(desk, "/sites/import/confirm", fields(page)).text
    assert len(reads) == 1
    assert in_language(stored(desk, "krotki").site.name, "pl") == "Za długo"
    assert kept(desk) == []


@pytest.mark.dear
def test_another_catalogue_or_other_columns_are_planned_anew(desk: PageClient, reads: list[int]) -> None:
    page = preview(desk, SMALL)
    sent = fields(page)
    put(desk, replace(stored(desk, "rynek").site, capacity=33))
    desk.get(f"/sites/import?file={sent['file']}")
    assert len(reads) == 2
    named = {"csrf_token": sent["csrf_token"], "file": sent["file"], "column": ["name_pl", "summary_pl"]}
    assert "plac-nowy" in post(desk, "/sites/import/columns", named).text
    assert len(reads) == 3


@pytest.mark.dear
def test_a_kept_plan_that_is_broken_is_made_anew(desk: PageClient, reads: list[int]) -> None:
    sent = fields(preview(desk, SMALL))
    staging = Staging(services_of(desk.app).settings.data_dir)
    whole = staging.beside(sent["file"])
    assert whole is not None
    staging.keep_beside(sent["file"], whole[:-9])
    assert "2 nowe miejsca" in post(desk, "/sites/import/confirm", sent).text
    assert len(reads) == 2
