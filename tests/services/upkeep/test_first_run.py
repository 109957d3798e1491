"""What the first command does with a network that is there already, whoever made it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from planner.errors import NetworkMissingError
from planner.services.travel.town import TownKeeper
from planner.services.upkeep.first_run import BUILTIN_OSM, is_builtin, needs_builtin_network
from planner.streets.build.build import TownSettings
from planner.streets.files import FORMAT, POINTER, current_folder
from tests.kit.streets.small import CROSS_OSM, build

if TYPE_CHECKING:
    from pathlib import Path


def needs(data_dir: Path) -> bool:
    return needs_builtin_network(TownKeeper(data_dir), data_dir)


def own_network(folder: Path, name: str = "krems.osm") -> Path:
    """A data directory with a network built from somebody's own file."""
    (folder / name).write_text(CROSS_OSM, encoding="utf-8")
    build(folder / "data", folder / name, TownSettings("Krems"))
    return folder / "data"


def rewrite(data_dir: Path, **values: Any) -> None:
    """Change what the network in force says of itself."""
    folder = current_folder(data_dir)
    assert folder is not None
    file = folder / "meta.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **values}), encoding="utf-8")


def test_nothing_built_is_a_first_run(tmp_path: Path) -> None:
    assert needs(tmp_path)


def test_the_builtin_network_is_built_anew_when_file_or_format_changed(
    skawina_dir: Path, tmp_path: Path
) -> None:
    assert not needs(skawina_dir)
    folder = current_folder(skawina_dir)
    assert folder is not None
    meta = json.loads((folder / "meta.json").read_text())
    copy = tmp_path / folder.name
    copy.mkdir()
    (tmp_path / POINTER).write_text((skawina_dir / POINTER).read_text())
    (copy / "meta.json").write_text(json.dumps({**meta, "format": FORMAT - 2}))
    assert needs(tmp_path)


@pytest.mark.parametrize("name", ["krems.osm", BUILTIN_OSM.name])
def test_ones_own_network_is_never_replaced(tmp_path: Path, name: str) -> None:
    data_dir = own_network(tmp_path, name)
    assert not needs(data_dir)
    assert not is_builtin(TownKeeper(data_dir))
    before = (data_dir / POINTER).read_bytes()
    rewrite(data_dir, format=FORMAT - 2)
    with pytest.raises(NetworkMissingError, match="network build FILE") as error:
        needs(data_dir)
    assert "Krems" in error.value.message
    assert name in error.value.message
    assert (data_dir / POINTER).read_bytes() == before


def test_a_network_that_cannot_be_read_at_all_is_not_replaced_either(tmp_path: Path) -> None:
    data_dir = own_network(tmp_path)
    folder = current_folder(data_dir)
    assert folder is not None
    (folder / "meta.json").write_text("{")
    with pytest.raises(NetworkMissingError, match="network build FILE"):
        needs(data_dir)
