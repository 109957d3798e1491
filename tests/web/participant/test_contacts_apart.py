"""Whom to ask at a site: in no release and no kept file, yet at hand for guides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import String, cast, select

from planner.domain.sites import HostContact, HoursStatus, Location, Quality, Site, SiteStatus
from planner.domain.visits import PlaceRef, Stop
from planner.outputs.sheets.pdf import can_make_pdf
from planner.services.paper import choosing
from planner.services.paper.choosing import Choice
from planner.services.visits.publish import opened
from planner.store.models import ReleaseRow
from planner.web.participant.ahead import made_ahead
from tests.kit.paper.readers import spoken
from tests.kit.web.hostile import RYNEK, small_visit
from tests.kit.web.releases import released_visit
from tests.kit.web.signing_in import services_of

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

PHONE = "+48 601 602 603"
ASKED = Site(
    "dom-zapytany",
    {"pl": "Dom zapytany", "en": "A house that is asked"},
    Location(RYNEK, Quality.EXACT, 10),
    hours_status=HoursStatus.NOT_APPLICABLE,
    host=HostContact("Sabina Pytalska", PHONE, "sabina@pytalska.example"),
    status=SiteStatus.CONFIRMED,
)
TOLD = (PHONE, "601 602", "Pytalska", "pytalska.example")


def said_by(file: Path) -> str:
    """What a file says: a PDF by its text, another as it is."""
    data = file.read_bytes()
    return spoken(data) if data.startswith(b"%PDF") else data.decode(errors="replace")


@pytest.mark.dear
def test_a_contact_is_in_nothing_that_is_kept_and_guides_have_it(app: Flask) -> None:
    links = released_visit(app, small_visit(Stop("a", place=PlaceRef(ASKED.id))), [ASKED])
    context = services_of(app)
    with context.database.writing() as session:
        found = opened(session, context.settings.secret_key, links.guide, "guide", context.now())
        assert found is not None
        choosing.choose(session, found.visit_id, Choice(("guide", "road-book"), ("en",)))
        row = session.scalar(
            select(cast(ReleaseRow.content, String)).where(ReleaseRow.visit_id == found.visit_id)
        )
    assert row is not None
    assert ASKED.id in row
    assert not [one for one in TOLD if one in row]
    with app.app_context():
        list(made_ahead(found.visit_id, "http://localhost"))
    client, guide = app.test_client(), f"/g/{links.guide}"
    book = f"{guide}/paper/road-book?language=en"
    printed = client.get(book).text
    assert PHONE in printed
    assert "Pytalska" in printed
    assert PHONE not in client.get(f"{book}&bare=1").text, "as phones keep it"
    if can_make_pdf():
        assert PHONE in spoken(client.get(f"{guide}/paper/road-book.pdf?language=en").data)
    page = client.get(f"{guide}?lang=en").text
    assert f"#at-{ASKED.id}" in page
    behind = client.get(f"{guide}/hosts?lang=en")
    assert f'id="at-{ASKED.id}"' in behind.text
    assert PHONE in behind.text
    assert behind.headers["Cache-Control"] == "no-store"
    for path in ("print", "plan.json", "plan.csv", "plan.ics", "calendar.ics", "copy.json"):
        text = client.get(f"{guide}/{path}?lang=en").text
        assert not [one for one in TOLD if one in text], path
    folders = [context.settings.data_dir / name / str(found.visit_id) for name in ("pages", "paper")]
    kept = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    assert [file for file in kept if file.suffix in {"", ".json", ".html"}]
    assert {file.suffix for file in kept} >= ({".pdf"} if can_make_pdf() else set())
    assert [file.name for file in kept for one in TOLD if one in said_by(file)] == []


@pytest.mark.dear
def test_what_a_phone_keeps_of_the_guides_sheets_is_what_its_list_says(app: Flask) -> None:
    """Else no copy would ever be whole."""
    links = released_visit(app, small_visit(Stop("a", place=PlaceRef(ASKED.id))), [ASKED])
    client = app.test_client()
    listed = client.get(f"/g/{links.guide}/copy.json?lang=pl").get_json()["entries"]
    papers = [entry for entry in listed if "/paper/guide.pdf" in entry["url"]]
    assert bool(papers) == can_make_pdf()
    for entry in papers:
        data = client.get(entry["url"]).data
        assert len(data) == entry["size"]
        assert PHONE not in spoken(data)
