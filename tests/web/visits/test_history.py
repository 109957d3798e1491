"""The page "History": edits in sentences by person and hour, and the way back, for two browsers too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.kit.web.desk import Desk, add, open_desk, published
from tests.kit.web.pages import PageClient
from tests.kit.web.signing_in import csrf_of, sign_in

if TYPE_CHECKING:
    from flask import Flask

    from tests.kit.web.pages import Page


def page_of(desk: Desk, language: str = "en") -> Page:
    pages = PageClient(desk.app)
    pages.client = desk.client
    return pages.get(f"/visits/{desk.visit_id}/history", language)


def rows(page: Page) -> dict[int, str]:
    return {
        int(node.attributes["id"].removeprefix("state-")): " ".join(node.text.split())
        for node in page.all("li")
        if node.attributes.get("id", "").startswith("state-")
    }


@pytest.mark.dear
def test_edits_are_told_in_sentences_and_any_state_is_a_click_away(app: Flask) -> None:
    desk = open_desk(app, "nela", title="Dawniej")
    add(desk, "muzeum", "rynek")
    published(desk)
    desk.change("stop", stop="s1", dwell_min=55)
    desk.post("undo")
    page = page_of(desk)
    told = rows(page)
    assert "The visit was made" in told[1]
    assert "Added: Regional Museum" in told[2]
    assert "published as version 1" in told[3]
    assert "the plan is here" in told[3]
    assert "Regional Museum: Minutes there: 35 → 55" in told[4]
    assert "undone" in told[4]
    assert re.fullmatch(
        r"nela Monday 16 November 2026, 10:00–10:59", " ".join(page.all("h2")[0].text.split())
    )
    desk.change("visit", title_pl="Dawniej", title_en="Once", group_size=20, pace_kmh=4)
    assert "Title: Dawniej → Once" in rows(page_of(desk))[5]
    assert "Tytuł, angielski: – → Once" in rows(page_of(desk, "pl"))[5]
    desk.post("undo")
    was = desk.draft()
    assert desk.post("history/back", number=2).status_code == 303
    assert desk.order() == ["muzeum"]
    assert "Back to an earlier state" in rows(page_of(desk))[6]
    assert "Removed: Market Square" in rows(page_of(desk))[6]
    desk.post("undo")
    assert desk.draft() == was
    assert desk.post("history/back", number=99).status_code == 404
    assert "Historia" in page_of(desk, "pl").text


def test_of_two_browsers_the_second_is_told_and_overwrites_nothing(app: Flask) -> None:
    desk = open_desk(app, "zosia")
    add(desk, "muzeum")
    seen = desk.base()
    other = app.test_client()
    sign_in(app, other, "zosia")
    token = csrf_of(other)
    add(desk, "ratusz")
    path = f"/visits/{desk.visit_id}/history/back?lang=en"
    answer = other.post(path, data={"csrf_token": token, "base": seen, "number": 1})
    assert answer.status_code == 409
    assert "zosia has changed this visit in the meantime." in answer.text
    assert "Added: Town Hall" in answer.text
    assert desk.order() == ["muzeum", "ratusz"]
    sign_in(app, other, "obca")
    assert other.get(f"/visits/{desk.visit_id}/history").status_code == 404
    data = {"csrf_token": csrf_of(other), "base": desk.base(), "number": 1}
    assert other.post(path, data=data).status_code == 404
    assert desk.order() == ["muzeum", "ratusz"]
