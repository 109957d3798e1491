"""What is open in the rain version, on the pages that count: "Ready?", the editor's sentence, publishing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.kit.web.desk import Desk, add, open_desk

if TYPE_CHECKING:
    from flask import Flask


@pytest.fixture(scope="module")
def wet(app: Flask) -> Desk:
    """When it rains the group goes to where nobody opens before ten, and is late at the Town Hall."""
    desk = open_desk(app, "regina", title="Deszcz")
    add(desk, "park-miejski", "ratusz")
    desk.change("stop", stop="s2", dwell_min=30, fixed="09:40")
    desk.change("rain", stop="s1", rain_site="pszok")
    return desk


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\xa0", " ").split())


def test_it_is_counted_said_and_leads_to_where_it_is_mended(wet: Desk) -> None:
    page = wet.page("/ready?lang=en")
    assert "2 to mend, 3 to confirm" in page
    found = re.findall(r'<li>(<a href="([^"]*)">.*?)</li>', page)
    rows = {text_of(row): link for row, link in found}
    late = "Town Hall In the rain version: 53 min late: the agreed time is 09:40."
    assert rows[late] == f"/visits/{wet.visit_id}/rain?day=1"
    host = "Civic amenity site (PSZOK) In the rain version: Not confirmed with the host yet."
    assert rows[host] == f"/visits/{wet.visit_id}/hosts#rain-host-1-s1"
    assert "W wersji na deszcz: " in wet.page("/ready?lang=pl")


@pytest.mark.dear
def test_the_editor_says_so_and_publishing_asks(wet: Desk) -> None:
    editor = wet.page("?lang=en")
    assert "2 to mend in the rain version" in text_of(editor)
    assert re.search(rf'href="/visits/{wet.visit_id}/rain\?day=1" data-beside>2 to mend in the rain', editor)
    assert "In the rain version: 53" in text_of(wet.page("/share?lang=en"))
    answer = wet.post("share/publish", lang="en")
    assert answer.status_code == 422, "asked once, before it is published"
