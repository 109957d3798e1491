"""Plans of twelve stops asked of the served program, and a page asked for while others search.

`python -m tests.bench.plans` prints these rows alone.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.buses.build.build import BuildSettings, build_timetable
from planner.buses.build.lines.write import build_lines
from planner.buses.build.shapes.fill import fill
from planner.paths import ROOT
from planner.services.travel.town import TownKeeper
from planner.streets.build.build import TownSettings, build_network
from tests.bench.buses import FEED, WHOLE_M, _Silent
from tests.bench.rows import Row, table
from tests.bench.service import post
from tests.kit.orders.big_days import big_day
from tests.kit.random_days import placed_sites
from tests.kit.web.served import HOST, Served, serve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planner.services.travel.town import Town

STOPS = 12
DAYS = 30
LARGE = 60
LARGE_DAYS = 3
PAGE_CALLS = 200
MONDAY = "2026-03-30"
SECRET = "a key that signs nothing for anybody"  # noqa: S105


def plan_rows() -> Iterator[Row]:
    """Ask for days of twelve sites of Skawina, with its own feed of March 2026."""
    if not FEED.is_file():
        yield Row("plans", "not measured", note=f"{FEED.name} is not there")
        return
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder)
        build_network(
            ROOT / "data" / "skawina.osm", data_dir, TownSettings("Skawina"), lambda *_: None, [build_lines]
        )
        build_timetable([str(FEED)], data_dir, BuildSettings(margin_m=WHOLE_M, fill=fill), _Silent())
        os.environ["RATE_LIMITS"] = "off"
        setup = [sys.executable, "-m", "flask", "--app", "wsgi", "setup"]
        environ = {**os.environ, "PLANNER_DATA_DIR": str(data_dir)}
        subprocess.run(setup, cwd=ROOT, env=environ, capture_output=True, check=True)
        town = TownKeeper(data_dir).town()
        names = placed_sites(town)
        with serve(data_dir, SECRET, search_time=1) as served:
            yield from _plans(served, names)
            yield from _many_stops(served, town)
            yield from _page_meanwhile(served, names)


def _days(names: list[str], mode: str, **other: Any) -> list[dict[str, Any]]:
    dice = random.Random(mode)  # noqa: S311 - no secret
    return [_day(dice.sample(names, STOPS + 1), mode, **other) for _ in range(DAYS)]


def _day(names: list[str], mode: str, **other: Any) -> dict[str, Any]:
    home = {"site": names[0]}
    stops = [{"place": {"site": name}, "dwell_min": 15, "min_dwell_min": 15} for name in names[1:]]
    start = {"place": home, "time": "08:30"}
    return {
        "date": MONDAY, "start": start, "end": {"place": home}, "mode": mode, "stops": stops,
        "group_size": 22, "remedies": False, **other,
    }  # fmt: skip


def _plans(served: Served, names: list[str]) -> Iterator[Row]:
    connection = HTTPConnection(HOST, served.port, timeout=120)

    def ask(day: dict[str, Any]) -> float:
        return _ms(lambda: post(connection, "/api/v1/plan", day))

    for day in _days(names, "walk")[:8]:
        ask(day)
    kinds = (
        ("walk", False, "< 60 ms"),
        ("walk", True, "< 150 ms"),
        ("bus", True, "< 600 ms"),
        ("best", True, "< 600 ms"),
    )
    for mode, optimise, goal in kinds:
        days = _days(names, mode, optimise=optimise)
        cold = [ask(day) for day in days]
        warm = [ask(day) for day in days for _ in range(2)]
        what = f"plan of {STOPS} stops, {mode}{', best order' if optimise else ''}"
        yield _row(f"{what}, p95", warm, goal, f"{len(warm)} calls, median {statistics.median(warm):.3g} ms")
        first = f"the very first {cold[0]:.4g} ms, then places not asked before"
        yield _row(f"{what}, cold, p95", cold, goal if mode == "walk" else "< 1800 ms", first)
    for objective in ("finish_walking", "walking", "waiting"):
        took = [ask(day) for day in _days(names, "walk", optimise=True, objective=objective)]
        yield _row(f"plan of {STOPS} stops, walk, {objective}, p95", took, "", f"{len(took)} calls")
    connection.close()


def _many_stops(served: Served, town: Town) -> Iterator[Row]:
    """Sixty street corners by the best mode, best order: the tables cold, then warm."""
    connection = HTTPConnection(HOST, served.port, timeout=120)
    for mode, objective in (("best", "finish"), ("best", "walking"), ("best", "waiting"), ("bus", "finish")):
        days = [_large(town, mode, objective, at) for at in range(LARGE_DAYS)]
        for tables in ("cold", "warm"):
            took = [_ms(lambda day=day: post(connection, "/api/v1/plan", day)) for day in days]  # type: ignore[misc]
            what = f"plan of {LARGE} stops, {mode}, {objective}, {tables}"
            note = f"{len(took)} days, median {statistics.median(took):.3g} ms"
            yield Row(what, f"{max(took):.3g} ms", "< 5000 ms", note)
    connection.close()


def _large(town: Town, mode: str, objective: str, at: int) -> dict[str, Any]:
    day = big_day(town, LARGE, f"{mode} {objective} {at}")
    corners = [
        {
            "place": {"at": list(stop.place.at or ()) if stop.place else []},
            "dwell_min": stop.dwell_min,
            "windows": [list(window) for window in stop.windows],
        }
        for stop in day.stops
    ]
    home = {"at": list(day.start.place.at or ())}
    return {
        "date": MONDAY, "start": {"place": home, "time": "08:00"}, "end": {"place": home}, "mode": mode,
        "stops": corners, "group_size": 22, "remedies": False, "optimise": True, "objective": objective,
    }  # fmt: skip


def _page_meanwhile(served: Served, names: list[str]) -> Iterator[Row]:
    """How much longer a page takes while two others have orders searched for all the time."""
    for name in names[:2]:  # the pool has begun, and both workers have been asked
        _search(served, [_day([name, *(other for other in names if other != name)][: STOPS + 1], "bus")])
    _pages(served)
    alone = _pages(served)
    stop = threading.Event()
    days = [_days(names, mode, optimise=True, objective="walking") for mode in ("bus", "best")]
    threads = [threading.Thread(target=_search, args=(served, some, stop)) for some in days]
    for thread in threads:
        thread.start()
    meanwhile = _pages(served)
    stop.set()
    for thread in threads:
        thread.join()
    before, after = (statistics.quantiles(took, n=20)[-1] for took in (alone, meanwhile))
    note = f"{before:.3g} ms alone, {after:.3g} ms meanwhile; median {statistics.median(meanwhile):.3g} ms"
    yield Row("the catalogue while two search, p95", f"{after / before:.2f} times as long", "< 2", note)


def _search(served: Served, days: list[dict[str, Any]], stop: threading.Event | None = None) -> None:
    connection = HTTPConnection(HOST, served.port, timeout=120)
    for day in days * 10:
        if stop is not None and stop.is_set():
            break
        post(connection, "/api/v1/plan", day)
        if stop is None:
            break
    connection.close()


def _pages(served: Served) -> list[float]:
    connection = HTTPConnection(HOST, served.port, timeout=60)

    def page() -> None:
        connection.request("GET", "/api/v1/sites")
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200

    took = [_ms(page) for _ in range(PAGE_CALLS)]
    connection.close()
    return took


def _ms(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def _row(what: str, took: list[float], goal: str, note: str) -> Row:
    return Row(what, f"{statistics.quantiles(took, n=20)[-1]:.3g} ms", goal, note)


if __name__ == "__main__":
    sys.stdout.write(table(list(plan_rows())) + "\n")
