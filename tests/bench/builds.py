"""Building a network: seconds and memory of the whole command, as somebody waits for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import astuple
from typing import TYPE_CHECKING

from planner.paths import ROOT
from planner.streets.files import current_folder
from tests.bench.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.bench.towns import Source

BUILD = """
import json, resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
took = time.perf_counter() - start
mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(json.dumps({"seconds": took, "mb": mb}))
"""
"""In a small process of its own: what a child has at most counts what its parent had when it began."""


def build_rows(source: Source, data_dir: Path) -> Iterator[Row]:
    """Build the town and leave it in the data directory."""
    name, timezone, country = astuple(source.settings)
    flask = [sys.executable, "-m", "flask", "--app", "wsgi", "network", "build", str(source.file)]
    town = ["--name", name, "--timezone", timezone, "--country", country]
    done = subprocess.run(
        [sys.executable, "-c", BUILD, *flask, *town],
        cwd=ROOT,
        env={**os.environ, "PLANNER_DATA_DIR": str(data_dir)},
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    folder = current_folder(data_dir)
    assert folder is not None
    size = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
    yield Row(
        f"building {name}",
        f"{told['seconds']:.1f} s",
        "< 5 s",
        f"network build as it is typed; {size:.1f} MB on disk",
    )
    yield Row(
        f"memory for building {name}",
        f"{told['mb']:.0f} MB",
        "< 300 MB",
        "highest, resident, of the whole process",
    )
