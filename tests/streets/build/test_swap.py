"""A network is replaced while it is asked: every answer comes whole from the old one or the new one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import TYPE_CHECKING

import pytest

from planner.services.travel.town import TownKeeper
from planner.streets.build.build import TownSettings
from planner.streets.query.walk.find import Walk, Walker
from tests.kit.streets.small import CROSS, CROSSING_WAYS, FOOTWAY, build, osm, spot

if TYPE_CHECKING:
    from pathlib import Path

    from planner.streets.files import NetworkMeta

THREADS = 4
ENDS = (spot(0), spot(100, 100))
Answer = tuple[str, int, Walk | None, tuple[tuple[float | None, ...], ...]]


def answer(keeper: TownKeeper) -> Answer:
    """What one request asks: several questions to the town it was handed."""
    town = keeper.town()
    walker = Walker(town.network)
    meta: NetworkMeta = town.network.meta
    table = walker.table(ENDS).distances_m
    drawn = len(town.network.layers.coords)
    return meta.name, drawn, walker.walk(*ENDS), tuple(tuple(row) for row in table)


@pytest.mark.dear
def test_answers_are_whole_while_builds_replace_the_network(tmp_path: Path, *, full: bool) -> None:
    files = {"Old": tmp_path / "old.osm", "New": tmp_path / "new.osm"}
    files["Old"].write_text(osm(CROSS, CROSSING_WAYS), encoding="utf-8")
    detour = {**CROSSING_WAYS, 2: ((2, 5), FOOTWAY), 3: ((3, 4), FOOTWAY)}
    files["New"].write_text(osm(CROSS, detour), encoding="utf-8")
    whole: dict[str, Answer] = {}
    for name, file in files.items():
        build(tmp_path / "data", file, TownSettings(name))
        whole[name] = answer(TownKeeper(tmp_path / "data"))
    assert whole["Old"][1:] != whole["New"][1:]

    keeper, done, begun = TownKeeper(tmp_path / "data"), Event(), Barrier(THREADS + 1)

    def serve() -> list[Answer]:
        given = [answer(keeper)]
        begun.wait()
        while not done.is_set():
            given.append(answer(keeper))
        return given

    with ThreadPoolExecutor(THREADS) as pool:
        servers = [pool.submit(serve) for _ in range(THREADS)]
        begun.wait()
        try:
            for _ in range(20 if full else 2):
                for name, file in files.items():
                    build(tmp_path / "data", file, TownSettings(name))
        finally:
            done.set()
    given = [one for server in servers for one in server.result()]
    assert {one[0] for one in given} == {"Old", "New"}
    assert [one for one in given if one != whole[one[0]]] == []
    assert answer(keeper) == whole["New"]
