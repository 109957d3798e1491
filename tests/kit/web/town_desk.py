"""An administrator at the page of the town, servers of the map, and the work that is asked for, done here."""

from __future__ import annotations

import importlib
import json
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.jobs.job import JobFault, JobState
from planner.errors import PlannerError
from planner.runner.kinds import KINDS, TOWN
from planner.services.jobs import running
from planner.services.jobs.asking import newest
from planner.store.catalogue import add_sites
from planner.streets.build.build import TownSettings
from planner.web import create_app
from tests.kit.streets.map_services import Answer, MapServices, found, map_services
from tests.kit.web.pages import PageClient
from tests.kit.web.signing_in import csrf_of, services_of, sign_in
from tests.kit.web.town import OSM, SITES
from tests.services.town.conftest import CLOSED_OSM
from tests.web.conftest import NOW, application, closed, settings_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask
    from werkzeug.test import TestResponse

MUSEUM = '<node id="9" lat="50.003" lon="20.001"><tag k="tourism" v="museum"/><tag k="name" v="Izba"/></node>'
NAMED = CLOSED_OSM.replace("</osm>", f"{MUSEUM}</osm>")
FULL_UP = NAMED.replace("</osm>", "<remark>runtime error: out of memory</remark></osm>")


class Stub:
    """What a job is told, as it was told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def progress(self, _done: int, _total: int, sentence: str) -> None:
        self.told.append(sentence)

    def cancelled(self) -> bool:
        return False


class Desk:
    """An administrator's browser, and the work that is done in the background, done here."""

    def __init__(self, app: Flask, maps: MapServices) -> None:
        self.app, self.maps = app, maps
        self.pages = PageClient(app)
        sign_in(app, self.pages.client, "szefowa", "admin")

    def post(self, path: str, **fields: object) -> TestResponse:
        form = {"csrf_token": csrf_of(self.pages.client), **fields}
        return self.pages.client.post(path, data=form, content_type="multipart/form-data")

    def work(self) -> JobState:
        """Do what was asked for last, as the runner does."""
        context = services_of(self.app)
        with context.database.writing() as session:
            (job, *_) = newest(session, *TOWN, most=1)
            assert running.take(session, job.id, "test", NOW)
        module, _, name = KINDS[job.kind].calls.partition(":")
        state, result, error = JobState.DONE, None, None
        try:
            result = getattr(importlib.import_module(module), name)(context, job.args, Stub())
        except PlannerError as fault:
            state, error = JobState.FAILED, JobFault(fault.message)
        with context.database.writing() as session:
            running.settle(session, job.id, "test", NOW, state=state, result=result, error=error)
        return state

    @property
    def town(self) -> str:
        return services_of(self.app).town.network.meta.name


@contextmanager
def town_desk(tmp_path: Path) -> Iterator[Desk]:
    """An administrator of a sketch; the map's servers answer with a street of it closed."""
    file = tmp_path / "town.osm"
    file.write_text(OSM, encoding="utf-8")
    folder = tmp_path / "data"
    closed(application(folder, file, TownSettings("Szkic")))
    with map_services() as maps:
        settings = replace(
            settings_in(folder),
            nominatim_url=f"{maps.url}/",
            overpass_url=maps.overpass_url,
            town_upload_mb=1,
        )
        app = create_app(settings, now=lambda: NOW)
        with services_of(app).database.writing() as session:
            add_sites(session, SITES, NOW)
        yield Desk(app, maps)
        closed(app)


def a_map(desk: Desk) -> None:
    ring = [[19.99, 49.99], [20.01, 49.99], [20.01, 50.02], [19.99, 50.02], [19.99, 49.99]]
    place = found("Prawdziwe", geojson={"type": "Polygon", "coordinates": [ring]})
    desk.maps.nominatim = [Answer(json.dumps([place]))]
    desk.maps.overpass = [Answer(NAMED)]
