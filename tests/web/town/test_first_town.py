"""A service that was begun without a town: every page says so, and the first map comes into force at once."""

from __future__ import annotations

import io
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from planner.domain.jobs.job import JobState
from planner.services.town.beside import Beside
from planner.services.trust.audit import Act
from planner.store.models import SiteRow
from planner.store.trust.tables import AuditRow
from planner.web import create_app
from tests.kit.commands import run
from tests.kit.streets.map_services import Answer, map_services
from tests.kit.web.pages import PageClient
from tests.kit.web.signing_in import services_of, sign_in
from tests.kit.web.town_desk import NAMED, Desk, a_map
from tests.web.conftest import NOW, closed, settings_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SAID = "There is no town yet."


@contextmanager
def begun(folder: Path) -> Iterator[Desk]:
    """An administrator of a service without a town; the map's servers have one."""
    with map_services() as maps:
        own = settings_in(folder)
        own = replace(own, nominatim_url=f"{maps.url}/", overpass_url=maps.overpass_url, town_upload_mb=1)
        app = create_app(own, now=lambda: NOW)
        assert run(app, "setup", "--without-town").exit_code == 0
        yield Desk(app, maps)
        closed(app)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with begun(tmp_path) as made:
        yield made


def test_the_first_map_comes_into_force_at_once_and_says_what_comes_next(desk: Desk) -> None:
    a_map(desk)
    assert "Do kogo mogą pisać" in desk.pages.get("/", "pl").text
    assert "Nie ma jeszcze miasta." in desk.pages.get("/town", "pl").text
    assert desk.post("/town/map", place="Prawdziwe", contact="").status_code == 422
    desk.post("/town/map", place="Prawdziwe", contact="kontakt@urzad.example")
    waits = desk.pages.get("/town", "en").text
    assert ("It waits for its turn." in waits, "Whom their operators" in waits) == (True, False)
    assert desk.work() is JobState.DONE
    assert desk.town == "Prawdziwe"
    context = services_of(desk.app)
    assert not Beside(context.settings.data_dir).is_there
    with context.database.session() as session:
        assert session.query(AuditRow).filter_by(act=Act.TOWN_TAKEN_OVER.value).count() == 1
    told = desk.pages.get("/town", "en").text
    assert (SAID in told, "What comes next" in told) == (False, True)
    assert "The catalogue is empty." in desk.pages.get("/", "en").text
    assert "Izba" in desk.pages.get("/town/sites", "en").text, "the map is looked through already"
    desk.post("/town/sites", thing="n9")
    with context.database.session() as session:
        (site,) = session.query(SiteRow)
    assert "1 is in the catalogue." in desk.pages.get("/town", "en").text
    sent = desk.post(
        "/visits/new/from-sites",
        title_pl="Pierwsza",
        date="2026-11-30",
        start_time="09:00",
        end_time="12:00",
        group_size="12",
        start_site=site.id,
        site=site.id,
    )
    assert sent.status_code == 303
    assert "What comes next" not in desk.pages.get("/town", "en").text


def test_a_second_map_is_compared_first(desk: Desk) -> None:
    for name in ("jeden", "dwa"):
        sent = (io.BytesIO(NAMED.encode()), f"{name}.osm")
        assert desk.post("/town/upload", file=sent, kind="streets", town=name).status_code == 303
        assert desk.work() is JobState.DONE
    assert desk.town == "jeden"
    assert "Built beside: dwa" in desk.pages.get("/town", "en").text


def test_a_map_that_does_not_come_leaves_no_town(desk: Desk) -> None:
    a_map(desk)
    desk.maps.overpass = [Answer("<html><body>Hello</body></html>")]
    desk.post("/town/map", place="Prawdziwe", contact="kontakt@urzad.example")
    assert desk.work() is JobState.FAILED
    told = desk.pages.get("/town", "en").text
    assert "It did not work. Nothing has changed." in told
    assert SAID in told


@pytest.mark.dear
def test_other_pages_open_and_say_that_there_is_no_town(desk: Desk) -> None:
    for path in ("/", "/sites", "/visits/new", "/visits/away", "/account", "/town", "/town/sites"):
        assert SAID in desk.pages.get(path, "en").text, path
    organiser = PageClient(desk.app)
    sign_in(desk.app, organiser.client, "ola")
    told = organiser.get("/", "en").text
    assert (SAID in told, "Whom their operators" in told) == (True, False)
