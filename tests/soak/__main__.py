"""`make soak`: kill a service again and again, and tell what was seen."""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path

from tests.soak.begin import begin
from tests.soak.crashes import Soak


def main(kills: int, seed: int) -> None:
    """Kill so many times; the first thing that is lost ends it."""
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        data = Path(folder)
        soak = Soak(data, random.Random(seed), begin(data))  # noqa: S311 - no secret
        for _ in range(kills):
            soak.round()
            print(soak.line, flush=True)  # noqa: T201


if __name__ == "__main__":
    reader = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    reader.add_argument("--kills", type=int, default=100)
    reader.add_argument("--seed", type=int, default=1)
    asked = reader.parse_args()
    main(asked.kills, asked.seed)
