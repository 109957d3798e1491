"""Which stops of a day fit: the greatest weight of those that may be left out, then the asked objective.

Sets of stops are gone through from the greatest weight down, of one weight those first that promise most;
each is a day of its own, put in its best order. Stays are never cut so that more fits: where what must be
kept needs cuts, they are made first, and the rest is added to the day as it then is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.budget import ENDLESS, OutOfTimeError
from planner.domain.order.costs import score
from planner.domain.order.moves import NEVER
from planner.domain.order.optional.grow import grown
from planner.domain.order.optional.sets import MOST_STOPS, done_sets, numbers_of
from planner.domain.order.part import smaller
from planner.domain.order.proposals import Objective
from planner.domain.order.search import MOST_EXACT, FoundOrder, best_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from planner.domain.budget import Budget
    from planner.domain.order.moves import Ints
    from planner.domain.order.problem import OrderProblem

MOST_LISTED = 8
"""Of so many stops that may be left out each set is looked at where there is no table of all of them."""


@dataclass(frozen=True)
class Kept:
    """The stops that are kept and their order; `found` numbers them as they stand in `numbers`.

    `proved` tells that no other choice has a greater weight, or the same and a better order.
    """

    numbers: tuple[int, ...]
    found: FoundOrder
    proved: bool

    @property
    def order(self) -> tuple[int, ...]:
        """The order, by the numbers of the whole day."""
        return tuple(self.numbers[place] for place in self.found.order)


def choose(
    problem: OrderProblem,
    weights: Mapping[int, int],
    objective: Objective,
    budget: Budget = ENDLESS,
    deadline: Budget = ENDLESS,
) -> Kept | None:
    """Return the stops of a day that fit, in their best order; None where those do not that must be kept.

    `weights` are those of the stops that may be left out, by number.

    Raises
    ------
    OutOfTimeError
        If the deadline is over before anything is known.
    """
    kept = _as_wished(problem, weights, objective, budget, deadline)
    if kept is not None:
        return kept
    must = _must(problem, weights)
    cut = best_order(smaller(problem, must), objective, budget.rest(), deadline=deadline)
    if cut is None:
        return None
    dwells = [stop.dwell_s for stop in problem.stops]
    for number, dwell in zip(must, cut.dwells, strict=True):
        dwells[number] = dwell
    shorter = problem.with_dwells(dwells)
    kept = _as_wished(shorter, weights, Objective.FINISH, budget.rest(), deadline)
    if kept is None:
        return Kept(must, cut, cut.proved)
    is_sure = kept.proved and cut.proved
    return replace(kept, found=replace(kept.found, proved=is_sure, is_cut=cut.is_cut), proved=is_sure)


def _must(problem: OrderProblem, weights: Mapping[int, int]) -> tuple[int, ...]:
    return tuple(number for number in range(len(problem.stops)) if number not in weights)


def _as_wished(
    problem: OrderProblem, weights: Mapping[int, int], objective: Objective, budget: Budget, deadline: Budget
) -> Kept | None:
    """The choice with stays as long as they are wished."""
    is_small = len(problem.stops) <= MOST_STOPS
    if not is_small and (len(problem.free) > MOST_EXACT or len(weights) > MOST_LISTED):
        return _of_many(problem, weights, objective, budget)
    candidates = _candidates(problem, weights, deadline) if is_small else _listed(problem, weights)
    is_sure = True
    for _, group in groupby(candidates, key=lambda candidate: candidate.weight):
        kept, is_whole = _best_of(problem, group, objective, budget)
        is_sure &= is_whole
        if kept is not None:
            return replace(kept, proved=kept.proved and is_sure)
        if not is_whole:
            return _of_many(problem, weights, objective, budget)
    return None


def _of_many(
    problem: OrderProblem, weights: Mapping[int, int], objective: Objective, budget: Budget
) -> Kept | None:
    """A choice that is good, not proved. The order is searched from that in which the stops were found."""
    order = grown(problem, weights, budget.rest())
    if order is None:
        return None
    part = smaller(problem, order)
    found = best_order(part, objective, budget.rest(), may_cut=False)
    if found is None:
        as_grown = tuple(range(len(order)))
        found = FoundOrder(as_grown, tuple(stop.dwell_s for stop in part.stops), part.start, proved=False)
    return Kept(order, found, proved=False)


@dataclass(frozen=True)
class _Candidate:
    """A set of stops that fits if locked positions are left aside; it is over at `finish` at the earliest."""

    numbers: tuple[int, ...]
    weight: int
    finish: int


def _candidates(problem: OrderProblem, weights: Mapping[int, int], deadline: Budget) -> Iterator[_Candidate]:
    """Yield the sets that fit, the greatest weight first, of one weight the earliest finish."""
    finish = done_sets(problem, weights, deadline).finish
    must = sum(1 << number for number in _must(problem, weights))
    fit = np.flatnonzero((finish < NEVER) & ((np.arange(len(finish)) & must) == must))
    weight: Ints = np.zeros(len(fit), dtype=np.int64)
    for number, own in weights.items():
        weight += own * (fit >> number & 1)
    for entry in np.lexsort((fit, finish[fit], -weight)).tolist():
        done = int(fit[entry])
        yield _Candidate(numbers_of(done), int(weight[entry]), int(finish[done]))


def _listed(problem: OrderProblem, weights: Mapping[int, int]) -> Iterator[_Candidate]:
    """Yield all sets, the greatest weight first, where locked stops make one table of all too large."""
    must = frozenset(_must(problem, weights))
    choices = [frozenset(numbers_of(bits)) for bits in range(1 << len(weights))]
    optional = sorted(weights)
    sets = [tuple(sorted(must | {optional[at] for at in choice})) for choice in choices]
    heavy = {kept: sum(weights.get(number, 0) for number in kept) for kept in sets}
    for kept in sorted(sets, key=lambda kept: -heavy[kept]):
        yield _Candidate(kept, heavy[kept], problem.start)


def _best_of(
    problem: OrderProblem, group: Iterable[_Candidate], objective: Objective, budget: Budget
) -> tuple[Kept | None, bool]:
    """The best of some sets of one weight, and whether all of them were looked at that could be better."""
    best: Kept | None = None
    least = (float("inf"), float("inf"))
    for candidate in group:
        part = smaller(problem, candidate.numbers)
        if _bound(part, candidate, objective) >= least:
            continue
        if budget.is_over():
            return best, False
        try:
            found = best_order(part, objective, budget.rest(), may_cut=False)
        except OutOfTimeError:
            return best, False
        if found is None:
            continue
        own = _value(part, found, objective)
        if own < least:
            best, least = Kept(candidate.numbers, found, found.proved), own
        elif best is not None and not found.proved:
            best = replace(best, proved=False)
    return best, True


def _value(part: OrderProblem, found: FoundOrder, objective: Objective) -> tuple[float, float]:
    """What an objective compares, over sets of stops."""
    if objective is Objective.LATEST_START:
        return -found.start, 0.0
    return score(part, found.order, objective)


def _bound(part: OrderProblem, candidate: _Candidate, objective: Objective) -> tuple[float, float]:
    """What no order of a set falls below."""
    if objective in (Objective.FINISH, Objective.FINISH_WALKING):
        return candidate.finish, 0.0
    if objective is Objective.LATEST_START:
        return -float("inf"), 0.0
    return _least_walking(part) if objective is Objective.WALKING else 0.0, candidate.finish


def _least_walking(part: OrderProblem) -> float:
    """Metres on foot that are walked at least: to each stop, and to the end, from the nearest place."""
    metres = part.moves.steady_walk_m if part.moves.is_steady else None
    columns = [number for number, stop in enumerate(part.stops) if stop.placed]
    columns += [len(part.stops)] if part.has_end else []
    if metres is None:
        return 0.0
    own = np.where(part.moves.steady < NEVER, metres, np.inf)
    for number in range(len(part.stops)):
        own[number + 1, number] = np.inf
    return float(sum(own[:, column].min() for column in columns)) - 1.0
