"""What a phone keeps of a link: the list says what is served, the worker is let in at its own path alone."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from planner.domain.visits import PlaceRef, Stop
from planner.store import visits as store
from planner.web.links.marks import HEADER, closed_mark, opened_mark
from tests.kit.web.desk import add, open_desk, published
from tests.kit.web.hostile import small_visit
from tests.kit.web.releases import Links, change_link, released_visit
from tests.kit.web.signing_in import services_of

if TYPE_CHECKING:
    from flask import Flask

    from tests.kit.web.pages import PageClient


@pytest.mark.dear
def test_the_list_says_byte_for_byte_what_is_served(pages: PageClient, sample: Links) -> None:
    client = pages.client
    answer = client.get(f"{sample.pages[0]}/copy.json?lang=en")
    told = answer.get_json()
    kinds = {entry.get("what") for entry in told["entries"]}
    assert {"page", "map", "file"} <= kinds
    assert {entry["lang"] for entry in told["entries"] if entry.get("what") == "page"} == {"pl", "en"}
    for entry in told["entries"]:
        with client.get(entry["url"]) as served:
            assert served.status_code == 200, entry["url"]
            assert hashlib.sha256(served.data).hexdigest()[:32] == entry["hash"], entry["url"]
    again = client.get(
        f"{sample.pages[0]}/copy.json?lang=en", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.dear
def test_the_worker_and_the_manifest_are_of_the_links_path(pages: PageClient, sample: Links) -> None:
    path = sample.pages[2]
    worker = pages.client.get(f"{path}/worker.js")
    assert worker.headers["Service-Worker-Allowed"] == path
    assert worker.mimetype == "text/javascript"
    manifest = pages.client.get(f"{path}/app.webmanifest?lang=en").get_json(force=True)
    assert manifest["scope"] == manifest["start_url"] == path
    for icon in manifest["icons"]:
        assert pages.fetch(icon["src"]).data[:8] == b"\x89PNG\r\n\x1a\n"
    others = [pages.client.get(address) for address in (path, "/", "/sign-in", f"{path}/copy.json")]
    assert not any("Service-Worker-Allowed" in other.headers for other in others)


@pytest.mark.dear
def test_answers_are_marked_by_what_the_link_opens(app: Flask, pages: PageClient) -> None:
    links = released_visit(app, small_visit(Stop("a", place=PlaceRef("rynek"))))
    path = links.pages[0]
    for address in (path, f"{path}/copy.json", f"{path}/plan.ics", f"{path}/files"):
        assert pages.client.get(address).headers[HEADER] == opened_mark(path)[HEADER]
    assert HEADER not in pages.client.get(f"{path}/plan.nix").headers
    change_link(app, links.participant, revoked=True)
    for tail in ("", "/copy.json", "/worker.js", "/print", "/paper/day.pdf", "/live.json"):
        gone = pages.client.get(path + tail)
        assert gone.status_code == 410
        assert gone.headers[HEADER] == closed_mark(path)[HEADER]
        assert (gone.mimetype == "application/json") == tail.endswith(".json")
    never = pages.client.get("/v/never-one/copy.json")
    assert (never.status_code, never.get_json()["error"]["code"]) == (404, "not_found")
    assert never.headers[HEADER] == closed_mark("/v/never-one")[HEADER]
    assert opened_mark("/sites") == {}


@pytest.mark.dear
def test_a_closed_link_says_why(app: Flask, pages: PageClient) -> None:
    desk = open_desk(app, "gosia")
    add(desk, "ratusz")
    path, _ = published(desk)
    with services_of(desk.app).database.session() as session:
        share = f"share/links/{store.links_of(session, desk.visit_id)[0].id}"

    def told() -> str:
        answer = pages.client.get(f"{path}/live.json")
        assert (answer.status_code, answer.get_json()["error"]["code"]) == (410, "link_ended")
        return pages.get(path, "en", status=410).text

    desk.post(f"{share}/revoke")
    assert "The organiser has withdrawn this link." in told()
    desk.post(f"{share}/restore")
    desk.post("share/unpublish")
    assert "The organiser does not show this visit at present." in told()
    desk.post("share/publish")
    desk.post(f"{share}/expire", until="2026-11-15")
    assert "This link was to work until a day that has passed." in told()
    desk.post(f"{share}/rotate")
    assert "This link is no longer in use." in told()
    desk.post("archive")
    desk.post("delete", is_sure="1")
    assert "This link is no longer in use." in told()


def test_what_to_bring_and_thanks_are_told_with_links(app: Flask, pages: PageClient) -> None:
    visit = small_visit(Stop("a", place=PlaceRef("rynek")))
    thanks = {
        "en": "Thank you.\nhttps://example.org/energy\nPhotos: https://example.org/p\njavascript:alert(1)"
    }
    links = released_visit(app, replace(visit, bring={"en": "Boots <b>"}, thanks=thanks))
    html = pages.client.get(f"{links.pages[0]}?lang=en").get_data(as_text=True)
    assert html.count("Please bring: Boots &lt;b&gt;") == 2
    assert '<a href="https://example.org/energy" rel="noopener noreferrer">example.org/energy</a>' in html
    assert '<a href="https://example.org/p" rel="noopener noreferrer">Photos</a>' in html
    assert 'href="javascript' not in html
