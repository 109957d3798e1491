"""Building a network: seconds and memory, in a process of its own."""

from __future__ import annotations

import json
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
import json, re, sys, time
from pathlib import Path
from planner.streets.build.build import TownSettings, build_network
file, data_dir, *town = sys.argv[1:]
start = time.perf_counter()
build_network(Path(file), Path(data_dir), TownSettings(*town), lambda *_: None)
took = time.perf_counter() - start
most = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())  # rusage counts the parent too
print(json.dumps({"seconds": took, "mb": int(most[1]) / 1024}))
"""


def build_rows(source: Source, data_dir: Path) -> Iterator[Row]:
    """Build the town and leave it in the data directory."""
    done = subprocess.run(
        [sys.executable, "-c", BUILD, source.file, data_dir, *astuple(source.settings)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    folder = current_folder(data_dir)
    assert folder is not None
    size = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
    name = source.settings.name
    yield Row(f"building {name}", f"{told['seconds']:.1f} s", "< 20 s", f"{size:.1f} MB on disk")
    yield Row(f"memory for building {name}", f"{told['mb']:.0f} MB", "< 600 MB", "highest, resident")
