"""Builds that are killed in the midst: of networks and of timetables, each with a number in its name."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from planner.paths import ROOT
from tests.soak.work import Acknowledged, Kind

if TYPE_CHECKING:
    from collections.abc import Callable

SOURCES = ROOT / "tests" / "stored" / "a95df47" / "sources"
TOWN = "Małe Miasto"
FLASK = (sys.executable, "-m", "flask", "--app", "wsgi")
PAUSE_S = 1.0


def started(words: tuple[str, ...], environ: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    """A process in a group of its own, so that all of it can be killed at once; it says things into a log."""
    with log.open("wb") as said:
        return subprocess.Popen(
            words,
            cwd=ROOT,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and all its children by SIGKILL."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@dataclass
class Builds:
    """Two who build again and again: what each has brought into force was told by the command's end."""

    feeds: Path
    environ: Mapping[str, str]
    told: Acknowledged
    is_over: threading.Event
    running: dict[Kind, subprocess.Popen[bytes]] = field(default_factory=dict)

    def all(self) -> list[Callable[[], None]]:
        """What each of them does, as a thread of its own."""
        return [self.networks, self.timetables]

    def networks(self) -> None:
        """Build the network under a name that was never there."""
        self._again(Kind.NETWORK, lambda number: ("build", str(SOURCES / "town.osm"), *_named(number)))

    def timetables(self) -> None:
        """Build the timetable from a feed whose folder has a name that was never there."""
        self._again(Kind.TIMETABLE, lambda number: ("build", str(self._feed(number))))

    def _again(self, kind: Kind, words: Callable[[int], tuple[str, ...]]) -> None:
        while not self.is_over.wait(PAUSE_S):
            number = self.told.number()
            log = self.feeds / f"{kind.value}.log"
            process = started((*FLASK, kind.value.removesuffix("s"), *words(number)), self.environ, log)
            self.running[kind] = process
            status = process.wait()
            if not self.is_over.is_set() or status == 0:
                self.told.hear(kind, number, status, is_done=status == 0)

    def kill(self) -> None:
        """End what is being built; nothing is built after it."""
        self.is_over.set()
        for process in list(self.running.values()):
            kill(process)

    def _feed(self, number: int) -> Path:
        for old in self.feeds.glob("feed-*"):
            shutil.rmtree(old)
        return shutil.copytree(SOURCES / "feed", self.feeds / f"feed-{number}")


def _named(number: int) -> tuple[str, str]:
    return "--name", f"{TOWN} {number}"
