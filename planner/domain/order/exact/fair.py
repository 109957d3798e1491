"""Stays made shorter, fairly: of the ways to cut as few minutes that with the smallest largest share."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from planner.domain.budget import OutOfTimeError
from planner.domain.clock import MINUTE_S
from planner.domain.order.problem import walk_through

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.order.problem import OrderProblem


@dataclass(frozen=True)
class Shortened:
    """An order with stays made shorter, and their lengths in seconds by stop.

    `proved` tells that no order does with fewer minutes cut.
    """

    order: tuple[int, ...]
    dwells: tuple[int, ...]
    proved: bool = True


Within = Callable[[int, tuple[int, ...]], "Shortened | None"]
"""The order of so many minutes cut at the most, each stay by no more than its own number of them."""


def fair(problem: OrderProblem, found: Shortened, within: Within) -> Shortened:
    """Return as few minutes cut, the largest share of a stay as small as there is time to find out."""
    minutes = sum(_minutes_cut(problem, found))
    shares = sorted(
        {
            Fraction(cut * MINUTE_S, stop.dwell_s)
            for number, stop in enumerate(problem.stops)
            for cut in range(1, min(minutes, most_cut(problem, number)) + 1)
        }
    )
    low, high = 0, bisect_left(shares, _largest_share(problem, found))
    try:
        while low < high:
            middle = (low + high) // 2
            capped = _capped(problem, shares[middle])
            fairer = within(minutes, capped)
            if fairer is None:
                low = middle + 1
            else:
                found, high = fairer, bisect_left(shares, _largest_share(problem, fairer))
    except OutOfTimeError:
        pass
    return _evened(problem, found)


def _capped(problem: OrderProblem, share: Fraction) -> tuple[int, ...]:
    """The minutes that each stay may lose where it loses no more than a share."""
    return tuple(
        min(most_cut(problem, number), int(share * stop.dwell_s) // MINUTE_S)
        for number, stop in enumerate(problem.stops)
    )


def _evened(problem: OrderProblem, found: Shortened) -> Shortened:
    """The same order with minutes given from a stay that loses a smaller share to one that loses more."""
    better: Shortened | None = found
    while better is not None:
        found, better = better, next(_evener(problem, better), None)
    return found


def _evener(problem: OrderProblem, found: Shortened) -> Iterator[Shortened]:
    """Yield what comes of one stay losing a minute more and another one less, if that is more even."""
    shares = [_share(problem, number, dwell) for number, dwell in enumerate(found.dwells)]
    by_share = sorted(range(len(shares)), key=lambda number: shares[number])
    for most, least in product(reversed(by_share), by_share):
        dwells = list(found.dwells)
        dwells[most] += MINUTE_S
        dwells[least] -= MINUTE_S
        if (
            shares[most] > 0
            and dwells[least] >= least_dwell_s(problem, least)
            and _share(problem, least, dwells[least]) < shares[most]
            and walk_through(problem.with_dwells(dwells), found.order) is not None
        ):
            yield replace(found, dwells=tuple(dwells))


def _share(problem: OrderProblem, number: int, dwell_s: int) -> Fraction:
    """The share of its length that a stay loses."""
    wished = problem.stops[number].dwell_s
    return Fraction(wished - dwell_s, max(1, wished))


def _minutes_cut(problem: OrderProblem, found: Shortened) -> list[int]:
    """The minutes that each stay loses."""
    pairs = zip(problem.stops, found.dwells, strict=True)
    return [(stop.dwell_s - dwell) // MINUTE_S for stop, dwell in pairs]


def _largest_share(problem: OrderProblem, found: Shortened) -> Fraction:
    """The largest share of its length that a stay loses."""
    cuts = zip(problem.stops, _minutes_cut(problem, found), strict=True)
    return max(Fraction(cut * MINUTE_S, stop.dwell_s) for stop, cut in cuts if cut)


def least_dwell_s(problem: OrderProblem, number: int) -> int:
    """The shortest stay at a stop that whole minutes can be cut down to."""
    stop = problem.stops[number]
    return stop.dwell_s - (stop.dwell_s - stop.least_dwell_s) // MINUTE_S * MINUTE_S


def most_cut(problem: OrderProblem, number: int) -> int:
    """The minutes that a stay may be cut by."""
    return (problem.stops[number].dwell_s - least_dwell_s(problem, number)) // MINUTE_S
