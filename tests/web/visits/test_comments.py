"""Comments on a draft: who may say and settle them, where they are shown, what becomes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planner.store.together.comments import comments_of
from planner.web.frame.context import services
from tests.kit.web.desk import add, open_desk
from tests.kit.web.pages import PageClient
from tests.kit.web.signing_in import csrf_of, sign_in, user_of

if TYPE_CHECKING:
    from flask import Flask


def said(app: Flask, visit_id: int) -> list[tuple[str, str, bool]]:
    """The comments of a visit: text, by whom, whether settled."""
    with app.app_context(), services().database.session() as session:
        rows = comments_of(session, visit_id)
        return [(row.text, by, row.resolved is not None) for row, by, _ in rows]


@pytest.mark.dear
def test_a_viewer_asks_and_an_organiser_settles(app: Flask) -> None:
    desk = open_desk(app, "wanda", title="Rozmowa")
    add(desk, "muzeum", "ratusz")
    viewer = PageClient(app)
    desk.post("share/people", whom=user_of(app, "burmistrz", "viewer").id, may="read")
    sign_in(app, viewer.client, "burmistrz", "viewer")
    path = f"/visits/{desk.visit_id}"
    form = {"csrf_token": csrf_of(viewer.client), "day": 0, "stop": "s2", "back": "read"}
    text = "Czy zdążymy?\n<b>Serio</b>"
    assert viewer.client.post(f"{path}/comments", data={**form, "text": text}).status_code == 303
    read = viewer.get(f"{path}/read", "en")
    assert "burmistrz" in read.text
    assert "<b>Serio</b>" in read.text
    assert "Comments 1, 1 open comment" in viewer.get(f"{path}/comments", "en").text
    page = PageClient(app)
    page.client = desk.client
    editor = page.get(f"{path}?stop=s2", "en")
    assert "1 open comment" in editor.text
    assert "Czy zdążymy?" in editor.text
    with app.app_context(), services().database.session() as session:
        number = comments_of(session, desk.visit_id)[0][0].id
    assert viewer.client.post(f"{path}/comments/{number}/remove", data=form).status_code == 403
    desk.post(f"comments/{number}/settle", settled=1, stop="s2", day=0, back="plan")
    assert said(app, desk.visit_id) == [(text, "burmistrz", True)]
    settled = page.get(f"{path}?stop=s2", "en")
    assert "1 open comment" not in settled.text
    assert "settled by wanda" in settled.text
    viewer.client.post(f"{path}/comments/{number}/settle", data=form)
    assert said(app, desk.visit_id) == [(text, "burmistrz", False)]
    desk.post(f"comments/{number}/remove")
    assert said(app, desk.visit_id) == []


@pytest.mark.dear
def test_what_cannot_be_said(app: Flask) -> None:
    desk = open_desk(app, "wiola")
    add(desk, "muzeum")
    for stop, text in (("s9", "x"), ("s1", " "), ("s1", "x" * 1001)):
        desk.post("comments", day=0, stop=stop, text=text)
    desk.post("comments", day=5, stop="s1", text="x")
    assert said(app, desk.visit_id) == []
    lost = desk.post("comments", day=0, stop="s9", text="Nie zgub tego")
    assert "Nie zgub tego" in lost.text


@pytest.mark.dear
def test_a_comment_goes_along_with_its_stop_and_is_gone_with_the_visit(app: Flask) -> None:
    desk = open_desk(app, "wera")
    add(desk, "muzeum", "ratusz")
    desk.post("comments", day=0, stop="s1", text="O muzeum")
    desk.change("move", stop="s1", position=1)
    desk.change("day", date="2026-12-11", start_time="09:00", start_site="dworzec-biblioteka")
    assert "O muzeum" in desk.page("?stop=s1")
    assert "O muzeum" not in desk.page("?stop=s2")
    desk.change("remove", stop="s1")
    page = desk.page("/comments?lang=en")
    assert "Of stops that are no longer in the plan" in page
    assert "O muzeum" in page
    desk.post("delete", is_sure="1")
    assert said(app, desk.visit_id) == []
