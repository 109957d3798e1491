"""Workbooks and packed places: values as people see them, and what is refused before it fills the memory."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile

import pytest

from planner.services.catalogue.importing import plan_import
from planner.services.catalogue.reading.file import ReadFile, read_file
from planner.services.catalogue.rules import CatalogueFileError, RuleContext
from tests.kit.workbooks import Formula, Value, packed, workbook, workbook_parts

TODAY = RuleContext(dt.date(2026, 11, 23))
HEADER = [
    "Nazwa obiektu",
    "Szerokość geogr.",
    "Długość geogr.",
    "Czas [min]",
    "confirmed_on",
    "outdoor",
    "Cena",
]


def read(data: bytes, *chosen: str) -> ReadFile:
    return read_file(data, {}, TODAY, chosen)


def test_values_are_read_as_people_see_them() -> None:
    rows: list[list[Value]] = [
        ["Wykaz obiektów gminy 2026"],
        [],
        [*HEADER],
        ["Dwór", 49.9755, 19.826, 40, dt.date(2026, 11, 2), True, 12.5],
        [None, None, None],
        ["007", Formula("B4+0.001", 49.9765), 19.827, Formula("D4/2", 20.0), None, False],
        ["  Żółw & gęś ", 49.9775, 19.828, "25"],
    ]
    file = read(workbook({"Pusty": [[None]], "Ukryty": [["x"]], "Obiekty": rows}, hidden=["Ukryty"]))
    assert (file.form, file.encoding) == ("xlsx", "Obiekty")
    assert [row.number for row in file.rows] == [4, 6, 7]
    assert [row.problems for row in file.rows] == [(), (), ()]
    sites = [row.site for row in file.rows if row.site]
    assert [site.name["pl"] for site in sites] == ["Dwór", "007", "Żółw & gęś"]
    assert [site.location.at for site in sites] == [(19.826, 49.9755), (19.827, 49.9765), (19.828, 49.9775)]
    assert [site.dwell_min for site in sites] == [40, 20, 25]
    assert (sites[0].confirmed_on, sites[0].outdoor, file.unread) == ("2026-11-02", True, ("Cena",))


def test_what_columns_are_can_be_said() -> None:
    data = workbook({"A": [["Co", "Gdzie", "Uwagi"], ["Dwór", "49.9755, 19.826", "ładny"]]})
    assert read(data).is_nameless
    assert not plan_import(read(data), {}).is_sound
    file = read(data, "name_pl", "position", "")
    (row,) = file.rows
    assert row.site
    assert (row.site.name["pl"], row.site.location.at, row.site.notes["pl"]) == (
        "Dwór",
        (19.826, 49.9755),
        "",
    )
    assert [(one.said, one.column, one.sample, one.is_guess) for one in file.columns] == [
        ("Co", "name_pl", "Dwór", False),
        ("Gdzie", "position", "49.9755, 19.826", False),
        ("Uwagi", "", "ładny", False),
    ]
    with pytest.raises(CatalogueFileError) as error:
        read(data, "name_pl", "", "name_pl")
    assert error.value.problem.code == "column_twice"


def _far(cell: str) -> bytes:
    parts = workbook_parts({"A": [["Nazwa"], ["Dwór"]]})
    name = "xl/worksheets/sheet1.xml"
    return packed(parts | {name: parts[name].replace("</sheetData>", f"{cell}</sheetData>")})


def _bomb(*, lies: bool) -> bytes:
    """A part of 200 MB of blanks; with `lies` its claimed sizes are small."""
    data = packed(dict(workbook_parts({"A": [["Nazwa"], ["Dwór"]]})) | {"xl/big.xml": b" " * (200 << 20)})
    if not lies:
        return data
    return data.replace(struct.pack("<I", 200 << 20), struct.pack("<I", 100))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04rest", "broken_packed"),
        (workbook({"A": [["Nazwa"], ["Dwór"]]})[:-200], "broken_packed"),
        (packed({"xl/workbook.xml": "<workbook"}), "broken_packed"),
        (packed({"a.txt": "x"}), "packed"),
        (b"\xd0\xcf\x11\xe0old Excel", "packed"),
        (workbook({"A": [[None]]}), "empty_file"),
        (_far('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "too_many_cells"),
        (_far('<row r="1048576"><c><v>1</v></c><c><v>1</v></c><c><v>1</v></c></row>'), "too_many_cells"),
        (_far('<row r="2"><c r="XFD2"><v>1</v></c></row>'), "too_many_cells"),
        (packed({"doc.kml": "<html/>"}), "no_places"),
    ],
)
def test_what_is_broken_or_too_large_is_refused_in_words(data: bytes, code: str) -> None:
    with pytest.raises(CatalogueFileError) as error:
        read(data)
    assert error.value.problem.code == code


@pytest.mark.slow
@pytest.mark.parametrize("lies", [False, True])
def test_a_bomb_is_refused(*, lies: bool) -> None:
    with pytest.raises(CatalogueFileError) as error:
        read(_bomb(lies=lies))
    assert error.value.problem.code in {"too_large_unpacked", "broken_packed"}


def test_cells_that_are_only_coloured_reach_nowhere() -> None:
    (row,) = read(_far('<row r="1048576"><c r="XFD1048576" s="1"/></row>')).rows
    assert row.name == "Dwór"


def test_kml_in_a_kmz() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("images/a.png", b"x")
        file.writestr(
            "doc.kml",
            '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Dwór</name>'
            "<Point><coordinates>19.826,49.9755</coordinates></Point></Placemark></Document></kml>",
        )
    file_read = read(out.getvalue())
    assert [(row.name, file_read.form) for row in file_read.rows] == [("Dwór", "kml")]
