"""Bytes changed at random: the importer refuses the file or makes a network that answers."""

from __future__ import annotations

import os
from itertools import count
from typing import TYPE_CHECKING

import numpy as np
import osmium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.errors import NetworkMissingError, SourceFileError
from planner.services.travel.town import TownKeeper
from planner.streets.query.walk.find import Walker
from tests.kit.streets.checks import must_be_in_order
from tests.kit.streets.plain_search import relation, tagged_node
from tests.kit.streets.small import CROSS, CROSSING_WAYS, FOOTWAY, Nodes, Tags, Ways, build, osm, spot

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = 1000 if os.environ.get("PLANNER_FULL") == "1" else 12
NODES: Nodes = {
    **CROSS, 6: (0.0, 200.0), 7: (200.0, 200.0), 8: (80.0, 130.0), 9: (120.0, 130.0), 10: (100.0, 160.0),
}  # fmt: skip
GATE: tuple[int, tuple[float, float], Tags] = (11, (100.0, -50.0), {"barrier": "gate", "kerb": "raised"})
WAYS: Ways = {
    1: CROSSING_WAYS[1],
    2: ((4, 2, 11, 5), {**FOOTWAY, "incline": "8%", "width": "0.85"}),
    3: ((4, 7, 6, 4), {}),
    4: ((8, 9, 10, 8), {}),
    5: ((1, 5, 3), {"highway": "steps", "step_count": "40", "conveying": "yes"}),
    6: ((1, 6, 4, 2, 1), {"highway": "pedestrian", "area": "yes"}),
}
RELATIONS: dict[int, tuple[list[tuple[str, int, str]], Tags]] = {
    1: ([("w", 3, "outer"), ("w", 4, "inner")], {"type": "multipolygon", "highway": "pedestrian"}),
    2: (
        [("w", 1, "from"), ("n", 2, "via"), ("w", 2, "to")],
        {"type": "restriction", "restriction": "no_left_turn"},
    ),
}
"""A square with a hole, another one, a gate, steps and a turn restriction."""

XML = osm(
    NODES, WAYS, tagged_node(*GATE) + "".join(relation(n, *parts) for n, parts in RELATIONS.items())
).encode()
EDGES = 23

Change = tuple[int, int, bytes]
CHANGES = st.lists(
    st.tuples(
        st.integers(0, 10_000),
        st.integers(0, 20),
        st.binary(max_size=4) | st.text('0123456789-."<>&/', max_size=20).map(str.encode),
    ),
    min_size=1,
    max_size=5,
)


def changed(content: bytes, changes: list[Change]) -> bytes:
    """Put some bytes in the place of others."""
    for place, gone, new in changes:
        at = place % (len(content) + 1)
        content = content[:at] + new + content[at + gone :]
    return content


def must_refuse_or_answer(folder: Path, file: Path) -> None:
    try:
        build(folder, file)
    except SourceFileError:
        with pytest.raises(NetworkMissingError):
            TownKeeper(folder).town()
        return
    network = TownKeeper(folder).town().network
    assert len(network.u) == len(network.v) == len(network.length) == network.meta.edges > 0
    assert min(network.u.min(), network.v.min()) >= 0
    assert max(network.u.max(), network.v.max()) < network.meta.nodes == len(network.nodes)
    assert np.isfinite(network.length).all()
    assert (np.diff(network.offsets) >= 2).all()
    assert network.offsets[-1] == len(network.vertices)
    must_be_in_order(network)
    walker = Walker(network)
    in_main = np.flatnonzero(network.comp_walk[network.u] == 0)
    for edge in (int(in_main[0]), int(in_main[-1])):
        start, end = network.shape(edge)[0], network.shape(edge)[-1]
        assert (walker.walk(end, start) or walker.walk(start, end)) is not None
        assert walker.off_m(start) == pytest.approx(0, abs=0.02)


@pytest.fixture(scope="module")
def fuzz_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@pytest.fixture(scope="module")
def pbf(fuzz_dir: Path) -> bytes:
    """The same small town as an uncompressed PBF, so that a changed byte reaches the data."""
    file = fuzz_dir / "whole.osm.pbf"
    with osmium.SimpleWriter(osmium.io.File(str(file), "pbf,pbf_compression=none")) as writer:
        places: dict[int, tuple[float, float]] = {**NODES, GATE[0]: GATE[1]}
        for number, metres in places.items():
            tags = dict(GATE[2]) if number == GATE[0] else {}
            node = osmium.osm.mutable.Node(id=number, location=spot(*metres), tags=tags, version=1)
            writer.add_node(node)
        for number, (refs, of_way) in WAYS.items():
            writer.add_way(osmium.osm.mutable.Way(id=number, nodes=list(refs), tags=dict(of_way), version=1))
        for number, (members, of_all) in RELATIONS.items():
            parts = osmium.osm.mutable.Relation(id=number, members=members, tags=dict(of_all), version=1)
            writer.add_relation(parts)
    return file.read_bytes()


NUMBERS = count()


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes=CHANGES)
def test_changed_xml(fuzz_dir: Path, changes: list[Change]) -> None:
    file = fuzz_dir / "changed.osm"
    file.write_bytes(changed(XML, changes))
    must_refuse_or_answer(fuzz_dir / str(next(NUMBERS)), file)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes=CHANGES)
def test_changed_pbf(fuzz_dir: Path, pbf: bytes, changes: list[Change]) -> None:
    file = fuzz_dir / "changed.osm.pbf"
    file.write_bytes(changed(pbf, changes))
    must_refuse_or_answer(fuzz_dir / str(next(NUMBERS)), file)


def test_unchanged_files_are_built(fuzz_dir: Path, pbf: bytes) -> None:
    for name, content in (("whole.osm", XML), ("whole.osm.pbf", pbf)):
        (fuzz_dir / name).write_bytes(content)
        meta = build(fuzz_dir / f"{name}.d", fuzz_dir / name)
        assert (meta.edges, meta.found["areas crossed"], meta.found["barriers"]) == (EDGES, 2, 1)
        must_refuse_or_answer(fuzz_dir / f"{name}.d", fuzz_dir / name)


@pytest.mark.dear
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'lon="19.82', b'lon="x9.82'),
        (b'lat="49.97', b'lat="949.97'),
        (b'<node id="1"', b'<node id="99999999999999999999"'),
        (b'ref="2"', b'ref="99999999999999999999"'),
        (b'v="Rynek"', b'v="Ryn\xffek"'),
        (b'type="way" ref="3"', b'type="wax" ref="3"'),
        (b'ref="3" role="outer"', b'ref="4" role="outer"'),
        (b'ref="3" role="outer"', b'ref="2" role="outer"'),
        (b'role="inner"', b'role="outer"'),
        (b'v="8%"', b'v="1e999%"'),
        (b'v="40"', b'v="99999999999"'),
        (b"<tag k", b"<tag"),
        (b"</osm>", b""),
    ],
)
def test_what_has_once_slipped_through(fuzz_dir: Path, old: bytes, new: bytes) -> None:
    assert old in XML
    file = fuzz_dir / "slipped.osm"
    file.write_bytes(XML.replace(old, new))
    must_refuse_or_answer(fuzz_dir / str(next(NUMBERS)), file)
