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
    with serve(ROOT, data, COMMANDS, database) as service, tempfile.TemporaryDirectory() as kept:
        link = service.sign_in_link("add", "Anna Nowak", "--role", "admin")
        desk = Desk(Client(service.port), Keeper(Path(kept)))
        here = desk.client.get(link)
        desk.client.submit(here, here.page.all("form")[-1])
        day = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
        editor = desk.visit(
            "soak", title_pl="Próba", date=day.isoformat(), group_size="9", start_site="zachod"
        )
        editor.add("ratusz", "park")
        page = desk.send("publish", f"{editor.path}/share", "/publish", anyway="1")
        guide = re.search(r"/g/[\w-]+", page.text)
        assert guide is not None
        return Acknowledged(editor.path, guide[0], desk.client.cookies["planner"])
