"""The pages "Hosts" and "Ready?": what they list, where their links lead, and what one click confirms."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from planner.domain.sites import SiteStatus
from planner.services.catalogue.editing import read_site
from tests.kit.web.desk import Desk, add, open_desk, published
from tests.kit.web.pages import PageClient
from tests.kit.web.signing_in import csrf_of, services_of, sign_in

if TYPE_CHECKING:
    from flask import Flask

    from planner.services.catalogue.entries import StoredSite
    from tests.kit.web.pages import Node, Page


@pytest.fixture(scope="module")
def late(app: Flask) -> Desk:
    """A day whose talk cannot begin when it was agreed, with a meal that has no place."""
    desk = open_desk(app, "jagoda", title="Późno")
    add(desk, "muzeum", "ratusz", "park-miejski")
    desk.change("add_place", kind="meal", name="", at="")
    desk.change("stop", stop="s2", dwell_min=50, fixed="09:05")
    return desk


def page_of(desk: Desk, path: str, language: str = "en") -> Page:
    pages = PageClient(desk.app)
    pages.client = desk.client
    return pages.get(f"/visits/{desk.visit_id}{path}", language)


def links(page: Page) -> dict[str, str]:
    return {" ".join(node.text.split()): node.attributes["href"] for node in page.all("a")}


def entry(app: Flask, site: str) -> StoredSite:
    with services_of(app).database.session() as session:
        return read_site(session, site)


def nav_of(page: Page) -> list[Node]:
    (nav,) = (node for node in page.all("nav") if "visit-nav" in node.attributes.get("class", ""))
    return [node for node in nav.walk() if node.tag == "a"]


@pytest.mark.dear
def test_what_is_open_is_grouped_and_leads_to_where_it_is_mended(late: Desk) -> None:
    page = page_of(late, "/ready")
    assert "1 to mend, 4 to confirm" in page.text
    assert [node.text.split()[:2] for node in page.all("h2")][:3] == [
        ["To", "mend"],
        ["To", "confirm"],
        ["To", "know"],
    ]
    leads = links(page)
    path = f"/visits/{late.visit_id}"
    assert leads["Town Hall"] == f"{path}/hosts#host-1-s2"  # the later of two links of one name
    assert f'href="{path}?stop=s2#stop-item-s2"' in page.html
    assert leads["Meal"].startswith(f"{path}?stop=")
    assert leads["The visit"].startswith(f"{path}?part=settings&panel=visit#")
    opened = page_of(late, "?part=settings&panel=visit")
    (panel,) = [node for node in opened.all("details") if node.attributes.get("id") == "panel-visit"]
    assert "open" in panel.attributes  # what the address leads to is seen, without a script too
    assert "The meal has no place yet." in page.text
    assert "to mend" not in page_of(late, "/ready", "pl").text


@pytest.mark.dear
@pytest.mark.parametrize("path", ["", "/hosts", "/ready", "/share", "/parties", "/paper", "/live"])
def test_every_page_of_a_visit_leads_to_the_others_with_what_is_open(late: Desk, path: str) -> None:
    nav = nav_of(page_of(late, path))
    assert [" ".join(node.text.split()) for node in nav][:4] == [
        "Plan",
        "Hosts 2, 2 not confirmed",
        "Ready? 3, 3 things still open",
        "Share",
    ]
    here = [node.attributes["href"] for node in nav if "aria-current" in node.attributes]
    assert here == ([f"/visits/{late.visit_id}{path}"] if path in {"", "/hosts", "/ready", "/share"} else [])


@pytest.mark.dear
def test_hosts_are_confirmed_in_one_click_and_only_as_they_were_seen(app: Flask) -> None:
    desk = open_desk(app, "hanka")
    add(desk, "sokol", "rynek")
    page = page_of(desk, "/hosts")
    assert links(page)["Sokół Palace cultural centre"] == f"/visits/{desk.visit_id}?stop=s1#stop-item-s1"
    assert "An open space: nobody has to be asked." in page.text
    before = entry(app, "sokol")
    assert desk.post("hosts/confirm", site="sokol", version=before.version + 1).status_code == 303
    assert entry(app, "sokol") == before
    assert "Not confirmed: the site has changed" in page_of(desk, "/hosts").text
    desk.post("hosts/confirm", site="sokol", version=before.version)
    after = entry(app, "sokol").site
    assert (after.status, after.confirmed_on) == (SiteStatus.CONFIRMED, dt.date(2026, 11, 16).isoformat())
    assert after.hours_status is before.site.hours_status  # no hours were known: none are confirmed
    page = page_of(desk, "/hosts")
    assert "Catalogue: confirmed on" in page.text
    assert "Confirm the data as of today" not in page.text
    desk.post("hosts/confirm", site="sokol", version=before.version + 1)  # nothing is left to confirm
    assert entry(app, "sokol").version == before.version + 1


@pytest.mark.dear
def test_what_hosts_were_told_by_paper_is_noted_here_too(app: Flask) -> None:
    desk = open_desk(app, "tola")
    add(desk, "cus")
    assert "Sheet of the host" in page_of(desk, "/hosts").text
    published(desk)
    desk.post("paper/hosts/tell", how="call", site="cus", day="1")
    assert "Told on Mon 16 Nov (tola): " in page_of(desk, "/hosts").text


def test_an_empty_visit_says_so_and_a_settled_one_too(app: Flask) -> None:
    desk = open_desk(app, "pola")
    assert "No stop is at a site of the catalogue yet." in page_of(desk, "/hosts").text
    assert "The day has no stops yet." in page_of(desk, "/ready").text
    desk.change("visit", title_pl="A", title_en="A", group_size=20, pace_kmh=4, coordinator="Ewa", meeting_pl="Tu", meeting_en="Here")  # fmt: skip # noqa: E501
    add(desk, "rynek")
    assert "Nothing is open" in page_of(desk, "/ready").text


def test_others_see_and_confirm_nothing(app: Flask, late: Desk) -> None:
    client = app.test_client()
    sign_in(app, client, "obca")
    token = csrf_of(client)
    for path in ("hosts", "ready"):
        assert client.get(f"/visits/{late.visit_id}/{path}").status_code == 404
    data = {"csrf_token": token, "site": "muzeum", "version": "1"}
    assert client.post(f"/visits/{late.visit_id}/hosts/confirm", data=data).status_code == 404
    assert not entry(app, "muzeum").site.is_confirmed
