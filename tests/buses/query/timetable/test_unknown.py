"""Services without a timetable are named where they stop, until a feed knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.buses.query.timetable.unknown import near, read_unknown, still_unknown
from planner.paths import ROOT
from tests.kit.buses.small_lines import V2, Member, halt, lines_of, platform, relation, write

if TYPE_CHECKING:
    from pathlib import Path

FILE = ROOT / "data" / "timetable" / "unknown_services.json"
STATION, SCK = (19.82187, 49.97714), (19.82158, 49.9765)


def test_the_built_in_ones() -> None:
    services = read_unknown(FILE)
    assert [service.name for service in services] == ["Skawińska Komunikacja Gminna (S)", "SKA"]
    assert [name for name, _ in services[1].stops][:2] == ["Skawina", "Skawina Jagielnia"]
    assert len(services[1].stops) == 6


def test_near_a_place() -> None:
    services = read_unknown(FILE)
    found = near(services, SCK, 500)
    assert [(service.name, [name for name, _ in service.stops]) for service in found] == [
        ("Skawińska Komunikacja Gminna (S)", ["Skawina SCK"]),
        ("SKA", ["Skawina"]),
    ]
    assert near(services, (19.9, 49.9), 500) == ()


def test_a_line_of_another_service_does_not_make_it_known(tmp_path: Path) -> None:
    assert len(still_unknown(read_unknown(FILE), None)) == 2
    # the small road begins at 19.82, 49.97: this stop lies 120 m from the station, on it runs a bus
    stops = {101: platform(90, 700, "Dworzec"), 102: platform(3000, 0, "Dalej")}
    members: list[Member] = [("node", 101, "platform"), ("node", 102, "platform")]
    timetable = lines_of(write(tmp_path, stops, relation(1, V2, members)))
    assert still_unknown(read_unknown(FILE), timetable) == read_unknown(FILE)


def test_what_a_timetable_knows_is_unknown_no_more(tmp_path: Path) -> None:
    stops = {101: halt(90, "Skawina", 700), 102: halt(-1850, "Skawina Zachodnia", 380)}
    members: list[Member] = [("node", 101, "stop"), ("node", 102, "stop")]
    train = {**V2, "route": "train", "ref": "SKA1"}
    minibus = {**V2, "ref": "S3"}
    file = write(tmp_path, stops, relation(1, train, members) + relation(2, minibus, members))
    left = still_unknown(read_unknown(FILE), lines_of(file))
    assert [service.name for service in left] == ["SKA"]  # S3 calls within 300 m of SCK
    assert {name for name, _ in left[0].stops} == {
        "Skawina Jagielnia", "Podbory Skawińskie", "Zelczyna", "Radziszów"
    }  # fmt: skip
