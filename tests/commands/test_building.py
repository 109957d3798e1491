"""Commands that build start without what only pages need."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from planner.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

LIGHT = """
import os, sys
sys.argv = ["flask", "--app", "wsgi", *sys.argv[1:]]
os.environ["FLASK_RUN_FROM_CLI"] = "true"
import wsgi
print(sorted(wsgi.app.cli.commands), "planner.web" in sys.modules, "sqlalchemy" in sys.modules)
"""
WHOLE = "['backup', 'check', 'network', 'restore', 'setup', 'sites', 'tidy', 'timetable', 'users'] True True"


@pytest.mark.dear
@pytest.mark.parametrize(
    ("words", "seen"),
    [
        (["network", "build", "x"], "['network'] False False"),
        pytest.param(["--debug", "network", "info"], "['network'] False False", marks=pytest.mark.slow),
        pytest.param(["run"], WHOLE, marks=pytest.mark.slow),
        pytest.param(["sites", "import", "network"], WHOLE, marks=pytest.mark.slow),
    ],
)
def test_a_build_does_not_wait_for_the_pages(words: list[str], seen: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIGHT, *words],
        cwd=ROOT,
        env={**os.environ, "PLANNER_DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == seen
