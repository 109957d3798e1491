"""OSMnx reads the same files: the ways between junctions are as long."""

from __future__ import annotations

import gzip
import random
from typing import TYPE_CHECKING, Any

import networkx as nx
import osmnx
import pytest

from planner.paths import ROOT
from planner.streets.build.foot.access import may_walk
from planner.streets.query.walk.find import Walker
from tests.kit.streets.altered import plain

if TYPE_CHECKING:
    from pathlib import Path

    from planner.services.travel.town import Town

KEYS = ["highway", "foot", "access", "motorroad", "sidewalk", "name"]


def graph_of(file: Path, monkeypatch: pytest.MonkeyPatch) -> nx.MultiDiGraph[int]:
    """All walkable ways of a file, both ways round, with the lengths of OSMnx."""
    monkeypatch.setattr(osmnx.settings, "useful_tags_way", KEYS)
    graph = osmnx.graph_from_xml(file, bidirectional=True, simplify=False, retain_all=True)
    closed = [
        (u, v, key)
        for u, v, key, tags in graph.edges(keys=True, data=True)
        if not may_walk({name: value for name, value in tags.items() if name in KEYS})
    ]
    graph.remove_edges_from(closed)
    assert graph.number_of_edges() > 500
    return graph


def compare(graph: nx.MultiDiGraph[int], town: Town, pairs: int) -> None:
    """Only junctions are asked for: another position could lie on two ways that do not join there."""
    main = max(nx.connected_components(nx.Graph(graph)), key=len)
    junctions = sorted(node for node in main if len(set(graph.successors(node))) > 2)
    dice = random.Random(11)  # noqa: S311 - no secret
    walker = Walker(plain(town.network))
    data: Any = graph.nodes
    for _ in range(pairs):
        a, b = dice.sample(junctions, 2)
        expected = nx.shortest_path_length(graph, a, b, weight="length")
        walk = walker.walk((data[a]["x"], data[a]["y"]), (data[b]["x"], data[b]["y"]))
        assert walk is not None
        assert walk.length_m == pytest.approx(expected, rel=1e-3)


@pytest.mark.dear
def test_the_ways_of_skawina_are_those_of_osmnx(
    skawina: Town, pairs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare(graph_of(ROOT / "data" / "skawina.osm", monkeypatch), skawina, pairs)


@pytest.mark.slow
def test_the_ways_of_krems_are_those_of_osmnx(
    krems: Town, real_dir: Path, tmp_path: Path, pairs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "krems.osm"
    file.write_bytes(gzip.decompress((real_dir / "krems.osm.gz").read_bytes()))
    compare(graph_of(file, monkeypatch), krems, pairs)
