"""Orders for parties that rotate, good ones soon: a start in turns, then small changes."""

from __future__ import annotations

import random
from collections.abc import Callable
from math import inf, log
from typing import TYPE_CHECKING

from planner.domain.budget import ENDLESS
from planner.domain.parties.minutes import MinuteRotation
from planner.domain.parties.rotation import BEFORE, misplaced, rotate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.domain.budget import Budget
    from planner.domain.parties.lines import Line
    from planner.domain.parties.rotation import MoveTimes, Rotated, Rotation

SEED = 1
DEAL_SHARE, COPY_SHARE = 0.2, 0.1
"""Of the changes tried, two parties that change their orders, and one that takes a like order as another."""

SWAP_SHARE, TURN_SHARE = 0.2, 0.4
"""Of changes within an order, two stops that change places, and a stretch that is turned; else one moves."""

QUEUED_SHARE = 0.15
"""Of the other changes, those to a stop that a party has to wait for."""
TRIALS = 400
"""Changes looked at; each times all parties anew."""

WARM_S, WARM_AGAIN_S, COLD_S = 250.0, 100.0, 8.0
"""Seconds by which what is gone on from may be worse than before: at first, and at last.

Then the best is gone on from once more, less warm, some times.
"""

FIRST_SHARE, TIMES_AGAIN = 0.3, 5

LAST_SHARE = 0.3
"""Of all changes, those of the party that is ready last: without one there is no earlier meeting."""

LOOKED_AT = 16
"""After so many changes the clock is looked at."""

NOTHING = 0, 0, 0

Draw = Callable[[], float]


def search_orders(
    rotation: Rotation, moves: MoveTimes, *, trials: int = TRIALS, budget: Budget = ENDLESS, seed: int = SEED
) -> tuple[list[list[int]], Rotated]:
    """Return the best of the orders that small changes came to, and what they come to.

    Changes that make a little worse are gone on from, fewer and fewer of them (simulated annealing). They
    are judged by the meeting and by when people are ready for it on average, which tells of a way to an
    earlier meeting before there is one.
    """
    minutes, dice = MinuteRotation(rotation, moves), random.Random(seed)  # noqa: S311 - no secret
    orders = in_turns(rotation, moves)
    if len(rotation.stops) <= 1:
        return orders, rotate(rotation, orders, moves)
    best = now = minutes.lines(orders)
    least = minutes.cost(now) or NOTHING
    steering, queued, last = minutes.steering(least), minutes.queued, minutes.last
    turn = 0
    is_asked = any(stop.position is not None or stop.after for stop in rotation.stops)
    begun_s = left_s = budget.left_s
    for trial in range(trials):
        if trial % LOOKED_AT == 0:
            left_s = budget.left_s
        if left_s < 0:
            break
        passed = max(trial / trials, 1 - left_s / begun_s if begun_s < inf else 0.0)
        at_turn, warm_s = _warmth(passed)
        if at_turn > turn:
            turn, now = at_turn, best
            steering, queued, last = (
                minutes.steering(minutes.cost(now) or least),
                minutes.queued,
                minutes.last,
            )
        tried = _changed(minutes, now, (queued, last), dice.random)
        if is_asked and any(
            misplaced(rotation, own.order) for own, old in zip(tried, now, strict=True) if own is not old
        ):
            continue
        worse_by = warm_s * -log(1 - dice.random())
        cost = minutes.cost(tried, steering + worse_by)
        if cost is not None and (further := minutes.steering(cost)) <= steering + worse_by:
            now, steering, queued, last = tried, further, minutes.queued, minutes.last
            if cost < least:
                best, least = tried, cost
    found = [list(line.order) for line in best]
    return found, rotate(rotation, found, moves)


def _warmth(passed: float) -> tuple[int, float]:
    """How often the search has begun again, and seconds by which it may go on worse, by the time passed."""
    if passed < FIRST_SHARE:
        return 0, WARM_S * (COLD_S / WARM_S) ** (passed / FIRST_SHARE)
    again = (passed - FIRST_SHARE) / (1 - FIRST_SHARE) * TIMES_AGAIN
    turn = min(int(again), TIMES_AGAIN - 1)
    return 1 + turn, WARM_AGAIN_S * (COLD_S / WARM_AGAIN_S) ** (again - turn)


def in_turns(rotation: Rotation, moves: MoveTimes) -> list[list[int]]:
    """Begin one short round at a different stop for each party, as far as the demands allow."""
    round_trip = _nearest_first(rotation, moves)
    count, parties = len(round_trip), len(rotation.sizes)
    begins = [party * count // parties for party in range(parties)]
    return [_allowed(rotation, round_trip[first:] + round_trip[:first]) for first in begins]


def _changed(
    minutes: MinuteRotation, lines: list[Line], known: tuple[list[tuple[int, int]], int], draw: Draw
) -> list[Line]:
    """Orders of which one is changed a little, or has become another's; or two are exchanged.

    It is `known` who queued where, and who was last.
    """
    queued, last = known
    tried = list(lines)
    parties = len(tried)
    party = last if draw() < LAST_SHARE else int(draw() * parties)
    own = lines[party].order
    kind = draw()
    if kind < DEAL_SHARE + COPY_SHARE and parties > 1:
        other = int(draw() * parties)
        own = lines[other].order
        if kind < DEAL_SHARE:
            tried[party] = minutes.line(party, own)
            tried[other] = minutes.line(other, lines[party].order)
            return tried
    count = len(own)
    a = int(draw() * count)
    if queued and draw() < QUEUED_SHARE:
        if own is not lines[party].order:
            tried[party] = minutes.line(party, own)
        party, a = queued[int(draw() * len(queued))]
        own = tried[party].order
    b = (a + 1 + int(draw() * (count - 1))) % count
    tried[party] = minutes.line(party, _shuffled(list(own), a, b, draw()))
    return tried


def _shuffled(order: list[int], a: int, b: int, kind: float) -> list[int]:
    """An order in which two stops change places, the stretch between them is turned, or one moves."""
    if kind < SWAP_SHARE:
        order[a], order[b] = order[b], order[a]
    elif kind < SWAP_SHARE + TURN_SHARE:
        first, last = min(a, b), max(a, b) + 1
        order[first:last] = reversed(order[first:last])
    else:
        order.insert(b, order.pop(a))
    return order


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
