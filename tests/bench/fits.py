"""What fits, how sure it is and which day it goes on, in this process over the streets and buses of Skawina.

`python -m tests.bench.fits` prints these rows alone. They are of CPU time, so that others do not matter.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from planner.buses.build.build import BuildSettings, build_timetable
from planner.buses.build.lines.write import build_lines
from planner.buses.build.shapes.fill import fill
from planner.domain.budget import Budget
from planner.domain.order.proposals import Objective
from planner.domain.schedule.group import Group
from planner.domain.visits import Day, DayEnd, DayStart, Mode, PlaceRef, Stop
from planner.paths import ROOT
from planner.services.order.days.share import SharedStop, share_days
from planner.services.order.find import BUDGET_S, find_order
from planner.services.order.slots.find import SLOTS_S, SlotQuestion, slots
from planner.services.order.sturdy import STURDY_S, SturdyQuestion, sureness
from planner.services.planning.case import Case
from planner.services.travel.town import Town, TownKeeper
from planner.streets.build.build import TownSettings, build_network
from tests.bench.buses import _Silent
from tests.bench.rows import Row, table
from tests.kit.random_days import SITES, placed_sites

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DAYS = 8
MONDAY = dt.date(2026, 3, 30)
MAY_GO = 6
LATEST = {15: "20:00", 20: "23:30"}
"""Days of so many stops end by then: what must be kept fits, and some of the rest."""


def fit_rows() -> Iterator[Row]:
    """Ask each of the new questions of a few days."""
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder)
        build_network(
            ROOT / "data" / "skawina.osm", data_dir, TownSettings("Skawina"), lambda *_: None, [build_lines]
        )
        build_timetable(
            (), data_dir, BuildSettings(builtin=ROOT / "data" / "timetable", fill=fill), _Silent()
        )
        town = TownKeeper(data_dir).town()
        for mode in (Mode.WALK, Mode.BUS):
            yield _optional(town, mode, 15)
        yield _optional(town, Mode.WALK, 20)
        for mode in (Mode.WALK, Mode.BUS):
            yield _slots(town, mode)
        for stops in (7, 12):
            yield _sure(town, stops)
        yield _shared(town)


def _day(town: Town, stops: int, seed: int, mode: Mode, latest: str | None = None) -> Day:
    """A day of some sites by chance, whatever their doors; where it has an end the last few are optional."""
    dice = random.Random(f"fits {stops} {seed}")  # noqa: S311 - no secret
    names = dice.sample(placed_sites(town), stops + 1)
    made = []
    for number, name in enumerate(names[1:]):
        is_optional = latest is not None and number >= stops - MAY_GO
        own = Stop(f"s{number}", place=PlaceRef(site=name), dwell_min=20, hours="24/7")
        made.append(replace(own, optional=is_optional, weight=dice.randint(1, 3)))
    home = PlaceRef(site=names[0])
    return Day(MONDAY, DayStart(home, "08:30"), DayEnd(home, latest=latest), mode, tuple(made))


def _measured(what: str, goal: str, ask: Callable[[int], str]) -> Row:
    """Ask about days by their seed; the CPU time of each, and what was said of them."""
    took, said = [], []
    for seed in range(DAYS):
        before = time.process_time()
        said.append(ask(seed))
        took.append(time.process_time() - before)
    told = ", ".join(f"{said.count(one)} {one}" for one in sorted(set(said)))
    note = f"{DAYS} days, worst {max(took):.2g} s of CPU; {told}"
    return Row(
        what, f"{1000 * statistics.median(took):.3g} ms", goal, f"{note}; load {os.getloadavg()[0]:.1f}"
    )


def _budget(seconds: float) -> Budget:
    return Budget.of(seconds, time.process_time)


def _optional(town: Town, mode: Mode, stops: int) -> Row:
    def ask(seed: int) -> str:
        case = Case(town, _day(town, stops, seed, mode, LATEST[stops]), Group(22), SITES)
        found = find_order(case, Objective.FINISH, _budget(BUDGET_S), with_reason=True)
        if not found.found:
            return "without an order"
        return "proved" if found.proved else "good"

    what = f"best order of {stops} stops, {MAY_GO} of which may go, {mode}"
    return _measured(what, "< 4000 ms" if mode is Mode.WALK else "", ask)


def _slots(town: Town, mode: Mode) -> Row:
    def ask(seed: int) -> str:
        day = _day(town, 13, seed, mode)
        case = Case(town, replace(day, stops=day.stops[:12]), Group(22), SITES)
        times = ("10:00", "12:30", "15:00")
        found = slots(case, SlotQuestion(day.stops[12], times), _budget(SLOTS_S))
        return "every place tried" if found.complete else "not every place tried"

    return _measured(f"slots of a stop in 12 others at 3 times, {mode}", "< 2000 ms", ask)


def _sure(town: Town, stops: int) -> Row:
    def ask(seed: int) -> str:
        case = Case(town, _day(town, stops, seed, Mode.WALK), Group(22), SITES)
        day = find_order(case, Objective.FINISH, _budget(BUDGET_S)).day
        found = sureness(
            case.with_day(day), SturdyQuestion(later_min=10), _budget(STURDY_S), may_reorder=True
        )
        return "every order" if found.complete else "good"

    return _measured(f"how sure {stops} stops are, best and sturdiest order", "< 4000 ms", ask)


def _shared(town: Town) -> Row:
    def ask(seed: int) -> str:
        day = _day(town, 14, seed, Mode.WALK)
        days = [replace(day, stops=(), date=MONDAY + dt.timedelta(days=later)) for later in (0, 1)]
        stops = [SharedStop(stop, (0, 1)) for stop in day.stops]
        cases = [Case(town, one, Group(22), SITES) for one in days]
        return "proved" if share_days(cases, stops, _budget(3.0)).proved else "good"

    return _measured("14 sites shared over two days, walk", "< 3000 ms", ask)


if __name__ == "__main__":
    print(table(list(fit_rows())))  # noqa: T201 - a command
