"""How soon the first remedy of a day of fifteen stops is there, as a share of its budget of CPU time.

`python -m tests.bench.remedies` prints these rows alone.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
import tempfile
import time
from dataclasses import replace
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from planner.domain.budget import Budget
from planner.domain.geo import distance_m
from planner.domain.schedule.group import Group
from planner.domain.visits import Day, DayEnd, DayStart, Mode, PlaceRef, Stop
from planner.paths import ROOT
from planner.services.catalogue.geojson import read_geojson
from planner.services.planning.case import Case
from planner.services.planning.plan import plan_day
from planner.services.remedies.offers import remedies_for
from planner.services.remedies.trials import RemedyTrials
from planner.services.travel.town import TownKeeper
from tests.bench.rows import Row, table
from tests.conftest import build_with_buses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.edits.remedies import Remedy
    from planner.domain.warnings.codes import Warning

STOPS = 15
BUDGET_S = 5.0
LATE_S = 7 * 60
"""By so much the day is over too late: a later end cures it, and little else may be needed."""
DAYS = 5
GOAL = "< 10 %"
SITES = {site.id: site for site in read_geojson(ROOT / "data" / "sites.geojson")}
STATION = PlaceRef(site="dworzec-biblioteka")


def remedy_rows() -> Iterator[Row]:
    """Ask for the remedies of days that end, or at their last stop are, a few minutes too late."""
    with tempfile.TemporaryDirectory() as name:
        build_with_buses(Path(name))
        for mode in (Mode.WALK, Mode.BEST):
            for what in ("end", "window", "fixed"):
                yield _row(Path(name), mode, what)


def _row(folder: Path, mode: Mode, what: str) -> Row:
    shares = [_first(folder, mode, what, seed) / BUDGET_S for seed in range(DAYS)]
    return Row(
        f"first remedy of {STOPS} stops, {mode}, {what} too early by minutes",
        f"{max(shares):.1%} of the budget",
        GOAL,
        f"of {BUDGET_S:g} s of CPU; worst of {DAYS}, least {min(shares):.1%}",
    )


def _first(folder: Path, mode: Mode, what: str, seed: int) -> float:
    """Seconds of CPU until the first remedy, in a town opened anew: the search has no more time after it."""
    case = _case(folder, _late(folder, mode, what, seed))
    itinerary = plan_day(case)
    at: list[float] = []
    plainly = RemedyTrials.cures

    def watched(trials: RemedyTrials, remedy: Remedy, warning: Warning) -> bool:
        is_cure = plainly(trials, remedy, warning)
        if is_cure:
            at.append(time.process_time())
        return is_cure

    begun = time.process_time()
    with patch.object(RemedyTrials, "cures", watched):
        remedies_for(case, itinerary, Budget.of(BUDGET_S, lambda: inf if at else time.process_time()))
    return at[0] - begun if at else inf


def _late(folder: Path, mode: Mode, what: str, seed: int) -> Day:
    """A day whose doors are open, which works but for a few minutes at its end, or at its last stop."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    names = _near()
    stops = tuple(
        Stop(f"s{number}", place=PlaceRef(site=name), dwell_min=10, min_dwell_min=10, hours="24/7")
        for number, name in enumerate(dice.sample(names, STOPS))
    )
    day = Day(dt.date(2026, 12, 7), DayStart(STATION, "08:30"), DayEnd(STATION), mode, stops)
    case = _case(folder, day)
    itinerary = plan_day(case)
    clock = case.town.clock
    if what == "end":
        return replace(day, end=DayEnd(STATION, latest=clock.face(itinerary.finish - LATE_S)))
    last = itinerary.calls[-1]
    due = clock.face(last.start - LATE_S)
    if what == "fixed":
        asked = replace(stops[-1], fixed=due)
    else:
        asked = replace(stops[-1], windows=(("09:00", due),))
    return replace(day, stops=(*stops[:-1], asked))


def _near() -> list[str]:
    """Sites that a day on foot reaches before midnight: the nearest to the station."""
    home = SITES[STATION.site or ""].location.at
    assert home is not None
    far = {name: distance_m(home, site.location.at) for name, site in SITES.items() if site.location.at}
    return sorted(far, key=far.__getitem__)[1 : 2 * STOPS]


def _case(folder: Path, day: Day) -> Case:
    return Case(TownKeeper(folder).town(), day, Group(22), SITES)


if __name__ == "__main__":
    sys.stdout.write(f"{table(list(remedy_rows()))}\n")
