"""Hosts are told by sheet, e-mail or call; paper says what they were told and what has changed since."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from tests.kit.paper.readers import spoken
from tests.kit.web.desk import add, open_desk
from tests.kit.web.pages import PageClient
from tests.web.paper.conftest import PaperDesk, published

if TYPE_CHECKING:
    from flask import Flask


@pytest.fixture(scope="module")
def alone(app: Flask) -> PaperDesk:
    """A visit of two sites, published, with the road book."""
    desk = open_desk(app, "olga")
    add(desk, "ratusz", "muzeum")
    made = published(app, desk)
    made.post("choose", kind=["road-book", "host"], language=["en"])
    return made


@pytest.mark.dear
def test_what_a_host_was_told_is_kept_and_compared(app: Flask, alone: PaperDesk) -> None:
    pages = PageClient(app)
    pages.client = alone.desk.client
    address = f"/visits/{alone.desk.visit_id}/paper"
    assert "The host was told" not in pages.get(address, "en").text
    answer = alone.post("hosts/tell", how="sheet", site="muzeum", day="1", language="en")
    assert answer.data.startswith(b"%PDF")
    page = pages.get(address, "en")
    (told,) = re.findall(r"The host was told on [^:]+: ([\d:–]+) \(sheet, olga\)", page.text)
    assert "mailto:" in page.response.headers["Content-Security-Policy"]
    assert f"{told}" in spoken(answer.data)
    book = spoken(alone.get("/sheets/road-book.pdf").data)
    assert re.search(rf"The host was told on .*: {told}", book)
    assert "Now:" not in book
    alone.desk.change("stop", stop="s1", dwell_min=45)
    published(app, alone.desk)
    page = pages.get(address, "en")
    (now,) = re.findall(r"Now: ([\d:–]+)", page.text)
    assert now != told
    book = spoken(alone.get("/sheets/road-book.pdf").data)
    assert f"Now: {now}" in book
    assert told in book
    alone.post("hosts/tell", how="call", site="muzeum", day="1")
    assert "Now:" not in pages.get(address, "pl").text  # told of the new times, by a call
    assert "Now:" not in spoken(alone.get("/sheets/road-book.pdf").data)  # the kept one is another file
    for prefix, kind in (("/v/", "participant"), ("/g/", "guide")):
        assert "olga" not in app.test_client().get(f"{prefix}{alone.tokens[kind]}/paper").text


def test_a_letter_says_what_the_sheet_says(alone: PaperDesk) -> None:
    answer = alone.post("hosts/tell", how="mail", site="ratusz", day="1", language="en")
    assert answer.status_code == 303
    letter = answer.headers["Location"]
    assert letter.startswith("mailto:")
    assert len(letter) < 8_000
    told = unquote(letter.partition("body=")[2])
    for words in ("Town Hall", "How many: 20 people", "The stay: ", "Coming from: "):
        assert words in told


def test_only_hosts_of_the_visit_are_told_and_by_its_owner(app: Flask, alone: PaperDesk) -> None:
    for wrong in (
        {"how": "sheet", "site": "teznia", "day": "1"},
        {"how": "sheet", "site": "muzeum", "day": "2"},
        {"how": "dove", "site": "muzeum", "day": "1"},
        {"how": "mail"},
    ):
        assert alone.post("hosts/tell", **wrong).status_code == 404
    stranger = open_desk(app, "obca")
    other = PaperDesk(stranger, {})
    fields = {"csrf_token": stranger.token, "how": "call", "site": "muzeum", "day": "1"}
    path = f"/visits/{alone.desk.visit_id}/paper/hosts/tell"
    assert other.desk.client.post(path, data=fields).status_code == 404
