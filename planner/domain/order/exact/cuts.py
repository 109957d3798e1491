"""The fewest minutes by which stays must be made shorter for some order to work out, and where.

A stop may be cut by whole minutes down to its least dwell. Of the ways to cut the fewest minutes the fairest
is taken (`fair.py`): nobody pays for all. Along one order that is a day of which every stop is locked.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.budget import ENDLESS, OutOfTimeError
from planner.domain.clock import MINUTE_S
from planner.domain.order.exact.fair import Fairest, Shortened
from planner.domain.order.exact.lattice import lattice_of
from planner.domain.order.exact.spare import spare_of
from planner.domain.order.part import smaller

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.budget import Budget
    from planner.domain.order.exact.lattice import Lattice
    from planner.domain.order.problem import OrderProblem


def fewest_cuts(problem: OrderProblem, lattice: Lattice, known: Shortened, budget: Budget) -> Shortened:
    """Return the order that needs the fewest minutes cut, of those the fairest, given one with few cut.

    Where there is no time to compare all that cut as few, one of them is cut as fairly as can be along it.
    The known one, not proved, where it needs too much memory or time to find out how few minutes will do.
    """
    minutes = minutes_cut(problem, known)
    try:
        spare = spare_of(problem, lattice, minutes, budget, tried=minutes)
    except OutOfTimeError:
        return known
    if spare is None:
        return known
    search = Fairest(problem, lattice, spare)
    try:
        return search.found(budget)
    except OutOfTimeError:
        along = known if minutes == spare.minutes else cut_along(problem, search.any().order)
        return replace(along or known, proved=True)


def cut_along(problem: OrderProblem, order: Sequence[int]) -> Shortened | None:
    """Return the fewest minutes cut along an order, and of such cuts the fairest; None where none will do."""
    ordered = smaller(problem, order)
    locked = replace(ordered, stops=tuple(replace(stop, locked=True) for stop in ordered.stops))
    lattice = lattice_of(locked)
    most = sum(stop.most_cut for stop in locked.stops)
    spare = spare_of(locked, lattice, most, ENDLESS)
    if spare is None:
        return None
    fairest = Fairest(locked, lattice, spare).found(ENDLESS)
    dwell_of = dict(zip(order, fairest.dwells, strict=True))
    return Shortened(tuple(order), tuple(dwell_of[number] for number in range(len(order))))


def minutes_cut(problem: OrderProblem, shortened: Shortened) -> int:
    """Return how many minutes all stays together lose."""
    pairs = zip(problem.stops, shortened.dwells, strict=True)
    return sum(stop.dwell_s - dwell for stop, dwell in pairs) // MINUTE_S
