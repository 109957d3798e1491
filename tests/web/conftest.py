"""Applications to ask: Skawina as the first run makes it, and a town of two streets worked out on paper."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from planner.domain.clock import TownClock
from planner.paths import ROOT
from planner.services.upkeep import first_run
from planner.services.upkeep.settings import Settings
from planner.store.catalogue import add_sites
from planner.streets.build.build import TownSettings, build_network
from planner.web import create_app
from planner.web.frame.context import services
from tests.kit.web.calls import Api
from tests.kit.web.pages import PageClient
from tests.kit.web.releases import Links, links_of_sample
from tests.kit.web.signing_in import sign_in
from tests.kit.web.town import OSM, SITES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

NOW = TownClock("Europe/Warsaw").instant(dt.date(2026, 11, 16), "10:00")
"""A Monday; the sample visit is then on Monday, 30 November 2026."""

SECRET = "a key for tests only, nothing is signed with it elsewhere"  # noqa: S105


def settings_in(folder: Path) -> Settings:
    """Settings of a service that keeps everything in a folder and searches to the end on any machine."""
    database = f"sqlite:///{folder / 'planner.sqlite'}"
    return Settings(folder, database, SECRET, search_time=100.0)


def application(folder: Path, osm: Path, town: TownSettings) -> Flask:
    """An application over a network built from a file, its database brought up to date."""
    build_network(osm, folder, town, lambda *_: None)
    app = create_app(settings_in(folder), now=lambda: NOW)
    with app.app_context():
        context = services()
        context.database.upgrade()
        with context.database.writing() as session:
            first_run.fill(session, context.keeper, context.settings, NOW, lambda _: None)
    return app


def closed(app: Flask) -> None:
    """Give back what an application holds."""
    with app.app_context():
        services().database.close()


@pytest.fixture(scope="session")
def app_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of `app`."""
    return tmp_path_factory.mktemp("web")


@pytest.fixture(scope="session")
def app(app_dir: Path) -> Iterator[Flask]:
    """Skawina with its catalogue and the sample visit."""
    made = application(app_dir, ROOT / "data" / "skawina.osm", TownSettings("Skawina"))
    yield made
    closed(made)


@pytest.fixture(scope="session")
def api(app: Flask) -> Api:
    """The API of Skawina."""
    return Api(app)


@pytest.fixture(scope="session")
def sample(app: Flask) -> Links:
    """The paths of the sample visit."""
    return links_of_sample(app)


@pytest.fixture
def pages(app: Flask) -> PageClient:
    """A fresh browser, as it were, that checks every page it fetches."""
    return PageClient(app)


@pytest.fixture
def reader(pages: PageClient, app: Flask) -> PageClient:
    """A browser of the organiser Anna whose pages are all checked."""
    sign_in(app, pages.client, "anna")
    return pages


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """The API of a town where every length is known."""
    folder = tmp_path_factory.mktemp("small")
    file = folder / "small.osm"
    file.write_text(OSM, encoding="utf-8")
    made = application(folder, file, TownSettings("Testowo"))
    with made.app_context(), services().database.writing() as session:
        add_sites(session, SITES, NOW)
    yield Api(made)
    closed(made)
