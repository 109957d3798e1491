"""The town in force while builds replace its network."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from planner.errors import NetworkMissingError
from planner.services.travel import town as opening
from planner.services.travel.town import TRIES, TownKeeper
from planner.streets.build.build import TownSettings
from planner.streets.query.network import Network, load_network
from tests.kit.streets.small import CROSS, CROSSING_WAYS, build, osm

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "town.osm"
    file.write_text(osm(CROSS, CROSSING_WAYS), encoding="utf-8")
    build(tmp_path / "data", file, TownSettings("First"))
    return file


def test_a_network_replaced_twice_while_it_is_opened_is_opened_again(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder is removed by the second build after it: what was begun there ends in a missing file."""
    left = ["Second", "Third"]

    def overtaken(folder: Path) -> Network:
        if left:
            build(tmp_path / "data", file, TownSettings(left.pop(0)))
            raise FileNotFoundError(folder)
        return load_network(folder)

    monkeypatch.setattr(opening, "load_network", overtaken)
    assert TownKeeper(tmp_path / "data").town().network.meta.name == "Third"


def test_a_network_that_cannot_be_opened_is_told_at_once(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del file
    opened: list[Path] = []

    def broken(folder: Path) -> Network:
        opened.append(folder)
        raise FileNotFoundError(folder)

    monkeypatch.setattr(opening, "load_network", broken)
    with pytest.raises(NetworkMissingError):
        TownKeeper(tmp_path / "data").town()
    assert len(opened) == 1 < TRIES


def test_a_town_whose_files_were_changed_is_let_go_of_and_another_is_not(tmp_path: Path, file: Path) -> None:
    del file
    keeper = TownKeeper(tmp_path / "data")
    assert not keeper.let_go_of_changed(), "nothing was opened yet"
    town = keeper.town()
    assert not keeper.let_go_of_changed()
    assert keeper.town() is town
    folder = town.network_folder
    assert folder is not None
    whole = (folder / "nodes.npy").read_bytes()
    os.truncate(folder / "nodes.npy", len(whole) // 2)
    assert keeper.let_go_of_changed()
    with pytest.raises(NetworkMissingError):
        keeper.town()
    (folder / "nodes.npy").write_bytes(whole)
    assert keeper.town().network.meta.name == "First"
