"""The sheets of a visit on the web: who gets which, what is on them, and what is on none."""

from __future__ import annotations

import io
import logging
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from sqlalchemy import text

from planner.services.contacts.contacts import Contact, OwnerKind, keep_contact
from planner.services.paper.keeping import FOLDER
from planner.store import visits as store
from planner.store.catalogue import stored_site
from tests.conftest import FULL
from tests.kit.paper.readers import ReadPdf, codes_on, faults_of_access, spoken
from tests.kit.web.pages import PageClient
from tests.kit.web.signing_in import services_of, sign_in
from tests.web.paper.conftest import EVERY_KIND, published

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask
    from werkzeug.test import TestResponse

    from tests.web.paper.conftest import PaperDesk


def pdf_of(answer: TestResponse) -> bytes:
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/pdf"
    return bytes(answer.data)


def read_back(file: Path) -> str:
    """What a kept file says: a PDF by its text, another as it is."""
    data = file.read_bytes()
    return spoken(data) if file.suffix == ".pdf" else data.decode(errors="replace")


def kept_files(app: Flask) -> list[Path]:
    return [file for file in (services_of(app).settings.data_dir / FOLDER).rglob("*") if file.is_file()]


@pytest.mark.parametrize("language", ["pl", pytest.param("en", marks=pytest.mark.slow)])
def test_every_sheet_is_a_page_that_prints(app: Flask, paper: PaperDesk, language: str) -> None:
    pages = PageClient(app)
    sign_in(app, pages.client, "anna")
    page = pages.get(f"/visits/{paper.desk.visit_id}/paper", language)
    sheets = [node.attributes.get("href", "") for node in page.all("a")]
    wanted = [path for path in sheets if f"language={language}" in path and ".pdf" not in path]
    assert len(wanted) >= 15
    firsts = {path.split("?")[0]: path for path in wanted}
    for path in [*firsts.values()][:: 1 if FULL else 3]:
        pages.get(path, language)


@pytest.mark.slow
def test_all_sheets_of_three_parties_make_one_pdf(paper: PaperDesk, tmp_path: Path) -> None:
    pdf = pdf_of(paper.get("/sheets/all.pdf", language="pl"))
    read = ReadPdf.of(pdf)
    assert (read.claims_ua, read.language) == (True, "pl")
    assert faults_of_access(pdf, tmp_path) == []
    text_read = spoken(pdf)
    assert all(f"Podgrupa {name}" in text_read for name in "ABC")


def test_a_link_gives_the_sheets_of_its_reader(app: Flask, paper: PaperDesk) -> None:
    pages = PageClient(app)
    given = {}
    for kind, prefix in (("participant", "/v/"), ("guide", "/g/")):
        page = pages.get(f"{prefix}{paper.tokens[kind]}/paper", "en")
        paths = [node.attributes.get("href", "") for node in page.all("a")]
        given[kind] = {path.split("/paper/")[1].split("?")[0] for path in paths if "/paper/" in path}
        assert not [
            path
            for path in paths
            if paper.tokens["guide" if kind == "participant" else "participant"] in path
        ]
    assert given["participant"] == {
        f"{one}{end}" for one in ("day", "folded", "lined") for end in ("", ".pdf")
    } | {"all.pdf"}
    assert {"guide", "road-book", "grid", "host"} < given["guide"]
    assert not {"list", "school", "poster"} & given["guide"]
    for sheet in ("guide.pdf", "road-book", "list.pdf", "host.pdf", "nothing.pdf"):
        pages.get(f"/v/{paper.tokens['participant']}/paper/{sheet}", "en", status=404)
    for sheet in ("list.pdf", "school", "poster"):
        pages.get(f"/g/{paper.tokens['guide']}/paper/{sheet}", "en", status=404)


@pytest.mark.dear
def test_what_only_others_may_read_is_in_no_participants_file(app: Flask, paper: PaperDesk) -> None:
    """The release's sites have notes, put into it as it is stored, and contacts in their table."""
    secrets = ("Tajny Gospodarz", "700 100 200", "tajny@example.org", "notatka wewnętrzna")
    context = services_of(app)
    with context.database.writing() as session:
        row = store.visit_row(session, paper.desk.visit_id)
        assert row is not None
        content = store.published_release(session, row)
        assert content is not None
        for key in content.sites:
            keep_contact(session, OwnerKind.SITE, key, Contact(*secrets[:3]))
        notes = {"pl": secrets[3], "en": secrets[3]}
        sites = {key: replace(site, notes=notes) for key, site in content.sites.items()}
        store.add_release(session, row, replace(content, number=content.number + 1, sites=sites))
    client = app.test_client()
    path = f"/v/{paper.tokens['participant']}/paper"
    for sheet in ("day", "folded", "lined"):
        page = client.get(f"{path}/{sheet}").text
        assert [one for one in secrets if one in page] == []
    text_read = spoken(pdf_of(client.get(f"{path}/{'all' if FULL else 'day'}.pdf")))
    assert [one for one in secrets if one in text_read] == []
    book = f"/g/{paper.tokens['guide']}/paper/road-book"
    guides = spoken(pdf_of(client.get(f"{book}.pdf?party=A"))) if FULL else client.get(f"{book}?party=A").text
    assert secrets[0] in guides
    assert secrets[1] in guides


@pytest.mark.dear
def test_the_guides_link_stands_on_no_paper(paper: PaperDesk, tmp_path: Path) -> None:
    for sheet in ("road-book", "guide", "day", "driver", "host") if FULL else ("day",):
        answer = paper.get(f"/sheets/{sheet}.pdf")
        if answer.status_code == 404:  # nobody goes by coach
            assert sheet == "driver"
            continue
        pdf = pdf_of(answer)
        read = ReadPdf.of(pdf)
        codes = [code for page in range(1, read.pages + 1) for code in codes_on(pdf, page, tmp_path)]
        assert codes
        assert all(f"/v/{paper.tokens['participant']}?paper=" in code for code in codes)
        assert paper.tokens["guide"] not in read.text
        assert paper.tokens["guide"] not in paper.get(f"/sheets/{sheet}").text


@pytest.mark.dear
def test_a_file_is_named_in_the_readers_letters(paper: PaperDesk) -> None:
    answer = paper.get("/sheets/day.pdf", lang="pl")
    told = unquote(answer.headers["Content-Disposition"])
    assert "filename*=UTF-8''" in told
    assert told.endswith(".pdf")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.dear
def test_a_file_is_made_once_and_kept(app: Flask, paper: PaperDesk) -> None:
    first = pdf_of(paper.get("/sheets/day.pdf", party="B", language="en"))
    before = kept_files(app)
    assert pdf_of(paper.get("/sheets/day.pdf", party="B", language="en")) == first
    assert kept_files(app) == before
    assert any(f"/{paper.desk.visit_id}/" in str(file) and "day1-B" in file.name for file in before)


@pytest.mark.dear
def test_names_come_and_go(app: Flask, paper: PaperDesk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    name = "Xawery Brzęczyszczykiewicz"
    file = (io.BytesIO(f"{name};A\nJan Kot;B\n".encode()), "lista.csv")
    assert paper.post("names", file=file).status_code == 303
    assert paper.post("card", head="Ewa Kwiatkowska-Zielińska", phone="600 700 800").status_code == 303
    lists = pdf_of(paper.get("/sheets/list.pdf", language="pl"))
    assert name in spoken(lists)
    assert "Ewa Kwiatkowska-Zielińska" in spoken(pdf_of(paper.get("/sheets/school.pdf", language="pl")))
    assert "600 700 800" in paper.get("/sheets/school", language="pl").text
    assert name in paper.get("").text
    if FULL:
        pdf_of(paper.get("/sheets/all.pdf", language="pl"))
    named = [file for file in kept_files(app) if name in read_back(file)]
    assert named == []
    assert name not in caplog.text
    for kind, prefix in (("participant", "/v/"), ("guide", "/g/")):
        client = app.test_client()
        assert name not in client.get(f"{prefix}{paper.tokens[kind]}/paper").text
        sheets = "all" if FULL else "day"
        assert name not in spoken(client.get(f"{prefix}{paper.tokens[kind]}/paper/{sheets}.pdf?party=A").data)
    with services_of(app).database.session() as session:
        for table in ("revisions", "releases"):
            column = "document" if table == "revisions" else "content"
            stored = session.execute(text(f"select {column} from {table}")).scalars()  # noqa: S608
            assert name not in str(list(stored))
    assert paper.post("forget").status_code == 303
    assert name not in spoken(pdf_of(paper.get("/sheets/list.pdf", language="pl")))


def test_too_long_a_list_is_told(paper: PaperDesk) -> None:
    paper.post("names?lang=en", names="Jan Kot\n" + "x" * 300)
    assert "Line 2 is too long for a name." in paper.get("", lang="en").text


@pytest.mark.dear
@pytest.mark.parametrize("language", ["pl", "en"])
def test_who_holds_an_older_paper_is_told_what_changed(app: Flask, paper: PaperDesk, language: str) -> None:
    desk = paper.desk
    context = services_of(app)
    with context.database.session() as session:
        row = store.visit_row(session, desk.visit_id)
        assert row is not None
        held = row.published
    stop = desk.draft().days[0].stops[0]
    desk.change("stop", stop=stop.id, dwell_min=stop.dwell_min + 5)
    published(app, desk)
    pages = PageClient(app)
    page = pages.get(f"/v/{paper.tokens['participant']}?paper={held}", language)
    said = "You hold version" if language == "en" else "Masz wersję"
    assert said in page.text
    assert ("instead of" if language == "en" else "zamiast") in page.text
    for number in ("", "0", "999", "x", str((held or 0) + 1)):
        assert said not in pages.get(f"/v/{paper.tokens['participant']}?paper={number}", language).text


@pytest.mark.dear
def test_a_site_has_a_public_page_only_where_it_is_switched_on(
    app: Flask, paper: PaperDesk, tmp_path: Path
) -> None:
    pages = PageClient(app)
    pages.get("/s/muzeum", "en", status=404)
    assert codes_on(pdf_of(paper.get("/sheets/poster.pdf", site="muzeum")), 1, tmp_path) == []
    switch = {"csrf_token": paper.desk.token, "is_on": "1"}
    assert paper.desk.client.post("/sites/muzeum/page", data=switch).status_code == 303
    page = pages.get("/s/muzeum", "en")
    with services_of(app).database.session() as session:
        stored = stored_site(session, "muzeum")
    assert stored is not None
    assert stored.site.name["en"] in page.text
    (code,) = codes_on(pdf_of(paper.get("/sheets/poster.pdf", site="muzeum")), 1, tmp_path)
    assert code.endswith("/s/muzeum")
    switch["is_on"] = ""
    paper.desk.client.post("/sites/muzeum/page", data=switch)
    pages.get("/s/muzeum", "en", status=404)
    pages.get("/s/no-such-site", "en", status=404)


def test_sheets_that_were_not_chosen_are_not_there(app: Flask, paper: PaperDesk) -> None:
    paper.post("choose", kind=["day"], language=["en"])
    client = app.test_client()
    assert client.get(f"/g/{paper.tokens['guide']}/paper/road-book.pdf").status_code == 404
    assert client.get(f"/v/{paper.tokens['participant']}/paper/day.pdf?language=pl").status_code == 404
    paper.post("choose")
    assert client.get(f"/v/{paper.tokens['participant']}/paper/all.pdf").status_code == 404
    paper.post("choose", kind=EVERY_KIND, language=["pl", "en"])
