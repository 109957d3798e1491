"""Every sheet as a PDF, read by others than those who made it."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from dataclasses import replace
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any

import pytest

from planner.errors import PaperError
from planner.outputs.sheets import pdf as painter
from planner.outputs.sheets.build import SheetKind
from planner.outputs.sheets.pdf import Document, make_pdfs
from tests.kit.paper.made import ADDRESS, PUBLISHED, pdf_of, sheet_of
from tests.kit.paper.readers import ReadPdf, codes_on, faults_of_access, spoken
from tests.kit.party_samples import party_content
from tests.kit.ride_samples import ride_content
from tests.kit.samples import sample_content

if TYPE_CHECKING:
    from pathlib import Path

    from planner.outputs.sheets.blocks import Sheet

EVIL = ('#read("../secret_key")', "*", "$", "@", "\\", "<label>", "//", "#panic()", "`", "]", "#{", "= x")


@pytest.mark.parametrize("language", ["pl", pytest.param("en", marks=pytest.mark.slow)])
def test_all_sheets_of_a_visit_are_accessible(
    language: str, map_of_town: dict[str, Any], tmp_path: Path
) -> None:
    sheets = [sheet_of(kind, ride_content(), language, **map_of_town) for kind in SheetKind]
    pdf = pdf_of(*sheets)
    read = ReadPdf.of(pdf)
    assert (read.title, read.language, read.claims_ua) == (sheets[0].title, language, True)
    assert faults_of_access(pdf, tmp_path) == []
    tags = read.tags()
    assert tags.count("H1") == len(SheetKind)
    assert {"H2", "Table", "TH", "TD", "Figure", "L", "LI"} <= set(tags)
    assert len(read.alternatives()) == tags.count("Figure")
    assert all(read.alternatives())
    assert any(name.startswith("SourceSans3") for name in read.fonts())


@pytest.mark.slow
def test_a_pdf_says_the_same_each_time(map_of_town: dict[str, Any]) -> None:
    sheet = sheet_of(SheetKind.DAY, **map_of_town)
    assert pdf_of(sheet) == pdf_of(sheet)


def test_several_pdfs_come_in_their_order() -> None:
    made = [sheet_of(kind) for kind in (SheetKind.LINED, SheetKind.LIST)]
    pdfs = make_pdfs([Document(sheet.title, "en", (sheet,), PUBLISHED) for sheet in made])
    assert ["Notes" in spoken(pdf) for pdf in pdfs] == [True, False]


def test_the_words_are_heard_in_the_order_of_the_day(map_of_town: dict[str, Any]) -> None:
    text = spoken(pdf_of(sheet_of(SheetKind.GUIDE, **map_of_town)))
    told = ["Meeting point", "09:08", "Market Square", "09:45", "Town Hall", "112", "Map data"]
    places = [text.index(word) for word in told]
    assert places == sorted(places)


def test_letters_of_three_alphabets_stand_on_paper() -> None:
    name = "Zażółć gęślą jaźń – Київ, Їжакевич, ґанок – Ærøskøbing"
    assert name in spoken(pdf_of(titled(name)))


def titled(name: str) -> Sheet:
    content = sample_content()
    return sheet_of(SheetKind.LINED, replace(content, visit=replace(content.visit, title={"en": name})))


@pytest.mark.dear
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Hello 😀 漢字", "Hello □ □□"),
        ("a\x00b\x0bc\ufffe\udc80d", "abcd"),
        ("two\nlines", "two lines"),
        ("", "Study visit"),
        ("N" * 200, "N" * 200),
        ("Smith & Sons <b>", "Smith & Sons <b>"),
    ],
)
def test_whatever_is_typed_makes_a_paper(name: str, shown: str) -> None:
    read = ReadPdf.of(pdf_of(titled(name)))
    assert shown.replace(" ", "") in read.text.replace(" ", "")  # a long word goes on in the next line
    assert (read.claims_ua, read.pages) == (True, 1)


@pytest.mark.dear
def test_what_people_type_is_never_markup(map_of_town: dict[str, Any]) -> None:
    evil = " ".join(EVIL)
    text = {"pl": evil, "en": evil}
    content = sample_content()
    sites = {
        key: replace(
            site,
            name=text,
            summary=text,
            description=text,
            notes=text,
            address=evil,
            host=site.host and replace(site.host, name=evil, phone=evil),
        )
        for key, site in content.sites.items()
    }
    day = content.visit.days[0]
    stops = tuple(replace(stop, note=text) for stop in day.stops)
    visit = replace(
        content.visit,
        title=text,
        coordinator=evil,
        meeting_point=text,
        days=(replace(day, stops=stops),),
    )
    made = replace(content, visit=visit, sites=sites)
    pdf = pdf_of(*(sheet_of(kind, made, **map_of_town) for kind in SheetKind))
    assert ReadPdf.of(pdf).title == evil
    text_read = spoken(pdf)
    assert [one for one in EVIL if one not in text_read] == []


@pytest.mark.dear
def test_the_code_is_the_participants_link_with_the_version(tmp_path: Path) -> None:
    pdf = pdf_of(sheet_of(SheetKind.ROAD_BOOK))
    assert codes_on(pdf, 1, tmp_path) == [ADDRESS]
    assert "/g/" not in ReadPdf.of(pdf).text


def test_without_a_link_there_is_no_code(tmp_path: Path) -> None:
    assert codes_on(pdf_of(sheet_of(SheetKind.ROAD_BOOK, address="")), 1, tmp_path) == []


@pytest.mark.slow
def test_a_poster_has_a_code_only_where_the_site_has_a_page(tmp_path: Path) -> None:
    there = sheet_of(SheetKind.POSTER, site_address=lambda site: f"https://planner.example.org/s/{site}")
    assert codes_on(pdf_of(there), 1, tmp_path) == ["https://planner.example.org/s/ratusz"]
    assert codes_on(pdf_of(sheet_of(SheetKind.POSTER)), 1, tmp_path) == []


def test_typst_has_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(painter, "MOST_SECONDS", 0.01)
    with pytest.raises(PaperError, match="too long"):
        pdf_of(sheet_of(SheetKind.LINED))
    monkeypatch.setattr(painter, "MOST_SECONDS", 30)
    monkeypatch.setattr(painter, "MOST_MEMORY", 60 << 20)
    with pytest.raises(PaperError, match="could not be made"):
        pdf_of(sheet_of(SheetKind.LINED))


def test_an_error_tells_nothing_of_what_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(painter, "TEMPLATES", painter.HERE)
    with pytest.raises(PaperError) as refused:
        pdf_of(titled("Jan Kowalski"))
    assert "Kowalski" not in str(refused.value)


def test_typst_reads_nothing_but_our_templates(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    (tmp_path / "secret").write_text("the key", encoding="utf-8")
    told = 'root="{root}", input=b\'#set document(title: "x")\\n= #read("../secret")\''
    asked = f"import typst; typst.compile({told.format(root=tmp_path / 'root')})"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert {file.suffix for file in painter.TEMPLATES.iterdir()} == {".typ"}


def test_who_has_no_typst_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(PaperError, match="no Typst"):
        pdf_of(sheet_of(SheetKind.LINED))


def test_others_keep_it_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(painter, "PATIENCE_S", 0.01)
    monkeypatch.setattr(painter, "_RUNNING", BoundedSemaphore(1))
    with painter._RUNNING, pytest.raises(PaperError, match="other papers"):
        pdf_of(sheet_of(SheetKind.LINED))


@pytest.mark.dear
def test_all_parties_have_their_own(map_of_town: dict[str, Any]) -> None:
    pdf = pdf_of(
        *(
            sheet_of(SheetKind.GUIDE, party_content(), "en", party=name, **map_of_town)
            for name in ("A", "B", "C")
        )
    )
    read = ReadPdf.of(pdf)
    assert read.pages == 6
    assert [f"Party {name}" in read.reader.pages[2 * at].extract_text() for at, name in enumerate("ABC")]
