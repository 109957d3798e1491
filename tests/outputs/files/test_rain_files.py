"""The rain version in files: beside the day and marked, or alone where it is in force; read back."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import gpxpy
import pytest

from planner.domain.weather.switches import with_rain_on
from planner.links import PARTICIPANT
from planner.outputs.files.bundle import READ_ME, bundle_file
from planner.outputs.files.content.build import Wanted, file_plan
from planner.outputs.files.forms import OF_PLANS
from tests.kit.rain_sample import apart_in_rain, rain_sample, with_rain
from tests.kit.samples import SOKOL, TOWER, sample_content
from tests.kit.taken import several_days
from tests.kit.translated_app import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gpxpy.gpx import GPX

    from planner.domain.releases import ReleaseContent
    from planner.outputs.files.content.plan import FilePlan

RELEASE = with_rain(*rain_sample())
DATE = "Wednesday 2 December 2026"
IF, IN_FORCE = "If it rains", "The version for rain"
ONLY_IF = "Only if it rains: the guide says whether this version is in force."
RAINS = "It rains: the rain version of the day is in force."
KML = "{http://www.opengis.net/kml/2.2}"


def plan_of(content: ReleaseContent, *rainy: int, party: str = "") -> FilePlan:
    switched = frozenset(rainy)
    return file_plan(with_rain_on(content, switched), Wanted("en", PARTICIPANT, None, party), switched)


def file_of(suffix: str, content: ReleaseContent, *rainy: int) -> str:
    return OF_PLANS[suffix](plan_of(content, *rainy)).decode("utf-8-sig")


def gpx_of(content: ReleaseContent, *rainy: int) -> GPX:
    return gpxpy.parse(file_of("gpx", content, *rainy))


def test_gpx_has_a_route_and_a_track_of_their_own_and_the_other_place() -> None:
    gpx = gpx_of(RELEASE)
    for ways in (gpx.routes, gpx.tracks):
        without, rainy_name = (str(way.name) for way in ways)
        assert IF not in without
        assert rainy_name == f"{without} – {IF}"
    (dry, wet), told = gpx.routes, str(gpx.routes[1].description)
    places = [[(point.longitude, point.latitude) for point in way.points] for way in (dry, wet)]
    assert (places[0][5], places[1][5]) == (TOWER, SOKOL)
    assert places[0][:5] == places[1][:5]
    assert told.splitlines()[0] == ONLY_IF
    assert plain(told.splitlines()[-1]) == "11:54–12:04 5. Sokół Palace"
    assert str(gpx.tracks[1].description).startswith(ONLY_IF)
    rainy = [point for point in gpx.waypoints if IF in str(point.name)]
    assert [(point.name, (point.longitude, point.latitude)) for point in rainy] == [
        ("If it rains: 5. Sokół Palace", SOKOL)
    ]
    assert len(gpx.waypoints) == 1 + 5 + 1


def test_gpx_in_force_has_that_version_alone_and_says_so() -> None:
    gpx = gpx_of(RELEASE, 0)
    [route], [track] = gpx.routes, gpx.tracks
    assert str(track.name).endswith(f" – {IN_FORCE}")
    assert str(track.description).startswith(RAINS)
    assert route.description == RAINS
    assert [point.name for point in gpx.waypoints][-1] == "5. Sokół Palace"
    assert IN_FORCE in str(gpx.waypoints[-1].description)


def folders(content: ReleaseContent, *rainy: int) -> list[ET.Element]:
    text = file_of("kml", content, *rainy)
    return list(ET.fromstring(text).iter(f"{KML}Folder"))  # noqa: S314 - our own file


def names(folder: ET.Element) -> list[str]:
    return [plain(mark.findtext(f"{KML}name") or "") for mark in folder.iter(f"{KML}Placemark")]


def test_kml_has_a_folder_that_is_not_shown_at_first() -> None:
    dry, wet = folders(RELEASE)
    assert wet.findtext(f"{KML}name") == f"{dry.findtext(f'{KML}name')} – {IF}"
    assert (dry.findtext(f"{KML}visibility"), wet.findtext(f"{KML}visibility")) == (None, "0")
    assert {mark.findtext(f"{KML}visibility") for mark in wet.iter(f"{KML}Placemark")} == {"0"}
    assert (wet.findtext(f"{KML}description") or "").startswith(ONLY_IF)
    assert names(dry)[4] == "5. Brine graduation tower"
    assert names(wet)[4] == "If it rains: 5. Sokół Palace"
    assert all(name.startswith(f"{IF}: ") for name in names(wet))
    assert [child.tag for child in wet][:3] == [f"{KML}name", f"{KML}visibility", f"{KML}description"]
    [now] = folders(RELEASE, 0)
    assert (now.findtext(f"{KML}name") or "").endswith(f" – {IN_FORCE}")
    assert names(now)[4] == "5. Sokół Palace"
    assert (now.findtext(f"{KML}description") or "").startswith(RAINS)


def rows_of(content: ReleaseContent, *rainy: int) -> list[dict[str, str]]:
    text = io.StringIO(file_of("csv", content, *rainy), newline="")
    return list(csv.DictReader(text, delimiter=";"))


def test_a_spreadsheet_has_both_and_a_column_that_tells_them_apart() -> None:
    rows = [row for row in rows_of(RELEASE) if row["Date"] == "2026-12-02"]
    column = [row["In which weather"] for row in rows]
    assert column == ["The plan without rain"] * 7 + [IF] * 7
    assert (rows[5]["Stop"], rows[5]["From"]) == ("Brine graduation tower", "11:52")
    assert (rows[12]["Stop"], rows[12]["From"]) == ("If it rains: Sokół Palace", "11:54")
    assert rows[13]["To"] == "12:09"
    assert all(row["Stop"].startswith(f"{IF}: ") for row in rows[7:])
    now = [row for row in rows_of(RELEASE, 0) if row["No."]]
    assert [row["Stop"] for row in now][-1] == "Sokół Palace"
    assert {row["In which weather"] for row in now} == {IN_FORCE}
    assert "In which weather" not in rows_of(sample_content())[0]


def test_json_has_it_in_a_field_of_the_day() -> None:
    [day] = json.loads(file_of("json", RELEASE))["days"]
    wet = day["if_it_rains"]
    assert (day["is_rain"], wet["is_rain"], wet["if_it_rains"]) == (False, True, None)
    assert [stop["name"] for stop in day["stops"]][-1] == "Brine graduation tower"
    assert wet["stops"][-1]["name"] == "Sokół Palace"
    assert wet["stops"][-1]["start"] == "2026-12-02T11:54:00+01:00"
    assert [stop["id"] for stop in wet["stops"]] == [stop["id"] for stop in day["stops"]]
    [now] = json.loads(file_of("json", RELEASE, 0))["days"]
    assert (now["is_rain"], now["if_it_rains"], now["stops"]) == (True, None, wet["stops"])
    [none] = json.loads(file_of("json", sample_content()))["days"]
    assert (none["is_rain"], none["if_it_rains"]) == (False, None)


def test_geojson_has_it_in_a_collection_that_no_program_draws_with_the_day() -> None:
    dry, now = (json.loads(file_of("geojson", RELEASE, *days)) for days in ((), (0,)))

    def stops(collection: dict[str, Any]) -> Iterator[tuple[str, bool]]:
        told = (one["properties"] for one in collection["features"])
        return ((one["name"], one["is_rain"]) for one in told if one["kind"] == "stop")

    assert list(stops(dry))[-1] == ("Brine graduation tower", False)
    assert list(stops(dry["if_it_rains"]))[-1] == ("Sokół Palace", True)
    assert list(stops(now))[-1] == ("Sokół Palace", True)
    assert "if_it_rains" not in now


def test_each_party_has_its_own_and_a_stop_that_stays_is_marked_once() -> None:
    gpx = gpx_of(apart_in_rain())
    assert [str(track.name).removeprefix(DATE) for track in gpx.tracks] == [
        *(f" – Party {name}" for name in "ABC"),
        *(f" – {IF} – Party {name}" for name in "ABC"),
    ]
    rainy = [str(point.name) for point in gpx.waypoints if IF in str(point.name)]
    assert rainy == ["If it rains: 5. Regional Museum"] * 3, "the parties lunch at times of their own"
    lunch = [row for row in rows_of(apart_in_rain()) if row["No."] == "5"]
    assert [(row["Party"], row["From"]) for row in lunch] == [
        ("", "11:35"), ("A", "11:35"), ("B", "11:35"), ("C", "11:40")
    ]  # fmt: skip


def test_of_two_days_only_the_one_that_was_switched_is_otherwise() -> None:
    wet = several_days(rain_sample()[1], 2)
    both = replace(several_days(RELEASE, 2), rain=wet)
    first, second = json.loads(file_of("json", both, 1))["days"]
    assert (first["is_rain"], first["if_it_rains"]["is_rain"]) == (False, True)
    assert (second["is_rain"], second["if_it_rains"]) == (True, None)
    assert [folder.findtext(f"{KML}visibility") for folder in folders(both, 1)] == [None, "0", None]


@pytest.mark.parametrize(
    ("rainy", "said"),
    [((), f"{DATE}: if it rains, the day goes otherwise."), ((0,), f"{DATE} – {IN_FORCE}: {RAINS}")],
)
def test_the_zip_says_what_is_in_it(rainy: tuple[int, ...], said: str) -> None:
    packed = bundle_file(plan_of(RELEASE, *rainy), {"a.csv": b""})
    with zipfile.ZipFile(io.BytesIO(packed)) as bundle:
        assert said in bundle.read(READ_ME).decode("utf-8-sig")
    bare = bundle_file(plan_of(sample_content()), {"a.csv": b""})
    with zipfile.ZipFile(io.BytesIO(bare)) as bundle:
        assert "rains" not in bundle.read(READ_ME).decode("utf-8-sig")
