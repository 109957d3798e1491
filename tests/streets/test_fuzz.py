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
from planner.services.town import TownKeeper
from planner.streets.query.walk import Walker
from tests.streets.small import CROSS, CROSSING_WAYS, build, osm, spot

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = 1000 if os.environ.get("PLANNER_FULL") == "1" else 150
SQUARE = """<relation id="1" version="1"><member type="way" ref="1" role="outer"/>
<tag k="type" v="multipolygon"/><tag k="building" v="yes"/></relation>
"""
XML = osm(CROSS, CROSSING_WAYS, SQUARE).encode()

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
        for number, metres in CROSS.items():
            writer.add_node(osmium.osm.mutable.Node(id=number, location=spot(*metres), version=1))
        for number, (refs, tags) in CROSSING_WAYS.items():
            writer.add_way(osmium.osm.mutable.Way(id=number, nodes=list(refs), tags=dict(tags), version=1))
        tags = {"type": "multipolygon", "building": "yes"}
        members = [("w", 1, "outer")]
        writer.add_relation(osmium.osm.mutable.Relation(id=1, members=members, tags=tags, version=1))
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
        assert build(fuzz_dir / f"{name}.d", fuzz_dir / name).edges == 4
        must_refuse_or_answer(fuzz_dir / f"{name}.d", fuzz_dir / name)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'lon="19.82', b'lon="x9.82'),
        (b'lat="49.97', b'lat="949.97'),
        (b'<node id="1"', b'<node id="99999999999999999999"'),
        (b'ref="2"', b'ref="99999999999999999999"'),
        (b'v="Rynek"', b'v="Ryn\xffek"'),
        (b'type="way"', b'type="wax"'),
        (b"<tag k", b"<tag"),
        (b"</osm>", b""),
    ],
)
def test_what_has_once_slipped_through(fuzz_dir: Path, old: bytes, new: bytes) -> None:
    assert old in XML
    file = fuzz_dir / "slipped.osm"
    file.write_bytes(XML.replace(old, new))
    must_refuse_or_answer(fuzz_dir / str(next(NUMBERS)), file)
