"""The hardest hiking path of a visit: chosen in the editor, kept where nothing is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.kit.web.desk import open_desk

if TYPE_CHECKING:
    from flask import Flask

FIELDS = {"title_en": "Visit", "group_size": "20", "pace_kmh": "4"}


def test_the_hardest_path_is_chosen_kept_and_nothing_else_than_a_scale(app: Flask) -> None:
    desk = open_desk(app)
    assert desk.draft().hardest_path == "T1"
    desk.change("visit", **FIELDS, hardest_path="T3")
    assert desk.draft().hardest_path == "T3"
    assert '<option value="T3" selected>' in desk.page("?part=settings")
    desk.change("visit", **FIELDS)
    assert desk.draft().hardest_path == "T3"
    answer = desk.edit("visit", **FIELDS, hardest_path="T9")  # type: ignore[arg-type] # a field has any name
    assert answer.status_code == 422
    assert desk.draft().hardest_path == "T3"
