"""Orders for parties that rotate, good ones soon: a start in turns, then small changes."""

from __future__ import annotations

import random
from math import inf, log
from typing import TYPE_CHECKING

from planner.domain.budget import ENDLESS
from planner.domain.parties.minutes import MinuteRotation
from planner.domain.parties.rotation import BEFORE, misplaced, rotate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.domain.budget import Budget
    from planner.domain.parties.rotation import MoveTimes, Rotated, Rotation

SEED = 1
DEAL_SHARE, COPY_SHARE = 0.1, 0.05
"""Of the changes tried, two parties that change their orders, and one that takes a like order as another."""

SWAP_SHARE, TURN_SHARE = 0.3, 0.3
"""Of changes within an order, two stops that change places, and a stretch that is turned; else one moves."""

QUEUED_SHARE = 0.3
"""Of the other changes, those to a stop that a party has to wait for."""
TRIALS = 400
"""Changes looked at; each times all parties anew."""

WARM_S, COLD_S = 250.0, 8.0
"""Seconds by which what is gone on from may be worse than before: at first, and at last."""

MISFIT_S = 36_000.0
"""What a stay that begins when it may not weighs against seconds."""


def search_orders(
    rotation: Rotation, moves: MoveTimes, *, trials: int = TRIALS, budget: Budget = ENDLESS, seed: int = SEED
) -> tuple[list[list[int]], Rotated]:
    """Return the best of the orders that small changes came to, and what they come to.

    Changes that make a little worse are gone on from, fewer and fewer of them (simulated annealing). They
    are judged by the meeting and by when people are ready for it on average, which tells of a way to an
    earlier meeting before there is one.
    """
    minutes, dice = MinuteRotation(rotation, moves), random.Random(seed)  # noqa: S311 - no secret
    best = orders = in_turns(rotation, moves)
    if len(rotation.stops) <= 1:
        return orders, rotate(rotation, orders, moves)
    least = minutes.cost(orders)
    queued = minutes.queued
    now = _steering(rotation, least)
    begun_s = budget.left_s
    for trial in range(trials):
        left_s = budget.left_s
        if left_s < 0:
            break
        passed = max(trial / trials, 1 - left_s / begun_s if begun_s < inf else 0.0)
        tried = _changed(orders, queued, dice)
        if any(misplaced(rotation, own) for own, old in zip(tried, orders, strict=True) if own is not old):
            continue
        cost = minutes.cost(tried)
        further = _steering(rotation, cost)
        worse_by = WARM_S * (COLD_S / WARM_S) ** passed * -log(1 - dice.random())
        if further <= now + worse_by:
            orders, now, queued = tried, further, minutes.queued
            if cost < least:
                best, least = tried, cost
    return best, rotate(rotation, best, moves)


def _steering(rotation: Rotation, cost: tuple[int, int, int]) -> float:
    """What the search is steered by, in seconds."""
    misfits, meet, people = cost
    return MISFIT_S * misfits + (meet - rotation.leave) + people / sum(rotation.sizes) - rotation.leave


def in_turns(rotation: Rotation, moves: MoveTimes) -> list[list[int]]:
    """Begin one short round at a different stop for each party, as far as the demands allow."""
    round_trip = _nearest_first(rotation, moves)
    count, parties = len(round_trip), len(rotation.sizes)
    begins = [party * count // parties for party in range(parties)]
    return [_allowed(rotation, round_trip[first:] + round_trip[:first]) for first in begins]


def _changed(orders: list[list[int]], queued: list[tuple[int, int]], dice: random.Random) -> list[list[int]]:
    """Orders of which one is changed a little, or has become another's; or two are exchanged."""
    tried = list(orders)
    party = dice.randrange(len(tried))
    kind = dice.random()
    if kind < DEAL_SHARE + COPY_SHARE and len(tried) > 1:
        other = dice.randrange(len(tried))
        tried[party] = orders[other]
        if kind < DEAL_SHARE:
            tried[other] = orders[party]
            return tried
    count = len(tried[party])
    a = dice.randrange(count)
    if queued and dice.random() < QUEUED_SHARE:
        party, a = dice.choice(queued)
    b = (a + dice.randrange(1, count)) % count
    own = tried[party] = list(tried[party])
    kind = dice.random()
    if kind < SWAP_SHARE:
        own[a], own[b] = own[b], own[a]
    elif kind < SWAP_SHARE + TURN_SHARE:
        first, last = min(a, b), max(a, b) + 1
        own[first:last] = reversed(own[first:last])
    else:
        own.insert(b, own.pop(a))
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
