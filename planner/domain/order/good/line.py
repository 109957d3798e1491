"""An order as it passes in time: when each stop is left, and what may still change before each of them.

Both are gone on with from what is known: a stop that is put in changes nothing of what comes before it,
and nothing of what may follow it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.clock import Instant
from planner.domain.order.moves import NEVER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.order.good.lists import DayLists


@dataclass(frozen=True, slots=True)
class Line:
    """By position, the end included: the place stood at before, when it is left, when a stay could begin."""

    places: list[int]
    leaves: list[int]
    reached: list[int]
    finish: Instant


@dataclass(frozen=True, slots=True)
class Rest:
    """By position, the end included: what may follow an order up to there.

    The stop there begins `by` at the latest for all that follow to be in time; the day is then over at
    `over` or `adds` after it began, whichever is later. `goals` are the next columns with a place.
    """

    by: list[int]
    over: list[int]
    adds: list[int]
    goals: list[int]


def line_of(day: DayLists, order: Sequence[int], known: Line | None = None, at: int = 0) -> Line | None:
    """Return how an order passes; None where it is late. Before position `at` it is as is `known`."""
    here, now = 0, day.start
    places: list[int] = []
    leaves: list[int] = []
    reached: list[int] = []
    if known is not None:
        places, leaves, reached = known.places[:at], known.leaves[:at], known.reached[:at]
        here, now = known.places[at], known.leaves[at]
    ways, rides, placed, dwell, opens, closes = day.tables
    for stop in (*order[at:], day.size):
        places.append(here)
        leaves.append(now)
        own = rides[here]
        ride = own[stop].begin(now) if stop in own else NEVER
        now += ways[here][stop]
        now = min(now, ride)
        reached.append(now)
        if now > closes[stop]:
            now = day.begun(stop, now)
            if now >= NEVER:
                return None
        elif now < opens[stop]:
            now = opens[stop]
        now += dwell[stop]
        if placed[stop]:
            here = stop + 1
    return Line(places, leaves, reached, now)


def values_of(day: DayLists, order: Sequence[int], line: Line) -> tuple[float, float]:
    """Return what an order is judged by, and what a search for it is steered by: the smaller the better.

    Where only the finish counts, shorter ways leave room for what ends the day earlier.
    """
    if day.counts_waits:
        stays = sum(day.dwell[stop] for stop in order)
        took = sum(line.reached) - sum(line.leaves)
        waited = line.finish - day.start - stays - took + 1e-6 * line.finish
        return waited, waited
    cost, placed = day.cost, day.placed
    ways = zip(line.places, order, strict=False)
    dear = sum(cost[place][stop] for place, stop in ways if placed[stop]) + cost[line.places[-1]][day.size]
    over = day.per_second * line.finish
    return day.per_cost * dear + over, day.steering * dear + over


def rest_of(
    day: DayLists, order: Sequence[int], line: Line, known: Rest | None = None, at: int | None = None
) -> Rest:
    """Return what may follow each position of an order; after the stop put in `at` it is as is `known`."""
    size = len(order)
    if known is None or at is None:
        known, at = Rest([day.closes[day.size]], [-NEVER], [0], [day.size]), size - 1
        following = day.size
    else:
        following = order[at + 1] if at + 1 < size else day.size
        shift = len(known.by) - (size - at)
        known = Rest(known.by[shift:], known.over[shift:], known.adds[shift:], known.goals[shift:])
    by, over, adds, goals = known.by[::-1], known.over[::-1], known.adds[::-1], known.goals[::-1]
    begin, least, added, goal = by[-1], over[-1], adds[-1], goals[-1]
    places, leaves, reached = line.places, line.leaves, line.reached
    ways, rides, placed, dwell, opens, closes = day.tables
    for k in range(at, -1, -1):
        stop, here = order[k], places[k + 1]
        own = rides[here]
        latest = begin - ways[here][following]
        if following in own:
            latest = max(latest, own[following].leave_by(begin))
        latest -= dwell[stop]
        begin = day.begin_by(stop, latest) if stop in day.several else min(latest, closes[stop])
        added += reached[k + 1] - leaves[k + 1] + dwell[stop]
        first = opens[stop] if leaves[k + 1] - dwell[stop] <= closes[stop] else NEVER
        if least < first + added and first < NEVER:
            least = first + added
        goal = stop if placed[stop] else goal
        by.append(begin)
        over.append(least)
        adds.append(added)
        goals.append(goal)
        following = stop
    return Rest(by[::-1], over[::-1], adds[::-1], goals[::-1])
