"""Public transport: questions, profiles of a day, loading, beside a search of networkx in the same run.

`python -m tests.bench.buses` prints the rows.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from datetime import date
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

from planner.buses.build.build import BuildSettings, build_timetable
from planner.buses.files import current_timetable
from planner.buses.query.journeys import Journeys
from planner.buses.query.timetable import load_timetable
from planner.buses.query.walks import StreetStopWalks
from planner.services.settings import ROOT
from planner.services.town import TownKeeper
from planner.streets.build.build import TownSettings, build_network
from planner.streets.files import current_folder
from tests.buses.town_rides import TownRides

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planner.domain.geo import LonLat

FEED = ROOT.parent / "shared" / "real" / "skawina-buses-2026-03.gtfs.zip"
DAYS = [date(2026, 3, 30), date(2026, 4, 6), date(2026, 4, 11)]
QUESTIONS = 600
PEER_QUESTIONS = 30
POINTS = 14

Question = tuple["LonLat", "LonLat", int]


class _Silent:
    """Says nothing of a build."""

    def __call__(self, step: int, steps: int, text: str) -> None:
        pass

    def line(self, text: str) -> None:
        pass

    def passing(self, text: str) -> None:
        pass


def rows() -> list[tuple[str, str]]:
    """Measure on the feed of March 2026, nothing of it clipped, over the built-in streets."""
    if not FEED.is_file():
        return [("public transport", f"not measured: {FEED.name} is not there")]
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder)
        build_network(ROOT / "data" / "skawina.osm", data_dir, TownSettings("Skawina"), lambda *_: None)
        rides = TownRides(TownKeeper(data_dir).town(), FEED)
        questions = list(rides.questions(DAYS, QUESTIONS, seed=11))
        return [*_questions(rides, questions), *_profiles(rides, questions), *_loading(data_dir)]


def _ms(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def _questions(rides: TownRides, questions: list[Question]) -> Iterator[tuple[str, str]]:
    """Every question has places of its own, so none of their walks is remembered."""
    first = _ms(lambda: rides.walks.between(rides.rules.max_walk_m))
    yield "walks between all stops, once", f"{first:.0f} ms"
    yield "first question of a date", f"{_ms(partial(rides.journeys.depart_at, *questions[0])):.1f} ms"
    for day_first in questions[:: QUESTIONS // len(DAYS)]:
        rides.journeys.depart_at(*day_first)
        rides.journeys.arrive_by(*day_first)
    ours = sorted(_ms(partial(rides.journeys.depart_at, *question)) for question in questions[1::2])
    back = sorted(_ms(partial(rides.journeys.arrive_by, *question)) for question in questions[2::2])
    for what, took in (("depart at", ours), ("arrive by", back)):
        yield (
            f"{what}: median, p95",
            f"{statistics.median(took):.2f} ms, {took[int(len(took) * 0.95)]:.2f} ms",
        )
    asked = questions[1 : 1 + PEER_QUESTIONS]  # all of one date
    made = _ms(partial(rides.brute.earliest, *asked[0], None))
    peer = statistics.median(_ms(partial(rides.brute.earliest, *question, None)) for question in asked)
    median = statistics.median(ours)
    yield "networkx, first question of a date", f"{made:.0f} ms, {made / median:.0f} times ours"
    yield "networkx, arrival alone, same date again", f"{peer:.1f} ms, {peer / median:.1f} times ours"


def _profiles(rides: TownRides, questions: list[Question]) -> Iterator[tuple[str, str]]:
    points = [origin for origin, _, _ in islice(questions, POINTS)]
    cold = Journeys(rides.timetable, rides.town.clock, _walks(rides), rides.rules)
    pairs = f"{POINTS} x {POINTS} profiles of a day"
    yield f"{pairs}, cold", f"{_ms(partial(cold.day_profiles, points, DAYS[0])):.0f} ms"
    yield f"{pairs}, same places and stops", f"{_ms(partial(cold.day_profiles, points, DAYS[0])):.0f} ms"
    found = cold.day_profiles(points, DAYS[0])
    starts = cycle(range(found.start, found.end, 977))
    yield "one arrival of a profile", f"{1000 * _ms(lambda: found.arrival(0, 1, next(starts))):.0f} us"


def _walks(rides: TownRides) -> StreetStopWalks:
    timetable = rides.timetable
    stops = [timetable.position(stop) for stop in range(len(timetable.stop_name))]
    return StreetStopWalks(rides.town.network, stops, rides.rules.pace_kmh)


def _loading(data_dir: Path) -> Iterator[tuple[str, str]]:
    took = _ms(lambda: build_timetable([str(FEED)], data_dir, BuildSettings(), _Silent()))
    yield "timetable build", f"{took / 1000:.1f} s"
    streets, folder = current_folder(data_dir), current_timetable(data_dir)
    load = statistics.median(_ms(lambda: load_timetable(streets, folder)) for _ in range(9))
    yield "loading a built timetable", f"{load:.1f} ms"
    timetable = load_timetable(streets, folder)
    if timetable is not None:
        yield "the trips of a date and the next", f"{_ms(lambda: timetable.span(DAYS[0], DAYS[1])):.1f} ms"


if __name__ == "__main__":
    for what, measured in rows():
        sys.stdout.write(f"{what:40} {measured}\n")
