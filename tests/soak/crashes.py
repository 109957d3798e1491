"""A service killed at random moments while it is worked with: what it acknowledged is there afterwards.

Each round starts the service anew over the same data, lets an organiser, a guide, an importer and two
builds work at once, and ends all of it by SIGKILL; then the files are looked at as they lie.
"""

from __future__ import annotations

import http.client
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from planner.buses.files import current_timetable
from planner.buses.query.timetable.open import load_timetable
from planner.domain.releases import ReleaseContent
from planner.domain.visits import Visit
from planner.paths import ROOT
from planner.store.database import Database
from planner.store.documents import from_json
from planner.store.models import LiveEventRow, ReleaseRow, RevisionRow, SiteRow, VisitRow
from planner.streets.files import current_folder
from planner.streets.query.network import load_network
from tests.record.service import environment, free_port
from tests.soak.work import ROWS, Acknowledged, Work

SOURCES = ROOT / "tests" / "stored" / "a95df47" / "sources"
PATIENCE_S = 120
MOST_DONE = 30
"""So much is done in a round at most; after how much the kill comes is drawn, on any machine."""


@dataclass
class Soak:
    """The rounds over one data directory: what was acknowledged so far, and how many kills there were."""

    data: Path
    draw: random.Random
    told: Acknowledged = field(default_factory=Acknowledged)
    kills: int = 0
    releases: int = 0

    def round(self) -> None:
        """Start, work, kill, look."""
        port = free_port()
        environ = environment(self.data, port)
        server = _started([sys.executable, "-m", "gunicorn", "wsgi:app"], environ)
        builds = [
            _started([sys.executable, "-m", "flask", "--app", "wsgi", *words], environ)
            for words in (
                ("network", "build", str(SOURCES / "town.osm"), "--name", "Małe Miasto"),
                ("timetable", "build", str(SOURCES / "feed")),
            )
        ]
        works: list[threading.Thread] = []
        try:
            answers(port)
            works = [threading.Thread(target=one) for one in Work(port, self.told).all()]
            for one in works:
                one.start()
            self._wait_for(self.told.done + self.draw.randint(0, MOST_DONE))
        finally:
            for process in (server, *builds):
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(PATIENCE_S)
        for one in works:
            one.join(PATIENCE_S)
        self.kills += 1
        self.look()

    def _wait_for(self, done: int) -> None:
        """Let them work until so much is done in all, and a moment longer: into the midst of the next."""
        until = time.monotonic() + PATIENCE_S
        while self.told.done < done and time.monotonic() < until:
            time.sleep(0.005)
        time.sleep(self.draw.uniform(0.0, 0.1))

    @property
    def line(self) -> str:
        """What was seen so far."""
        told = self.told
        return (
            f"{self.kills} kills: {len(told.edits)} edits, {len(told.presses)} presses, "
            f"{len(told.imports)} imports acknowledged and there; {self.releases} releases, all whole"
        )

    def look(self) -> None:
        """Hold what lies on the disk against what was acknowledged.

        Raises
        ------
        AssertionError
            If something is lost, half there or cannot be opened.
        """
        file = self.data / "planner.sqlite"
        connection = sqlite3.connect(file)
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        connection.close()
        database = Database(f"sqlite:///{file}")
        with database.session() as session:
            edits = {
                from_json(Visit, row.document).meeting_point.get("pl") for row in session.query(RevisionRow)
            }
            presses = {row.said.get("text") for row in session.query(LiveEventRow)}
            imported = Counter(row.id.partition("-")[0] for row in session.query(SiteRow))
            releases = {(row.visit_id, row.number): row.content for row in session.query(ReleaseRow)}
            for visit in session.query(VisitRow):
                assert visit.published is None or (visit.id, visit.published) in releases
                assert visit.head <= visit.top
        database.close()
        assert self.told.edits <= edits, self.told.edits - edits
        assert self.told.presses <= presses, self.told.presses - presses
        assert all(imported[f"r{number}"] == ROWS for number in self.told.imports)
        assert {count for name, count in imported.items() if re.fullmatch(r"r\d+", name)} <= {ROWS}
        assert all(from_json(ReleaseContent, one).itineraries for one in releases.values())
        self.releases = len(releases)
        folder = current_folder(self.data)
        assert folder is not None
        load_network(folder)
        load_timetable(folder, current_timetable(self.data))


def answers(port: int) -> None:
    """Wait until a service answers that it is well.

    Raises
    ------
    AssertionError
        If it does not within the patience: the next start did not work.
    """
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == http.client.OK:
                return
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    raise AssertionError("the service did not start again")


def _started(words: list[str], environ: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        words,
        cwd=ROOT,
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
