"""The README's commands, chapter by chapter, and a copy of the project in which to type them."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from planner.paths import ROOT
from tests.kit.web.served import HOST, PATIENCE_S, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"(?:^    .*\n)+", re.MULTILINE)
INLINE = re.compile(r"`((?:[A-Z]+=\S+ )?(?:make|flask --app wsgi) [^`]+)`")
LEFT_BEHIND = (".*", "node_modules", "vendor", "dist", "instance", "cache", "tests", "*.mo", "__pycache__")
NOT_INHERITED = re.compile(
    "PLANNER_.*|MAKE.*|MFLAGS|DATABASE_URL|SECRET_KEY|RATE_LIMITS|SCHOOL_HOLIDAYS|TILE_.*|.*PROX.*"
)
PATIENT_S = 5 * PATIENCE_S
"""The first start builds a network and a timetable, which takes some seconds, and more on a busy machine."""


def _split(block: str) -> Iterator[str]:
    """Split a block into commands: one goes on until its quotes are closed."""
    command = ""
    for line in block.splitlines():
        command += f"{line.removeprefix('    ')}\n"
        try:
            shlex.split(command, comments=True)
        except ValueError:
            continue
        yield command.strip()
        command = ""


def chapters() -> dict[str, list[str]]:
    """Every command of a block of the README, under its chapter's heading."""
    found = {}
    for part in re.split(r"^## ", README, flags=re.MULTILINE)[1:]:
        commands = [command for block in BLOCK.findall(part) for command in _split(block)]
        if commands:
            found[part.partition("\n")[0]] = commands
    return found


def inline() -> list[str]:
    """Every command in the README's running text, once."""
    return sorted(set(INLINE.findall(BLOCK.sub("", README))))


@dataclass
class Shell:
    """Where commands are typed: a folder, and an environment that `export` changes."""

    folder: Path
    environ: dict[str, str]
    words: dict[str, str] = field(default_factory=dict)
    """What is typed in place of what the README has."""

    def run(self, command: str) -> str:
        """Type a command, and give what it prints. It must succeed."""
        for told, typed in self.words.items():
            command = command.replace(told, typed)
        if command.startswith("export "):
            command += "\nenv -0"
        done = subprocess.run(
            ["bash", "-euc", command],
            cwd=self.folder,
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=PATIENT_S,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        if command.startswith("export "):
            self.environ = dict(line.split("=", 1) for line in done.stdout.split("\0") if line)
        return done.stdout

    @contextmanager
    def serving(self, command: str) -> Iterator[tuple[int, str]]:
        """Type a command that serves, on a free port; give the port and what it prints until it listens."""
        port = free_port()
        process = subprocess.Popen(
            ["bash", "-euc", re.sub(r"PORT=\d+", f"PORT={port}", command)],
            cwd=self.folder,
            env={**self.environ, "PORT": "1" if "PORT=" in command else str(port), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        watchdog = threading.Timer(PATIENT_S, os.killpg, (process.pid, signal.SIGKILL))
        watchdog.start()
        try:
            assert process.stdout is not None
            printed = ""
            while "Stop with Ctrl-C" not in printed:
                line = process.stdout.readline()
                assert line, f"{command} ended:\n{printed}"
                printed += line
            yield port, printed
        finally:
            watchdog.cancel()
            _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    """End a server and all that it has started, as Ctrl-C does."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
    try:
        process.wait(PATIENCE_S)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def copy_of_the_project(folder: Path) -> Shell:
    """Copy the project without what is installed and built; what is installed is lent to it.

    Packages are not installed anew, so the stamps say that they are; scripts and translations are built.
    """
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT_BEHIND))
    (folder / "node_modules").mkdir()  # a folder of links: `npm ci` in the copy must not empty ours
    for part in (ROOT / "node_modules").resolve().iterdir():
        (folder / "node_modules" / part.name).symlink_to(part)
    _lend(Path(sys.prefix), folder / ".venv", ".run-stamp")
    _lend(ROOT / "static" / "vendor", folder / "static" / "vendor", ".stamp")
    environ = {name: value for name, value in os.environ.items() if not NOT_INHERITED.fullmatch(name)}
    return Shell(
        folder, {**environ, "HOME": str(folder.parent), "HOST": HOST, "NO_PROXY": f"{HOST},localhost"}
    )


def _lend(source: Path, target: Path, stamp: str) -> None:
    target.mkdir(parents=True)
    for part in source.resolve().iterdir():
        if part.name not in {".stamp", ".run-stamp", ".dev-stamp"}:
            (target / part.name).symlink_to(part)
    (target / stamp).touch()
