"""The pages that a public office owes: drafts until filled in, the act's structure, linked on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planner.services.trust.office import FIELDS, PublicPage, keep, missing
from planner.web.trust.office import LABELS
from tests.kit.web.desk import open_desk
from tests.kit.web.signing_in import csrf_of, services_of, sign_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from tests.kit.web.pages import PageClient
    from tests.kit.web.releases import Links

FILLED = {
    "name": "Gmina <Skawina>",
    "address": "Rynek 1, 32-050 Skawina",
    "email": "urzad@gmina.example",
    "phone": "12 277 01 00",
    "published": "2026-11-01",
    "updated": "2026-11-15",
    "status": "partial",
    "drawn_up": "2026-11-16",
    "access_person": "Ewa Lis",
    "access_email": "ewa@gmina.example",
    "access_phone": "12 277 01 01",
    "architecture": "Winda od podwórza.\nPies asystujący może wejść.",
    "gaps": "Zdjęcia bez opisów.",
    "dpo": "Jan Kot, iod@gmina.example",
}
IDS = {
    *("a11y-wstep", "a11y-podmiot", "a11y-url", "a11y-data-publikacja", "a11y-data-aktualizacja"),
    *("a11y-status", "a11y-data-sporzadzenie", "a11y-audytor", "a11y-kontakt", "a11y-osoba", "a11y-email"),
    *("a11y-telefon", "a11y-procedura", "a11y-aplikacje", "a11y-architektura"),
}
"""What machines look a declaration's parts up by."""

DRAFT = "To jest szkic"


@pytest.fixture(autouse=True)
def _nothing_said(app: Flask) -> Iterator[None]:
    yield
    with services_of(app).database.writing() as session:
        keep(session, {})


def test_they_are_drafts_until_an_administrator_fills_them_in(app: Flask, pages: PageClient) -> None:
    for page in PublicPage:
        told = pages.get(f"/{page}").text
        assert DRAFT in told, page
        assert "[do uzupełnienia]" in told
        assert DRAFT not in pages.get(f"/{page}?lang=en", "en").text
    client = app.test_client()
    sign_in(app, client, "szefowa", "admin")
    data = {**FILLED, "csrf_token": csrf_of(client)}
    assert client.post("/account/office", data={**data, "published": "wczoraj"}).status_code == 422
    assert DRAFT in pages.get("/contact?lang=pl").text, "nothing of it was kept"
    assert client.post("/account/office", data=data).status_code == 303
    for page in PublicPage:
        told = pages.get(f"/{page}?lang=pl").text
        assert DRAFT not in told, page
        assert "[do uzupełnienia]" not in told
        assert "Gmina <Skawina>" in told
    assert "Complete or change it" in client.get("/contact?lang=en").text


def test_the_declaration_has_the_structure_that_is_asked_for(app: Flask, pages: PageClient) -> None:
    for is_filled in (False, True):
        with services_of(app).database.writing() as session:
            keep(session, FILLED if is_filled else {})
        page = pages.get("/accessibility")
        assert set(page.ids) >= IDS
        found = {node.attributes["id"]: node for node in page.nodes if "id" in node.attributes}
    assert found["a11y-data-publikacja"].attributes["datetime"] == "2026-11-01"
    assert found["a11y-email"].attributes["href"] == "mailto:ewa@gmina.example"
    assert "częściowo zgodna" in found["a11y-status"].text
    assert "Zdjęcia bez opisów." in page.text
    assert "4 kwietnia 2019" in found["a11y-wstep"].text


def test_what_is_not_accessible_is_needed_where_it_is_not_all() -> None:
    facts = dict.fromkeys(FIELDS, "") | FILLED
    assert missing(facts, PublicPage.ACCESSIBILITY) == ()
    assert missing({**facts, "gaps": ""}, PublicPage.ACCESSIBILITY) == ("gaps",)
    assert missing({**facts, "gaps": "", "status": "full"}, PublicPage.ACCESSIBILITY) == ()
    assert missing({**facts, "dpo": ""}, PublicPage.PRIVACY) == ("dpo",)
    assert set(LABELS) == set(FIELDS)


@pytest.mark.dear
def test_every_page_leads_there(app: Flask, pages: PageClient, sample: Links) -> None:
    desk = open_desk(app, "stopka")
    sign_in(app, pages.client, "stopka")
    files = [f"{path}/files" for path in sample.pages[:1]]
    for path in ("/", f"/visits/{desk.visit_id}", "/sites", *sample.pages, *files, "/kept"):
        html = pages.client.get(path).text
        for page in PublicPage:
            assert html.count(f'href="/{page}?lang=') == 1, (path, page)
    assert 'href="/contact?lang=' in pages.client.get("/there-is-no-such-page").text
