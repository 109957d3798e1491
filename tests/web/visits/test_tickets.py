"""Tickets and comforts of a site: typed in the catalogue, told of a visit's stop, ticked as bought."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planner.domain.sites import Known, Ticket
from tests.kit.web.desk import add, open_desk
from tests.kit.web.own_catalogue import fields, own_catalogue, post, signed, stored
from tests.kit.web.pages import PageClient

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TO_BUY = "Tickets are to be bought: 12 PLN, the desk inside."


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[PageClient]:
    with own_catalogue(tmp_path / "data") as made:
        yield signed(made, "anna")


@pytest.mark.dear
def test_what_a_site_offers_and_asks_is_told_until_the_tickets_are_bought(catalogue: PageClient) -> None:
    page = catalogue.get("/sites/muzeum/edit")
    kept = fields(page)
    assert (kept["toilets"], kept["ticket"]) == ("unknown", "unknown"), "no source says so"
    asked = {"ticket": "needed", "ticket_price": "12 PLN", "ticket_where": "the desk inside"}
    post(catalogue, "/sites/muzeum/edit", {**kept, "toilets": "yes", "water": "no", **asked})
    site = stored(catalogue, "muzeum").site
    assert (site.toilets, site.water, site.seats) == (Known.YES, Known.NO, Known.UNKNOWN)
    assert (site.ticket, site.ticket_price, site.ticket_where) == (Ticket.NEEDED, *list(asked.values())[1:])
    exported = catalogue.client.get("/sites/export.geojson").get_json()["features"]
    told = {one["id"]: one["properties"] for one in exported}
    assert told["muzeum"]["toilets"] == "yes"
    assert "seats" not in told["muzeum"]
    assert not {"toilets", "water", "seats", "ticket", "ticket_where"} & set(told["ratusz"])

    desk = open_desk(catalogue.app, "celina", title="Bilety")
    add(desk, "muzeum", "ratusz")
    reader = PageClient(catalogue.app)
    reader.client = desk.client
    plan = f"/visits/{desk.visit_id}"
    assert TO_BUY in reader.get(f"{plan}/ready", "en").text
    road_book = reader.get(f"{plan}/paper/draft/road-book?language=en", "en").text
    assert "ticket needed: 12 PLN, the desk inside" in road_book
    inspector = reader.get(f"{plan}?stop=s1", "en").text
    assert "toilet here · no drinking water" in inspector
    assert "Tickets are bought" in inspector
    assert "Tickets are bought" not in reader.get(f"{plan}?stop=s2", "en").text
    desk.change("tickets", stop="s1", tickets_got="1")
    assert desk.draft().days[0].stops[0].tickets_got
    assert "Tickets are to be bought" not in reader.get(f"{plan}/ready", "en").text
    assert "tickets are bought" in reader.get(f"{plan}?stop=s1", "en").text
    desk.change("tickets", stop="s1")
    assert not desk.draft().days[0].stops[0].tickets_got
