"""The page of the town: from the sketch to a map that was got, compared, taken over and put back."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from planner.buses.build.build import BuildSettings, build_timetable
from planner.domain.jobs.job import JobState
from planner.errors import PlannerError
from planner.runner.kinds import TOWN
from planner.services.jobs.asking import newest
from planner.services.town.beside import Beside
from planner.services.town.uploads import Upload
from planner.web import create_app
from tests.conftest import Silent
from tests.kit.buses.feeds import folder, tiny, week
from tests.kit.commands import run
from tests.kit.streets.map_services import Answer, found, map_services
from tests.kit.web.signing_in import services_of
from tests.kit.web.town_desk import NAMED, Desk, a_map, town_desk
from tests.web.conftest import NOW, closed, settings_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with town_desk(tmp_path) as made:
        yield made


def test_the_real_map_is_got_compared_taken_over_and_put_back(desk: Desk) -> None:
    a_map(desk)
    page = desk.pages.get("/town", "en")
    assert "Szkic" in page.text
    assert desk.post("/town/map", place="Prawdziwe", contact="").status_code == 422
    assert desk.maps.asked == [], "nobody has said whom they may write to"
    assert desk.post("/town/map", place="Prawdziwe", contact="kontakt@urzad.example").status_code == 303
    assert "It waits for its turn." in desk.pages.get("/town", "en").text
    assert desk.work() is JobState.DONE
    assert desk.maps.paths() == ["/search", "/api/interpreter"]
    assert all("kontakt@urzad.example" in asked.agent for asked in desk.maps.asked)
    assert desk.town == "Szkic", "nothing is in force yet"
    told = desk.pages.get("/town", "en").text
    assert "Built beside: Prawdziwe" in told
    assert "Beta – Alfa" in told or "Alfa – Beta" in told
    assert "6 min" in told
    assert "10 min" in told
    assert "Delta" in told, "it would lie off the streets"
    assert desk.post("/town/take-over").status_code == 303
    assert desk.town == "Prawdziwe"
    assert "Built beside" not in desk.pages.get("/town", "en").text
    assert desk.post("/town/put-back").status_code == 303
    assert desk.town == "Szkic"
    desk.pages.get("/town", "pl")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer("<html><body>Hello</body></html>"), "a page in place of data"),
        (
            Answer(NAMED.replace("</osm>", "<remark>runtime error: out of memory</remark></osm>")),
            "out of memory",
        ),
    ],
)
def test_what_does_not_work_is_told_and_changes_nothing(desk: Desk, answer: Answer, said: str) -> None:
    a_map(desk)
    desk.maps.overpass = [answer]
    desk.post("/town/map", place="Prawdziwe", contact="kontakt@urzad.example")
    assert desk.work() is JobState.FAILED
    told = desk.pages.get("/town", "en").text
    assert "It did not work. Nothing has changed." in told
    assert said in told
    assert (desk.town, Beside(services_of(desk.app).settings.data_dir).is_there) == ("Szkic", False)


def test_what_was_asked_for_is_cancelled_and_a_second_file_waits(desk: Desk) -> None:
    a_map(desk)
    desk.post("/town/map", place="Prawdziwe", contact="kontakt@urzad.example")
    busy = desk.post("/town/upload", file=(io.BytesIO(b"x"), "a.osm"), kind="streets", total=1, offset=0)
    assert (busy.status_code, "Trwa inna praca" in busy.text) == (422, True)
    with services_of(desk.app).database.session() as session:
        (job,) = newest(session, *TOWN)
    assert desk.post(f"/town/jobs/{job.id}/cancel").status_code == 303
    assert "It was cancelled. Nothing has changed." in desk.pages.get("/town", "en").text
    assert desk.pages.client.get("/town/progress").get_json()["open"] is False
    assert desk.maps.asked == []


def test_a_file_is_sent_in_pieces_and_thrown_away(desk: Desk) -> None:
    data, most = NAMED.encode(), 500
    for offset in range(0, len(data), most):
        piece = (io.BytesIO(data[offset : offset + most]), "obok.osm")
        fields = {"kind": "streets", "name": "obok.osm", "total": len(data), "offset": offset, "town": "Obok"}
        answer = desk.post("/town/upload", file=piece, **fields)
        assert answer.json is not None
        assert answer.json["here"] == min(len(data), offset + most)
    assert answer.json is not None
    assert answer.json["done"]
    assert desk.work() is JobState.DONE
    assert "Built beside: Obok" in desk.pages.get("/town", "en").text
    desk.post("/town/throw-away")
    assert "Built beside" not in desk.pages.get("/town", "en").text
    assert desk.town == "Szkic"


def test_what_cannot_be_sent(desk: Desk) -> None:
    big = {"kind": "streets", "name": "a.osm", "total": 1_000_001, "offset": 0}
    told = desk.post("/town/upload", file=(io.BytesIO(b"x"), "a.osm"), **big)
    assert (told.status_code, told.json) == (422, {"error": "Plik jest za duży."})
    for kind, name in (("streets", "a.exe"), ("timetable", "a.osm"), ("other", "a.zip")):
        fields = {"kind": kind, "name": name, "total": 1, "offset": 0}
        assert desk.post("/town/upload", file=(io.BytesIO(b"x"), name), **fields).status_code == 422
    late = {"kind": "streets", "name": "a.osm", "total": 20, "offset": 10}
    assert desk.post("/town/upload", file=(io.BytesIO(b"x"), "a.osm"), **late).status_code == 422


def test_a_file_that_unpacks_to_too_much(tmp_path: Path) -> None:
    import gzip  # noqa: PLC0415 - of this test alone

    data = gzip.compress(bytes(20_000))
    upload = Upload(tmp_path, 1_000)
    upload.begin("streets", "a.osm.gz", len(data))
    upload.take(0, io.BytesIO(data), len(data))
    with pytest.raises(PlannerError) as refused:
        upload.check_unpacked()
    assert refused.value.details[0].code == "size"


def test_sites_of_the_map_are_chosen(desk: Desk) -> None:
    data = NAMED.encode()
    desk.post("/town/upload", file=(io.BytesIO(data), "obok.osm"), kind="streets")
    assert desk.work() is JobState.DONE
    desk.post("/town/take-over")
    desk.post("/town/sites/look")
    assert desk.work() is JobState.DONE
    assert "Izba" in desk.pages.get("/town/sites", "en").text
    desk.post("/town/sites", thing="n9")
    assert "1 came earlier" in desk.pages.get("/town/sites", "en").text
    assert "Izba" in desk.pages.get("/sites", "en").text


def test_timetables_by_address(desk: Desk) -> None:
    assert desk.post("/town/feeds", feeds="ftp://a.example/x.zip").status_code == 422
    desk.post("/town/feeds", feeds="https://127.0.0.1/feed.zip\n", fetch="1")
    assert desk.work() is JobState.FAILED
    assert "lies in a private network" in desk.pages.get("/town", "en").text


@pytest.mark.parametrize(("last", "is_told"), [("20261130", True), ("20261201", False), ("20261101", True)])
def test_a_timetable_that_ends_is_told_two_weeks_before(
    desk: Desk, tmp_path: Path, last: str, *, is_told: bool
) -> None:
    """The pages' day is 16 November 2026."""
    stops = [{"stop_id": name, "stop_name": name, "stop_lat": "50", "stop_lon": "20"} for name in "ABC"]
    feed = folder(tmp_path / "feed", tiny(stops=stops, calendar=[week("wk", last=last)]))
    build_timetable([str(feed)], services_of(desk.app).settings.data_dir, BuildSettings(), Silent())
    assert ("ends within two weeks" in desk.pages.get("/", "en").text) == is_told


def test_the_sketch_line(desk: Desk) -> None:
    assert "a sketch: times" not in desk.pages.get("/", "en").text


@pytest.mark.dear
def test_a_town_from_nothing_by_one_command(tmp_path: Path) -> None:
    """Streets and catalogue of a place, in its country and zone; a file in its place does the same."""
    ring = [[19.99, 49.99], [20.01, 49.99], [20.01, 50.02], [19.99, 50.02], [19.99, 49.99]]
    place = found("Krems", display_name="Krems, Austria", geojson={"type": "Polygon", "coordinates": [ring]})
    with map_services() as maps:
        maps.nominatim, maps.overpass = [Answer(json.dumps([place]))], [Answer(NAMED)]
        own = settings_in(tmp_path / "data")
        own = replace(own, nominatim_url=f"{maps.url}/", overpass_url=maps.overpass_url)
        (tmp_path / "data").mkdir()
        app = create_app(own, now=lambda: NOW)
        told = run(app, "town", "make", "Krems")
        assert told.exit_code == 0, told.output
        assert "catalogue: 1 new sites" in told.output
        meta = services_of(app).town.network.meta
        assert (meta.name, meta.country, meta.timezone) == ("Krems", "AT", "Europe/Vienna")
        assert run(app, "town", "make").exit_code == 1
        closed(app)
