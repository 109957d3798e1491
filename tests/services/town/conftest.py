"""A town of two streets, and the same with one of them closed, built beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planner.domain.hours.school import NO_SCHOOL_CALENDAR
from planner.services.town.beside import Beside
from planner.store.catalogue import add_sites
from planner.streets.build.build import TownSettings, build_network
from tests.kit.databases import session_in
from tests.kit.web.town import OSM, SITES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

SCHOOL = NO_SCHOOL_CALENDAR
SETTINGS = TownSettings("Dwie Ulice")

CLOSED_OSM = OSM.replace(
    '<way id="10"><nd ref="1"/><nd ref="2"/><nd ref="3"/>',
    '<node id="5" lat="50.0" lon="20.002"/>\n<way id="10"><nd ref="1"/><nd ref="5"/><nd ref="4"/>',
)
"""Długa goes round from A by 20.002° E to Krótka, and no farther: C has no street any more."""


def build_beside(data_dir: Path, osm: str = CLOSED_OSM, name: str = "Obok") -> Beside:
    """Build a town beside the one in force."""
    file = data_dir.parent / f"{name}.osm"
    file.write_text(osm, encoding="utf-8")
    beside = Beside(data_dir)
    build_network(file, beside.emptied(), TownSettings(name), lambda *_: None)
    return beside


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data directory with the town in force and another beside."""
    file = tmp_path / "town.osm"
    file.write_text(OSM, encoding="utf-8")
    folder = tmp_path / "data"
    build_network(file, folder, SETTINGS, lambda *_: None)
    build_beside(folder)
    return folder


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A database with the town's sites."""
    with session_in(tmp_path) as opened:
        add_sites(opened, SITES, 0)
        opened.commit()
        yield opened
