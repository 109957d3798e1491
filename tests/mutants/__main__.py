"""`python -m tests.mutants list|reach|run`: put faults in one at a time and see whether a test fails.

    list  --seed 12 --count 40 > faults.json    draw faults of the rooms that reckon
    reach                                        run the tests once, noting which runs which line
    run   faults.json                            put each in, in a copy, and run the tests that reach it

The tests that run the faulty line are run, quickest first, until one fails. The share that is caught
is only comparable for the same list.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from queue import Queue
from xml.etree import ElementTree as ET

from tests.mutants.mutate import Mutant, find, sample
from tests.mutants.reach import ROOMS, Reach

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".reach"
QUICK = os.environ.get("PLANNER_MARKS", "not full and not slow and not dear and not browser")
BATCH = 150
COPIES = 2
"""So many faults are tried at a time."""

PLAIN = ("-p", "no:cacheprovider", "-m", QUICK)
COPIED = ("planner", "tests", "data", "static", "templates", "docs")
LINKED = (".venv", "node_modules")


def main() -> None:
    """Take the command."""
    parser = argparse.ArgumentParser(prog="tests.mutants", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    drawn = commands.add_parser("list")
    drawn.add_argument("--seed", type=int, default=12)
    drawn.add_argument("--count", type=int, default=40)
    commands.add_parser("reach")
    run = commands.add_parser("run")
    run.add_argument("faults", type=Path)
    run.add_argument(
        "--limit-s", type=float, default=120.0, help="the longest for one fault, of the processor's time"
    )
    asked = parser.parse_args()
    if asked.command == "list":
        mutants = sample(ROOT, list(ROOMS), asked.count, asked.seed)
        say(json.dumps([asdict(mutant) for mutant in mutants], indent=1))
    elif asked.command == "reach":
        note_reach()
    else:
        faults = [Mutant(**fault) for fault in json.loads(asked.faults.read_text(encoding="utf-8"))]
        try_all(faults, asked.limit_s)


def say(text: str) -> None:
    """Write a line at once, for somebody who waits."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def note_reach() -> None:
    """Run the tests once; write which runs which line and how long each takes."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    report = FOLDER / "times.xml"
    plugin = ["-p", "tests.mutants.reach", "-o", "junit_family=xunit1", f"--junitxml={report}"]
    subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "2", "-q", "-m", QUICK, *plugin], cwd=ROOT, check=False
    )
    seconds = {}
    for case in ET.parse(report).iter("testcase"):  # noqa: S314 - written a moment ago
        node = f"{case.get('file')}::{case.get('name')}"
        seconds[node] = float(case.get("time") or 0)
    (FOLDER / "seconds.json").write_text(json.dumps(seconds, indent=0), encoding="utf-8")


def try_all(faults: list[Mutant], limit_s: float) -> None:
    """Put every fault in, one in each copy at a time, and tell which are caught."""
    seconds = json.loads((FOLDER / "seconds.json").read_text(encoding="utf-8"))
    reach = Reach(ROOT, FOLDER, seconds)
    ends: dict[str, int] = {}
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        copies: Queue[Path] = Queue()
        for number in range(COPIES):
            copies.put(_copy(Path(folder) / str(number) / "tree"))

        def one(fault: Mutant) -> tuple[str, str]:
            copy = copies.get()
            try:
                return try_one(fault, reach, copy, limit_s)
            finally:
                copies.put(copy)

        with ThreadPoolExecutor(COPIES) as pool:
            for number, (end, told) in enumerate(pool.map(one, faults), 1):
                ends[end] = ends.get(end, 0) + 1
                say(f"{number:3} {end:9} {told}")
    tried = sum(ends.values()) - ends.get("gone", 0)
    minutes = (time.monotonic() - began) / 60
    say(f"{ends}: {ends.get('caught', 0)} of {tried} caught in {minutes:.1f} minutes")


def try_one(fault: Mutant, reach: Reach, copy: Path, limit_s: float) -> tuple[str, str]:
    """Put one fault into the copy, run what reaches it, and take the fault out again."""
    change = find(ROOT, fault)
    if change is None:
        return "gone", f"{fault.path} {fault.function}"
    where = f"{fault.path}:{change.line} {' '.join(change.before.split())!r} -> {change.after!r}"
    tests = reach.tests(fault.path, change.line)
    if not tests:
        return "unreached", where
    file = copy / fault.path
    kept = file.read_text(encoding="utf-8")
    file.write_text(change.source, encoding="utf-8")
    try:
        end, spent = _run(tests, copy, limit_s)
    finally:
        file.write_text(kept, encoding="utf-8")
    return end, f"{where} ({len(tests)} tests, {spent:.0f} s)"


def _run(tests: list[str], copy: Path, limit_s: float) -> tuple[str, float]:
    """Run tests in their order until one fails or the time of the processor is over.

    Its own time is counted, not the clock's, so that a busy machine catches as many as an idle one.
    """
    spent = 0.0
    for at in range(0, len(tests), BATCH):
        left = max(int(limit_s - spent), 1)
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", *PLAIN[:2], *tests[at : at + BATCH]]
        process = subprocess.Popen(
            ["sh", "-c", 'ulimit -t "$0"; exec "$@"', str(left), *command],
            cwd=copy,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert process.stdout is not None
        told = process.stdout.read().decode()
        _, status, used = os.wait4(process.pid, 0)
        spent += used.ru_utime + used.ru_stime
        code = os.waitstatus_to_exitcode(status)
        if code in {-signal.SIGXCPU, -signal.SIGKILL}:
            return "time over", spent
        if code not in {0, 1}:
            say(told[-2000:])
        if code:
            return "caught", spent
    return "survived", spent


def _copy(to: Path) -> Path:
    to.mkdir(parents=True)
    for name in COPIED:
        shutil.copytree(ROOT / name, to / name, symlinks=False)
    for file in ROOT.iterdir():
        if file.is_file():
            shutil.copy2(file, to)
    for name in LINKED:
        (to / name).symlink_to(ROOT / name)
    shared = ROOT.parent / "shared"
    if shared.is_dir():
        (to.parent / "shared").symlink_to(shared)
    return to


if __name__ == "__main__":
    main()
