"""Asks for known faults of what is installed: `make audit`.

pip-audit asks about the Python packages, npm about those of the front end. Where nobody answers, as on a
machine without a way out or behind a mirror that has no such lists, that is said: to have asked nobody is
not to be safe.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planner.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

PATIENCE_S = 300


@dataclass(frozen=True)
class Answer:
    """What was heard about one kind of packages."""

    of: str
    asked: int
    unknown: int
    """About so many nobody knew anything."""

    faults: tuple[str, ...] = ()
    silence: str = ""
    """Why there is no answer at all; '' where there is one."""

    @property
    def line(self) -> str:
        """The answer in a line."""
        if self.silence:
            return f"{self.of}: NOT ASKED ({self.silence})"
        if self.asked == self.unknown:
            return f"{self.of}: NOT ASKED (nothing is known here about any of {self.asked} packages)"
        known = f"{self.asked - self.unknown} of {self.asked} packages looked at"
        return f"{self.of}: {known}, {len(self.faults)} known faults"


def main() -> int:
    """Ask about all, print what was heard; 1 where a fault is known."""
    answers = [python_answer(_run(PIP_AUDIT)), npm_answer(_run(NPM_AUDIT))]
    for answer in answers:
        sys.stdout.write("\n".join((answer.line, *(f"  {fault}" for fault in answer.faults))) + "\n")
    return int(any(answer.faults for answer in answers))


PIP_AUDIT = (
    *(str(ROOT / ".supply" / "bin" / "python"), "-m", "pip_audit", "--require-hashes", "--disable-pip"),
    *("--progress-spinner", "off", "--format", "json", "--requirement", str(ROOT / "requirements.txt")),
)
NPM_AUDIT = ("npm", "audit", "--json", "--package-lock-only")


@dataclass(frozen=True)
class Heard:
    """What a command printed."""

    out: str
    err: str


def _run(command: Iterable[str]) -> Heard:
    try:
        done = subprocess.run(
            [*command], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Heard("", str(error))
    return Heard(done.stdout, done.stderr)


def python_answer(heard: Heard) -> Answer:
    """Read what pip-audit says."""
    told = _object(heard.out)
    if "dependencies" not in told:
        return Answer("Python", 0, 0, silence=_last_line(heard.err))
    packages = told["dependencies"]
    faults = tuple(
        f"{one['name']} {one['version']}: {fault['id']}, mended in "
        f"{', '.join(fault['fix_versions']) or 'none yet'}"
        for one in packages
        for fault in one.get("vulns", ())
    )
    return Answer("Python", len(packages), sum("skip_reason" in one for one in packages), faults)


def npm_answer(heard: Heard) -> Answer:
    """Read what npm says."""
    told = _object(heard.out)
    if "vulnerabilities" not in told:
        return Answer("npm", 0, 0, silence=str(told.get("message") or _last_line(heard.err)))
    faults = tuple(
        f"{name}: {one['severity']}, {one['range']}" for name, one in told["vulnerabilities"].items()
    )
    return Answer("npm", told["metadata"]["dependencies"]["total"], 0, faults)


def _object(text: str) -> dict[str, Any]:
    try:
        told = json.loads(text)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:200] if lines else "no answer"


if __name__ == "__main__":
    sys.exit(main())
