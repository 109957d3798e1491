"""CSV as a spreadsheet with semicolons reads it, JSON, the names of files, and the ZIP."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from email.message import EmailMessage

import pytest

from planner.links import GUIDE, PARTICIPANT
from planner.outputs.files.bundle import bundle_file
from planner.outputs.files.content.text import plain
from planner.outputs.files.names import disposition, file_name, plain_name
from planner.outputs.files.table import defused
from tests.kit.party_samples import party_content
from tests.kit.samples import sample_content
from tests.kit.taken import (
    ODD_NAMES,
    SECRETS,
    calendar_of,
    content_of,
    files_of,
    secret_content,
    several_days,
)


class Excel(csv.excel):
    """A spreadsheet where the comma is the mark of decimals."""

    delimiter = ";"


def rows_of(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), dialect=Excel))


def test_a_spreadsheet_reads_stops_with_their_times_and_decimals() -> None:
    rows = rows_of(files_of(sample_content())["csv"])
    stops = [row for row in rows if row["Nr"]]
    assert [row["Przystanek"] for row in stops][1:3] == [
        "Ratusz – Urząd Miasta i Gminy", "Dawna synagoga Chewra Thilim",
    ]  # fmt: skip
    assert (stops[1]["Od"], stops[1]["Do"]) == ("09:45", "10:35")
    assert stops[1]["Szerokość geograficzna"] == "49,975480"
    assert "niepotwierdzonej drogi" in stops[4]["Droga tutaj"]
    english = rows_of(files_of(sample_content(), "en")["csv"])
    assert english[1]["Latitude"] == "49.975480"


@pytest.mark.parametrize("count", [1, 12, 40])
def test_every_stop_is_a_row(count: int) -> None:
    rows = rows_of(files_of(content_of([f"Postój {number}" for number in range(count)]))["csv"])
    assert [row["Nr"] for row in rows if row["Nr"]] == [str(number + 1) for number in range(count)]


def test_parties_and_days_are_told_apart() -> None:
    rows = rows_of(files_of(several_days(party_content(), 2))["csv"])
    stops = [row for row in rows if row["Nr"]]
    assert len(stops) == 2 * (1 + 3 * 3 + 1)
    assert len({row["Data"] for row in stops}) == 2
    assert {row["Podgrupa"] for row in stops} == {"", "A", "B", "C"}


def test_no_cell_is_run_by_a_spreadsheet() -> None:
    cells = [
        cell
        for row in csv.reader(
            io.StringIO(files_of(content_of(ODD_NAMES))["csv"].decode("utf-8-sig"), newline=""), dialect=Excel
        )
        for cell in row
    ]
    assert not [cell for cell in cells if cell[:1] in {"=", "+", "-", "@", "\t", "\r", "\n"}]
    assert f"'{ODD_NAMES[0]}" in cells
    assert "'=1+1" in cells
    assert not [cell for cell in cells if "\n" in cell]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", " =1", "'=1", "\u00a0=1", "＝1"])
def test_what_would_run_is_marked(text: str) -> None:
    assert defused(text).startswith("'")


@pytest.mark.parametrize("text", ["Rynek", "1-2", "a=b", ""])
def test_what_would_not_run_stays(text: str) -> None:
    assert defused(text) == text


def test_json_is_the_release_with_instants_and_metres() -> None:
    document = json.loads(files_of(sample_content(), "en")["json"])
    assert (document["release"], document["title"]) == (3, "Skawina is changing")
    assert (document["language"], document["languages"]) == ("en", ["pl", "en"])
    (day,) = document["days"]
    hall = day["stops"][1]
    assert (hall["start"], hall["leave"]) == ("2026-12-02T09:45:00+01:00", "2026-12-02T10:35:00+01:00")
    assert hall["at"] == [19.82609, 49.97548]
    assert len(day["legs"]) == 6
    assert day["legs"][4]["estimated_m"] == 120
    assert "host" not in hall
    assert "coordinator" not in document


# Who may see what


@pytest.mark.parametrize("language", ["pl", "en"])
def test_what_is_private_is_in_no_participants_file(language: str) -> None:
    content = secret_content()
    files = files_of(content, language)
    plan = calendar_of(content, language=language).plan
    files["zip"] = bundle_file(plan, files)
    for suffix, data in files.items():
        for text in unpacked(data):
            shown = text.replace("\r\n ", "")
            assert [secret for secret in SECRETS.values() if secret in shown] == [], suffix


def unpacked(data: bytes) -> list[str]:
    """The texts of a file, or of all files packed in it."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return [data.decode()]
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        return [bundle.read(name).decode() for name in bundle.namelist()]


@pytest.mark.parametrize("suffix", ["ics", "csv", "json"])
def test_a_guide_has_the_notes_for_guides_and_no_host(suffix: str) -> None:
    text = files_of(secret_content(), audience=GUIDE)[suffix].decode().replace("\r\n ", "")
    assert SECRETS["host"] not in text
    assert SECRETS["email"] not in text
    assert SECRETS["notes"] in text
    assert SECRETS["source"] not in text


def test_a_dropped_stop_tells_nothing_but_its_name_and_time() -> None:
    first = replace(secret_content(), number=1)
    day = first.visit.days[0]
    visit = replace(first.visit, days=(replace(day, stops=day.stops[:-1]),))
    ways = tuple(
        replace(way, itinerary=replace(way.itinerary, calls=way.itinerary.calls[:-1]))
        for way in first.parties[0]
    )
    second = replace(first, number=2, visit=visit, parties=(ways,))
    followed = calendar_of(first, second, audience=PARTICIPANT).followed().decode().replace("\r\n ", "")
    assert "STATUS:CANCELLED" in followed
    assert [secret for secret in SECRETS.values() if secret in followed] == []


# Names of files


def test_a_file_is_named_after_the_visit_its_dates_and_its_party() -> None:
    plan = calendar_of(several_days(party_content(), 2), party="B").plan
    assert file_name(plan, "ics") == "Skawina się zmienia 2026-12-02 – 2026-12-03 B.ics"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Wizyta: „Łódź”/Wrocław?", "Wizyta „Łódź” Wrocław 2026-12-02.gpx"),
        ("../../etc/passwd", "etc passwd 2026-12-02.gpx"),
        ("Візит до міста", "Візит до міста 2026-12-02.gpx"),
        ("a\r\nX-Evil: 1\u202exe", "a X-Evil 1xe 2026-12-02.gpx"),
        ("\x00", "visit 2026-12-02.gpx"),
        ("Ł" * 200, "Ł" * 80 + " 2026-12-02.gpx"),
    ],
)
def test_a_name_can_stand_on_any_disk_and_in_a_header(title: str, name: str) -> None:
    content = sample_content()
    plan = calendar_of(replace(content, visit=replace(content.visit, title={"pl": title}))).plan
    assert file_name(plan, "gpx") == name
    header = disposition(name)
    assert header.isascii()
    assert header.isprintable()
    message = EmailMessage()
    message["Content-Disposition"] = header.replace(f'filename="{plain_name(name)}"; ', "")
    assert message.get_filename() == name
    assert plain_name(name).endswith("2026-12-02.gpx")


def test_letters_without_a_name_in_ascii_are_written_as_near_as_can_be() -> None:
    assert plain_name("Zażółć gęślą jaźń Łódź – wizyta.ics") == "Zazolc gesla jazn Lodz - wizyta.ics"


# The ZIP


def test_the_zip_has_all_files_and_is_the_same_each_time() -> None:
    content = sample_content()
    plan = calendar_of(content).plan
    files = {file_name(plan, suffix): data for suffix, data in files_of(content).items()}
    packed = bundle_file(plan, files)
    assert packed == bundle_file(plan, files)
    with zipfile.ZipFile(io.BytesIO(packed)) as bundle:
        assert bundle.testzip() is None
        assert bundle.namelist() == ["README.txt", *files]
        assert {name: bundle.read(name) for name in files} == files
        read_me = bundle.read("README.txt").decode("utf-8-sig")
        assert "ODbL" in read_me
        assert "liczy się strona" in read_me
        assert {entry.date_time for entry in bundle.infolist()} == {(2026, 11, 24, 13, 5, 0)}


def test_text_is_made_plain() -> None:
    assert plain(" a\x00b\x0bc\r\nd\ud800\ufffe\u2028e ") == "ab\nc\nd\ne"
