"""Who waits for a long import is told how far it is, and who presses twice has it stored once."""

from __future__ import annotations

import datetime as dt
import io
import json
from typing import TYPE_CHECKING

import pytest
from werkzeug.datastructures import FileStorage

from planner.services.catalogue.reading.file import read_file
from planner.services.catalogue.reading.progress import FOLDER, Progress
from planner.services.catalogue.rules import RuleContext
from planner.services.catalogue.staging import Staging
from tests.kit.web.own_catalogue import all_of, fields, own_catalogue, post, signed
from tests.kit.web.signing_in import services_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.kit.web.pages import Page, PageClient


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PageClient]:
    with own_catalogue(tmp_path_factory.mktemp("waiting") / "data") as app:
        yield signed(app, "anna")


def preview(desk: PageClient) -> Page:
    token = fields(desk.get("/sites/import"))["csrf_token"]
    sent = {"csrf_token": token, "file": FileStorage(io.BytesIO(b"name_pl\nNowy plac\n"), "sites.csv")}
    return post(desk, "/sites/import", sent)


def line(desk: PageClient) -> str:
    return json.loads(desk.client.get("/sites/import/progress").text)["line"]  # type: ignore[no-any-return]


def test_a_file_that_is_being_stored_is_not_stored_again(desk: PageClient) -> None:
    sent, before = fields(preview(desk)), len(all_of(desk))
    staging = Staging(services_of(desk.app).settings.data_dir)
    with staging.claimed(sent["file"]):
        assert "już wczytywany" in post(desk, "/sites/import/confirm", sent, status=409).text
    assert len(all_of(desk)) == before
    post(desk, "/sites/import/confirm", sent)
    assert len(all_of(desk)) == before + 1
    assert desk.client.post("/sites/import/confirm", data=sent).status_code == 404


@pytest.mark.dear
def test_the_line_is_ones_own_and_gone_at_the_end(desk: PageClient) -> None:
    assert line(desk) == ""
    preview(desk)
    data_dir = services_of(desk.app).settings.data_dir
    (mine,) = (data_dir / FOLDER).iterdir()
    assert line(desk) == ""
    Progress(data_dir, "another").tell(1, 2)
    assert line(desk) == ""
    Progress(data_dir, mine.stem).tell(12_400, 50_000)
    assert line(desk).replace("\xa0", " ") == "Sprawdzono wierszy: 12 400 z 50 000"


def test_rows_are_told_of_while_they_are_checked() -> None:
    told: list[tuple[int, int]] = []
    text = "\n".join(["name_pl", *(f"Miejsce {n}" for n in range(1_100))])
    rows = read_file(
        text.encode(), {}, RuleContext(dt.date(2026, 12, 1)), tell=lambda *now: told.append(now)
    ).rows
    assert told == [(0, 1_100), (500, 1_100), (1_000, 1_100)]
    assert [row.number for row in rows] == list(range(2, 1_102))
