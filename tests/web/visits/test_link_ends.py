"""The day on which a link ends: any that can be typed, to both ends of the calendar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.kit.web.desk import add, open_desk, published

if TYPE_CHECKING:
    from flask import Flask


@pytest.mark.dear
def test_a_link_ends_on_any_day_of_the_calendar(app: Flask) -> None:
    desk = open_desk(app, "koniec")
    add(desk, "muzeum")
    participant, _ = published(desk)
    link = re.search(r"/share/links/(\d+)/revoke", desk.page("/share"))
    assert link is not None
    stranger = app.test_client()
    for until, status in (("9999-12-31", 200), ("9999-12-30", 200), ("0001-01-01", 410), ("x", 200)):
        assert desk.post(f"share/links/{link[1]}/expire", until=until).status_code == 303, until
        assert desk.page("/share"), "the page tells when it ends"
        assert stranger.get(participant).status_code == status, until
