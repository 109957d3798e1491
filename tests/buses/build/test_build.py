"""Building: all or nothing, one at a time, under a running server; and the commands as people run them."""

from __future__ import annotations

import errno
import fcntl
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier, Event
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from planner.buses.build.build import LOCK, BuildSettings, build_timetable
from planner.buses.build.gtfs.files import open_feed
from planner.buses.files import POINTER, SourceKind, current_timetable
from planner.buses.query.timetable.days import trips_on
from planner.commands.register import register
from planner.errors import InvalidInputError, NetworkMissingError, PlannerError, SourceFileError
from planner.services.travel.town import TownKeeper
from planner.services.upkeep import first_run
from planner.services.upkeep.check import _timetable
from planner.services.upkeep.settings import Settings
from planner.streets.build.build import TownSettings
from planner.web import create_app
from planner.web.frame.context import services as services_of
from tests.kit.buses.feeds import calls, folder, names, packed, runs, tiny, trip
from tests.kit.streets.small import CROSS_OSM, build

if TYPE_CHECKING:
    from click.testing import Result

    from planner.buses.files import TimetableMeta
    from planner.buses.query.timetable.timetable import Timetable


SKETCH_OSM = CROSS_OSM.replace("</way>", '  <tag k="source" v="estimate"/>\n</way>')
"""The small town as a sketch, which the built-in network is known by."""


class Told:
    """What a build says."""

    def __init__(self) -> None:
        self.steps: list[tuple[int, int]] = []
        self.lines: list[str] = []

    def __call__(self, step: int, steps: int, text: str) -> None:
        self.steps.append((step, steps))
        self.lines.append(text)

    def line(self, text: str) -> None:
        self.lines.append(text)

    def passing(self, text: str) -> None:
        self.lines.append(text)


@pytest.fixture(scope="module")
def streets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a small network only; tests take a copy."""
    tmp = tmp_path_factory.mktemp("streets")
    (tmp / "small.osm").write_text(SKETCH_OSM, encoding="utf-8")
    build(tmp / "data", tmp / "small.osm")
    return tmp / "data"


@pytest.fixture
def data_dir(streets: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(streets, tmp_path / "data"))


@pytest.fixture
def feed(tmp_path: Path) -> str:
    return str(folder(tmp_path / "feed", tiny()))


def make(data_dir: Path, *sources: str, **settings: Any) -> TimetableMeta:
    return build_timetable(sources, data_dir, BuildSettings(**settings), Told())


def state(data_dir: Path) -> tuple[str, list[str]]:
    """The pointer and everything in the data directory."""
    pointer = data_dir / POINTER
    entries = sorted(str(file.relative_to(data_dir)) for file in data_dir.rglob("*") if file.name != LOCK)
    return pointer.read_text(encoding="utf-8") if pointer.exists() else "", entries


def in_force(data_dir: Path) -> Timetable:
    found = TownKeeper(data_dir).town().timetable
    assert found is not None
    return found


def test_a_build_is_put_in_force(data_dir: Path, feed: str) -> None:
    told = Told()
    assert TownKeeper(data_dir).town().timetable is None
    build_timetable([feed], data_dir, BuildSettings(), told)
    assert list(runs(in_force(data_dir))) == ["t1"]
    assert told.steps == [(1, 3), (2, 3), (3, 3)]
    assert "feed: 1 lines, 1 trips, 3 stops" in told.lines


def test_zips_and_folders_are_built_together_with_the_built_in_feed_last(
    data_dir: Path, feed: str, tmp_path: Path
) -> None:
    routes = [{"route_id": "r1", "route_short_name": "2", "route_type": "3"}]
    (tmp_path / "other.zip").write_bytes(packed(tiny(routes=routes)))
    both = [*routes, {"route_id": "r3", "route_short_name": "3", "route_type": "3"}]
    trips = [trip("b2"), trip("b3", route="r3")]
    rows = calls("b2", "A 7:00", "B 7:05") + calls("b3", "A 7:00", "B 7:05")
    own = folder(tmp_path / "own", tiny(routes=both, trips=trips, stop_times=rows))
    meta = make(data_dir, feed, str(tmp_path / "other.zip"), builtin=own)
    assert [(source.name, source.kind, source.indicative) for source in meta.sources] == [
        ("feed", SourceKind.GTFS, False),
        ("other.zip", SourceKind.GTFS, False),
        ("built-in timetable", SourceKind.BUILTIN, True),
    ]
    found = in_force(data_dir)
    by_line = dict(zip(names(found, found.line_name), found.line_credit.tolist(), strict=True))
    assert by_line == {"1": 0, "2": 1, "3": 2}
    assert sorted(names(found, found.trip_id)) == ["0:t1", "1:t1", "2:b3"]


def test_a_build_replaces_the_whole_set_and_keeps_one_folder_back(data_dir: Path, tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        tables = tiny(trips=[trip(name)], stop_times=calls(name, "A 8:00", "C 8:10"))
        make(data_dir, str(folder(tmp_path / name, tables)))
        assert list(runs(in_force(data_dir))) == [name]
    assert len(list(data_dir.glob("timetable-*"))) == 2


BROKEN: dict[str, tuple[type[PlannerError], str]] = {
    "bad calendar": (SourceFileError, "is no date"),
    "far away": (SourceFileError, "within 2 km of the network"),
    "no zip": (SourceFileError, "cannot be read as a zip"),
    "missing": (SourceFileError, "does not exist"),
    "ftp": (InvalidInputError, "give one that begins with https"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_feed_changes_nothing(data_dir: Path, feed: str, tmp_path: Path, what: str) -> None:
    make(data_dir, feed)
    before = state(data_dir)
    bad = tmp_path / "bad"
    if what == "bad calendar":
        folder(bad, tiny(calendar=[{**tiny()["calendar"][0], "end_date": "soon"}]))
    elif what == "far away":
        folder(bad, tiny(stops=[{**row, "stop_lat": "10"} for row in tiny()["stops"]]))
    elif what == "no zip":
        bad.write_text("<html>", encoding="utf-8")
    error, message = BROKEN[what]
    with pytest.raises(error, match=message):
        make(data_dir, feed, "ftp://a.test/feed.zip" if what == "ftp" else str(bad))
    assert state(data_dir) == before


def test_a_full_disk_leaves_the_old_timetable(
    data_dir: Path, feed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(data_dir, feed)
    before = state(data_dir)
    real_save, saved = np.save, []

    def save(file: Path, array: Any) -> None:
        saved.append(file)
        if len(saved) > 5:
            raise OSError(errno.ENOSPC, "No space left on device")
        real_save(file, array)

    monkeypatch.setattr(np, "save", save)
    with pytest.raises(SourceFileError, match=r"No space left on device\): free some space"):
        make(data_dir, feed)
    assert len(saved) == 6
    assert state(data_dir) == before


def test_a_disk_that_fills_up_at_the_pointer_leaves_the_old_timetable(
    data_dir: Path, feed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(data_dir, feed)
    before = state(data_dir)
    real_replace, asked = Path.replace, []

    def replace(self: Path, target: Path) -> Path:
        if Path(target).name != POINTER:
            return real_replace(self, target)
        asked.append(target)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(SourceFileError, match="No space left on device"):
        make(data_dir, feed)
    assert asked
    assert state(data_dir) == before


def test_two_builds_at_once(data_dir: Path, feed: str) -> None:
    with (data_dir / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(SourceFileError, match="another build of the timetable is going on: wait"):
            make(data_dir, feed)
        assert state(data_dir)[0] == ""
    make(data_dir, feed)


def test_what_a_build_needs(tmp_path: Path, data_dir: Path, feed: str) -> None:
    with pytest.raises(NetworkMissingError, match="no street network has been built yet"):
        make(tmp_path / "empty", feed)
    with pytest.raises(InvalidInputError, match="no feed is given"):
        make(data_dir)


def test_shapes_are_filled_in_by_the_hook(data_dir: Path, feed: str) -> None:
    asked: list[Path | None] = []

    def fill(arrays: Any, texts: Any, network_folder: Path | None) -> Any:
        asked.append(network_folder)
        assert texts[int(arrays.line_name[0])] == "1"
        return arrays

    make(data_dir, feed, fill=fill)
    assert asked == [TownKeeper(data_dir).town().network_folder]


@pytest.mark.dear
def test_a_timetable_of_another_town_or_version_says_nothing(data_dir: Path, feed: str) -> None:
    make(data_dir, feed)
    built = current_timetable(data_dir)
    assert built is not None
    meta = json.loads((built / "meta.json").read_text(encoding="utf-8"))
    for change in ({"format": 0}, {"timezone": "Europe/Helsinki"}, {"bounds": [1.0, 1.0, 2.0, 2.0]}):
        (built / "meta.json").write_text(json.dumps({**meta, **change}), encoding="utf-8")
        assert TownKeeper(data_dir).town().timetable is None
        told = run(data_dir, "info")
        assert told.exit_code == 1
        assert "build it again" in told.stderr
    (built / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    assert TownKeeper(data_dir).town().timetable is not None


@pytest.mark.dear
def test_answers_are_whole_while_builds_replace_the_timetable(
    data_dir: Path, tmp_path: Path, *, full: bool
) -> None:
    feeds = {}
    for hour in (8, 9):
        rows = calls(f"t{hour}", f"A {hour}:00", f"B {hour}:05", f"C {hour}:10")
        feeds[hour] = str(folder(tmp_path / str(hour), tiny(trips=[trip(f"t{hour}")], stop_times=rows)))
    make(data_dir, feeds[8])
    keeper, done, begun = TownKeeper(data_dir), Event(), Barrier(3)

    def answer() -> tuple[str, list[int]]:
        found = keeper.town().timetable
        assert found is not None
        day = trips_on(found, date(2026, 3, 4))
        steps = np.diff(day.departures(0), axis=0).ravel().tolist()
        return found.texts[int(found.trip_id[int(day.trips[0])])], steps

    def serve() -> list[tuple[str, list[int]]]:
        given = [answer()]
        begun.wait()
        while not done.is_set():
            given.append(answer())
        return given

    with ThreadPoolExecutor(2) as pool:
        servers = [pool.submit(serve) for _ in range(2)]
        begun.wait()
        try:
            for _ in range(20 if full else 2):
                make(data_dir, feeds[9])
                assert answer()[0] == "0:t9"
                make(data_dir, feeds[8])
        finally:
            done.set()
    given = [one for server in servers for one in server.result()]
    assert [one for one in given if one not in [("0:t8", [300, 300]), ("0:t9", [300, 300])]] == []
    assert answer()[0] == "0:t8"


def test_a_new_timetable_does_not_open_the_streets_again(data_dir: Path, feed: str) -> None:
    keeper = TownKeeper(data_dir)
    town = keeper.town()
    assert keeper.town() is town
    make(data_dir, feed)
    assert keeper.town() is not town
    assert keeper.town().network is town.network


def run(data_dir: Path, *args: str) -> Result:
    """Run a command as people do."""
    app = create_app(Settings(data_dir, f"sqlite:///{data_dir / 'planner.sqlite'}", "only for tests"))
    register(app)
    result = app.test_cli_runner().invoke(args=["timetable", *args])
    with app.app_context():
        services_of().database.close()
    return result


@pytest.mark.dear
def test_the_commands(data_dir: Path, feed: str) -> None:
    none = run(data_dir, "info")
    assert (none.exit_code, none.stdout) == (1, "")
    assert (
        none.stderr
        == "Error: no timetable has been built yet: run `flask --app wsgi timetable build SOURCE...`\n"
    )
    built = run(data_dir, "build", feed)
    assert built.exit_code == 0, built.stderr
    assert "3/3 in force" in built.stdout
    info = run(data_dir, "info")
    assert info.stdout in built.stdout
    assert "[1] feed: valid 2026-03-02 to 2026-03-27, gtfs; Buses https://buses.test\n" in info.stdout
    row = next(line for line in info.stdout.splitlines() if "bus 1" in line)
    assert row.split() == ["bus", "1", "1", "0", "0", "2026-03-02", "to", "2026-03-27", "[1]"]
    told = json.loads(run(data_dir, "info", "--json").stdout)
    assert told["lines"] == [
        {
            "name": "1",
            "mode": "bus",
            "source": 0,
            "estimated": False,
            "first_date": "2026-03-02",
            "last_date": "2026-03-27",
            "workday": 1,
            "saturday": 0,
            "sunday": 0,
        }
    ]
    assert told["shapes"] == {"feed": 0, "relation": 0, "routed": 0, "none": 1}
    wrong = run(data_dir, "build", str(data_dir / "none.zip"))
    assert (wrong.exit_code, wrong.stdout) == (1, "")
    assert wrong.stderr.startswith("Error: ")
    assert len(wrong.stderr.splitlines()) == 1


def test_check_says_what_is_missing_ended_or_indicative(data_dir: Path, feed: str, tmp_path: Path) -> None:
    """The feed is valid from 2 to 27 March 2026."""
    clock = TownKeeper(data_dir).town().clock

    def found(day: date) -> list[str]:
        return [one.text for one in _timetable(TownKeeper(data_dir).town(), clock.midnight(day))]

    assert found(date(2026, 3, 4)) == ["timetable: none is built, so no bus or train is known"]
    make(data_dir, feed)
    dates = "feed is valid from 2026-03-02 to 2026-03-27"
    assert found(date(2026, 3, 13)) == []
    assert found(date(2026, 3, 14)) == [f"timetable: {dates}, and ends soon: get the next feed"]
    for day in (date(2026, 3, 1), date(2026, 3, 28)):
        assert found(day) == [f"timetable: {dates}, not today: get the feed that is valid now"]
    make(data_dir, builtin=folder(tmp_path / "own", tiny()))
    assert found(date(2026, 3, 4)) == [
        "timetable: built-in timetable is indicative, check times before a visit"
    ]


def test_info_says_what_was_left_out_and_how_headways_count(data_dir: Path, tmp_path: Path) -> None:
    """From 6:00 to 8:00 every 30 minutes are five departures."""
    periods = [{"trip_id": "t1", "start_time": "6:00:00", "end_time": "8:00:00", "headway_secs": "1800"}]
    rows = [*tiny()["stop_times"], *calls("t2", "A 8:00", "B 7:00")]
    tables = tiny(frequencies=periods, trips=[trip("t1"), trip("t2")], stop_times=rows)
    told = run(data_dir, "build", str(folder(tmp_path / "headways", tables)))
    assert "left out   trips whose times go back (1)" in told.stdout
    assert "1 headway periods" in told.stdout
    row = next(line for line in told.stdout.splitlines() if "bus 1" in line)
    assert row.split()[2:5] == ["5", "0", "0"]


def test_the_built_in_timetable_is_built_for_the_built_in_network_alone(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = folder(tmp_path / "own", tiny())
    monkeypatch.setattr(first_run, "BUILTIN_TIMETABLE", own)
    keeper = TownKeeper(data_dir)
    assert first_run.builtin_timetable(keeper) is None
    assert not first_run.needs_builtin_timetable(keeper, data_dir)
    monkeypatch.setattr(first_run, "BUILTIN_OSM", Path("small.osm"))
    assert first_run.needs_builtin_timetable(keeper, data_dir)
    make(data_dir, builtin=own)
    assert not first_run.needs_builtin_timetable(keeper, data_dir)
    (own / "agency.txt").write_text("agency_timezone\nEurope/Warsaw\n", encoding="utf-8")
    assert first_run.needs_builtin_timetable(keeper, data_dir), "the built-in feed has changed"
    make(data_dir, str(folder(tmp_path / "feed", tiny())), builtin=own)
    (own / "agency.txt").unlink()
    assert not first_run.needs_builtin_timetable(keeper, data_dir), "an imported feed is not replaced"
    (own / "stops.txt").unlink()
    shutil.rmtree(own)
    assert not first_run.needs_builtin_timetable(keeper, data_dir)


def test_a_network_built_anew_elsewhere_asks_for_the_built_in_timetable_again(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = folder(tmp_path / "own", tiny())
    monkeypatch.setattr(first_run, "BUILTIN_TIMETABLE", own)
    monkeypatch.setattr(first_run, "BUILTIN_OSM", Path("small.osm"))
    make(data_dir, builtin=own)
    moved = tmp_path / "small.osm"
    moved.write_text(SKETCH_OSM.replace('lat="49.97', 'lat="49.96'), encoding="utf-8")
    build(data_dir, moved, TownSettings("Small"))
    assert first_run.needs_builtin_timetable(TownKeeper(data_dir), data_dir)
    assert open_feed(own).digest()
