"""Downloading against a server on this machine; nothing sleeps, the clock is ours."""

from __future__ import annotations

import io
import json
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import osmnx
import pytest

from planner.commands.progress import Progress
from planner.commands.register import register
from planner.errors import InvalidInputError, NotThereError, PlannerError, ServiceError, SourceFileError
from planner.services.travel.town import TownKeeper
from planner.services.upkeep.settings import Settings
from planner.streets.build.download.cache import Cache
from planner.streets.build.download.town import FOLDER, DownloadSettings, download
from planner.web import create_app
from planner.web.frame.context import services as services_of
from tests.kit.streets.map_services import Answer, MapServices, found, map_services
from tests.kit.streets.small import CROSS_OSM, small_town

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from click.testing import Result

END = "</osm>\n"
PAGE = (
    '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html><html><head><title>OSM3S Response</title></head>'
    "<body><p><strong>Error</strong>: {}</p></body></html>"
)
BUSY = Answer(PAGE.format("too busy"), 504)
TOWN = Answer(CROSS_OSM)


@dataclass
class Time:
    """A clock that only pauses move."""

    now: float = 0.0
    pauses: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds


@dataclass
class Told:
    """What a download says."""

    lines: list[str] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)

    def line(self, text: str) -> None:
        self.lines.append(text)

    def passing(self, text: str) -> None:
        self.passed.append(text)


@pytest.fixture
def osmnx_pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses OSMnx makes before it asks Nominatim, not slept."""
    pauses: list[float] = []
    monkeypatch.setattr("osmnx._nominatim.time", SimpleNamespace(sleep=pauses.append))
    return pauses


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch, osmnx_pauses: list[float]) -> Iterator[MapServices]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.delenv("OVERPASS_CONTACT", raising=False)
    assert osmnx_pauses == []
    with map_services() as services:
        services.overpass = [TOWN]
        yield services


@dataclass
class Desk:
    """A data directory, the services and a clock."""

    folder: Path
    served: MapServices
    time: Time = field(default_factory=Time)
    told: Told = field(default_factory=Told)

    def get(self, place: str = "Małe", **changes: object) -> Path:
        settings = DownloadSettings(
            nominatim_url=self.served.url,
            overpass_url=self.served.overpass_url,
            clock=lambda: self.time.now,
            sleep=self.time.sleep,
        )
        settings = replace(settings, **changes)  # type: ignore[arg-type]
        return download(place, self.folder, settings, self.told).file

    def refused(self, kind: type[PlannerError], **changes: object) -> str:
        """The error's text; nothing half-written may be left."""
        with pytest.raises(kind) as caught:
            self.get(**changes)  # type: ignore[arg-type]
        assert not [file for file in (self.folder / FOLDER).iterdir() if file.suffix in {".osm", ".part"}]
        assert "\n" not in caught.value.message
        return caught.value.message


@pytest.fixture
def desk(tmp_path: Path, served: MapServices) -> Desk:
    return Desk(tmp_path / "data", served)


def run(folder: Path, served: MapServices, *more: str) -> Result:
    """Run the command as people do."""
    app = create_app(Settings(folder, f"sqlite:///{folder / 'planner.sqlite'}", "only for tests"))
    register(app)
    addresses = ["--nominatim-url", served.url, "--overpass-url", served.overpass_url]
    result = app.test_cli_runner().invoke(args=["network", "download", "Małe", *addresses, *more])
    with app.app_context():
        services_of().database.close()
    return result


def test_a_town_is_downloaded_and_in_force(tmp_path: Path, served: MapServices) -> None:
    result = run(tmp_path, served, "--timezone", "Europe/Helsinki", "--country", "FI")
    assert result.exit_code == 0, result.output
    assert "Małe, powiat, Polska (R77)" in result.output
    assert "5/5 in force" in result.output
    meta = TownKeeper(tmp_path).town().network.meta
    assert (meta.name, meta.timezone, meta.country) == ("Małe", "Europe/Helsinki", "FI")
    assert meta.source_file.startswith("male-")
    assert meta.walk_m == pytest.approx(400, abs=1)
    assert served.paths() == ["/search", "/api/interpreter"]


def test_a_failure_is_one_line_and_what_was_there_keeps_serving(tmp_path: Path, served: MapServices) -> None:
    small_town(tmp_path, {1: (0, 0), 2: (50, 0)}, {1: ((1, 2), {"highway": "footway"})})
    folder = tmp_path / "data"
    before = TownKeeper(folder).town().network.meta
    served.overpass = [Answer(PAGE.format("no luck"))]
    result = run(folder, served)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "no luck" in result.stderr
    assert TownKeeper(folder).town().network.meta == before


def test_a_file_that_makes_no_network_is_not_kept(tmp_path: Path, served: MapServices) -> None:
    served.overpass = [Answer(CROSS_OSM.replace('lat="', 'lat="x'))]
    assert run(tmp_path, served).exit_code == 1
    assert not list((tmp_path / FOLDER).glob("*.osm"))


def test_who_asks_says_so(desk: Desk, osmnx_pauses: list[float]) -> None:
    before = {key: getattr(osmnx.settings, key) for key in ("nominatim_url", "http_user_agent", "use_cache")}
    desk.get(contact="map@example.org")
    agents = {asked.agent for asked in desk.served.asked}
    assert len(agents) == 1
    agent = agents.pop()
    assert agent.startswith("study-visit-planner/")
    assert "map@example.org" in agent
    assert osmnx_pauses == [1]
    assert {key: getattr(osmnx.settings, key) for key in before} == before


def test_the_question_is_about_the_outline_and_a_margin(desk: Desk) -> None:
    desk.get()
    question = desk.served.asked[1].form["data"][0]
    assert question.startswith("[out:xml][timeout:240]")
    south, west, north, east = map(float, question.split('way["highway"](', 1)[1].split(")", 1)[0].split(","))
    assert (south, north) == pytest.approx((49.965 - 0.0045, 49.975 + 0.0045), abs=1e-4)
    assert (west, east) == pytest.approx((19.815 - 0.007, 19.83 + 0.007), abs=1e-4)
    for part in ("restriction", "multipolygon", "trolleybus", '"railway"', '"building"'):
        assert part in question


def test_one_request_at_a_time(desk: Desk) -> None:
    desk.served.overpass = [BUSY, BUSY, TOWN]
    desk.get()
    assert desk.served.most_at_once == 1
    cache = Cache(desk.folder / FOLDER, 7)
    with cache.alone(), pytest.raises(SourceFileError, match="another download is going on"):
        desk.get()


def test_after_429_the_wish_of_the_service_is_obeyed(desk: Desk) -> None:
    desk.served.overpass = [Answer("", 429, {"Retry-After": "42"}), BUSY, TOWN]
    assert desk.get().read_text(encoding="utf-8") == CROSS_OSM
    assert desk.time.pauses == [42, 10]
    assert any("too many requests (429): asking again in 42 s" in line for line in desk.told.lines)


def test_504_without_end_stops_within_the_budget(desk: Desk) -> None:
    desk.served.overpass = [BUSY]
    said = desk.refused(ServiceError, budget_min=1)
    assert "too busy (504)" in said
    assert "--budget" in said
    assert desk.time.pauses == [5, 10, 20]
    assert desk.time.now < 60


def test_504_without_end_stops_with_a_large_budget_too(desk: Desk) -> None:
    desk.served.overpass = [BUSY]
    assert "8 times: try again later" in desk.refused(ServiceError, budget_min=100)
    assert desk.time.pauses == [5, 10, 20, 40, 80, 120, 120]


def test_a_wish_beyond_the_budget_is_not_waited_for(desk: Desk) -> None:
    desk.served.overpass = [Answer("", 429, {"Retry-After": "3600"})]
    assert "3600 s is beyond the time budget" in desk.refused(ServiceError)
    assert desk.time.pauses == []


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(PAGE.format("parse error in line 1"), 400), ["(400)", "parse error"]),
        (Answer("", 403), ["(403)", "OVERPASS_CONTACT"]),
        (Answer(PAGE.format("maintenance &amp; more")), ["page in place of data", "maintenance & more"]),
        (Answer(""), ["page in place of data", "empty"]),
        (
            Answer(
                CROSS_OSM.replace(
                    END, '<remark> runtime error: Query timed out in "query" at line 2 </remark>\n</osm>'
                )
            ),
            ["Query timed out", "smaller place"],
        ),
        (Answer('<?xml version="1.0"?>\n<osm version="0.6">\n</osm>\n'), ["no streets there"]),
    ],
    ids=["refused", "forbidden", "page", "nothing", "remark", "no streets"],
)
def test_what_does_not_pass_is_asked_once(desk: Desk, answer: Answer, words: Sequence[str]) -> None:
    desk.served.overpass = [answer]
    said = desk.refused(ServiceError)
    assert all(word in said for word in words), said
    assert desk.time.pauses == []


@pytest.mark.parametrize(
    "answer",
    [
        Answer(CROSS_OSM[:-200]),
        Answer(CROSS_OSM[:-200], whole=False),
        Answer(CROSS_OSM, whole=False),
    ],
    ids=["not closed", "shorter than said", "closed and yet shorter than said"],
)
def test_an_answer_that_ends_in_the_middle_is_asked_again_and_refused(desk: Desk, answer: Answer) -> None:
    desk.served.overpass = [answer]
    assert "breaks off in the middle, 3 times" in desk.refused(ServiceError)
    desk.served.overpass = [answer, TOWN]
    assert desk.get().read_text(encoding="utf-8") == CROSS_OSM


def test_a_remark_of_a_busy_service_passes(desk: Desk) -> None:
    busy = "<remark> runtime error: Dispatcher_Client::request_read_and_idx::timeout. </remark>\n</osm>"
    desk.served.overpass = [
        Answer(CROSS_OSM.replace(END, busy)),
        Answer(PAGE.format("rate_limited. Please check")),
        Answer(CROSS_OSM.replace(END, "<remark> runtime remark: all well </remark>\n</osm>")),
    ]
    assert "all well" in desk.get().read_text(encoding="utf-8")
    assert desk.time.pauses == [5, 10]


def test_nobody_listens(desk: Desk) -> None:
    with map_services() as gone:
        url = gone.overpass_url
    assert "cannot be reached" in desk.refused(ServiceError, overpass_url=url)
    assert desk.time.pauses == [5, 10]
    assert "cannot be reached" in desk.refused(ServiceError, nominatim_url=url)


@pytest.mark.parametrize(
    ("results", "kind", "words"),
    [
        ([], NotThereError, ["no place 'Małe'", "spelling"]),
        ([found(geojson={"type": "Point", "coordinates": [19.82, 49.97]})], InvalidInputError, ["outline"]),
        (
            [found(), found("Małe", 78, 2.0, importance=0.45)],
            InvalidInputError,
            ["several places", "(R77)", "(R78)", "region"],
        ),
        ([{"importance": 1}], InvalidInputError, ["outline"]),
    ],
    ids=["not found", "a point", "two meanings", "not understood"],
)
def test_a_place_that_cannot_be_taken(
    desk: Desk, results: object, kind: type[PlannerError], words: Sequence[str]
) -> None:
    desk.served.nominatim = [Answer(json.dumps(results))]
    said = desk.refused(kind)
    assert all(word in said for word in words), said
    assert desk.served.paths() == ["/search"]


@pytest.mark.parametrize("body", ["<html>Sign in to the network</html>", '{"error": "x"}', "[1]"])
def test_nominatim_answers_with_something_else(desk: Desk, body: str) -> None:
    desk.served.nominatim = [Answer(body)]
    assert "no list of places: check NOMINATIM_URL" in desk.refused(ServiceError)


def test_nominatim_is_asked_patiently_too(desk: Desk) -> None:
    desk.served.nominatim = [BUSY, Answer("[", whole=False), Answer(json.dumps([found()]))]
    desk.get()
    assert desk.time.pauses == [5, 10]
    desk.served.nominatim = [BUSY]
    with pytest.raises(ServiceError, match="beyond the time budget of 1 min"):
        desk.get(fresh=True, budget_min=1)


def test_other_outlines_of_the_town_and_lesser_places_are_no_other_meaning(desk: Desk) -> None:
    others = [found("Gmina Małe", 79, 0.005), found("Małe", 80, 3.0, importance=0.2)]
    desk.served.nominatim = [Answer(json.dumps([found(), *others]))]
    desk.get()
    assert desk.told.lines[0].startswith("Małe, powiat, Polska (R77)")


def test_an_id_is_looked_up(desk: Desk) -> None:
    desk.get("R77")
    assert desk.served.asked[0].path == "/lookup"
    assert desk.served.asked[0].form["osm_ids"] == ["R77"]


def test_too_large_a_place_is_not_asked_for(desk: Desk) -> None:
    said = desk.refused(InvalidInputError, largest_km2=2)
    assert "more than 2" in said
    assert desk.served.paths() == ["/search"]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"place": "  "}, "no name"),
        ({"overpass_url": "overpass.example"}, "OVERPASS_URL"),
        ({"contact": "ł\n"}, "OVERPASS_CONTACT"),
    ],
)
def test_settings_that_cannot_be_used_are_refused_before_anything_is_asked(
    desk: Desk, change: dict[str, object], word: str
) -> None:
    with pytest.raises(InvalidInputError, match=word):
        desk.get(**change)  # type: ignore[arg-type]
    assert desk.served.asked == []


def test_what_was_asked_lately_is_not_asked_again(desk: Desk) -> None:
    first = desk.get()
    assert desk.get("  Małe ") == first
    assert len(desk.served.asked) == 2
    assert any("downloaded before" in line for line in desk.told.lines)
    desk.get(fresh=True)
    assert len(desk.served.asked) == 4


def test_what_is_older_than_some_days_is_asked_again(desk: Desk) -> None:
    first = desk.get()
    made = first.stat().st_mtime
    desk.get(now=lambda: made + 6.9 * 86_400)
    assert len(desk.served.asked) == 2
    for file in first.parent.iterdir():
        os.utime(file, (made, made))
    desk.get(now=lambda: made + 7.1 * 86_400)
    assert len(desk.served.asked) == 4


def test_a_download_that_was_killed_leaves_nothing_behind(desk: Desk) -> None:
    folder = desk.folder / FOLDER
    folder.mkdir(parents=True)
    (folder / "male-123.osm.part").write_text("<osm", encoding="utf-8")
    file = desk.get()
    assert {one.suffix for one in file.parent.iterdir()} == {"", ".osm", ".json"}


def test_sending_beyond_the_budget_is_cut(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def passing(text: str) -> None:
        if "MB received" in text:
            desk.time.now += 61

    monkeypatch.setattr(desk.told, "passing", passing)
    assert "still sends after 1 min" in desk.refused(ServiceError, budget_min=1)
    assert desk.time.pauses == []


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_in_a_file_is_plain_lines() -> None:
    out, time = io.StringIO(), Time()
    with Progress(out, lambda: time.now) as progress:
        progress.passing("1 MB received")
        time.now = 11
        progress.passing("2 MB received")
        progress.passing("3 MB received")
        progress(1, 2, "half")
        progress(2, 2, "done")
    assert out.getvalue() == "  2 MB received\n  1/2 half\n  2/2 done\n"


def test_progress_on_a_terminal_is_a_bar_that_goes_away() -> None:
    out, time = Terminal(), Time()
    with Progress(out, lambda: time.now) as progress:
        progress(1, 4, "read")
        time.now = 3
        progress.passing("2 MB received")
    text = out.getvalue()
    assert "█████···············  25 %  2 MB received  3 s" in text
    assert text.endswith("\r\x1b[2K")
