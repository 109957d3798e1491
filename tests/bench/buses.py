"""Public transport: questions, profiles of a day, loading, beside a search of networkx in the same run.

`python -m tests.bench.buses` prints these rows alone.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from datetime import date
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

from planner.buses.build.build import BuildSettings, build_timetable
from planner.buses.build.lines.write import build_lines
from planner.buses.build.shapes.fill import fill
from planner.buses.files import current_timetable
from planner.buses.query.journeys.find import Journeys
from planner.buses.query.timetable.days import trips_between
from planner.buses.query.timetable.open import load_timetable
from planner.buses.query.walks.walks import StreetStopWalks
from planner.domain.schedule.group import Group
from planner.paths import ROOT
from planner.services.catalogue.geojson import read_geojson
from planner.services.travel.town import TownKeeper
from planner.streets.build.build import TownSettings, build_network
from planner.streets.files import current_folder
from tests.bench.rows import Row, row, table, timed
from tests.kit.buses.town_rides import TownRides

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planner.domain.geo import LonLat

FEED = ROOT.parent / "shared" / "real" / "skawina-buses-2026-03.gtfs.zip"
DAYS = [date(2026, 3, 30), date(2026, 4, 6), date(2026, 4, 11)]
QUESTIONS = 600
BUILTIN_DAY = date(2026, 11, 30)
PEER_QUESTIONS = 30
POINTS = 14
WHOLE_M = 100_000.0
"""How far around the streets stops are kept: nothing of the feed is clipped."""

Question = tuple["LonLat", "LonLat", int]


class _Silent:
    """Says nothing of a build."""

    def __call__(self, step: int, steps: int, text: str) -> None:
        pass

    def line(self, text: str) -> None:
        pass

    def passing(self, text: str) -> None:
        pass


def bus_rows() -> Iterator[Row]:
    """Measure on the feed of March 2026, nothing of it clipped, over the built-in streets."""
    if not FEED.is_file():
        yield Row("public transport", "not measured", note=f"{FEED.name} is not there")
        return
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder)
        town = TownSettings("Skawina")
        build_network(ROOT / "data" / "skawina.osm", data_dir, town, lambda *_: None, [build_lines])
        rides = TownRides(TownKeeper(data_dir).town(), FEED)
        yield _headways(data_dir)
        yield from _building(data_dir)
        yield from _questions(rides)
        yield from _profiles(rides)


def _ms(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def _once(what: str, took_ms: float, goal: str = "", note: str = "once") -> Row:
    return Row(what, f"{took_ms:.3g} ms", goal, note)


def _building(data_dir: Path) -> Iterator[Row]:
    settings = BuildSettings(margin_m=WHOLE_M, fill=fill)
    took = _ms(lambda: build_timetable([str(FEED)], data_dir, settings, _Silent()))
    streets, folder = current_folder(data_dir), current_timetable(data_dir)
    assert streets is not None
    loaded = load_timetable(streets, folder)
    assert loaded is not None
    what = f"building a timetable of {len(loaded.arrive)} stop times"
    yield Row(what, f"{took / 1000:.1f} s", "< 10 s", "with the ways of the rides")
    yield row("loading a built timetable", timed(lambda: load_timetable(streets, folder), 9), "< 100 ms")
    yield _once("the trips of a date and the next", _ms(lambda: trips_between(loaded, DAYS[0], DAYS[1])))


def _questions(rides: TownRides) -> Iterator[Row]:
    """Every question has places of its own, so none of their walks is remembered."""
    questions = list(rides.questions(DAYS, QUESTIONS, seed=11))
    ways = {"depart at": rides.journeys.depart_at, "arrive by": rides.journeys.arrive_by}
    yield _once(
        "walks between all stops of the feed", _ms(lambda: rides.walks.between(rides.rules.max_walk_m))
    )
    yield _once("first journey of a date", _ms(partial(ways["depart at"], *questions[0])))
    for first in questions[:: QUESTIONS // len(DAYS)]:
        for ask in ways.values():
            ask(*first)
    medians = []
    for number, (what, ask) in enumerate(ways.items(), 1):
        took = sorted(_ms(partial(ask, *question)) for question in questions[number::2])
        medians.append(statistics.median(took))
        note = f"median of {len(took)} random questions"
        yield Row(f"journey, {what}", f"{medians[-1]:.3g} ms", "< 5 ms", note)
        yield Row(f"journey, {what}, p95", f"{took[int(len(took) * 0.95)]:.3g} ms", "< 20 ms", "of the same")
    yield from _peers(rides, questions[1 : 1 + PEER_QUESTIONS], medians[0])


def _peers(rides: TownRides, questions: list[Question], median_ms: float) -> Iterator[Row]:
    """Ask the independent search of the tests, which finds the arrival alone; all of one date."""
    first = _ms(partial(rides.brute.earliest, *questions[0], None))
    again = statistics.median(_ms(partial(rides.brute.earliest, *question, None)) for question in questions)
    for what, took in (("the graph of the day made anew", first), ("the graph of the day at hand", again)):
        measured = f"{took / median_ms:.3g} times as long"
        yield Row("the earliest arrival by networkx", measured, "", f"{took:.3g} ms, {what}")


def _profiles(rides: TownRides) -> Iterator[Row]:
    points = [origin for origin, _, _ in rides.questions(DAYS, POINTS, seed=11)]
    cold = Journeys(rides.timetable, rides.town.clock, _walks(rides), rides.rules)
    what = f"{POINTS} x {POINTS} profiles of a day"
    took = _ms(partial(cold.day_profiles, points, DAYS[0]))
    yield _once(what, took, "< 1200 ms", "cold, walks between all stops included")
    again = timed(partial(cold.day_profiles, points, DAYS[0]), 5)
    yield row(f"{what}, again", again, note="remembered by place and date")
    found = cold.day_profiles(points, DAYS[0])
    starts = cycle(range(found.start, found.end, 977))
    yield row("one arrival of a profile", timed(lambda: found.arrival(0, 1, next(starts)), 400))


def _headways(data_dir: Path) -> Row:
    """The built-in timetable knows most lines by their headways: a ride for each minute of the day."""
    build_timetable((), data_dir, BuildSettings(builtin=ROOT / "data" / "timetable", fill=fill), _Silent())
    town = TownKeeper(data_dir).town()
    assert town.rides is not None
    made = town.rides.journeys(Group(22))
    sites = read_geojson(ROOT / "data" / "sites.geojson")
    points = [site.location.at for site in sites if site.location.at][:POINTS]
    took = _ms(lambda: made.day_profiles(points, BUILTIN_DAY))
    return _once(f"{POINTS} x {POINTS} profiles, built-in timetable", took, "< 1200 ms", "cold, by headways")


def _walks(rides: TownRides) -> StreetStopWalks:
    timetable = rides.timetable
    stops = [timetable.position(stop) for stop in range(len(timetable.stop_name))]
    return StreetStopWalks(rides.town.network, stops, rides.rules.pace_kmh)


if __name__ == "__main__":
    sys.stdout.write(f"{table(list(bus_rows()))}\n")
