"""A delegation split into parties: a day of Skawina through the whole service, by each mode.

`python -m tests.bench.parties` prints these rows alone.
"""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from statistics import mean
from time import process_time
from typing import TYPE_CHECKING, Any

from planner.domain.budget import Budget
from planner.domain.parties.search import search_orders
from planner.services.parties.solver import solve
from planner.services.upkeep import first_run
from planner.web import create_app
from planner.web.frame.context import services
from tests.bench.rows import Row, table, timed
from tests.conftest import build_with_buses
from tests.kit.rotations import random_split
from tests.web.conftest import NOW, settings_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

RUNS = 5
SIZE = 15
CPU_S, LONG_S = 2.0, 20.0
MANY = 10**7
FIRST_SEED, SPLITS = 200, 6
SITES = {
    "muzeum": SIZE,
    "sck-pr": 2 * SIZE,
    "senior-rynek-24": SIZE,
    "park-miejski": 2 * SIZE,
    "sokol": SIZE,
    "synagoga": 2 * SIZE,
}
"""Six sites within a walk of each other, with the people that each of them holds."""


def day(parties: int, mode: str) -> dict[str, Any]:
    """A talk for all, six sites in turns, lunch for all and back to the station."""
    station = {"site": "dworzec-biblioteka"}
    hall = {"site": "ratusz"}
    own = [
        {"place": {"site": site}, "dwell_min": 20, "capacity": capacity} for site, capacity in SITES.items()
    ]
    return {
        "date": "2026-12-02",
        "start": {"place": station, "time": "09:00"},
        "end": {"place": station},
        "mode": mode,
        "parties": [{"name": name, "size": SIZE} for name in "ABCDEFGH"[:parties]],
        "stops": [
            {"place": hall, "dwell_min": 30, "together": True},
            *own,
            {"kind": "meal", "place": hall, "dwell_min": 60, "together": True},
        ],
    }


def party_rows() -> Iterator[Row]:
    """Measure four parties at six sites, and more of them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build_with_buses(folder)
        app = create_app(replace(settings_in(folder), search_time=1.0, rate_limits=False), now=lambda: NOW)
        with app.app_context():
            context = services()
            context.database.upgrade()
            with context.database.writing() as session:
                first_run.fill(session, context.keeper, context.settings, NOW, lambda _: None)
        for parties, mode in ((4, "walk"), (4, "coach"), (4, "best"), (6, "walk")):
            yield _row(app, parties, mode)
        with app.app_context():
            services().database.close()


def split_rows() -> Iterator[Row]:
    """Random splits in two seconds of CPU, against searches that are many times as long."""
    for parties, count in ((6, 8), (4, 8), (3, 10)):
        gaps, longest = [], 0.0
        for seed in range(FIRST_SEED, FIRST_SEED + SPLITS):
            rotation, ways = random_split(seed, parties, count)
            begun = process_time()
            own = solve(rotation, ways, Budget.of(CPU_S, process_time)).rotated
            longest = max(longest, process_time() - begun)
            best = own.meet
            for dice in (2, 3):
                budget = Budget.of(LONG_S, process_time)
                _, found = search_orders(rotation, ways, trials=MANY, budget=budget, seed=dice)
                best = min(best, found.meet if not found.misfits else best)
            gaps.append((own.meet - best) / (best - rotation.leave))
        known = f"best known of two searches of {LONG_S:.0f} s"
        note = f"worst {max(gaps):.2%}; {SPLITS} random splits; at most {longest:.1f} s of CPU; {known}"
        what = f"{parties} parties and {count} stops, finish over the best known"
        yield Row(what, f"{mean(gaps):.2%}", "< 1%", note)


def _row(app: Flask, parties: int, mode: str) -> Row:
    client = app.test_client(use_cookies=False)
    body = json.dumps(day(parties, mode))
    answers: list[dict[str, Any]] = []

    def ask() -> None:
        response = client.post("/api/v1/parties", data=body, content_type="application/json")
        assert response.status_code == 200, response.get_data(as_text=True)
        answers.append(response.get_json())

    timing = timed(ask, RUNS)
    proved = sum(answer["proved_optimal"] for answer in answers)
    finish, bound = answers[-1]["finish"][11:19], answers[-1]["bound"][11:19]
    told = f"all at the end at {finish}, not before {bound}; proved in {proved} of {len(answers)}"
    goal = "< 3000 ms" if parties == len("ABCD") else ""
    what = f"POST /parties, {parties} parties and {len(SITES)} sites, {mode}"
    return Row(what, timing.text, goal, f"{told}; {timing.note}")


if __name__ == "__main__":
    sys.stdout.write(f"{table([*split_rows(), *party_rows()])}\n")
