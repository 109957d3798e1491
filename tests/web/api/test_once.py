"""A call with an Idempotency-Key is answered once, and told the same again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from planner.services.trust import once
from planner.store.models import ReleaseRow
from planner.store.trust.tables import OnceRow
from planner.web.api import views
from tests.kit.web.calls import Api, error_of
from tests.kit.web.desk import add, open_desk
from tests.kit.web.signing_in import services_of
from tests.web.conftest import NOW

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.test import TestResponse

A, B = {"at": [19.82222, 49.97722]}, {"at": [19.82609, 49.97548]}
BODY = {"from": A, "to": B, "mode": "walk", "depart": "2026-12-02T09:00"}


def ask(
    api: Api, key: str | None, body: object = BODY, call: str = "route", lang: str = "en"
) -> TestResponse:
    headers = {} if key is None else {"Idempotency-Key": key}
    data = body if isinstance(body, str) else json.dumps(body)
    return api.client.post(
        f"/api/v1/{call}?lang={lang}", data=data, content_type="application/json", headers=headers
    )


def kept(app: Flask) -> int:
    with services_of(app).database.session() as session:
        return session.scalar(select(func.count()).select_from(OnceRow)) or 0


def test_the_same_is_answered_once_and_told_again(
    app: Flask, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ask(api, "key one")
    assert first.status_code == 200
    assert "Idempotent-Replayed" not in first.headers
    monkeypatch.setattr(views, "route", None)  # whoever computed it again would fail
    again = ask(api, "key one")
    assert again.headers["Idempotent-Replayed"] == "true"
    assert (again.status_code, again.get_json()) == (200, first.get_json())
    assert again.mimetype == "application/json"
    monkeypatch.setitem(services_of(app).__dict__, "now", lambda: NOW + once.KEPT_S)
    monkeypatch.undo()
    assert "Idempotent-Replayed" not in ask(api, None).headers


def test_another_question_with_the_same_key_is_refused(api: Api) -> None:
    assert ask(api, "key two").status_code == 200
    for other in (ask(api, "key two", {**BODY, "mode": "best"}), ask(api, "key two", lang="pl")):
        assert other.status_code == 422
        assert error_of(other)["code"] == "key_reused"
    points = {"points": [A, B], "mode": "walk"}
    assert ask(api, "key two", points, "matrix").status_code == 200, "another call has keys of its own"
    told = api.description["paths"]["/api/v1/plan"]["post"]
    assert [one["name"] for one in told["parameters"]] == ["lang", "Idempotency-Key"]
    assert "409" in told["responses"]


def test_what_was_refused_may_be_mended_and_sent_with_the_same_key(app: Flask, api: Api) -> None:
    before = kept(app)
    assert ask(api, "key three", {**BODY, "to": {}}).status_code == 422
    assert ask(api, "key three", "{").status_code == 400
    assert kept(app) == before
    assert ask(api, "key three").status_code == 200
    assert kept(app) == before + 1


@pytest.mark.parametrize("key", ["", "k" * 201, "żółw"])
def test_a_key_is_printable_ascii(api: Api, key: str) -> None:
    answer = ask(api, key)
    assert (answer.status_code, error_of(answer)["details"][0]["code"]) == (422, "idempotency_key")


def test_while_it_is_answered_it_is_not_answered_twice(app: Flask) -> None:
    question = once.Question.of("/x", "key", b"body")
    database = services_of(app).database
    with database.writing() as session:
        assert once.begin(session, question, NOW) is None
    with database.writing() as session, pytest.raises(once.BeingAnsweredError):
        once.begin(session, question, NOW + 1)
    with database.writing() as session:
        assert once.begin(session, question, NOW + once.GIVEN_UP_S) is None, "its worker is gone"
        once.keep(session, question, 200, b"answer")
        assert once.begin(session, question, NOW + 2) == once.Kept(200, b"answer")
        assert once.begin(session, question, NOW + 2 * once.KEPT_S) is None
        once.drop(session, question)


def test_no_more_than_some_are_kept(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(once, "MOST_KEPT", 3)
    with services_of(app).database.writing() as session:
        for number in range(6):
            question = once.Question.of("/x", f"many {number}", b"")
            once.begin(session, question, NOW + number)
            once.keep(session, question, 200, b"")
        once.forget_old(session, NOW)
    assert kept(app) == 3


def test_publishing_twice_with_the_same_key_makes_one_release(app: Flask) -> None:
    desk = open_desk(app, "podwójna")
    add(desk, "muzeum")
    told = {"key": "a page's own", "anyway": "1"}

    def releases() -> int:
        with services_of(app).database.session() as session:
            return session.scalar(select(func.count()).where(ReleaseRow.visit_id == desk.visit_id)) or 0

    for _ in range(2):
        assert desk.post("share/publish", **told).status_code == 303
        assert releases() == 1
    assert desk.post("share/publish", **told, note_pl="inaczej").status_code == 303
    assert releases() == 1, "another form with this key is refused"
    assert "To już zostało wysłane" in desk.page("/share?lang=pl")
    assert desk.post("share/publish", key="another", anyway="1").status_code == 303
    assert releases() == 2
