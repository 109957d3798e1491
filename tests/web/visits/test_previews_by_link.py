"""Links for looking alone: what a host and a colleague see, what they never see, and when they see none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from planner.outputs.qr import qr_svg
from tests.kit.web.desk import Desk, add, open_desk, published
from tests.kit.web.pages import PageClient

if TYPE_CHECKING:
    from flask import Flask


@pytest.fixture
def desk(app: Flask) -> Desk:
    """A draft of three stops."""
    desk = open_desk(app, "pola", title="Podgląd")
    add(desk, "muzeum", "ratusz", "rynek")
    return desk


def link(desk: Desk, **asked: str) -> str:
    """Make a link; its path."""
    assert desk.post("share/previews", **asked).status_code == 303
    paths: list[str] = re.findall(r'href="http://localhost(/[hp]/[^"]+)"', desk.page("/share"))
    return paths[-1]


def number(path: str, desk: Desk) -> str:
    found = re.search(rf'id="preview-(\d+)"(?:(?!<article).)*?{path}"', desk.page("/share"), re.DOTALL)
    assert found is not None
    return found[1]


@pytest.mark.dear
def test_a_host_sees_their_own_sheet_alone(app: Flask, desk: Desk) -> None:
    path = link(desk, kind="host", site="muzeum")
    anybody = PageClient(app)
    draft = anybody.get(path, "en")
    assert "Regional Museum" in draft.text
    assert "Market Square" not in draft.text
    participant, _guide = published(desk)
    desk.post("hosts/details", host="muzeum", door="by the yard", receives_name="Ola", expects="two groups")
    desk.post("hosts/details", host="rynek", door="by the well")
    page = anybody.get(path, "en")
    assert "Regional Museum" in page.text
    assert all(told in page.text for told in ("by the yard", "Ola", "two groups"))
    assert "by the well" not in page.text
    assert "Market Square" not in page.text
    assert participant.rsplit("/", 1)[1] not in page.html
    assert all("/visits" not in node.attributes.get("href", "") for node in page.all("a"))
    headers = page.response.headers
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "Set-Cookie" not in headers
    assert "Visit-Link" not in headers, "no phone keeps it"
    desk.change("remove", stop="s1")
    desk.post("share/publish", anyway="1")
    assert anybody.client.get(path).status_code == 410, "the site is no longer visited"


@pytest.mark.dear
def test_a_host_sees_one_day_at_a_time_and_each_link_has_a_code(app: Flask, desk: Desk) -> None:
    desk.change("add_day")
    desk.change("add_site", day=1, site="muzeum")
    path = link(desk, kind="host", site="muzeum")
    anybody = PageClient(app)
    first = anybody.get(path, "en")
    assert "Monday 7 December" in first.text
    assert "Tuesday 8 December" not in first.text
    (other,) = {
        node.attributes["href"]
        for node in first.all("a")
        if "day=2" in node.attributes.get("href", "") and "hreflang" not in node.attributes
    }
    second = anybody.get(other.replace("&amp;", "&"), "en")
    assert "Tuesday 8 December" in second.text
    assert "Monday 7 December" not in second.text
    assert "Monday 7 December" in anybody.get(f"{path}?day=9", "en").text
    code = desk.client.get(f"/visits/{desk.visit_id}/share/previews/{number(path, desk)}/qr.svg")
    assert code.mimetype == "image/svg+xml"
    assert code.text == qr_svg(f"http://localhost{path}")
    assert desk.client.get(f"/visits/{desk.visit_id}/share/previews/9999/qr.svg").status_code == 404
    desk.change("remove", stop="s1")
    assert not [
        a for a in anybody.get(path, "en").all("nav") if "sheet-days" in a.attributes.get("class", "")
    ]


@pytest.mark.dear
def test_a_colleague_sees_the_draft_as_a_participant(app: Flask, desk: Desk) -> None:
    published(desk)
    path = link(desk, kind="colleague", whom="Ewa z kultury")
    desk.change("stop", stop="s1", dwell_min=50, note_pl="Nowa notatka")
    anybody = PageClient(app)
    page = anybody.get(path)
    assert "Nowa notatka" in page.text, "the draft, not what is published"
    assert "Podgląd, nieopublikowany" in page.text
    assert "tel:" not in page.html, "no host is on it"
    assert not [node for node in page.all("a") if "/visits" in node.attributes.get("href", "")]
    assert not page.all("form")
    assert anybody.client.get(f"{path}/map.js").headers["Cache-Control"] == "private, no-store"
    for method in ("post", "put", "delete"):
        assert getattr(anybody.client, method)(path).status_code in (400, 405)


@pytest.mark.dear
@pytest.mark.parametrize("asked", [{"kind": "host", "site": "muzeum"}, {"kind": "colleague", "whom": "Ewa"}])
def test_links_are_withdrawn_exchanged_and_gone_with_the_visit(
    app: Flask, desk: Desk, asked: dict[str, str]
) -> None:
    path = link(desk, **asked)
    browser = app.test_client()
    mine = number(path, desk)
    assert browser.get(path).status_code == 200
    desk.post(f"share/previews/{mine}/revoke")
    gone = browser.get(f"{path}?lang=en")
    assert gone.status_code == 410
    assert "withdrawn" in gone.text
    desk.post(f"share/previews/{mine}/restore")
    assert browser.get(path).status_code == 200
    desk.post(f"share/previews/{mine}/rotate")
    assert browser.get(path).status_code == 410
    newer = re.findall(r'href="http://localhost(/[hp]/[^"]+)"', desk.page("/share"))[-1]
    assert browser.get(newer).status_code == 200
    other = newer.replace("/h/", "/p/") if newer.startswith("/h/") else newer.replace("/p/", "/h/")
    assert browser.get(other).status_code == 404, "each opens its own kind alone"
    desk.change("day", date="2026-11-13", start_time="09:00", start_site="dworzec-biblioteka")
    assert browser.get(newer).status_code == 410, "it ends with the last day: today is the 16th"
    desk.change("day", date="2026-11-16", start_time="09:00", start_site="dworzec-biblioteka")
    assert browser.get(newer).status_code == 200
    desk.post("archive")
    assert browser.get(newer).status_code == 410
    desk.post("delete", is_sure="1")
    assert browser.get(newer).status_code == 410


@pytest.mark.dear
def test_what_cannot_be_made(desk: Desk) -> None:
    long = {"kind": "colleague", "whom": "x" * 81}
    for asked in ({"kind": "host", "site": "camena"}, {"kind": "guide"}, long):
        desk.post("share/previews", **asked)
        page = desk.page("/share")
        assert "Takiego linku nie można utworzyć" in page
        assert "/p/" not in page
