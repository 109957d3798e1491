"""The catalogue's files through the pages and the commands: looked at, then stored whole."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from werkzeug.datastructures import FileStorage

from planner.commands.register import register
from planner.domain.text import in_language
from planner.services.catalogue.csv_file import to_csv
from planner.services.catalogue.staging import FOLDER
from planner.store.catalogue import add_sites
from tests.kit.web.own_catalogue import (
    all_of,
    changed,
    database,
    fields,
    names,
    own_catalogue,
    post,
    put,
    signed,
    stored,
)
from tests.kit.web.signing_in import services_of
from tests.kit.workbooks import workbook
from tests.web.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

    from tests.kit.web.pages import Page, PageClient


@pytest.fixture
def own_app(tmp_path: Path) -> Iterator[Flask]:
    """Skawina with a catalogue of its own, for tests that change it."""
    with own_catalogue(tmp_path / "data") as app:
        yield app


@pytest.fixture
def desk(own_app: Flask) -> PageClient:
    """An organiser's browser that checks every page."""
    return signed(own_app, "anna")


def upload(desk: PageClient, data: bytes, name: str = "sites.csv", *, status: int = 302) -> Page:
    token = fields(desk.get("/sites/import"))["csrf_token"]
    sent = {"csrf_token": token, "file": FileStorage(io.BytesIO(data), name)}
    return post(desk, "/sites/import", sent, status=status)


def said_columns(page: Page) -> list[tuple[str, str]]:
    """The columns of the file, and as what each is read."""
    labels = {node.attributes.get("for", ""): node.text.strip() for node in page.all("label")}
    return [
        (
            labels[node.attributes["id"]],
            next((one.attributes["value"] for one in node.walk() if "selected" in one.attributes), ""),
        )
        for node in page.all("select")
        if node.attributes.get("name") == "column"
    ]


def staged(desk: PageClient) -> list[Path]:
    folder = services_of(desk.app).settings.data_dir / FOLDER
    return list(folder.iterdir()) if folder.exists() else []


def test_import_is_looked_at_and_then_stored_whole(desk: PageClient) -> None:
    rynek = in_language(stored(desk, "rynek").site.name, "pl")
    text = f"id,name_pl,capacity\nmuzeum,Muzeum <b>nowe</b>,25\nplac,Nowy plac,\nrynek,{rynek},\n"
    page = upload(desk, text.encode())
    tally = {node.text: node for node in page.all("dd")}
    assert [node.text for node in page.all("dd")] == ["1", "1", "1", "38"], tally
    assert "Muzeum <b>nowe</b>" in page.text
    assert page.all("b") == []
    assert "Osób naraz: (puste) → 25" in page.text
    assert stored(desk, "muzeum").site.capacity is None
    confirm = fields(page)
    done = post(desk, "/sites/import/confirm", confirm)
    assert "1 nowe miejsce. 1 zmienione." in done.text
    assert stored(desk, "muzeum").site.capacity == 25
    assert in_language(stored(desk, "plac").site.name, "pl") == "Nowy plac"
    assert staged(desk) == []
    assert desk.client.post("/sites/import/confirm", data=confirm).status_code == 404


@pytest.mark.dear
def test_a_broken_row_is_left_out_and_told(desk: PageClient) -> None:
    lines = ["id;name_pl;dwell_min", *(f"n-{i};Nowy {i};20" for i in range(2, 30))]
    lines[16] = "n-17;Nowy 17;długo"
    page = upload(desk, "\r\n".join(lines).encode("cp1250"))
    assert "Wiersz 17" in page.text
    assert "kolumna dwell_min: „długo” to nie liczba" in page.text
    assert "cp1250" in page.text
    before = all_of(desk)
    assert "1 wiersz jest błędny i zostanie pominięty" in page.text
    done = post(desk, "/sites/import/confirm", fields(page))
    assert "27 nowych miejsc" in done.text
    assert set(all_of(desk)) - set(before) == {f"n-{i}" for i in range(2, 30) if i != 17}
    assert staged(desk) == []


@pytest.mark.dear
def test_a_file_with_broken_rows_alone_stores_nothing(desk: PageClient) -> None:
    page = upload(desk, b"name_pl,dwell_min\nDom,long\n")
    before = all_of(desk)
    again = post(desk, "/sites/import/confirm", fields(page))
    assert "1 wiersz jest błędny, więc nie można niczego wczytać" in again.text
    assert all_of(desk) == before
    post(desk, "/sites/import/cancel", fields(page))
    assert staged(desk) == []


@pytest.mark.dear
def test_the_preview_says_as_what_columns_are_read(desk: PageClient) -> None:
    table = "Nazwa;Szerokość;Długość;Godziny;Cena\nDwór;49,9755;19,826;pn-pt 9-15;10\n"
    page = upload(desk, table.encode("iso8859-2"))
    assert "iso8859-2" in page.text
    assert said_columns(page) == [
        ("Nazwa", "name_pl"),
        ("Szerokość", "lat"),
        ("Długość", "lon"),
        ("Godziny", "opening_hours"),
        ("Cena", ""),
    ]
    assert "Cena" in page.text
    post(desk, "/sites/import/confirm", {**fields(page), "twin-2": "both"})
    assert stored(desk, "dwor").site.opening_hours == "Mo-Fr 09:00-15:00"


WORKBOOK = workbook(
    {"Miejsca": [["Co", "Gdzie", "min"], ["Dwór", "49.9755, 19.826", 30], ["Las", "", "długo"]]}
)


@pytest.mark.dear
def test_what_a_column_is_can_be_changed_and_is_remembered(desk: PageClient) -> None:
    page = upload(desk, WORKBOOK, "miejsca.xlsx")
    assert "XLSX, arkusz „Miejsca”" in page.text
    assert "Żadna kolumna nie jest jeszcze nazwą" in page.text
    assert said_columns(page) == [("Co", ""), ("Gdzie", ""), ("min", "")]
    sent = fields(page)
    twice = post(desk, "/sites/import/columns", {**sent, "column": ["name_pl", "name_pl", ""]}, status=422)
    assert "dwie kolumny byłyby tym samym: name_pl" in twice.text
    assert [column for _, column in said_columns(twice)] == ["name_pl", "name_pl", ""]
    page = post(desk, "/sites/import/columns", {**sent, "column": ["name_pl", "position", "dwell_min"]})
    assert said_columns(page) == [("Co", "name_pl"), ("Gdzie", "position"), ("min", "dwell_min")]
    whole = {**fields(page), "column": ["name_pl", "position", "dwell_min"], "whole": "1"}
    page = post(desk, "/sites/import/columns", whole)
    assert "ma być wszystko albo nic" in page.text
    confirm = {**{name: fields(page)[name] for name in ("csrf_token", "file")}, "twin-2": "both"}
    assert "ma być wszystko albo nic" in post(desk, "/sites/import/confirm", confirm).text
    page = post(desk, "/sites/import/columns", {**whole, "whole": []})
    assert "1 nowe miejsce" in post(desk, "/sites/import/confirm", confirm).text
    site = stored(desk, "dwor").site
    assert (site.location.at, site.dwell_min) == ((19.826, 49.9755), 30)
    assert staged(desk) == []


@pytest.mark.dear
def test_a_quotation_mark_that_is_never_closed_is_refused(desk: PageClient) -> None:
    page = upload(desk, b'name_pl,lat,lon\n"Dom,49.97,19.82\nLas,,\n', status=422)
    assert "wiersz 2 ma cudzysłów, który nigdzie się nie zamyka" in page.text


@pytest.mark.dear
def test_a_catalogue_changed_since_the_preview_is_shown_anew(desk: PageClient) -> None:
    page = upload(desk, b"id,capacity\nmuzeum,25\n")
    put(desk, changed(stored(desk, "rynek").site, address="Inaczej"))
    again = post(desk, "/sites/import/confirm", fields(page))
    assert "katalog zmienił się" in again.text
    assert stored(desk, "muzeum").site.capacity is None
    post(desk, "/sites/import/confirm", fields(again))
    assert stored(desk, "muzeum").site.capacity == 25


@pytest.mark.dear
def test_bad_uploads_get_a_clear_page(desk: PageClient) -> None:
    assert "Najpierw wybierz plik." in upload(desk, b"", "", status=422).text
    assert "id lub name_pl" in upload(desk, b"a\n1\n", status=422).text
    token = fields(desk.get("/sites/import"))["csrf_token"]
    large = {"csrf_token": token, "file": FileStorage(io.BytesIO(b"x" * (25 * 1024 * 1024 + 1)), "big.csv")}
    page = post(desk, "/sites/import", large, status=413)
    assert "Za duży plik" in page.text
    assert desk.client.get("/sites/import?file=../../etc/passwd").status_code == 404


@pytest.mark.dear
@pytest.mark.parametrize(("alike", "more", "minutes"), [("keep", 0, 35), ("take", 0, 55), ("both", 1, 35)])
def test_the_command_tells_rows_that_may_be_there_already(
    desk: PageClient, tmp_path: Path, alike: str, more: int, minutes: int
) -> None:
    register(desk.app)
    runner, before = desk.app.test_cli_runner(), all_of(desk)
    file, option = tmp_path / "again.csv", [] if alike == "both" else ["--alike", alike]
    rows = f"name_pl,dwell_min\n{before['muzeum'].name['pl']},55\nZupełnie inne,20\n"
    file.write_text(rows, encoding="utf-8")
    look = runner.invoke(args=["sites", "import", str(file), "--dry-run", *option])
    assert "1 rows may be there already" in look.output
    assert "Row 2" in look.output
    assert "muzeum (Regional Museum)" in look.output
    assert ("--alike keep or take says otherwise" in look.output) is (alike == "both")
    assert all_of(desk) == before
    assert runner.invoke(args=["sites", "import", str(file), *option]).exit_code == 0
    after = all_of(desk)
    assert len(after) == len(before) + 1 + more
    assert after["muzeum"].dwell_min == minutes


@pytest.mark.dear
def test_the_commands_bring_in_and_out(own_app: Flask, tmp_path: Path) -> None:
    register(own_app)
    runner = own_app.test_cli_runner()
    file, broken = tmp_path / "sites.csv", tmp_path / "broken.csv"
    assert runner.invoke(args=["sites", "export", str(file)]).exit_code == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    same = runner.invoke(args=["sites", "import", str(file), "--dry-run"])
    assert same.exit_code == 0, same.output
    assert "40 unchanged" in same.output
    assert "read as CSV, utf-8" in same.output
    assert "; and 35 more" in same.output
    broken.write_text("id,name_pl,lat,lon\nplac,Plac,19.8,49.9\n", encoding="utf-8")
    told = runner.invoke(args=["sites", "import", str(broken)])
    assert told.exit_code == 1
    assert "Row 2 (Plac): column lat: latitude and longitude look swapped" in told.output
    mixed = tmp_path / "mixed.csv"
    mixed.write_text("name_pl,dwell_min\nDom,20\nDwór,long\n", encoding="utf-8")
    strict = runner.invoke(args=["sites", "import", str(mixed), "--all-or-nothing"])
    assert strict.exit_code == 1
    assert "nothing stored" in strict.output
    assert runner.invoke(args=["sites", "import", str(mixed), "--dry-run"]).exit_code == 0
    good = tmp_path / "good.geojson"
    good.write_text('{"features": [{"id": "plac", "geometry": null, "properties": {"name": {"pl": "P"}}}]}')
    assert runner.invoke(args=["sites", "import", str(good)]).exit_code == 0
    out = tmp_path / "out.geojson"
    runner.invoke(args=["sites", "export", str(out)])
    assert len(json.loads(out.read_text(encoding="utf-8"))["features"]) == 41
    assert runner.invoke(args=["sites", "export", str(tmp_path / "out.xls")]).exit_code == 1


@pytest.mark.slow
def test_five_thousand_sites_stay_quick(desk: PageClient) -> None:
    site = stored(desk, "muzeum").site
    many = [changed(site, id=f"m-{i}", name={"pl": f"Muzeum {i}", "en": ""}) for i in range(5_000)]
    with database(desk).writing() as session:
        add_sites(session, many, NOW)
    page = desk.get("/sites")
    assert "5040 miejsc" in page.text
    assert len(names(page)) == 100
    assert names(desk.get("/sites?q=muzeum+4999")) == ["Muzeum 4999"]
    assert [node.text for node in upload(desk, to_csv(many).encode()).all("dd")] == ["0", "0", "5000", "40"]
