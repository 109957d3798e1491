"""The order search against PyVRP, where PyVRP can say the same: one window a stop, walking, earliest finish.

PyVRP knows a vehicle that leaves at a time, service times, time windows and the end; locked stops,
precedence, several intervals, stops without a place and timetables are beyond it.
"""

from __future__ import annotations

import random
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

import pytest
from pyvrp import Model
from pyvrp.stop import MaxIterations

from planner.domain.order.problem import OrderProblem, OrderStop, walk_through
from planner.domain.order.proposals import Objective
from planner.domain.order.search import best_order
from planner.domain.order.stays import Interval
from planner.domain.schedule.group import Group
from planner.domain.visits import Day, DayEnd, DayStart, Mode, PlaceRef, Stop
from planner.services.order.moves import DayMoves
from planner.services.order.problem import problem_of
from planner.services.planning.case import Case
from tests.kit.random_days import MONDAY, SITES, placed_sites

if TYPE_CHECKING:
    from planner.services.travel.town import Town

ITERATIONS = 400
STOPS = 12
DAY_S = 86_400


def peer_finish(problem: OrderProblem) -> int | None:
    """When PyVRP's best tour is over; None where it finds none that keeps the windows.

    It knows nothing of whole minutes: as each stay ends at one, a way to a stop may as well take whole ones.
    """
    model = Model()
    places = [model.add_location(number, 0) for number in range(len(problem.stops) + 2)]
    model.add_vehicle_type(
        start_depot=model.add_depot(places[0]),
        end_depot=model.add_depot(places[-1]),
        tw_early=problem.start,
        start_late=problem.start,
        tw_late=problem.start + DAY_S,
        unit_distance_cost=0,
        unit_duration_cost=1,
    )
    for place, stop in zip(places[1:], problem.stops, strict=False):
        (window,) = stop.intervals
        late = window.latest_start(stop.dwell_s)
        model.add_client(place, service_duration=stop.dwell_s, tw_early=window.start, tw_late=late)
    for row, origin in enumerate(places[:-1]):
        for column, destination in enumerate(places[1:]):
            if row != column + 1:
                seconds = int(problem.moves.steady[row, column])
                if column < len(problem.stops):
                    seconds = 60 * ceil(seconds / 60)
                model.add_edge(origin, destination, distance=0, duration=seconds)
    result = model.solve(MaxIterations(ITERATIONS), display=False)
    return int(problem.start + result.cost()) if result.is_feasible() else None


def random_stops(town: Town, dice: random.Random, size: int = STOPS) -> OrderProblem:
    """A day of some stops, four of them with a window; the walks are the town's."""
    names = dice.sample(placed_sites(town), size + 1)
    home = PlaceRef(site=names[0])
    stops = tuple(Stop(f"s{n}", place=PlaceRef(site=name)) for n, name in enumerate(names[1:]))
    day = Day(MONDAY, DayStart(home, "08:00"), DayEnd(home), Mode.WALK, stops)
    case = Case(town, day, Group(22), SITES)
    problem = problem_of(case.timed, DayMoves(case).moves())
    return replace(problem, stops=tuple(_stop(dice, number, problem.start) for number in range(size)))


def _stop(dice: random.Random, number: int, start: int) -> OrderStop:
    opens = start + dice.randint(0, 6) * 3600
    window = (
        Interval(opens, opens + dice.randint(2, 5) * 3600) if number < 4 else Interval(start, start + DAY_S)
    )
    return OrderStop((window,), dice.choice((10, 15, 20, 35)) * 60)


def test_pyvrp_finds_nothing_better(skawina: Town, full: bool) -> None:  # noqa: FBT001
    dice = random.Random("peers")  # noqa: S311 - no secret
    compared = 0
    for _ in range(50 if full else 5):
        problem = random_stops(skawina, dice)
        found, peer = best_order(problem, Objective.FINISH, may_cut=False), peer_finish(problem)
        if found is None:
            assert peer is None
            continue
        ours = walk_through(problem, found.order)
        assert ours is not None
        assert peer is None or ours.finish <= peer
        compared += peer is not None
    assert compared >= (30 if full else 2)


@pytest.mark.slow
def test_a_day_too_large_for_a_proof_is_nearly_as_good_as_with_pyvrp(skawina: Town, full: bool) -> None:  # noqa: FBT001
    """16 to 20 stops: within 5 % of the length of PyVRP's day, 1 % on average, the same order each time."""
    dice = random.Random("large")  # noqa: S311 - no secret
    longer = []
    for _ in range(20 if full else 1):
        problem = random_stops(skawina, dice, dice.randint(16, 20))
        peer = peer_finish(problem)
        if peer is None:
            continue
        found = best_order(problem, Objective.FINISH, may_cut=False)
        assert found is not None
        assert not found.proved
        assert found == best_order(problem, Objective.FINISH, may_cut=False)
        ours = walk_through(problem, found.order)
        assert ours is not None
        longer.append((ours.finish - peer) / (peer - problem.start))
    assert max(longer) <= 0.05
    assert sum(longer) / len(longer) <= (0.01 if full else 0.03)
