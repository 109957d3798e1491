"""Applications to ask: Skawina as the first run makes it, its sample plainer, and a town made on paper."""

from __future__ import annotations

import datetime as dt
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from planner.domain.clock import TownClock
from planner.paths import ROOT
from planner.services.accounts import credentials
from planner.services.upkeep import first_run
from planner.services.upkeep.settings import Settings
from planner.store.catalogue import add_sites
from planner.streets.build.build import TownSettings
from planner.web import create_app
from planner.web.frame.context import services
from planner.web.links import still
from tests.conftest import built, built_with_buses
from tests.kit.built_cache import SERVICE, copy_of, kept
from tests.kit.databases import database_in, sqlite_in
from tests.kit.plain_sample import plain_sample
from tests.kit.web.calls import Api
from tests.kit.web.pages import PageClient
from tests.kit.web.releases import Links, links_of_sample
from tests.kit.web.signing_in import sign_in
from tests.kit.web.town import OSM, SITES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = TownClock("Europe/Warsaw").instant(dt.date(2026, 11, 16), "10:00")
"""A Monday; the sample visit is then on Monday, 30 November 2026."""

PLAIN = plain_sample()

SECRET = "a key for tests only, nothing is signed with it elsewhere"  # noqa: S105


def settings_in(folder: Path) -> Settings:
    """Settings of a service that keeps everything in a folder and searches to the end on any machine."""
    return Settings(folder, database_in(folder), SECRET, search_time=100.0)


def skawina_application(folder: Path) -> Flask:
    """The application of Skawina without buses."""
    return application(folder, ROOT / "data" / "skawina.osm", TownSettings("Skawina"))


def application(folder: Path, osm: Path, town: TownSettings) -> Flask:
    """An application over a network built from a file, its database brought up to date."""
    inputs = (osm, osm.name, town, NOW, SECRET, PLAIN)
    copy_of(kept(lambda new: _set_up(new, osm, town), *inputs, code=SERVICE), folder)
    return create_app(settings_in(folder), now=lambda: NOW)


def bus_application(folder: Path) -> Flask:
    """The application of Skawina with its buses, as the first run makes it."""
    copy_of(kept(_set_up_with_buses, NOW, SECRET, PLAIN, code=SERVICE), folder)
    return create_app(settings_in(folder), now=lambda: NOW)


def _set_up(folder: Path, osm: Path, town: TownSettings) -> None:
    copy_of(built(osm, town), folder)
    _fill(folder)


def _set_up_with_buses(folder: Path) -> None:
    copy_of(built_with_buses(), folder)
    _fill(folder)


def _fill(folder: Path) -> None:
    app = create_app(Settings(folder, sqlite_in(folder), SECRET, search_time=100.0), now=lambda: NOW)
    with app.app_context():
        context = services()
        context.database.upgrade()
        with context.database.writing() as session:
            first_run.fill(session, context.keeper, context.settings, NOW, lambda _: None, PLAIN)
    closed(app)


def closed(app: Flask) -> None:
    """Give back what an application holds."""
    with app.app_context():
        services().database.close()


@pytest.fixture(scope="session", autouse=True)
def _cheap_hashing() -> Iterator[None]:
    """Hash passwords in no time; tests/services/accounts holds the real way."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(credentials, "HASHING", "scrypt:128:8:1")
        yield


@pytest.fixture(scope="session", autouse=True)
def _quick_packing() -> Iterator[None]:
    """Pack pages in no time; the test of what a page weighs packs it as served."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(still, "PACKING", 1)
        yield


@pytest.fixture(scope="session", autouse=True)
def _kept_templates() -> Iterator[None]:
    """Compile each template once, not once for each application, worker and run: it is known by its text."""
    folder = kept(lambda _: None, "templates", version("jinja2"), code=("planner/web/**/*.py",))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {"bytecode_cache": FileSystemBytecodeCache(str(folder))})
        yield


@pytest.fixture(scope="session")
def app_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of `app`."""
    return tmp_path_factory.mktemp("web")


@pytest.fixture(scope="session")
def app(app_dir: Path) -> Iterator[Flask]:
    """Skawina with its catalogue and the sample visit."""
    made = skawina_application(app_dir)
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
