"""Three readers, three texts; and what a phone is told that has seen an older version."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from planner.domain.sites import HoursStatus, Location, Quality, Site, SiteStatus
from planner.domain.visits import PlaceRef, Stop
from planner.services.visits.publish import publish
from planner.store import visits as store
from tests.kit.web.hostile import MUSEUM, RYNEK, small_visit
from tests.kit.web.pages import PageClient
from tests.kit.web.releases import Links, change_link, released_visit
from tests.kit.web.signing_in import services_of

if TYPE_CHECKING:
    from flask import Flask

    from planner.domain.visits import Visit

HALL = Site(
    "sala-bez-zgody",
    {"pl": "Sala", "en": "A hall"},
    Location(RYNEK, Quality.EXACT, 10),
    capacity=12,
    notes={"en": "Ring twice."},
    hours_status=HoursStatus.UNKNOWN,
    status=SiteStatus.PLANNED,
)
RISKS = ("Not confirmed with the host yet", "Room for 12, the group has 20", "3 min late", "Ring twice.")
TASKS = ("ask the carrier", "ask before the visit", "to spare")


def a_visit() -> Visit:
    hall = Stop("hall", place=PlaceRef(site=HALL.id), dwell_min=20, fixed="09:05")
    late = Stop("late", place=PlaceRef(at=MUSEUM, name={"en": "Museum"}), dwell_min=10)
    return replace(small_visit(hall, late), group_size=20, coordinator="Anna, +48 123 456 789")


@pytest.fixture(scope="module")
def links(app: Flask) -> Links:
    return released_visit(app, a_visit(), [HALL])


@pytest.mark.dear
@pytest.mark.parametrize("where", ["", "/print", "/plan.ics", "/plan.csv", "/plan.json"])
def test_participants_read_facts_and_guides_risks(app: Flask, links: Links, where: str) -> None:
    client = app.test_client()

    def told(path: str) -> str:
        text = client.get(f"{path}{where}?lang=en").get_data(as_text=True)
        return text.replace("\u00a0", " ").replace("\r\n ", "").replace("\\,", ",")

    participants, guides = told(links.pages[0]), told(links.pages[2])
    assert "A hall" in participants
    assert not [text for text in (*RISKS, *TASKS) if text in participants]
    assert [text for text in RISKS if "late" not in text and text not in guides] == []


def test_a_phone_that_has_seen_an_older_version_hears_what_changed(app: Flask) -> None:
    site = replace(HALL, id="sala-druga")
    first = a_visit()
    day = replace(first.days[0], stops=(Stop("hall", place=PlaceRef(site=site.id)), *first.days[0].stops[1:]))
    links = released_visit(app, replace(first, days=(day,)), [site])
    later = replace(day, start=replace(day.start, time="09:30"), stops=day.stops[:1])
    with app.app_context(), services_of(app).database.writing() as session:
        context = services_of(app)
        link = store.link_by_token(session, links.participant, "participant", context.now())
        assert link is not None
        row = store.visit_row(session, link.visit_id)
        assert row is not None
        publish(session, context.town, row, replace(first, days=(later,)), context.now())
    client = app.test_client()
    address = f"{links.pages[0]}/changes"
    told = client.get(f"{address}?since=1&lang=en").get_json()
    assert told["version"] == 2
    text = "\n".join(told["lines"])
    assert "Wed 2 Dec: Start: 09:30 instead of 09:00" in text
    assert "no longer: Museum" in text
    for seen in ("2", "9", "0", "x", ""):
        assert client.get(f"{address}?since={seen}").get_json()["lines"] == []
    assert "zamiast 09:00" in client.get(f"{address}?since=1&lang=pl").get_json()["lines"][0]
    change_link(app, links.participant, revoked=True)
    assert client.get(f"{address}?since=1").status_code == 410
    assert PageClient(app).get(links.pages[2], "en").one("html")
