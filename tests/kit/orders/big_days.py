"""Made-up days of many stops on foot, on the streets of a town; some order keeps all that they demand.

A third of the stops has a window around the time at which a tour that is no good one is there.
"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.clock import minute_from
from planner.domain.geo import METRES_PER_DEGREE
from planner.domain.schedule.group import Group
from planner.domain.visits import Day, DayEnd, DayStart, Mode, PlaceRef, Stop
from planner.services.order.moves import DayMoves
from planner.services.order.problem import problem_of
from planner.services.planning.case import Case
from tests.kit.random_days import MONDAY

if TYPE_CHECKING:
    from planner.domain.geo import LonLat
    from planner.domain.order.problem import OrderProblem
    from planner.services.travel.town import Town

SIZES = (16, 20, 30, 40, 60)
ACROSS_M = 3000.0
WINDOWED = 0.35
LATEST_S = 40 * 3600


def big_day(town: Town, size: int, seed: str) -> Day:
    """Return a day of some stops within an hour's walk of each other."""
    dice = random.Random(f"{seed} {size}")  # noqa: S311 - no secret
    points = _points(town, size + 1, dice)
    home = PlaceRef(at=points[0])
    stops = tuple(
        Stop(f"s{n}", place=PlaceRef(at=at), dwell_min=dice.choice((5, 5, 10, 10, 15)))
        for n, at in enumerate(points[1:])
    )
    return _windowed(town, Day(MONDAY, DayStart(home, "08:00"), DayEnd(home), Mode.WALK, stops), dice)


def problem_of_day(town: Town, day: Day) -> OrderProblem:
    """Return a day as a question about order, metres on foot included."""
    case = Case(town, day, Group(22), {})
    return problem_of(case.timed, DayMoves(case).moves(with_walking=True))


def _points(town: Town, count: int, dice: random.Random) -> list[LonLat]:
    """Ends of streets around one of them."""
    network = town.network
    walked = np.zeros(len(network.nodes), bool)
    walked[network.u[np.isfinite(network.walk_cost_m[::2])]] = True
    places = network.nodes / 1e7
    usable = np.flatnonzero(walked & (network.comp_walk == 0))
    middle = places[dice.choice(usable.tolist())]
    scale = METRES_PER_DEGREE * np.array([np.cos(np.radians(middle[1])), 1.0])
    near = usable[np.abs((places[usable] - middle) * scale).max(axis=1) <= ACROSS_M / 2]
    chosen = dice.sample((near if len(near) >= count else usable).tolist(), count)
    return [(round(lon, 5), round(lat, 5)) for lon, lat in places[chosen].tolist()]


def _windowed(town: Town, day: Day, dice: random.Random) -> Day:
    """The day with windows that a tour keeps: on to one of the two nearest stops each time."""
    steady = problem_of_day(town, day).moves.steady
    left, here, now = list(range(len(day.stops))), 0, 8 * 3600
    windows: dict[int, tuple[str, str]] = {}
    while left:
        number = dice.choice(sorted(left, key=lambda stop: steady[here, stop])[:2])
        left.remove(number)
        start = minute_from(now + int(steady[here, number]))
        now, here = start + 60 * (day.stops[number].dwell_min or 0), number + 1
        if dice.random() < WINDOWED and now < LATEST_S:
            opens = start - 60 * dice.randint(0, 40)
            closes = max(now + 60 * dice.randint(1, 40), opens + 1800)
            windows[number] = _clock(opens), _clock(closes)
    stops = (
        replace(stop, windows=(windows[number],)) if number in windows else stop
        for number, stop in enumerate(day.stops)
    )
    return replace(day, stops=tuple(stops))


def _clock(seconds: int) -> str:
    days, rest = divmod(max(0, seconds), 86_400)
    return f"{rest // 3600:02d}:{rest % 3600 // 60:02d}" + (f"+{days}" if days else "")
