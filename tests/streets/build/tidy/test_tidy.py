"""Files as servers and editors leave them: what is deleted, doubled, out of order, or told in place."""

from __future__ import annotations

import bz2
import gzip
import re
from typing import TYPE_CHECKING

import osmium
import pytest

from planner.errors import SourceFileError
from planner.services.travel.town import TownKeeper
from planner.streets.build.tidy.endings import check_file
from planner.streets.build.tidy.tidy import CUT_OFF
from planner.streets.query.walk.find import Walker
from tests.kit.streets.small import FOOTWAY, Ways, build, osm, spot

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NODES = {
    1: (0.0, 0.0), 2: (200.0, 0.0), 3: (400.0, 0.0), 4: (0.0, 300.0), 5: (400.0, 300.0), 6: (-200.0, 0.0),
    7: (600.0, 0.0),
}  # fmt: skip
STREET = {"highway": "residential"}
WAYS: Ways = {
    10: ((6, 1), STREET),
    11: ((3, 7), STREET),
    12: ((1, 4, 5, 3), STREET),
    13: ((1, 2, 3), FOOTWAY),
}
PLAIN = osm(NODES, WAYS)
SHORT_M, LONG_M = 600.0, 1200.0


def walked_m(folder: Path, content: str | bytes, name: str = "town.osm") -> float:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    build(folder / "data", file)
    walk = Walker(TownKeeper(folder / "data").town().network).walk(spot(-100.0), spot(500.0))
    assert walk is not None
    return walk.length_m


def left_out(folder: Path) -> dict[str, int]:
    return TownKeeper(folder / "data").town().network.meta.left_out


def body(text: str) -> str:
    return text[text.index("<osm version") :].removesuffix("</osm>\n").partition("\n")[2]


def objects(text: str) -> list[str]:
    return re.findall(r"<node [^>]*/>|<way .*?</way>", text, re.DOTALL)


def document(parts: list[str]) -> str:
    return '<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6">\n' + "\n".join(parts) + "\n</osm>\n"


def shuffled() -> str:
    return document(objects(PLAIN)[::-1])


def with_positions_inside(*, refs: bool, centre: bool = False) -> str:
    """As Overpass writes it for `out geom`: no nodes of their own."""
    ways = []
    for number, (nodes, tags) in WAYS.items():
        lines = [f'<way id="{number}">', '<bounds minlat="1" minlon="1" maxlat="2" maxlon="2"/>']
        lines += ['<center lat="49.97" lon="19.82"/>'] if centre else []
        for node in nodes:
            lon, lat = spot(*NODES[node])
            ref = f'ref="{node}"' if refs else ""
            lines.append(f'<nd {ref} lat="{lat}" lon="{lon}"/>')
        ways.append("\n".join([*lines, *(f'<tag k="{k}" v="{v}"/>' for k, v in tags.items()), "</way>"]))
    return document(ways)


DELETED = PLAIN.replace('<way id="13" version="1">', '<way id="13" version="1" action="delete">')
HIDDEN = PLAIN.replace('<way id="13" version="1">', "<way id='13' version='1' visible='false'>")

WITH_A_NOTE = PLAIN.replace('v="footway"/>', """v="footway"/><tag k="note" v=" action='delete'"/>""")
WITHOUT_THE_SHORT_CUT = PLAIN.replace('id="13" version="1"', 'id="13" version="2"').replace(
    '"footway"', '"construction"'
)

AS_FOUND: dict[str, tuple[str | bytes, float]] = {
    "plain": (PLAIN, SHORT_M),
    "deleted in JOSM": (DELETED, LONG_M),
    "deleted in JOSM, gzipped": (gzip.compress(DELETED.encode()), LONG_M),
    "deleted in JOSM, bzipped": (bz2.compress(DELETED.encode()), LONG_M),
    "deleted on the server": (HIDDEN, LONG_M),
    "changed in JOSM": (DELETED.replace('action="delete"', "action='modify' visible='true'"), SHORT_M),
    "a node of it deleted": (PLAIN.replace('<node id="2" ', '<node id="2" action="delete" '), LONG_M),
    "a tag that speaks of it": (WITH_A_NOTE, SHORT_M),
    "in the wrong order": (shuffled(), SHORT_M),
    "two extracts in one": (document(objects(PLAIN) * 2), SHORT_M),
    "two extracts of two days": (document(objects(PLAIN) + objects(WITHOUT_THE_SHORT_CUT)), LONG_M),
    "two documents in one": (PLAIN + PLAIN, SHORT_M),
    "positions on nd": (with_positions_inside(refs=True), SHORT_M),
    "positions on nd, no ids": (with_positions_inside(refs=False), SHORT_M),
    "positions on nd, centres": (with_positions_inside(refs=True, centre=True), SHORT_M),
    "a harmless remark": (PLAIN.replace("</osm>", "<remark>made for a test</remark></osm>"), SHORT_M),
}


@pytest.mark.dear
@pytest.mark.parametrize("case", AS_FOUND)
def test_a_file_is_read_as_it_was_meant(case: str, tmp_path: Path) -> None:
    content, metres = AS_FOUND[case]
    ending = {b"\x1f\x8b": ".osm.gz", b"BZ": ".osm.bz2"}.get(
        content[:2] if isinstance(content, bytes) else b"", ".osm"
    )
    assert walked_m(tmp_path, content, f"town{ending}") == pytest.approx(metres, abs=1.0)


def test_what_was_left_out_is_counted(tmp_path: Path) -> None:
    walked_m(tmp_path, DELETED)
    assert left_out(tmp_path) == {"deleted object": 1}
    walked_m(tmp_path, document(objects(PLAIN) * 2))
    assert left_out(tmp_path) == {"object that stands in the file more than once": 11}


def written(
    file: Path, change: Callable[[int], dict[str, object]] = lambda _: {}, *, order: int = 1, times: int = 1
) -> bytes:
    """Write the town as PBF; `change` says what more is known of a way."""
    mutable = osmium.osm.mutable
    nodes = [mutable.Node(id=n, location=spot(*at), version=1) for n, at in NODES.items()]
    ways = [
        mutable.Way(**{"id": n, "nodes": list(refs), "tags": dict(tags), "version": 1, **change(n)})
        for n, (refs, tags) in WAYS.items()
    ]
    with osmium.SimpleWriter(str(file)) as writer:
        for _ in range(times):
            for node in nodes[::order]:
                writer.add_node(node)
            for way in ways[::order]:
                writer.add_way(way)
    return file.read_bytes()


def test_a_pbf_is_put_in_order_too(tmp_path: Path) -> None:
    backwards = written(tmp_path / "1.osm.pbf", order=-1)
    assert walked_m(tmp_path, backwards, "town.osm.pbf") == pytest.approx(SHORT_M, abs=1.0)
    twice = written(tmp_path / "2.osm.pbf", times=2)
    assert walked_m(tmp_path, twice, "town.osm.pbf") == pytest.approx(SHORT_M, abs=1.0)


HISTORY = document(
    [*objects(PLAIN), '<way id="13" version="2" visible="false" timestamp="2026-01-01T00:00:00Z"/>']
)
BACK_AGAIN = document(
    [
        *objects(HIDDEN),
        '<way id="13" version="2" visible="true"><nd ref="1"/><nd ref="2"/><nd ref="3"/></way>',
    ]
)
CHANGES = (
    '<?xml version="1.0"?>\n<osmChange version="0.6"><modify>'
    + "".join(objects(PLAIN))
    + "</modify></osmChange>"
)
REMARK = '<remark> runtime error: Query timed out in "query" at line 3 after 26 seconds. </remark>'
WAYS_ALONE = document([part for part in objects(PLAIN) if part.startswith("<way")])
GAVE_UP = PLAIN.replace("</osm>", f"{REMARK}</osm>")
NO_MEMORY = GAVE_UP.replace("Query timed out", "Query run out of memory using about 512 MB:")
REFUSED: dict[str, tuple[str, str | bytes, str]] = {
    "history": ("town.osm", HISTORY, "history file.*osmium time-filter"),
    "history, back again": ("town.osm", BACK_AGAIN, "history file.*osmium time-filter"),
    "history by its ending": ("town.osh.pbf", b"x", "history file.*osmium time-filter"),
    "changes": ("town.osm", CHANGES, "change file.*osmium apply-changes"),
    "changes by their ending": ("town.osc.gz", b"x", "change file.*osmium apply-changes"),
    "remark": ("town.osm", GAVE_UP, "Query timed out in .query. at line 3"),
    "remark before the ways": ("town.osm", PLAIN.replace("<way", f"{REMARK}<way", 1), "Query timed out"),
    "remark, gzipped": ("town.osm.gz", gzip.compress(GAVE_UP.encode()), "timed out"),
    "out of memory": ("town.osm", NO_MEMORY, "out of memory using about 512 MB.*maxsize"),
    "gzip in disguise": ("town.osm", gzip.compress(PLAIN.encode()), r"rename it to town\.osm\.gz"),
    "xml in disguise": ("town.osm.pbf", PLAIN, r"rename it to town\.osm$"),
    "augmented changes": ("town.osm", '<osm version="0.6"><action type="modify"/></osm>', "change file"),
    "json": ("town.osm", '{"version": 0.6, "elements": []}', r"JSON.*\[out:xml\]"),
    "no nodes": ("town.osm", WAYS_ALONE, r"out geom"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_map_of_today_is_refused_with_its_cure(case: str, tmp_path: Path) -> None:
    name, content, words = REFUSED[case]
    with pytest.raises(SourceFileError, match=words) as caught:
        walked_m(tmp_path, content, name)
    assert "get the file again" not in caught.value.message


def test_every_ending_that_is_read_is_no_other_kind(tmp_path: Path) -> None:
    for name in ("a.osm", "a.osm.gz", "a.osm.bz2", "a.osm.pbf"):
        content = {"a.osm": b"<osm/>", "a.osm.gz": b"\x1f\x8b", "a.osm.bz2": b"BZh9"}
        (tmp_path / name).write_bytes(content.get(name, b"\0\0\0\x0e\n\tOSMHeader\x18"))
        check_file(tmp_path / name)


def test_a_clipped_extract_is_used_as_far_as_its_nodes_are_known(tmp_path: Path) -> None:
    """One way begins beyond the edge of the file, one lies beyond it as a whole."""
    clipped = {n: at for n, at in NODES.items() if n not in {2, 6}}
    ways: Ways = {**WAYS, 10: ((6, 60, 1), STREET), 14: ((6, 61), STREET), 15: ((1, 3), FOOTWAY)}
    file = tmp_path / "town.osm"
    file.write_text(osm({**clipped, 60: (-150.0, 0.0)}, ways), encoding="utf-8")
    build(tmp_path / "data", file)
    network = TownKeeper(tmp_path / "data").town().network
    assert network.meta.left_out == {"node without position": 3, "way outside of the file": 1}
    walk = Walker(network).walk(spot(-100.0), spot(500.0))
    assert walk is not None
    assert walk.length_m == pytest.approx(SHORT_M, abs=1.0)


def test_a_file_whose_ways_end_abruptly_is_told(tmp_path: Path) -> None:
    nodes = {**NODES, **{n: (float(n), 50.0) for n in range(100, 400)}}
    walked_m(tmp_path, osm(nodes, WAYS))
    assert left_out(tmp_path) == {CUT_OFF: 300}
