"""`make soak`: kill a service again and again, and tell what was seen."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.on_postgres import programs, server
from tests.soak.begin import begin
from tests.soak.crashes import Soak

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.on_postgres import Server


def main(kills: int, seed: int, *, is_postgres: bool) -> None:
    """Kill so many times; the first thing that is lost ends it."""
    with tempfile.TemporaryDirectory(prefix="soak-") as folder, _server(wanted=is_postgres) as found:
        data = Path(folder) / "data"
        data.mkdir()
        told = begin(data, found.address if found else "")
        soak = Soak(data, random.Random(seed), told, found)  # noqa: S311 - no secret
        for _ in range(kills):
            soak.round()
            print(soak.line(), flush=True)  # noqa: T201


@contextmanager
def _server(*, wanted: bool) -> Iterator[Server | None]:
    """A server that keeps what it acknowledges, as one by default does."""
    if not wanted:
        yield None
        return
    found = programs()
    if found is None:
        sys.exit("PostgreSQL is missing: apt install postgresql")
    with server(found, ()) as made:
        yield made


if __name__ == "__main__":
    reader = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    reader.add_argument("--kills", type=int, default=100)
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--postgres", action="store_true", help="over a PostgreSQL of its own")
    asked = reader.parse_args()
    main(asked.kills, asked.seed, is_postgres=asked.postgres)
