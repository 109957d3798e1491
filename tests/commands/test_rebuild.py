"""After an upgrade `setup` builds again what another version built, from the sources kept beside it."""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from planner import kept_source
from planner.buses import files as timetable_files
from planner.buses.build import build
from planner.buses.build.build import BuildSettings, build_timetable
from planner.buses.build.lines.write import build_lines
from planner.errors import SourceFileError
from planner.services.upkeep import first_run
from planner.services.upkeep.settings import Settings
from planner.streets import files as network_files
from planner.streets.build.build import TownSettings, build_network
from planner.web import create_app
from tests.conftest import Silent
from tests.kit.buses.feeds import calls, packed, stop, tiny, trip
from tests.kit.commands import run
from tests.kit.streets.small import CROSS_OSM
from tests.web.conftest import closed

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


def own_town(folder: Path) -> Path:
    """A data directory with a network built from somebody's own file."""
    (folder / "krems.osm").write_text(CROSS_OSM, encoding="utf-8")
    town = TownSettings("Krems", "Europe/Vienna", "AT")
    build_network(folder / "krems.osm", folder / "data", town, lambda *_: None, [build_lines])
    return folder / "data"


def setup(data_dir: Path) -> Result:
    """Run `flask --app wsgi setup` over a data directory."""
    app = create_app(Settings(data_dir, f"sqlite:///{data_dir / 'planner.sqlite'}", "only for tests"))
    done = run(app, "setup")
    closed(app)
    return done


def network_of(data_dir: Path) -> Path:
    folder = network_files.current_folder(data_dir)
    assert folder is not None
    return folder


def made_older(folder: Path, formats: int = 1) -> None:
    """Make a build look as if an older version had written it."""
    file = folder / "meta.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    document["format"] -= formats
    file.write_text(json.dumps(document), encoding="utf-8")


def meta_of(folder: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    return document


@pytest.mark.dear
def test_an_older_network_is_built_again_from_its_copy_as_it_was(tmp_path: Path) -> None:
    data_dir = own_town(tmp_path)
    (tmp_path / "krems.osm").unlink()
    before = network_of(data_dir)
    made_older(before)
    done = setup(data_dir)
    assert done.exit_code == 0, done.output
    assert "the street network of Krems" in done.output
    after = network_of(data_dir)
    assert after != before
    told = meta_of(after)
    assert (told["format"], told["name"]) == (network_files.FORMAT, "Krems")
    assert (told["timezone"], told["country"], told["source_file"]) == ("Europe/Vienna", "AT", "krems.osm")
    assert setup(data_dir).exit_code == 0
    assert network_of(data_dir) == after, "what is of this version is left alone"


@pytest.mark.slow
def test_a_large_source_is_read_where_it_lies_as_long_as_it_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_source, "MOST_BYTES", 10)
    data_dir = own_town(tmp_path)
    before = network_of(data_dir)
    assert not (before / kept_source.COPIES).exists()
    made_older(before)
    assert setup(data_dir).exit_code == 0
    again = network_of(data_dir)
    assert again != before
    made_older(again, 2)
    (tmp_path / "krems.osm").write_text(CROSS_OSM + "<!-- another file -->", encoding="utf-8")
    done = setup(data_dir)
    assert done.exit_code == 1
    assert "is not the file any more that it was" in done.output
    assert "network build FILE" in done.output
    assert network_of(data_dir) == again, "nothing is lost"


@pytest.mark.dear
def test_without_its_source_one_format_back_is_still_read_and_two_are_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_dir = own_town(tmp_path)
    folder = network_of(data_dir)
    shutil.rmtree(folder / kept_source.COPIES)
    (folder / kept_source.ABOUT).unlink()
    (tmp_path / "krems.osm").unlink()
    made_older(folder)
    monkeypatch.setattr(network_files, "RAISE", None)
    refused = setup(data_dir)
    assert refused.exit_code == 1
    assert "Traceback" not in refused.output
    assert "your own street network, Krems from krems.osm, cannot be used" in refused.output
    monkeypatch.setattr(network_files, "RAISE", lambda document: {**document, "name": "Krems, raised"})
    assert network_files.read_meta(folder)[0].name == "Krems, raised"
    assert setup(data_dir).exit_code == 0
    made_older(folder)
    assert setup(data_dir).exit_code == 1
    assert network_of(data_dir) == folder


def test_a_timetable_is_built_again_from_its_feeds(tmp_path: Path) -> None:
    data_dir = own_town(tmp_path)
    rows = calls("a", "A 8:00", "B 8:10")
    agency = {"agency_name": "Buses", "agency_url": "https://buses.test", "agency_timezone": "Europe/Vienna"}
    stops = [stop("A", 0), stop("B", 150)]
    feed = tmp_path / "feed.zip"
    feed.write_bytes(packed(tiny(agency=[agency], trips=[trip("a")], stop_times=rows, stops=stops)))
    build_timetable([str(feed)], data_dir, BuildSettings(margin_m=1500), Silent())
    before = timetable_files.current_timetable(data_dir)
    assert before is not None
    feed.unlink()
    made_older(before)
    done = setup(data_dir)
    assert done.exit_code == 0, done.output
    after = timetable_files.current_timetable(data_dir)
    assert after is not None
    assert after != before
    meta, _ = timetable_files.read_meta(after)
    assert [source.name for source in meta.sources] == ["feed.zip"]
    kept = kept_source.kept(after)
    assert kept is not None
    assert kept.settings == {"margin_m": 1500}


def test_a_source_that_cannot_be_kept_fails_the_build_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_dir = own_town(tmp_path)
    before = network_of(data_dir)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(SourceFileError, match="free some space"):
        build_network(tmp_path / "krems.osm", data_dir, TownSettings("Krems"), lambda *_: None)
    assert network_of(data_dir) == before
    assert [folder.name for folder in data_dir.glob("network-*")] == [before.name]


def feed_in(folder: Path, line: str = "1") -> Path:
    """A small feed of one line as a folder of tables."""
    agency = {"agency_name": "Buses", "agency_url": "https://buses.test", "agency_timezone": "Europe/Vienna"}
    tables = tiny(
        agency=[agency],
        routes=[{"route_id": "r1", "route_short_name": line, "route_long_name": "", "route_type": "3"}],
        trips=[trip("a")],
        stop_times=calls("a", "A 8:00", "B 8:10"),
        stops=[stop("A", 0), stop("B", 150)],
    )
    with zipfile.ZipFile(io.BytesIO(packed(tables))) as archive:
        archive.extractall(folder)
    return folder


def timetable_of(data_dir: Path) -> Path:
    folder = timetable_files.current_timetable(data_dir)
    assert folder is not None
    return folder


@pytest.mark.dear
def test_of_a_folder_only_the_tables_are_kept_however_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_dir = own_town(tmp_path)
    first, second = feed_in(tmp_path / "first"), feed_in(tmp_path / "second")
    (first / "old.txt").symlink_to("nowhere")
    os.mkfifo(first / "pipe")
    (first / "inside").mkdir()
    monkeypatch.chdir(first / "inside")
    build_timetable(["..", str(second)], data_dir, BuildSettings(), Silent())
    monkeypatch.chdir(second)
    build_timetable([str(first), "."], data_dir, BuildSettings(), Silent())
    before = timetable_of(data_dir)
    copies = {file.relative_to(before / kept_source.COPIES).as_posix() for file in before.rglob("*.txt")}
    assert {"0/first/stops.txt", "1/second/stops.txt"} <= copies
    monkeypatch.chdir(tmp_path)
    shutil.rmtree(first)
    shutil.rmtree(second)
    made_older(before)
    done = setup(data_dir)
    assert done.exit_code == 0, done.output
    assert timetable_of(data_dir) != before


@pytest.mark.dear
def test_a_damaged_copy_does_not_count_where_the_file_is_still_there(tmp_path: Path) -> None:
    data_dir = own_town(tmp_path)
    before = network_of(data_dir)
    (copy,) = (before / kept_source.COPIES).rglob("krems.osm")
    copy.write_text("half a fi", encoding="utf-8")
    made_older(before)
    done = setup(data_dir)
    assert done.exit_code == 0, done.output
    assert network_of(data_dir) != before


@pytest.mark.slow
def test_two_feeds_of_one_address_are_kept_as_they_were_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What follows "?" may be a key and is told nowhere: the feeds are told apart by their order."""
    data_dir = own_town(tmp_path)

    def fetched(url: str, target: Path, *_: object) -> None:
        folder = feed_in(tmp_path / "fetched" / url[-1], url[-1])
        with zipfile.ZipFile(target, "w") as archive:
            for file in folder.iterdir():
                archive.write(file, file.name)

    monkeypatch.setattr(build, "fetch_feed", fetched)
    addresses = ["https://feeds.test/gtfs.zip?of=a", "https://feeds.test/gtfs.zip?of=b"]
    build_timetable(addresses, data_dir, BuildSettings(), Silent())
    monkeypatch.delattr(build, "fetch_feed")
    before = timetable_of(data_dir)
    assert "?of=" not in (before / kept_source.ABOUT).read_text(encoding="utf-8")
    was, _ = timetable_files.read_meta(before)
    made_older(before)
    done = setup(data_dir)
    assert done.exit_code == 0, done.output
    meta, _ = timetable_files.read_meta(timetable_of(data_dir))
    assert [source.sha256 for source in meta.sources] == [source.sha256 for source in was.sources]
    assert [source.url for source in meta.sources] == [source.url for source in was.sources]
    assert len({source.sha256 for source in was.sources}) == 2, was.sources


@pytest.mark.dear
@pytest.mark.parametrize(
    "is_skawina",
    [pytest.param(False, id="own town"), pytest.param(True, id="Skawina", marks=pytest.mark.slow)],
)
def test_a_timetable_of_ones_own_whose_feeds_are_gone_is_left_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_skawina: bool
) -> None:
    data_dir = own_town(tmp_path)
    build_timetable([str(feed_in(tmp_path / "feed"))], data_dir, BuildSettings(), Silent())
    folder = timetable_of(data_dir)
    if is_skawina:
        monkeypatch.setattr(first_run, "is_builtin", lambda *_: True)
    shutil.rmtree(folder / kept_source.COPIES)
    (folder / kept_source.ABOUT).unlink()
    made_older(folder)
    before = sorted(data_dir.rglob("timetable*"))
    done = setup(data_dir)
    assert done.exit_code == 1
    assert "Traceback" not in done.output
    assert "your own timetable, from feed, cannot be used" in done.output
    assert "timetable build" in done.output
    assert timetable_of(data_dir) == folder, "the built-in one does not take its place"
    assert sorted(data_dir.rglob("timetable*")) == before
    monkeypatch.setattr(timetable_files, "RAISE", dict)
    rebuilt = setup(data_dir)
    assert "cannot be used" not in rebuilt.output, "one format back is read"
