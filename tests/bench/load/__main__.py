"""Measure the load alone: `python -m tests.bench.load [PHONES]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.bench.load.day import Crowd
from tests.bench.load.rows import load_rows
from tests.bench.rows import table

if __name__ == "__main__":
    phones = int(sys.argv[1]) if len(sys.argv) > 1 else Crowd.phones
    with tempfile.TemporaryDirectory() as name:
        sys.stdout.write(f"{table(list(load_rows(Path(name), phones)))}\n")
