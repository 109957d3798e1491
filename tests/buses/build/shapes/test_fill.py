"""The geometry of rides where the feed has none: relation, streets, rails, or marked as unknown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from planner.buses.build.gtfs.files import open_feed
from planner.buses.build.gtfs.read import FeedSettings, read_feed
from planner.buses.build.lines.write import build_lines
from planner.buses.build.shapes.fill import drawn, fill
from planner.buses.build.shapes.fit import course_of, places
from planner.buses.build.shapes.rides import RideRouter
from planner.buses.build.shapes.ways import SnapLimits, WayGraph
from planner.buses.files import ShapeSource
from planner.buses.query.timetable.shapes import known_legs, stretches
from planner.domain.geo import length_m, plane_distance_m
from planner.paths import ROOT
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
    lines_of,
    platform,
    relation,
    shape_metres,
    write,
)
from tests.kit.streets.small import spot

if TYPE_CHECKING:
    from pathlib import Path

    from planner.buses.files import TimetableArrays
    from planner.buses.query.timetable.timetable import Timetable

POSTS = {
    101: platform(100, -6, "Dworzec"),
    102: platform(1500, -6, "Rynek"),
    103: platform(3900, -6, "Szkoła"),
}
PLATFORMS: list[Member] = [("node", number, "platform") for number in POSTS]


def without_shapes(timetable: TimetableArrays) -> TimetableArrays:
    """What a feed without shapes.txt gives: the stops alone."""
    return replace(
        timetable,
        shape_offsets=timetable.pattern_offsets,
        shape_at=timetable.stop_at[timetable.pattern_stops],
        shape_stop=np.concatenate([np.arange(n) for n in np.diff(timetable.pattern_offsets)]).astype(
            np.int32
        ),
        shape_source=np.full(len(timetable.pattern_line), ShapeSource.NONE, np.uint8),
    )


def filled(timetable: Timetable, data_dir: Path) -> Timetable:
    given = fill(without_shapes(timetable), timetable.texts, current_folder(data_dir))
    return replace(
        timetable, **{name: getattr(given, name) for name in vars(given) if name.startswith("shape_")}
    )


def test_a_relation_of_the_same_line_gives_the_course(tmp_path: Path) -> None:
    # the relation goes round by the north; along the streets it would be straight on
    nodes = {**ROAD_NODES, 6: (2000, 400), 7: (1000, 400)}
    ways = {**ROAD, 15: ((2, 7, 6, 3), STREET)}
    members: list[Member] = [
        *PLATFORMS[::2],
        ("way", 11, ""),
        ("way", 15, ""),
        ("way", 13, ""),
        ("way", 14, ""),
    ]
    lines = lines_of(write(tmp_path, POSTS, relation(1, V2, members), nodes, ways))
    feed = filled(lines, tmp_path / "data")
    assert feed.shape_source.tolist() == [ShapeSource.RELATION]
    assert max(north for _, north in shape_metres(feed, 0)) == pytest.approx(400, abs=0.5)
    other = replace(lines, texts=tuple("9" if text == "7" else text for text in lines.texts))
    feed = filled(other, tmp_path / "data")
    assert feed.shape_source.tolist() == [ShapeSource.ROUTED]
    assert max(north for _, north in shape_metres(feed, 0)) < 1


def test_along_the_streets_the_way_that_may_be_driven() -> None:
    # a street of 1 km from west to east, one-way, and a way back round by the south
    south = (spot(1000), spot(1000, -200), spot(0, -200), spot(0))
    ways = WayGraph(
        vertices=np.array([spot(0), spot(1000), *south]),
        offsets=np.array([0, 2, 6]),
        u=np.array([0, 1]),
        v=np.array([1, 0]),
        ahead=np.array([100.0, 140.0]),
        back=np.array([np.inf, 140.0]),
        nodes=2,
        pace=2.5,
        reach=SnapLimits(80.0, 10.0, 3),
    )
    stops = [spot(200, 5), spot(900, 5)]
    found = RideRouter(ways).between(stops, {(0, 1), (1, 0)})
    assert length_m(found[0, 1].tolist()) == pytest.approx(700, abs=0.5)
    assert length_m(found[1, 0].tolist()) == pytest.approx(100 + 1400 + 200, abs=1)
    assert spot(0, -200) in [tuple(point) for point in found[1, 0].tolist()]


def test_a_detour_that_no_bus_makes_is_not_taken_for_its_way(tmp_path: Path) -> None:
    # 200 m apart, 8 km by the only street
    nodes = {1: (0, 0), 2: (4000, 0), 3: (4000, 200), 4: (0, 200)}
    stops = {101: platform(100, -6, "Tu"), 102: platform(100, 206, "Tam")}
    members: list[Member] = [("node", 101, "platform"), ("node", 102, "platform")]
    file = write(tmp_path, stops, relation(1, V2, members), nodes, {11: ((1, 2, 3, 4), STREET)})
    lines = lines_of(file)
    assert lines.shape_source.tolist() == [ShapeSource.NONE]
    assert known_legs(lines, 0).tolist() == [False]


def test_trains_follow_the_rails(tmp_path: Path) -> None:
    # the second track leaves the first half-way, as at a station
    nodes = {**ROAD_NODES, 51: (0, 50), 52: (1000, 400), 53: (2500, 400), 54: (1000, 250), 55: (2500, 250)}
    rail = {"railway": "rail"}
    ways = {**ROAD, 51: ((51, 52, 53), rail), 52: ((52, 54, 55), rail)}
    stops = {101: platform(10, 60, "Dworzec"), 102: platform(2400, 240, "Zachodnia")}
    members: list[Member] = [("node", 101, "platform"), ("node", 102, "platform")]
    lines = lines_of(write(tmp_path, stops, relation(1, {**V2, "route": "train"}, members), nodes, ways))
    assert lines.shape_source.tolist() == [ShapeSource.ROUTED]
    corners = [(round(east, -1), round(north, -1)) for east, north in shape_metres(lines, 0)]
    assert corners[1:-1] == [(1000, 400), (1000, 250)]
    assert corners[-1] == (2400, 250)


def test_without_a_network_nothing_is_known(tmp_path: Path) -> None:
    lines = lines_of(write(tmp_path, POSTS, relation(1, V2, [*PLATFORMS, *WAYS])))
    bare = without_shapes(lines)
    given = fill(bare, lines.texts, None)
    assert given.shape_source.tolist() == [ShapeSource.NONE]
    assert known_legs(given, 0).tolist() == [False, False]


def test_shapes_of_the_feed_are_left_alone(tmp_path: Path) -> None:
    lines = lines_of(write(tmp_path, POSTS, relation(1, V2, [*PLATFORMS, *WAYS])))
    own = replace(without_shapes(lines), shape_source=np.array([ShapeSource.FEED], np.uint8))
    given = fill(own, lines.texts, current_folder(tmp_path / "data"))
    assert given.shape_source.tolist() == [ShapeSource.FEED]
    assert given.shape_at.tolist() == own.shape_at.tolist()
    assert given.shape_stop.tolist() == own.shape_stop.tolist()


def test_an_unknown_leg_is_told_from_a_known_one() -> None:
    stops = [spot(0), spot(500), spot(900), spot(1500)]
    street = np.array([spot(0), spot(250, 40), spot(500)])
    shape = drawn([street, None, np.array([spot(900), spot(1500)])], stops, ShapeSource.ROUTED)
    assert shape.known == (True, False, True)
    assert shape.stops == (0, 2, 4, 5)
    assert [tuple(point) for point in shape.points[[2, 3]].tolist()] == [spot(500), spot(500)]


def test_places_along_a_course_that_passes_twice() -> None:
    # out and back along one street: the stop on the way back is met on the way back
    line = course_of(np.array([spot(0), spot(1000), spot(0)]))
    assert places(line, [spot(200), spot(900), spot(300)]) == pytest.approx([200, 900, 1700], abs=1)
    assert places(line, [spot(900), spot(200), spot(850)]) is None
    assert places(line, [spot(200), spot(500, 300), spot(900)]) == [
        pytest.approx(200, abs=1), None, pytest.approx(900, abs=1)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def skawina_with_lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data_dir = tmp_path_factory.mktemp("skawina-lines")
    town = TownSettings("Skawina")
    build_network(ROOT / "data" / "skawina.osm", data_dir, town, lambda *_: None, [build_lines])
    return data_dir


@pytest.mark.slow
def test_the_built_in_timetable_is_drawn_whole(skawina_with_lines: Path) -> None:
    feed = _read(ROOT / "data" / "timetable", skawina_with_lines)
    assert set(feed.shape_source.tolist()) == {ShapeSource.RELATION}
    unknown = {
        name
        for pattern in range(len(feed.pattern_line))
        for leg in np.flatnonzero(~known_legs(feed, pattern)).tolist()
        for name in _ends(feed, pattern, leg)
        if name.startswith("Ochodza")
    }
    assert unknown == {"Ochodza Dwór"}  # no street of the sketch leads there
    legs = [known_legs(feed, pattern) for pattern in range(len(feed.pattern_line))]
    assert sum(int((~known).sum()) for known in legs) == sum(not known.all() for known in legs)


@pytest.mark.slow
def test_the_feed_of_2026_is_drawn_inside_the_town(skawina_with_lines: Path, real_dir: Path) -> None:
    feed = _read(real_dir / "skawina-buses-2026-03.gtfs.zip", skawina_with_lines)
    for pattern in range(len(feed.pattern_line)):
        known = known_legs(feed, pattern)
        for leg in range(len(known)):
            points = stretches(feed, pattern, leg, leg + 1)[0].points
            straight = plane_distance_m(tuple(points[0]), tuple(points[-1]))
            if known[leg]:
                assert length_m([tuple(point) for point in points.tolist()]) <= max(
                    3 * straight, straight + 1500
                )
            name, following = _ends(feed, pattern, leg)
            if name.startswith("Skawina") and following.startswith("Skawina"):
                assert known[leg], (name, following)
        _stops_lie_on_it(feed, pattern, known)


@pytest.mark.slow
def test_trains_are_drawn_along_the_tracks_of_the_sketch(skawina_with_lines: Path, real_dir: Path) -> None:
    feed = _read(real_dir / "krakow-trains-2025-09.gtfs.zip", skawina_with_lines)
    assert set(feed.shape_source.tolist()) == {ShapeSource.ROUTED}
    for pattern in range(len(feed.pattern_line)):
        for leg, is_known in enumerate(known_legs(feed, pattern).tolist()):
            inside = all("SKAWINA" in name.upper() for name in _ends(feed, pattern, leg))
            assert is_known or not inside


def _read(source: Path, data_dir: Path) -> Timetable:
    meta = TownKeeper(data_dir).town().network.meta
    settings = FeedSettings(timezone=meta.timezone, bounds=meta.bounds)
    return filled(read_feed(open_feed(source, source.name), settings), data_dir)


def _ends(feed: Timetable, pattern: int, leg: int) -> tuple[str, str]:
    first = int(feed.pattern_offsets[pattern]) + leg
    names = [feed.texts[feed.stop_name[stop]] for stop in feed.pattern_stops[first : first + 2].tolist()]
    return names[0], names[1]


def _stops_lie_on_it(feed: Timetable, pattern: int, known: np.typing.NDArray[np.bool_]) -> None:
    calls = slice(*feed.pattern_offsets[pattern : pattern + 2].tolist())
    start = int(feed.shape_offsets[pattern])
    for call, (stop, place) in enumerate(
        zip(feed.pattern_stops[calls].tolist(), feed.shape_stop[calls].tolist(), strict=True)
    ):
        if call < len(known) and known[call]:
            at = tuple((feed.shape_at[start + place] / 1e7).tolist())
            assert plane_distance_m(feed.position(stop), at) <= 80
