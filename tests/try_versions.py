"""Tries the tests with the oldest and the newest packages that requirements.in allows: `make test-deps`.

Each set of packages gets a virtual environment of its own below `.deps`. What the tests themselves need
(pytest and the like) is the newest that goes with them. More words are given on to pytest:
`python -m tests.try_versions tests/web -x`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from planner.paths import ROOT

FOLDER = ROOT / ".deps"
FOR_TESTS = (
    *("hypothesis", "import-linter", "jsonschema", "pdfua", "pillow", "playwright", "pypdf"),
    *("pytest", "pytest-xdist", "zxing-cpp"),
)
QUICK = ("-n", "2", "-m", "not full and not slow and not dear and not browser")
OLDEST, NEWEST = "lowest-direct", "highest"
OTHER_PYTHON = "3.13"


@dataclass(frozen=True)
class Trial:
    """One set of packages under one Python."""

    name: str
    python: str
    resolution: str


def main(words: list[str]) -> int:
    """Try each set in turn, and say at the end what each came to; 1 if one failed."""
    uv = shutil.which("uv")
    if uv is None:
        say("uv is missing, which finds and installs other versions: pipx install uv")
        return 1
    trials = [Trial("oldest", sys.executable, OLDEST), Trial("newest", sys.executable, NEWEST)]
    other = _other_python()
    if other:
        trials.append(Trial(f"python{OTHER_PYTHON}", other, NEWEST))
    faults = {trial.name: _fault(uv, trial, words) for trial in trials}
    for name, fault in faults.items():
        say(f"{name}: {fault or 'passed'}")
    if not other:
        say(f"Python {OTHER_PYTHON}: not tried, not installed")
    return int(any(faults.values()))


def say(text: str) -> None:
    """Print a line, before what a command prints after it."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _other_python() -> str:
    """Where the other Python is, '' if none runs: a command may be a stand-in."""
    name = f"python{OTHER_PYTHON}"
    beside = sorted(Path(sys.base_prefix).parent.glob(f"*/bin/{name}"))
    found = [path for path in (shutil.which(name), *map(str, beside)) if path]
    runs = [path for path in found if subprocess.run([path, "-c", ""], check=False).returncode == 0]
    return next(iter(runs), "")


def _fault(uv: str, trial: Trial, words: list[str]) -> str:
    """Set a trial up and run the tests; what failed, '' if nothing did."""
    say(f"== {trial.name}")
    for fault, command in _steps(uv, trial).items():
        more = words if fault == "tests failed" else []
        if subprocess.run([*command, *more], cwd=ROOT, check=False).returncode:
            return fault
    return ""


def _steps(uv: str, trial: Trial) -> dict[str, list[str]]:
    """The commands of a trial, each under what is said if it fails."""
    FOLDER.mkdir(exist_ok=True)
    folder, pins = FOLDER / trial.name, FOLDER / f"{trial.name}.txt"
    python = str(folder / "bin" / "python")
    there = ["--quiet", "--python", python]
    chosen = ["--upgrade", "--resolution", trial.resolution]
    return {
        "no virtual environment": [uv, "venv", "--quiet", "--clear", "--python", trial.python, str(folder)],
        "no set of packages": [uv, "pip", "compile", *there, *chosen, "requirements.in", "-o", str(pins)],
        "packages not installed": [uv, "pip", "install", *there, "-r", str(pins), *FOR_TESTS],
        "tests failed": [python, "-m", "pytest", *QUICK],
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
