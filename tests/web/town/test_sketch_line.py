"""Over the built-in streets each page of the desk says that they are a sketch; administrators are led on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kit.web.desk import open_desk
from tests.kit.web.pages import PageClient
from tests.kit.web.signing_in import sign_in

if TYPE_CHECKING:
    from flask import Flask

LINE, MAP = "The streets are a sketch: times are rough.", "Get the real map"


@pytest.mark.parametrize(
    ("name", "role", "gets_map"), [("szkicująca", "admin", True), ("rysująca", "organiser", False)]
)
def test_each_page_says_it_once(app: Flask, name: str, role: str, *, gets_map: bool) -> None:
    pages = PageClient(app)
    sign_in(app, pages.client, name, role)
    for path in ("/", "/sites", "/account"):
        text = pages.get(path, "en").text
        assert text.count(LINE) == 1, path
        assert (MAP in text) is gets_map, path


def test_the_editor_says_it_at_its_foot(app: Flask) -> None:
    page = open_desk(app, "szkicownik").page("?lang=en")
    assert page.count(LINE) == 1
    assert page.index(LINE) > page.index("</main>")


def test_a_stranger_is_not_told(app: Flask) -> None:
    assert LINE not in app.test_client().get("/sign-in?lang=en").text
