"""A service killed at random moments while it is worked with: what it acknowledged is there afterwards.

Each round starts the service anew over the same data, lets an organiser, a guide, an importer and two
who build work at once, and ends all of it by SIGKILL; then the files are looked at as they lie.
"""

from __future__ import annotations

import http.client
import random
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.on_postgres import Server
from tests.record.service import environment, free_port
from tests.soak.builds import Builds, kill, started
from tests.soak.look import look
from tests.soak.work import Acknowledged, Kind, Work

PATIENCE_S = 240
ROUND_S = 30
"""After so long the kill comes, however little was done on a busy machine."""

LOG = "service.log"
GUNICORN = (sys.executable, "-m", "gunicorn", "wsgi:app")
MOST_DONE = {
    Kind.EDIT: 8,
    Kind.RELEASE: 4,
    Kind.PRESS: 8,
    Kind.SAID: 8,
    Kind.IMPORT: 4,
    Kind.NETWORK: 1,
    Kind.TIMETABLE: 1,
}
"""So much of a kind is done in a round at most: of which, and how much, before the kill, is drawn."""


@dataclass
class Soak:
    """The rounds over one data directory: what was acknowledged so far, and how many kills there were.

    With a server of PostgreSQL that is ended as by a crash too, every second time.
    """

    data: Path
    draw: random.Random
    told: Acknowledged = field(default_factory=Acknowledged)
    server: Server | None = None
    kills: int = 0

    @property
    def address(self) -> str:
        """The address of the database, '' for SQLite in the folder."""
        return self.server.address if self.server else ""

    def round(self) -> None:
        """Start, work, kill, look."""
        port, is_over = free_port(), threading.Event()
        environ = environment(self.data, port, self.address)
        service = started(GUNICORN, environ, self.data.parent / LOG)
        builds = Builds(self.data.parent, environ, self.told, is_over)
        does = [*builds.all(), *Work(port, self.told, is_over).all()]
        works = [threading.Thread(target=one) for one in does]
        try:
            self._answers(port)
            for one in works:
                one.start()
            self._wait()
        finally:
            is_over.set()
            kill(service)
            builds.kill()
        for one in works:
            one.join(PATIENCE_S)
        self.kills += 1
        self._crash_server()
        look(self.data, self.address, self.told)
        assert not [key for key in self.told.refused if key[1] == http.client.INTERNAL_SERVER_ERROR]

    def _answers(self, port: int) -> None:
        """Wait until the service answers that it is well.

        Raises
        ------
        AssertionError
            If it does not within the patience: the next start did not work.
        """
        until, said = time.monotonic() + PATIENCE_S, "nothing"
        while time.monotonic() < until:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
            try:
                connection.request("GET", "/healthz")
                answer = connection.getresponse()
                said = answer.read().decode("utf-8", "replace")
                if answer.status == http.client.OK:
                    return
            except OSError:
                time.sleep(0.05)
            finally:
                connection.close()
        log = (self.data.parent / LOG).read_text(encoding="utf-8")
        raise AssertionError(f"it did not start again; it answered {said}; its log: {log[-4000:]}")

    def _wait(self) -> None:
        """Let them work until so much of a kind is done, and a moment longer: into the midst of the next."""
        kind = self.draw.choice(list(Kind))
        done = self.told.done[kind]
        wanted = len(done) + self.draw.randint(0, MOST_DONE[kind])
        until = time.monotonic() + ROUND_S
        while len(done) < wanted and time.monotonic() < until:
            time.sleep(0.005)
        time.sleep(self.draw.uniform(0.0, 0.3))

    def _crash_server(self) -> None:
        if self.server and self.kills % 2 == 0:
            self.server.stop("immediate")
            self.server.start()

    def line(self) -> str:
        """What was seen so far."""
        done = ", ".join(f"{len(numbers)} {kind}" for kind, numbers in self.told.done.items())
        refused = ", ".join(
            f"{kind} {status}: {count}" for (kind, status), count in self.told.refused.items()
        )
        return f"{self.kills} kills: {done}, all there; refused: {refused or 'nothing'}"
