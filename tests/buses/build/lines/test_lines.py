"""Lines read from route relations: stops in order, courses, what is assumed of their service."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
import osmium
import pytest

from planner.buses.build.lines.estimates import EstimateRules, headway_s, length_s
from planner.buses.build.lines.join import chained
from planner.buses.build.lines.lines import variants_of
from planner.buses.build.lines.relations import read_lines
from planner.buses.files import LINES_PREFIX, LineMode, ShapeSource, SourceKind
from planner.buses.query.timetable.lines_info import lines_info
from planner.buses.query.timetable.shapes import known_legs, stretches
from planner.domain.geo import plane_distance_m
from planner.errors import SourceFileError
from planner.services.travel.town import TownKeeper
from planner.streets.build.build import TownSettings, build_network
from planner.streets.files import current_folder
from tests.kit.buses.small_lines import (
    ROAD,
    ROAD_NODES,
    STREET,
    V2,
    WAYS,
    Member,
    Stop,
    calls,
    halt,
    lines_of,
    platform,
    relation,
    runs,
    shape_metres,
    times,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

POSTS = {
    101: platform(100, -6, "Dworzec", local_ref="2"),
    102: platform(1500, -6, "Rynek", ref="stop_17_4242"),
    103: platform(3900, -6, "Szkoła"),
}
PLATFORMS: list[Member] = [("node", number, "platform") for number in POSTS]


def ride(
    tmp: Path, tags: dict[str, str], members: list[Member], stops: dict[int, Stop] | None = None
) -> Path:
    return write(tmp, POSTS if stops is None else stops, relation(1, tags, members))


def test_version_2_with_platforms_alone(tmp_path: Path) -> None:
    timetable = lines_of(ride(tmp_path, {**V2, "from": "Dworzec", "to": "Szkoła"}, [*PLATFORMS, *WAYS]))
    assert calls(timetable, 0) == ["Dworzec", "Rynek", "Szkoła"]
    assert timetable.texts[timetable.line_name[0]] == "7"
    assert timetable.texts[timetable.pattern_headsign[0]] == "Szkoła"
    assert [timetable.texts[number] for number in timetable.stop_platform.tolist()] == ["2", "", ""]
    assert timetable.line_mode.tolist() == [LineMode.BUS]
    assert timetable.line_estimated.tolist() == [True]
    assert timetable.shape_source.tolist() == [ShapeSource.RELATION]
    assert timetable.meta.sources[0].kind is SourceKind.OSM
    assert "OpenStreetMap" in timetable.meta.sources[0].credit
    # 1 400 m and 2 400 m at 20 km/h: 252 s and 432 s
    assert times(timetable, 0) == pytest.approx([0, 252, 684], abs=2)
    # nothing says how often: every hour from 6 to 22
    assert runs(timetable, 0) == [(360, 1320, 60)]
    assert timetable.service_week.tolist() == [[True] * 7]


def test_the_course_is_the_street_from_the_first_to_the_last_stop(tmp_path: Path) -> None:
    timetable = lines_of(ride(tmp_path, V2, [*PLATFORMS, *WAYS]))
    course = shape_metres(timetable, 0)
    assert course[0] == pytest.approx((100, 0), abs=0.5)
    assert course[-1] == pytest.approx((3900, 0), abs=0.5)
    assert max(abs(north) for _, north in course) < 0.5
    easts = [east for east, _ in course]
    assert easts == sorted(easts)
    places = timetable.shape_stop.tolist()
    assert [easts[place] for place in places] == pytest.approx([100, 1500, 3900], abs=0.5)


def test_a_stop_and_its_platform_are_one_call(tmp_path: Path) -> None:
    stops = {201: halt(100, "Dworzec"), 202: halt(1500, "Rynek"), 203: halt(3900, "Szkoła"), **POSTS}
    pairs = [
        member for at in (1, 2, 3) for member in (("node", 200 + at, "stop"), ("node", 100 + at, "platform"))
    ]
    apart = [*(("node", 200 + at, "stop") for at in (1, 2, 3)), *PLATFORMS]
    for members in (pairs, apart):
        timetable = lines_of(ride(tmp_path, V2, [*members, *WAYS], stops))
        assert calls(timetable, 0) == ["Dworzec", "Rynek", "Szkoła"]
        # people wait at the platform, 6 m south of the road
        assert timetable.stop_at[:, 1].max() < round(49.97 * 1e7)


def test_a_call_with_one_of_both_stays_in_its_place(tmp_path: Path) -> None:
    stops = {201: halt(100, "Dworzec"), 204: halt(2500, "Most"), **POSTS}
    members: list[Member] = [
        ("node", 201, "stop"), ("node", 101, "platform"), ("node", 102, "platform"),
        ("node", 204, "stop"), ("node", 103, "platform"), *WAYS,
    ]  # fmt: skip
    timetable = lines_of(ride(tmp_path, V2, members, stops))
    assert calls(timetable, 0) == ["Dworzec", "Rynek", "Most", "Szkoła"]


def test_entry_and_exit_only(tmp_path: Path) -> None:
    members: list[Member] = [
        ("node", 101, "platform_entry_only"), ("node", 102, "platform"), ("node", 103, "platform_exit_only"),
    ]  # fmt: skip
    timetable = lines_of(ride(tmp_path, V2, [*members, *WAYS]))
    assert timetable.pattern_board.tolist() == [0, 0, 1]
    assert timetable.pattern_alight.tolist() == [1, 0, 0]


def test_a_platform_drawn_as_a_way_or_an_area(tmp_path: Path) -> None:
    nodes = {**ROAD_NODES, 31: (1480, -8), 32: (1520, -8), 41: (3880, -8), 42: (3920, -8), 43: (3920, -14)}
    ways = {
        **ROAD,
        31: ((31, 32), {"public_transport": "platform", "highway": "platform", "name": "Rynek"}),
        41: ((41, 42, 43, 41), {}),
    }
    area = relation(
        9, {"type": "multipolygon", "public_transport": "platform", "name": "Szkoła"}, [("way", 41, "outer")]
    )
    members: list[Member] = [
        ("node", 101, "platform"),
        ("way", 31, "platform"),
        ("relation", 9, "platform"),
        *WAYS,
    ]
    file = write(tmp_path, {101: POSTS[101]}, relation(1, V2, members) + area, nodes, ways)
    timetable = lines_of(file)
    assert calls(timetable, 0) == ["Dworzec", "Rynek", "Szkoła"]
    assert timetable.stop_at[1, 0] == pytest.approx(np.mean([*timetable.stop_at[1:2, 0]]))
    assert len(shape_metres(timetable, 0)) < 8  # the platforms are no part of the course


def test_version_1_runs_both_ways(tmp_path: Path) -> None:
    members: list[Member] = [("node", number, "") for number in (103, 101, 102)]
    tags = {"type": "route", "route": "bus", "ref": "8", "from": "Dworzec", "to": "Szkoła"}
    timetable = lines_of(ride(tmp_path, tags, [*members, *WAYS]))
    assert calls(timetable, 0) == ["Dworzec", "Rynek", "Szkoła"]  # the members are in no order: the street is
    assert calls(timetable, 1) == ["Szkoła", "Rynek", "Dworzec"]
    headsigns = [timetable.texts[number] for number in timetable.pattern_headsign.tolist()]
    assert headsigns == ["Szkoła", "Dworzec"]
    assert len(timetable.line_name) == 1
    assert shape_metres(timetable, 1)[0] == pytest.approx((3900, 0), abs=0.5)


def test_forward_and_backward_roles(tmp_path: Path) -> None:
    nodes = {**ROAD_NODES, 6: (2000, 300), 7: (1000, 300)}
    ways = {**ROAD, 15: ((3, 6, 7, 2), {**STREET, "oneway": "yes"})}
    stops = {**POSTS, 105: platform(1500, 306, "Górna")}
    members: list[Member] = [
        ("node", 101, "stop"), ("node", 102, "forward_stop"), ("node", 105, "backward_stop"),
        ("node", 103, "stop"),
        ("way", 11, ""), ("way", 12, "forward"), ("way", 15, "backward"), ("way", 13, ""), ("way", 14, ""),
    ]  # fmt: skip
    file = write(
        tmp_path, stops, relation(1, {"type": "route", "route": "bus", "ref": "8"}, members), nodes, ways
    )
    timetable = lines_of(file)
    assert calls(timetable, 0) == ["Dworzec", "Rynek", "Szkoła"]
    assert calls(timetable, 1) == ["Szkoła", "Górna", "Dworzec"]
    assert max(north for _, north in shape_metres(timetable, 0)) < 1
    assert max(north for _, north in shape_metres(timetable, 1)) == pytest.approx(300, abs=0.5)


def test_a_hole_in_the_course_is_counted_and_filled_along_the_streets(tmp_path: Path) -> None:
    ways: list[Member] = [("way", 11, ""), ("way", 14, "")]
    timetable = lines_of(ride(tmp_path, V2, [*PLATFORMS, *ways]))
    assert timetable.meta.dropped["gaps in the course of a line"] == 1
    assert known_legs(timetable, 0).all()
    course = shape_metres(timetable, 0)
    assert max(abs(north) for _, north in course) < 1
    # 1 400 m, then 2 400 m, at 20 km/h all the same
    assert times(timetable, 0) == pytest.approx([0, 252, 684], abs=4)


def test_where_no_street_leads_the_leg_is_unknown_and_never_a_way(tmp_path: Path) -> None:
    stops = {**POSTS, 104: platform(3900, 1500, "Za rzeką")}
    members: list[Member] = [*PLATFORMS, ("node", 104, "platform")]
    timetable = lines_of(ride(tmp_path, V2, [*members, *WAYS], stops))
    assert known_legs(timetable, 0).tolist() == [True, True, False]
    parts = stretches(timetable, 0, 1, 3)
    assert [part.source for part in parts] == [ShapeSource.RELATION, ShapeSource.NONE]
    assert stretches(timetable, 0, 0, 2)[0].source is ShapeSource.RELATION
    # 1 506 m across, 1.3 times that to drive at 20 km/h: 352 s
    assert times(timetable, 0)[3] - times(timetable, 0)[2] == pytest.approx(352, abs=3)


def test_a_member_that_is_missing_is_counted(tmp_path: Path) -> None:
    members: list[Member] = [*PLATFORMS, ("node", 999, "platform"), *WAYS, ("way", 888, "")]
    timetable = lines_of(ride(tmp_path, V2, members))
    assert timetable.meta.dropped["stops of lines that the file lacks"] == 1
    assert timetable.meta.dropped["ways of lines that the file lacks"] == 1
    assert calls(timetable, 0) == ["Dworzec", "Rynek", "Szkoła"]


def test_a_line_with_one_stop_is_left_out(tmp_path: Path) -> None:
    timetable = lines_of(ride(tmp_path, V2, [("node", 101, "platform"), *WAYS]))
    assert len(timetable.line_name) == 0
    assert timetable.meta.dropped["lines with fewer than two stops here"] == 1


def test_a_circle_comes_back_to_its_first_stop(tmp_path: Path) -> None:
    nodes = {**ROAD_NODES, 6: (4000, 500), 7: (0, 500)}
    ways = {**ROAD, 16: ((5, 6, 7, 1), STREET)}
    members: list[Member] = [*PLATFORMS, *WAYS, ("way", 16, "")]
    file = write(tmp_path, POSTS, relation(1, {**V2, "roundtrip": "yes"}, members), nodes, ways)
    timetable = lines_of(file)
    assert calls(timetable, 0) == ["Dworzec", "Rynek", "Szkoła", "Dworzec"]
    assert known_legs(timetable, 0).all()
    # 3.8 km there, 100 + 500 + 4 000 + 500 back to the start, and 100 m to the stop
    course = shape_metres(timetable, 0)
    assert course[0] == pytest.approx((100, 0), abs=0.5)
    assert times(timetable, 0)[-1] == pytest.approx((3800 + 5100) / 20 * 3.6, abs=25)
    # in the older scheme, which tells no direction, it is not run the other way round
    old = {"type": "route", "route": "bus", "ref": "7"}
    timetable = lines_of(write(tmp_path, POSTS, relation(1, old, members), nodes, ways))
    assert [calls(timetable, 0)] == [["Dworzec", "Rynek", "Szkoła", "Dworzec"]]
    assert len(timetable.pattern_line) == 1


def test_other_modes_and_what_does_not_run(tmp_path: Path) -> None:
    tags = {"type": "route", "public_transport:version": "2"}
    kinds = {
        "tram": LineMode.TRAM, "light_rail": LineMode.TRAM, "subway": LineMode.METRO, "train": LineMode.RAIL,
        "trolleybus": LineMode.TROLLEYBUS, "share_taxi": LineMode.SHARE_TAXI,
    }  # fmt: skip
    relations = "".join(
        relation(number, {**tags, "route": kind, "ref": kind}, [*PLATFORMS, *WAYS])
        for number, kind in enumerate([*kinds, "ferry", "hiking", "road"], 1)
    )
    relations += relation(20, {**V2, "ref": "new", "state": "proposed"}, [*PLATFORMS, *WAYS])
    timetable = lines_of(write(tmp_path, POSTS, relations))
    names = [timetable.texts[number] for number in timetable.line_name.tolist()]
    assert dict(zip(names, timetable.line_mode.tolist(), strict=True)) == kinds


def test_what_the_master_says_holds_for_its_routes(tmp_path: Path) -> None:
    there = relation(1, {**V2, "to": "Szkoła"}, [*PLATFORMS, *WAYS])
    back = relation(2, {**V2, "to": "Dworzec", "interval": "20"}, [*PLATFORMS[::-1], *WAYS[::-1]])
    master = {"type": "route_master", "route_master": "bus", "name": "Linia 7", "interval": "00:15"}
    members: list[Member] = [("relation", 1, ""), ("relation", 2, "")]
    timetable = lines_of(write(tmp_path, POSTS, there + back + relation(3, master, members)))
    assert len(timetable.line_name) == 1
    assert timetable.texts[timetable.line_long[0]] == "Linia 7"
    assert [runs(timetable, pattern)[0][2] for pattern in (0, 1)] == [15, 20]
    assert calls(timetable, 1) == ["Szkoła", "Rynek", "Dworzec"]


def test_hours_and_the_length_of_the_ride(tmp_path: Path) -> None:
    tags = {**V2, "opening_hours": "Mo-Fr 05:30-23:00; Sa 07:00-12:00,14:00-20:00", "duration": "00:19"}
    timetable = lines_of(ride(tmp_path, {**tags, "interval": "60-90"}, [*PLATFORMS, *WAYS]))
    assert len(timetable.pattern_line) == 2  # a template for the weekdays, one for Saturday
    assert runs(timetable, 0) == [(330, 1380, 90)]
    assert runs(timetable, 1) == [(420, 720, 90), (840, 1200, 90)]
    weeks = timetable.service_week[timetable.trip_service].tolist()
    assert weeks == [[True] * 5 + [False] * 2, [False] * 5 + [True, False]]
    # 19 minutes for 3 800 m: 7 for the first 1 400
    assert times(timetable, 0) == pytest.approx([0, 420, 1140], abs=2)


def test_hours_that_cannot_be_read_are_the_usual_ones(tmp_path: Path) -> None:
    timetable = lines_of(ride(tmp_path, {**V2, "opening_hours": "when it suits"}, [*PLATFORMS, *WAYS]))
    assert runs(timetable, 0) == [(360, 1320, 60)]


def test_the_rules_are_settings(tmp_path: Path) -> None:
    rules = EstimateRules(headway_s=1800, start_s=8 * 3600, end_s=18 * 3600, kmh={LineMode.BUS: 40.0})
    timetable = lines_of(ride(tmp_path, V2, [*PLATFORMS, *WAYS]), rules)
    assert runs(timetable, 0) == [(480, 1080, 30)]
    assert times(timetable, 0) == pytest.approx([0, 126, 342], abs=2)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("30", 30), ("00:30", 30), ("1:15", 75), ("00:07:30", 7.5), ("20 min", 20), ("20 minutes", 20),
        ("PT1H5M", 65), ("PT40M", 40), ("7.5", 7.5), ("", None), ("often", None), ("PT", None), ("0:3", None),
    ],
)  # fmt: skip
def test_lengths_of_time(text: str, minutes: float | None) -> None:
    assert length_s(text) == (None if minutes is None else minutes * 60)


@pytest.mark.parametrize(
    ("text", "minutes"), [("60-90", 90), ("10;20", 20), ("00:10-00:20", 20), ("5-often", 60), ("0", 60)]
)
def test_the_longer_of_two_intervals_counts(text: str, minutes: int) -> None:
    assert headway_s({"interval": text}, EstimateRules()) == minutes * 60


def test_ways_are_joined_as_they_are_driven() -> None:
    assert chained([(1, 2), (3, 2), (3, 4)]) == [[1, 2, 3, 4]]
    assert chained([(2, 1), (2, 3)]) == [[1, 2, 3]]  # the first way is turned towards the second
    assert chained([(1, 2), (5, 6)]) == [[1, 2], [5, 6]]
    assert chained([(1, 2), (2, 3), (3, 2), (2, 4)]) == [[1, 2, 3, 2, 4]]  # into a dead end and back
    ring = (10, 11, 12, 13, 10)
    assert chained([(1, 11), ring, (13, 5)]) == [[1, 11, 12, 13, 5]]
    assert chained([(1, 13), ring, (11, 5)]) == [[1, 13, 10, 11, 5]]  # never against a roundabout
    assert chained([(5, 13), ring, (13, 5)]) == [[5, 13, 10, 11, 12, 13, 5]]  # all the way round
    assert chained([ring, (12, 5)]) == [[12, 13, 10, 11, 12, 5]]


def test_if_the_lines_fail_the_network_in_force_stays(tmp_path: Path) -> None:
    file = ride(tmp_path, V2, [*PLATFORMS, *WAYS])
    lines_of(file)
    before = current_folder(tmp_path / "data")

    def fails(_file: Path, folder: Path) -> None:
        assert (folder / "meta.json").exists()
        msg = "no lines today"
        raise SourceFileError(msg)

    with pytest.raises(SourceFileError, match="no lines today"):
        build_network(file, tmp_path / "data", TownSettings("Small"), lambda *_: None, [fails])
    assert current_folder(tmp_path / "data") == before
    assert [folder.name for folder in (tmp_path / "data").glob("network-*")] == [
        before.name if before else ""
    ]
    assert TownKeeper(tmp_path / "data").town().network.meta.name == "Small"


def test_the_lines_are_told(tmp_path: Path) -> None:
    lines_of(ride(tmp_path, V2, [*PLATFORMS, *WAYS]))
    folder = current_folder(tmp_path / "data")
    assert folder is not None
    info = lines_info(folder, None)
    assert (info.lines, info.stops, info.in_force, info.estimated) == (1, 3, 1, 1)
    assert str(info) == "1 with 3 stops from the map; 1 of the 1 in force are estimated"
    (folder / f"{LINES_PREFIX}meta.json").unlink()
    assert str(lines_info(folder, None)) == "0 with 0 stops from the map"


OTHER_NAME = "Place d'Armes (vers Monaco Ville)"
"""The one place to halt in the file that bears another name than its platform, "Place d'Armes"."""


@pytest.mark.slow
def test_monaco_against_its_file(real_dir: Path) -> None:
    file = real_dir / "monaco.osm.pbf"
    names: dict[int, str] = {}
    for thing in osmium.FileProcessor(str(file), osmium.osm.NODE).with_filter(
        osmium.filter.KeyFilter("name")
    ):
        names[thing.id] = thing.tags["name"]
    told: dict[str, set[tuple[str, ...]]] = {}
    for thing in osmium.FileProcessor(str(file), osmium.osm.RELATION):
        if thing.tags.get("route") == "bus":
            its = [m.ref for m in thing.members if m.type == "n" and m.role and m.ref in names]
            its = [number for number in its if names[number] != OTHER_NAME]
            told.setdefault(thing.tags["ref"], set()).add(_without_repeats(names[number] for number in its))

    variants, dropped = variants_of(read_lines(file), (7.405, 43.72, 7.445, 43.755))
    assert len({variant.name for variant in variants}) == 21
    assert len(variants) == 41
    assert dropped["lines with fewer than two stops here"] == 11
    for variant in variants:
        assert _without_repeats(halt.name for halt in variant.halts) in told[variant.name], variant.name
    away = [
        plane_distance_m(halt.at, (float(place[0]), float(place[1])))
        for variant in variants
        for halt, along in zip(variant.halts, variant.along, strict=True)
        if variant.course is not None and along is not None
        for place in variant.course.course.cut(along, along)[:1]
    ]
    assert len(away) == sum(len(variant.halts) for variant in variants) == 347
    assert max(away) < 20
    legs = [leg for one in variants if one.course for leg in one.course.legs(one.along)]
    assert (len(legs), sum(leg is None for leg in legs)) == (306, 4)


def _without_repeats(names: Iterable[str]) -> tuple[str, ...]:
    """A stop and its platform follow each other in this file: one call."""
    return tuple(name for name, _ in groupby(names))
