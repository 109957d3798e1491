"""A file that is too long is refused at its first row too many, not when all of it was read."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest

from planner.services.catalogue import csv_file
from planner.services.catalogue.reading import file as module
from planner.services.catalogue.reading import table
from planner.services.catalogue.reading.file import read_file
from planner.services.catalogue.rules import CatalogueFileError, RuleContext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.services.catalogue.reading.table import TableRow

PLACE = '<wpt lat="49.97" lon="19.82"><name>x</name></wpt>'
FEATURE = {"type": "Feature", "geometry": None, "properties": {"name": "x"}}


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MOST_ROWS", 3)


@pytest.mark.parametrize(
    "data",
    [
        b"id,name_pl\n" + b"a,b\n" * 40,
        f"<gpx>{PLACE * 40}</gpx>".encode(),
        json.dumps({"type": "FeatureCollection", "features": [FEATURE] * 40}).encode(),
    ],
    ids=["csv", "gpx", "geojson"],
)
def test_the_refusal_says_how_many_rows_there_are(data: bytes) -> None:
    with pytest.raises(CatalogueFileError) as caught:
        read_file(data, {}, RuleContext(dt.date(2026, 12, 1)))
    assert caught.value.problem.code == "too_many_rows"
    assert caught.value.problem.params["limit"] == 3
    assert caught.value.problem.params["rows"] in {40, 41}


def test_no_row_is_read_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    rows = csv_file._rows

    def counted(text: str, delimiter: str, width: int) -> Iterator[TableRow]:
        for row in rows(text, delimiter, width):
            read.append(row.number)
            yield row

    monkeypatch.setattr(csv_file, "_rows", counted)
    with pytest.raises(CatalogueFileError):
        csv_file.read_csv(b"id,name_pl\n" + b"a,b\n" * 40)
    assert read == [2, 3, 4, 5]


@pytest.mark.parametrize(
    "line", [b",\n", b"\n", b'"\n"\n'], ids=["no cell filled", "empty", "a line end alone"]
)
def test_lines_without_a_word_are_passed_over_up_to_a_limit(
    line: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_file, "MOST_LINES", 20)
    assert len(csv_file.read_csv(b"id,name_pl\n" + line * 15 + b"a,b\n").rows) == 1
    with pytest.raises(CatalogueFileError) as caught:
        csv_file.read_csv(b"id,name_pl\n" + line * 30)
    assert caught.value.problem.code == "too_many_rows"


def test_whether_a_file_can_be_read_is_asked_without_reading_its_rows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "read_record", None)
    module.check_file(b"id,name_pl\na,b\n")
    for data, code in ((b"id,name_pl\n" + b"a,b\n" * 4, "too_many_rows"), (b"id,id\na,b\n", "column_twice")):
        with pytest.raises(CatalogueFileError) as caught:
            module.check_file(data)
        assert caught.value.problem.code == code
