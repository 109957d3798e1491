"""A NUL in a text is refused in words, wherever it stands: PostgreSQL would refuse it as a fault of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planner.web.frame.gate.texts import _ESCAPED
from tests.kit.web.desk import Desk, open_desk

if TYPE_CHECKING:
    from flask import Flask

    from tests.kit.web.calls import Api
    from tests.kit.web.releases import Links


@pytest.fixture(scope="module")
def desk(app: Flask) -> Desk:
    return open_desk(app, "nul")


@pytest.mark.parametrize("address", ["/v/abcdefgh%00ijkl", "/sites?q=a%00b", "/sites/a%00b", "/sites?%00=b"])
def test_no_address_is_a_fault_of_ours(desk: Desk, address: str) -> None:
    assert desk.client.get(address).status_code < 500


def test_no_form_has_one(desk: Desk) -> None:
    before = desk.draft()
    answer = desk.edit("visit", group_size="12", title_pl="Dzień\0")
    assert answer.status_code == 400
    assert "Tekst zawiera znak, którego nie ma w tekstach (NUL)" in answer.text
    assert desk.draft() == before
    sign_in = {"csrf_token": desk.token, "name": "a\0b", "password": "x"}
    assert desk.client.post("/sign-in", data=sign_in).status_code == 400


def test_no_press_and_no_mark_has_one(app: Flask, sample: Links) -> None:
    client = app.test_client()
    paths = f"/g/{sample.guide}/events", f"/v/{sample.participant}/marks"
    for path in paths:
        answer = client.post(path, json={"kind": "note", "text": "a\0b", "stop": "s1", "mark": 4})
        assert answer.status_code == 400, path


def test_the_api_says_where_it_is(api: Api) -> None:
    body = {"from": {"site": "muzeum\0"}, "to": {"site": "rynek"}, "mode": "walk"}
    answer = api.client.post("/api/v1/route", json=body)
    assert answer.status_code == 422
    assert answer.get_json()["error"]["details"] == [
        {"pointer": "/from/site", "code": "nul", "message": "/from/site: a text holds no NUL"}
    ]


@pytest.mark.parametrize(
    ("body", "holds"),
    [(rb'"\u0000"', True), (rb'"\\u0000"', False), (rb'"\\\u0000"', True), (rb'"\\\\u0000"', False)],
)
def test_a_backslash_before_it_makes_it_six_letters(body: bytes, holds: bool) -> None:  # noqa: FBT001
    assert bool(_ESCAPED.search(body)) is holds
