"""Sheets of a draft: seen before publishing, marked as what they are, and kept nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planner.services.paper.keeping import FOLDER
from tests.kit.paper.readers import codes_on, spoken
from tests.kit.web.desk import add, open_desk
from tests.kit.web.pages import PageClient
from tests.kit.web.signing_in import services_of

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask


@pytest.mark.dear
def test_a_draft_is_seen_before_it_is_published(app: Flask, tmp_path: Path) -> None:
    desk = open_desk(app, "iga")
    add(desk, "ratusz")
    pages = PageClient(app)
    pages.client = desk.client
    path = f"/visits/{desk.visit_id}/paper"
    shown = pages.get(path, "en")
    previews = {
        one.attributes["href"] for one in shown.all("a") if "/draft/" in one.attributes.get("href", "")
    }
    assert f"{path}/draft/road-book?language=en" in previews
    assert not [one for one in previews if "driver" in one]  # nobody goes by coach
    assert "Draft, not published" in pages.get(f"{path}/draft/day?language=en", "en").text
    pdf = desk.client.get(f"{path}/draft/road-book.pdf?language=pl").data
    assert "Szkic, nieopublikowany" in spoken(pdf)
    assert codes_on(pdf, 1, tmp_path) == []
    assert not (services_of(app).settings.data_dir / FOLDER / str(desk.visit_id)).exists()
    assert pages.client.get(f"{path}/draft/nothing").status_code == 404
