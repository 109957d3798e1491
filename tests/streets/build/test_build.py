"""From OpenStreetMap files to a network: which ways, how they join, what is refused."""

from __future__ import annotations

import errno
import gzip
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import osmium
import pytest

from planner.errors import InvalidInputError, SourceFileError
from planner.services.travel.town import Town, TownKeeper
from planner.streets.build.build import TownSettings
from planner.streets.build.read.osm import LATE
from planner.streets.files import POINTER, current_folder
from planner.streets.query.layers import LayerKind
from planner.streets.query.network import load_network
from planner.streets.query.walk.find import Walker
from tests.kit.streets.small import (
    CROSS,
    CROSS_OSM,
    CROSSING_WAYS,
    FOOTWAY,
    Ways,
    build,
    osm,
    small_town,
    spot,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.streets.files import NetworkMeta


def way_ids(town: Town, data_dir: Path) -> list[int]:
    folder = current_folder(data_dir)
    assert folder is not None
    ids: list[int] = np.load(folder / "way.npy").tolist()
    assert len(ids) == town.network.meta.edges
    return ids


def test_ways_that_cross_without_a_shared_node_do_not_join(tmp_path: Path) -> None:
    nodes = {1: (0.0, 0.0), 2: (400.0, 0.0), 3: (200.0, 200.0), 4: (200.0, -200.0)}
    town = small_town(tmp_path, nodes, {1: ((1, 2), FOOTWAY), 2: ((3, 4), FOOTWAY)})
    assert town.network.meta.edges == 2
    assert Walker(town.network).walk(spot(0), spot(200, 200)) is None


def test_ways_that_share_a_node_join_there(tmp_path: Path) -> None:
    town = small_town(tmp_path, CROSS, CROSSING_WAYS)
    assert (town.network.meta.nodes, town.network.meta.edges) == (5, 4)
    assert sorted(way_ids(town, tmp_path / "data")) == [1, 1, 2, 2]
    walk = Walker(town.network).walk(spot(0), spot(100, 100))
    assert walk is not None
    assert walk.length_m == pytest.approx(200, abs=0.2)
    assert town.network.meta.walk_m == pytest.approx(400, abs=0.5)


def test_the_file_of_walking_costs_keeps_the_name_that_built_networks_have(tmp_path: Path) -> None:
    town = small_town(tmp_path, CROSS, CROSSING_WAYS)
    folder = current_folder(tmp_path / "data")
    assert folder is not None
    assert np.load(folder / "walk_m.npy").tolist() == town.network.walk_cost_m.tolist()


def test_a_way_closed_to_pedestrians_cuts_nothing_and_joins_nothing(tmp_path: Path) -> None:
    ways = {1: CROSSING_WAYS[1], 2: ((4, 2, 5), {"highway": "construction"})}
    town = small_town(tmp_path, CROSS, ways)
    assert (town.network.meta.nodes, town.network.meta.edges) == (2, 1)


def test_negative_ids_are_as_good_as_others(tmp_path: Path) -> None:
    nodes = {-number: metres for number, metres in CROSS.items()}
    ways = {-way: (tuple(-ref for ref in refs), tags) for way, (refs, tags) in CROSSING_WAYS.items()}
    town = small_town(tmp_path, nodes, ways)
    assert town.network.meta.edges == 4
    assert sorted(way_ids(town, tmp_path / "data")) == [-2, -2, -1, -1]


def chain(length: int) -> dict[int, tuple[float, float]]:
    return {number: (5.0 * number, 0.0) for number in range(1, length + 1)}


def test_a_node_without_position_cuts_its_way_and_is_told(tmp_path: Path) -> None:
    nodes = chain(150)
    del nodes[75]
    town = small_town(tmp_path, nodes, {1: (range(1, 151), FOOTWAY)})
    assert town.network.meta.left_out == {"node without position": 1}
    assert town.network.meta.edges == 2
    assert town.network.meta.walk_m == pytest.approx(147 * 5, abs=0.5)


def test_many_nodes_without_position_cut_their_ways_too(tmp_path: Path) -> None:
    """As in an extract that was clipped without complete ways."""
    nodes = chain(150)
    del nodes[75], nodes[76]
    town = small_town(tmp_path, nodes, {1: (range(1, 151), FOOTWAY)})
    assert town.network.meta.left_out == {"node without position": 2}
    assert town.network.meta.walk_m == pytest.approx(146 * 5, abs=0.5)


def test_a_file_that_lacks_its_last_nodes_is_told_as_cut_off(tmp_path: Path) -> None:
    nodes = {number: at for number, at in chain(150).items() if number <= 120}
    town = small_town(tmp_path, nodes, {1: (range(1, 151), FOOTWAY)})
    assert town.network.meta.left_out == {LATE: 30}


def test_loops_and_duplicate_parallel_edges_are_kept(tmp_path: Path) -> None:
    ring = {1: (0.0, 0.0), 2: (100.0, 0.0), 3: (100.0, 100.0), 4: (0.0, 100.0), 5: (-80.0, 0.0)}
    ways = {1: ((1, 2, 3, 4, 1), FOOTWAY), 2: ((5, 1), FOOTWAY), 3: ((5, 1), FOOTWAY)}
    network = small_town(tmp_path, ring, ways).network
    ends = sorted(zip(network.u.tolist(), network.v.tolist(), network.length.round().tolist(), strict=True))
    loops = [length for u, v, length in ends if u == v]
    assert loops == [400]
    assert [length for u, v, length in ends if u != v] == [80, 80]


def test_the_largest_part_is_the_main_one(tmp_path: Path) -> None:
    nodes = {1: (0.0, 0.0), 2: (50.0, 0.0), **{n: (50.0 * n, 400.0) for n in range(10, 14)}}
    network = small_town(
        tmp_path, nodes, {1: ((1, 2), FOOTWAY), 2: (range(10, 14), FOOTWAY), 3: ((11, 13), FOOTWAY)}
    ).network
    parts = {
        round(network.shape(edge)[0][1], 4): int(network.comp_walk[network.u[edge]])
        for edge in range(len(network.u))
    }
    assert parts == {49.97: 1, 49.9736: 0}


def test_what_hangs_on_stairs_is_an_island_without_steps(tmp_path: Path) -> None:
    """A long street, and a short one that only stairs lead to."""
    ways: Ways = {1: ((1, 2), FOOTWAY), 2: ((2, 3), {"highway": "steps"}), 3: ((3, 4), FOOTWAY)}
    nodes = {1: (0.0, 0.0), 2: (50.0, 0.0), 5: (60.0, 30.0), 3: (70.0, 0.0), 4: (100.0, 0.0)}
    network = small_town(tmp_path, nodes, {**ways, 4: ((2, 5), FOOTWAY)}).network
    assert set(network.comp_walk.tolist()) == {0}
    assert sorted(network.comp_free.tolist()) == [0, 0, 0, 1, 1]
    west = int(np.argmin(network.nodes[:, 0]))
    east = int(np.argmax(network.nodes[:, 0]))
    assert (network.comp_free[west], network.comp_free[east]) == (0, 1)


def test_estimated_metres_are_counted(tmp_path: Path) -> None:
    ways = {1: CROSSING_WAYS[1], 2: ((4, 2, 5), {**FOOTWAY, "source": "estimate"})}
    meta = small_town(tmp_path, CROSS, ways).network.meta
    assert meta.estimated_m == pytest.approx(200, abs=0.3)
    assert meta.walk_m == pytest.approx(400, abs=0.5)
    assert meta.is_sketch


def test_bounds_are_those_of_the_streets(tmp_path: Path) -> None:
    bounds = small_town(tmp_path, CROSS, CROSSING_WAYS).network.meta.bounds
    assert bounds == (*spot(0, -100), *spot(200, 100))


def test_what_is_drawn_behind_the_streets(tmp_path: Path) -> None:
    house = {20: (10.0, 10.0), 21: (30.0, 10.0), 22: (30.0, 30.0), 23: (10.0, 30.0)}
    ways = {**CROSSING_WAYS, 9: ((20, 21, 22, 23, 20), {"building": "yes", "name": "Ratusz"})}
    network = small_town(tmp_path, {**CROSS, **house}, ways).network
    layers = network.layers
    drawn = {
        (int(kind), layers.names[name]) for kind, name in zip(layers.kinds, layers.name_ids, strict=True)
    }
    assert drawn == {(LayerKind.BUILDING, "Ratusz"), (LayerKind.PATH, ""), (LayerKind.MINOR, "Rynek")}


def test_streets_that_draw_nothing_are_still_walked(tmp_path: Path) -> None:
    network = small_town(tmp_path, CROSS, {1: ((1, 2, 3), {"highway": "corridor"})}).network
    assert len(network.layers.kinds) == 0
    assert Walker(network).walk(spot(0), spot(200)) is not None


def test_a_long_straight_way_is_found_along_its_whole_length(tmp_path: Path) -> None:
    town = small_town(tmp_path, {1: (0.0, 0.0), 2: (9000.0, 7000.0)}, {1: ((1, 2), FOOTWAY)})
    walker = Walker(town.network)
    offs = [walker.off_m(spot(9.0 * n, 7.0 * n)) for n in range(0, 1001, 50)]
    assert all(off is not None and off < 3 for off in offs)


def test_streets_that_span_a_country_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceFileError, match="misplaced node"):
        small_town(tmp_path, {1: (0.0, 0.0), 2: (0.0, 250_000.0)}, {1: ((1, 2), FOOTWAY)})


def test_a_town_on_both_sides_of_the_180th_meridian_is_refused(tmp_path: Path) -> None:
    """On a plane it would reach round the world, and be crossed in a moment."""
    nodes = "".join(
        f'<node id="{number}" version="1" lat="-16.8" lon="{lon}"/>'
        for number, lon in ((1, 179.9961818), (2, 179.999), (3, -179.9981818))
    )
    ends = '<nd ref="1"/><nd ref="2"/>', '<nd ref="3"/>'
    town = f'<osm version="0.6">{nodes}<way id="1" version="1">{{}}<tag k="highway" v="path"/></way></osm>'
    file = tmp_path / "dateline.osm"
    file.write_text(town.format("".join(ends)), encoding="utf-8")
    with pytest.raises(SourceFileError, match="both sides of the 180th meridian"):
        build(tmp_path / "data", file)
    file.write_text(town.format(ends[0]), encoding="utf-8")
    assert build(tmp_path / "data", file).edges == 1


@pytest.mark.slow
def test_building_twice_gives_the_same_arrays(real_dir: Path, tmp_path: Path) -> None:
    folders = []
    for name in ("first", "second"):
        build(tmp_path / name, real_dir / "krems.osm.gz")
        folder = current_folder(tmp_path / name)
        assert folder is not None
        folders.append(folder)
    first, second = (
        {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
        for folder in folders
    )
    assert len(first) > 15
    assert first == second


def test_progress_is_told_step_by_step(tmp_path: Path) -> None:
    from planner.streets.build.build import build_network  # noqa: PLC0415

    file = tmp_path / "small.osm"
    file.write_text(CROSS_OSM, encoding="utf-8")
    told: list[tuple[int, int]] = []
    build_network(
        file, tmp_path / "data", TownSettings("Small"), lambda step, steps, _: told.append((step, steps))
    )
    assert sorted(set(told)) == [(step, 5) for step in range(1, 6)]
    assert told == sorted(told)


# What is refused leaves the network in force as it was.


@pytest.fixture(name="served")
def in_force(tmp_path: Path) -> Path:
    small_town(tmp_path, CROSS, CROSSING_WAYS)
    return tmp_path / "data"


def state(data_dir: Path) -> tuple[bytes, list[str], object]:
    walk = Walker(TownKeeper(data_dir).town().network).walk(spot(0), spot(100, 100))
    return (data_dir / POINTER).read_bytes(), sorted(path.name for path in data_dir.iterdir()), walk


def pbf(path: Path, *, streets: bool) -> Path:
    with osmium.SimpleWriter(str(path)) as writer:
        for number, metres in CROSS.items():
            writer.add_node(osmium.osm.mutable.Node(id=number, location=spot(*metres), version=1))
        for number, (refs, tags) in CROSSING_WAYS.items() if streets else ():
            writer.add_way(osmium.osm.mutable.Way(id=number, nodes=list(refs), tags=dict(tags), version=1))
    return path


def damaged_files(tmp: Path, real_dir: Path) -> dict[str, bytes]:
    krems, monaco = ((real_dir / name).read_bytes() for name in ("krems.osm.gz", "monaco.osm.pbf"))
    xml = CROSS_OSM.encode()
    return {
        "empty.osm": b"",
        "page.osm": b"<!DOCTYPE html><html><body>Too Many Requests</body></html>",
        "page.osm.pbf": b"<!DOCTYPE html><html><body>Too Many Requests</body></html>",
        "text.osm": b"nothing of the kind",
        "cut.osm": xml[: len(xml) // 2],
        "cut_in_ways.osm": xml[: xml.index(b"</way>") + 30],
        "cut.osm.gz": krems[: len(krems) // 2],
        "cut_at_the_end.osm.gz": krems[:-4],
        "no_gzip.osm.bz2": gzip.compress(xml),
        "cut.osm.pbf": monaco[: len(monaco) // 2],
        "cut_in_the_first_block.osm.pbf": monaco[:100],
        "no_ways.osm.pbf": pbf(tmp / "without.osm.pbf", streets=False).read_bytes(),
        "no_streets.osm": osm(CROSS, {1: ((1, 2), {"building": "yes"})}).encode(),
        "only_motorways.osm": osm(CROSS, {1: ((1, 2), {"highway": "motorway"})}).encode(),
        "only_forbidden.osm": osm(CROSS, {1: ((1, 2), {**FOOTWAY, "foot": "no"})}).encode(),
        "no_number.osm": xml.replace(b'lat="49.97', b'lat="4y.97', 1),
        "wrong_ending.xml": xml,
        "wrong_ending.osm.zip": xml,
        "no_utf8.osm": xml.replace(b"Rynek", b"Ryn\xffek"),
    }


DAMAGED = [
    "empty.osm",
    "page.osm",
    "page.osm.pbf",
    "text.osm",
    "cut.osm",
    "cut_in_ways.osm",
    "cut.osm.gz",
    "cut_at_the_end.osm.gz",
    "no_gzip.osm.bz2",
    "cut.osm.pbf",
    "cut_in_the_first_block.osm.pbf",
    "no_ways.osm.pbf",
    "no_streets.osm",
    "only_motorways.osm",
    "only_forbidden.osm",
    "no_number.osm",
    "wrong_ending.xml",
    "wrong_ending.osm.zip",
    "no_utf8.osm",
]


@pytest.fixture(scope="module")
def damaged(real_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    files = damaged_files(tmp_path_factory.mktemp("damaged"), real_dir)
    assert sorted(files) == sorted(DAMAGED)
    return files


ENOUGH = (
    "empty.osm",
    "cut.osm",
    "cut.osm.gz",
    "cut.osm.pbf",
    "no_ways.osm.pbf",
    "no_streets.osm",
    "no_utf8.osm",
)
"""One of each kind; the rest in the full run."""


@pytest.mark.dear
@pytest.mark.parametrize(
    "name", [name if name in ENOUGH else pytest.param(name, marks=pytest.mark.slow) for name in DAMAGED]
)
def test_a_damaged_file_is_refused_in_one_line(
    name: str, damaged: dict[str, bytes], served: Path, tmp_path: Path
) -> None:
    before = state(served)
    (tmp_path / name).write_bytes(damaged[name])
    with pytest.raises(SourceFileError) as caught:
        build(served, tmp_path / name)
    assert name in caught.value.message
    assert "\n" not in caught.value.message
    assert state(served) == before


def test_a_missing_file_and_a_folder_are_refused(served: Path, tmp_path: Path) -> None:
    before = state(served)
    (tmp_path / "folder.osm").mkdir()
    for name in ("nowhere.osm", "folder.osm"):
        with pytest.raises(SourceFileError, match=f"there is no file .*{name}"):
            build(served, tmp_path / name)
    assert state(served) == before


def test_whole_small_files_of_every_ending_are_taken(tmp_path: Path) -> None:
    """So that the refusals above are not refusals of everything."""
    import bz2  # noqa: PLC0415

    files: Mapping[str, bytes] = {
        "a.osm": CROSS_OSM.encode(),
        "a.osm.gz": gzip.compress(CROSS_OSM.encode()),
        "a.osm.bz2": bz2.compress(CROSS_OSM.encode()),
        "a.osm.pbf": pbf(tmp_path / "written.osm.pbf", streets=True).read_bytes(),
    }
    metas: list[NetworkMeta] = []
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
        metas.append(build(tmp_path / "data", tmp_path / name))
    assert len({(meta.nodes, meta.edges, meta.walk_m, meta.bounds) for meta in metas}) == 1
    assert metas[0].edges == 4


@pytest.mark.dear
def test_builds_at_once_leave_a_whole_network(tmp_path: Path) -> None:
    """Without a lock each removes the others' half-written folders."""
    (tmp_path / "small.osm").write_text(CROSS_OSM, encoding="utf-8")
    with ThreadPoolExecutor(4) as pool:
        metas = list(pool.map(lambda _: build(tmp_path / "data", tmp_path / "small.osm"), range(12)))
    assert {meta.edges for meta in metas} == {4}
    folder = current_folder(tmp_path / "data")
    assert folder is not None
    assert load_network(folder).meta.edges == 4
    assert len(list((tmp_path / "data").glob("network-*"))) == 2


def test_a_full_disk_leaves_the_old_network(
    served: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(served)
    real_save, saved = np.save, []

    def save(file: Path, array: Any) -> None:
        saved.append(file)
        if len(saved) > 5:
            raise OSError(errno.ENOSPC, "No space left on device")
        real_save(file, array)

    monkeypatch.setattr(np, "save", save)
    with pytest.raises(SourceFileError, match="No space left on device"):
        build(served, tmp_path / "small.osm")
    assert len(saved) == 6
    assert state(served) == before


def test_a_disk_that_fills_up_at_the_pointer_leaves_the_old_network(
    served: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(served)
    real_replace, asked = Path.replace, []

    def replace(self: Path, target: Path) -> Path:
        if Path(target).name != POINTER:
            return real_replace(self, target)
        asked.append(target)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(SourceFileError, match="No space left on device"):
        build(served, tmp_path / "small.osm")
    assert asked
    assert state(served) == before


def test_a_data_directory_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "small.osm").write_text(CROSS_OSM, encoding="utf-8")
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    with pytest.raises(SourceFileError, match="cannot write the network"):
        build(tmp_path / "taken", tmp_path / "small.osm")
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "a file"


def test_a_pointer_that_cannot_be_read_is_replaced_by_the_next_build(served: Path, tmp_path: Path) -> None:
    (served / POINTER).write_text("{", encoding="utf-8")
    assert current_folder(served) is None
    build(served, tmp_path / "small.osm")
    assert json.loads(state(served)[0])["folder"] in state(served)[1]


def test_only_the_last_network_and_the_one_before_are_kept(served: Path, tmp_path: Path) -> None:
    kept = [current_folder(served)]
    for _ in range(3):
        build(served, tmp_path / "small.osm")
        kept.append(current_folder(served))
    assert sorted(served.glob("network-*")) == sorted(folder for folder in kept[-2:] if folder)


@pytest.mark.dear
@pytest.mark.parametrize(
    "town",
    [TownSettings("x", timezone=zone) for zone in ("", "../etc/passwd", "Europe/Warsaw\0")]
    + [TownSettings("x", country=code) for code in ("pl", "PL\n", "XX")]
    + [
        pytest.param(town, marks=pytest.mark.slow)
        for town in (
            *(TownSettings("x", timezone=zone) for zone in ("Europe", "Europe/Skawina", "CET+1")),
            *(TownSettings("x", country=code) for code in ("", "POL", "P1", "ŁŻ", "ZZ", "EU", "UN")),
        )
    ],
)
def test_a_zone_or_country_that_is_none_is_refused(town: TownSettings, served: Path, tmp_path: Path) -> None:
    before = state(served)
    with pytest.raises(InvalidInputError, match=r"like (Europe/Warsaw|PL)"):
        build(served, tmp_path / "small.osm", town)
    assert state(served) == before
