"""Measure, print the table and keep it in docs/bench.md: `make bench`."""

from __future__ import annotations

import datetime as dt
import os
import platform
import sys
import tempfile
from itertools import chain
from pathlib import Path

from planner.paths import ROOT
from planner.streets.files import current_folder
from tests.bench.builds import build_rows
from tests.bench.buses import bus_rows
from tests.bench.fits import fit_rows
from tests.bench.load.rows import load_rows
from tests.bench.maps import map_rows
from tests.bench.orders import order_rows
from tests.bench.paper import paper_rows
from tests.bench.parties import party_rows, split_rows
from tests.bench.peers import peer_rows
from tests.bench.phone import phone_rows
from tests.bench.plans import plan_rows
from tests.bench.queries import growth_rows, query_rows
from tests.bench.remedies import remedy_rows
from tests.bench.rows import Row, table
from tests.bench.service import import_rows, service_rows
from tests.bench.towns import grown, opened, put_in_force, source

SMALL = 7_500
PAGE = ROOT / "docs" / "bench.md"
TEXT = """# How fast it is

Made by `make bench` on {date}, Python {python}, {cpus} processors. Ratios were taken in one run on one
machine; milliseconds are given beside them and hang on the machine. The town is {town}, laid side by
side until it has the nodes told; journeys are asked of the city buses of March 2026 over the streets of
Skawina, nothing of the feed clipped. The machine's load was {load:.1f} when it was done: above the number
of processors, milliseconds tell of the others too.

{table}

VROOM is no part of the project. On the days of 16 to 60 stops on foot above it was asked once, on
2026-11-29 (pyvroom 1.15.2 in an environment of its own, one thread, exploration level 5, the same ways in
whole minutes, the metres as cost): its orders walk 0.00 % more than the best known at 16 stops, 0.04 % at
20 (worst 0.24 %), 0.20 % at 30 (1.23 %), 1.59 % at 40 (7.46 %), 0.95 % at 60 (3.87 %); ours 0.00 % at 16
to 40 and 0.01 % at 60 (0.07 %). It took 0.03 to 1.7 s of CPU. The finish is nothing that it can be asked
for.
"""


def main() -> None:
    """Take all measures, one after the other."""
    asked = source()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows += build_rows(asked, folder / "town")
        town = opened(folder / "town")
        original = current_folder(folder / "town")
        assert original is not None
        put_in_force(grown(town, SMALL), original, folder / "small")
        small = opened(folder / "small")
        for row in chain(
            peer_rows(small),
            query_rows(small, folder / "small" / "network-grown"),
            service_rows(small, folder / "small"),
            import_rows(),
            bus_rows(),
            party_rows(),
            split_rows(),
            plan_rows(),
            order_rows(),
            fit_rows(),
            remedy_rows(),
            map_rows(),
            paper_rows(),
            phone_rows(folder / "phone"),
            load_rows(folder / "load"),
            growth_rows(town, small),
        ):
            rows.append(row)
            sys.stderr.write(f"{row.what}: {row.measured}\n")
    text = table(rows)
    sys.stdout.write(f"{text}\n")
    PAGE.write_text(
        TEXT.format(
            date=dt.datetime.now(dt.UTC).date().isoformat(),
            python=platform.python_version(),
            cpus=os.cpu_count(),
            load=os.getloadavg()[0],
            town=asked.settings.name,
            table=text,
        ),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
