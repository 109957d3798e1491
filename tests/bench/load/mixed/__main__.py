"""Serve, let people, programs and phones ask for so many minutes, and print what came of it.

`python -m tests.bench.load.mixed --minutes 30`. It ends with status 1 if a request failed or was refused.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from unittest.mock import patch

from planner.paths import ROOT
from tests.bench.load.mixed.callers import Guide, Phone, Program
from tests.bench.load.mixed.people import Importer, Organiser
from tests.bench.load.mixed.processes import Weight, weights
from tests.bench.load.mixed.seen import Person, Seen
from tests.bench.service import children
from tests.kit.web.served import Served, serve

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.bench.load.mixed.people import Step

KEY = "a key of the load, that signs nothing for anybody"
FIRST_PLANS = 40
SAMPLES = 12
"""Weighings in the whole run, besides those at its start and end."""

KINDS = ("master", "worker", "keeper", "child", "other")


class Asks(Protocol):
    """Somebody who asks for one thing after the other."""

    person: Person

    def steps(self) -> list[Step]:
        """A round of it."""
        ...


@dataclass
class Load:
    """A service under load."""

    served: Served
    data: Path
    master: int
    pause_s: float
    seen: Seen = field(default_factory=Seen)
    weighed: list[tuple[str, list[Weight]]] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    def run(self, minutes: float) -> None:
        """First the plans with remedies, then everybody at once."""
        for _ in range(8):  # both workers are there, and have answered something
            self._person(9).get("/healthz")
        self.weigh("start")
        program = Program(self._person(9), random.Random(9))  # noqa: S311 - no secret
        for _ in range(FIRST_PLANS):
            program.person.does(*program.steps()[0])
            time.sleep(2.0)  # an address may have 30 in a minute
        self.weigh(f"{FIRST_PLANS} plans")
        threads = [threading.Thread(target=self._go_on, args=(one,)) for one in self._all()]
        for thread in threads:
            thread.start()
        begun = time.monotonic()
        for number in range(1, SAMPLES + 1):
            self._over.wait(begun + minutes * 60 * number / SAMPLES - time.monotonic())
            self.weigh(f"{(time.monotonic() - begun) / 60:.1f} min")
        self._over.set()
        for thread in threads:
            thread.join()
        self.weigh("end")

    def weigh(self, when: str) -> None:
        """Weigh all processes, and tell how it stands."""
        self.weighed.append((when, weights(self.master, self.data)))
        print(self.lines()[-1], f"{self.seen.count} requests", dict(self.seen.failed), flush=True)  # noqa: T201

    def lines(self) -> list[str]:
        """A row for each weighing: RSS and PSS of each kind, the heaviest of it, and PSS of all."""
        rows = []
        for when, found in self.weighed:
            cells = [when]
            for kind in KINDS:
                own = [one for one in found if one.kind == kind]
                heaviest = max((one.rss for one in own), default=0)
                shared = max((one.pss for one in own), default=0)
                cells.append(f"{len(own)}: {heaviest:.0f} / {shared:.0f}" if own else "-")
            rows.append(f"| {' | '.join(cells)} | {sum(one.pss for one in found):.0f} |")
        return rows

    def _all(self) -> Iterator[Asks]:
        tokens: dict[str, str] = {}
        for number in (1, 2):
            person = self._person(number, f"Anna {number}")
            organiser = Organiser(person, number)
            person.kind = "begin"
            organiser.begin()
            tokens = organiser.links()
            yield organiser
        yield Importer(self._person(3, "Piotr"))
        for number in (4, 5):
            yield Program(self._person(number), random.Random(number))  # noqa: S311 - no secret
        for number in (6, 7, 8):
            yield Phone(self._person(number), tokens["v"])
        yield Guide(self._person(10), tokens["g"])

    def _go_on(self, one: Asks) -> None:
        """Round after round, resting between two steps, until it is over."""
        chance = random.Random(one.person.address)  # noqa: S311 - no secret
        while True:
            for kind, once in one.steps():
                one.person.does(kind, once)
                if self._over.wait(self.pause_s * chance.uniform(0.5, 1.5)):
                    return

    def _person(self, number: int, name: str = "") -> Person:
        """Somebody with an address of their own, signed in where there is a name."""
        person = Person(self.served.port, seen=self.seen, address=f"198.51.100.{number}", kind="sign in")
        if name:
            told = _command(self.data, "users", "add", name)
            found = re.search(r"/sign-in/link/\S+", told)
            assert found is not None, told
            here = person.get(found[0])
            person.submit(here, here.page.all("form")[-1])
        return person


def _command(data: Path, *words: str) -> str:
    environ = {**os.environ, "PLANNER_DATA_DIR": str(data), "SECRET_KEY": KEY}
    asked = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
    done = subprocess.run(asked, cwd=ROOT, env=environ, check=True, text=True, stdout=subprocess.PIPE)
    return done.stdout


def _is_gunicorn(pid: int) -> bool:
    return b"gunicorn" in Path(f"/proc/{pid}/cmdline").read_bytes()


def _table(names: Sequence[str], rows: Sequence[str]) -> str:
    head = f"| {' | '.join(names)} |\n| {' | '.join('---' for _ in names)} |"
    return "\n".join((head, *rows))


def main(minutes: float, pause_s: float) -> int:
    """Run it; whether anything failed."""
    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mixed-")))
        stack.enter_context(patch.dict(os.environ, {"RATE_LIMITS": "on", "TRUSTED_PROXIES": "1"}))
        _command(data, "setup")
        served = stack.enter_context(serve(data, KEY, search_time=1))
        (master,) = (pid for pid in children(os.getpid()) if _is_gunicorn(pid))
        load = Load(served, data, master, pause_s)
        try:
            load.run(minutes)
        finally:
            told = load.served.log.read_text(encoding="utf-8")
            faults = [line for line in told.splitlines() if " INFO " not in line]
            print(f"{len(faults)} lines in the log", *faults[:20], sep="\n")  # noqa: T201
    print("\nMB, RSS / PSS of the heaviest of a kind, with how many there are:\n")  # noqa: T201
    print(_table(("when", *KINDS, "PSS of all"), load.lines()))  # noqa: T201
    rows = [f"| {' | '.join(row)} |" for row in load.seen.lines()]
    print("\n", _table(("what", "asked", "statuses", "median ms", "p95", "worst"), rows), sep="")  # noqa: T201
    failed = load.seen.failed
    print(f"\n{load.seen.count} requests, {failed.total()} failed or refused: {dict(failed)}")  # noqa: T201
    return 1 if failed else 0


if __name__ == "__main__":
    reader = argparse.ArgumentParser(prog="python -m tests.bench.load.mixed", description=__doc__)
    reader.add_argument("--minutes", type=float, default=30)
    reader.add_argument("--pause", type=float, default=2.0, help="seconds between two steps of one who asks")
    asked = reader.parse_args()
    sys.exit(main(asked.minutes, asked.pause))
