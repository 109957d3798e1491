"""The data directory that a soak begins with: a small town, an organiser, a visit that is published."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from pathlib import Path

from planner.paths import ROOT
from tests.record.client import Client
from tests.record.desk import Desk
from tests.record.keeper import Keeper
from tests.record.service import serve
from tests.soak.builds import SOURCES, TOWN
from tests.soak.work import Acknowledged

COMMANDS = (
    ("network", "build", str(SOURCES / "town.osm"), "--name", TOWN),
    ("timetable", "build", str(SOURCES / "feed")),
    ("setup",),
    ("sites", "import", str(SOURCES / "sites.csv")),
)


def begin(data: Path, database: str = "") -> Acknowledged:
    """Fill an empty folder; who works there, and nothing acknowledged yet."""
    with serve(ROOT, data, COMMANDS, database) as service:
        link = service.sign_in_link("add", "Anna Nowak", "--role", "admin")
        client = Client(service.port)
        here = client.get(link)
        client.submit(here, here.page.all("form")[-1])
        return published(client, "zachod", "ratusz", "park")


def published(client: Client, start: str, *sites: str) -> Acknowledged:
    """Publish a visit of tomorrow by the browser of an organiser."""
    with tempfile.TemporaryDirectory() as kept:
        desk = Desk(client, Keeper(Path(kept)))
        day = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
        editor = desk.visit("soak", title_pl="Próba", date=day.isoformat(), group_size="9", start_site=start)
        editor.add(*sites)
        page = desk.send("publish", f"{editor.path}/share", "/publish", anyway="1")
    guide = re.search(r"/g/[\w-]+", page.text)
    assert guide is not None
    return Acknowledged(editor.path, guide[0], client.cookies["planner"])
