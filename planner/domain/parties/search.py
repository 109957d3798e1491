"""Orders for parties that rotate, good ones soon: a start in turns, then small changes that help."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from planner.domain.budget import ENDLESS
from planner.domain.parties.rotation import BEFORE, misplaced, rotate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.domain.budget import Budget
    from planner.domain.parties.rotation import MoveTimes, Orders, Rotated, Rotation

SEED = 1
DEAL_SHARE = 0.15
"""Of the changes tried, two parties that change their orders."""
SWAP_SHARE = 0.45
"""Of the changes tried, two stops that change places; the rest moves one stop."""
TRIALS = 400
"""Changes looked at; each times all parties anew."""


def search_orders(
    rotation: Rotation, moves: MoveTimes, *, trials: int = TRIALS, budget: Budget = ENDLESS
) -> tuple[list[list[int]], Rotated]:
    """Return orders that none of the small changes tried makes better, and what they come to."""
    dice = random.Random(SEED)  # noqa: S311 - no secret
    orders = in_turns(rotation, moves)
    best = rotate(rotation, orders, moves)
    if len(rotation.stops) <= 1:
        return orders, best
    for _ in range(trials):
        if budget.is_over():
            break
        tried = _changed(orders, dice)
        if any(misplaced(rotation, order) for order in tried):
            continue
        rotated = rotate(rotation, tried, moves)
        if rotated.cost(rotation.sizes) <= best.cost(rotation.sizes):
            orders, best = tried, rotated
    return orders, best


def in_turns(rotation: Rotation, moves: MoveTimes) -> list[list[int]]:
    """Begin one short round at a different stop for each party, as far as the demands allow."""
    round_trip = _nearest_first(rotation, moves)
    count, parties = len(round_trip), len(rotation.sizes)
    begins = [party * count // parties for party in range(parties)]
    return [_allowed(rotation, round_trip[first:] + round_trip[:first]) for first in begins]


def _changed(orders: Orders, dice: random.Random) -> list[list[int]]:
    """Orders of which one has two stops swapped or one moved, or two parties have changed orders."""
    tried = [list(order) for order in orders]
    party = dice.randrange(len(tried))
    kind = dice.random()
    if kind < DEAL_SHARE and len(tried) > 1:
        other = dice.randrange(len(tried))
        tried[party], tried[other] = tried[other], tried[party]
        return tried
    a, b = dice.sample(range(len(tried[party])), 2)
    if kind < DEAL_SHARE + SWAP_SHARE:
        tried[party][a], tried[party][b] = tried[party][b], tried[party][a]
    else:
        tried[party].insert(b, tried[party].pop(a))
    return tried


def _nearest_first(rotation: Rotation, moves: MoveTimes) -> list[int]:
    """A round through all stops: always on to the one that is reached first."""
    left = list(range(len(rotation.stops)))
    here, order = BEFORE, list[int]()
    while left:
        number = min(
            left, key=lambda there: (moves.ready(0, here, there, rotation.leave, first=False), there)
        )
        left.remove(number)
        order.append(number)
        here = number if rotation.stops[number].has_place else here
    return order


def _allowed(rotation: Rotation, wish: Sequence[int]) -> list[int]:
    """The order nearest to a wish that keeps positions and what comes before what, where there is one."""
    locked = {
        stop.position: number for number, stop in enumerate(rotation.stops) if stop.position is not None
    }
    left = [number for number in wish if rotation.stops[number].position is None]
    order: list[int] = []
    for at in range(len(wish)):
        number = locked[at] if at in locked else _next_free(rotation, left, order)
        if at not in locked:
            left.remove(number)
        order.append(number)
    return order


def _next_free(rotation: Rotation, left: Sequence[int], done: Sequence[int]) -> int:
    ready: Iterator[int] = (number for number in left if set(rotation.stops[number].after) <= set(done))
    return next(ready, left[0])
