"""A network as it is on a day: what is not open all the day is not there.

Orders, parties and matrices rest on it: whoever leaves later never arrives earlier there, for nothing opens
or shuts. `by_hour` of the walks asks for the very minute instead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from planner.domain.clock import TownClock
from planner.domain.conditions import Condition, Opening, read_condition
from planner.domain.hours.spans import Almanac

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from numpy.typing import NDArray

    from planner.domain.clock import Instant
    from planner.streets.query.network import Network

REMEMBERED_DAYS = 4
"""Networks of days with other ways shut: in most towns all days of a season are alike."""

Numbers = frozenset[int]


@dataclass(frozen=True)
class TownTime:
    """What says when hours are: the town's clock, and its holidays and sun."""

    clock: TownClock
    almanac: Almanac


def condition(network: Network, number: int) -> Condition:
    """Return a condition by the number that edges have."""
    return read_condition(network.names[number])


def conditions_of(network: Network) -> tuple[int, ...]:
    """Return the numbers of all conditions of a network."""

    def make() -> tuple[int, ...]:
        both = np.unique(np.concatenate((network.hours_walk, network.hours_coach)))
        return tuple(number for number in both.tolist() if number)

    return network.memory.get("conditions", None, make)


def shut_on(network: Network, day: date, time: TownTime) -> Numbers:
    """Return the conditions that are not open all the day."""
    return frozenset(
        number
        for number in conditions_of(network)
        if not condition(network, number).is_open_all_day(day, time.clock, time.almanac)
    )


def shut_over(network: Network, start: Instant, end: Instant, time: TownTime) -> Numbers:
    """Return the conditions that are not open all the while between two instants."""
    return frozenset(
        number
        for number in conditions_of(network)
        if not any(
            opens <= start and (shuts is None or shuts >= end)
            for opens, shuts in _openings(network, number, start, time)
        )
    )


def opens_between(network: Network, start: Instant, end: Instant, time: TownTime) -> list[Instant]:
    """Return when something opens after a start and up to an end, in order."""
    return sorted(
        {
            opens
            for number in conditions_of(network)
            for opens, _ in _openings(network, number, start, time)
            if start < opens <= end
        }
    )


def _openings(network: Network, number: int, at: Instant, time: TownTime) -> tuple[Opening, ...]:
    return condition(network, number).openings(time.clock.local(at).date(), time.clock, time.almanac)


def without(network: Network, shut: Numbers) -> Network:
    """Return a network without the edges of some conditions; the last few are remembered."""
    if not shut:
        return network
    return network.memory.get("without", shut, lambda: _without(network, shut), keep=REMEMBERED_DAYS)


def _without(network: Network, shut: Numbers) -> Network:
    walk = np.repeat(np.isin(network.hours_walk, list(shut)), 2)
    coach = np.repeat(np.isin(network.hours_coach, list(shut)), 2)
    walk_cost_m, free_m = (np.where(walk, np.inf, cost) for cost in (network.walk_cost_m, network.free_m))
    return replace(
        network,
        walk_cost_m=walk_cost_m,
        free_m=free_m,
        coach_s=np.where(coach, np.inf, network.coach_s),
        comp_walk=parts_of_cost(network, walk_cost_m),
        comp_free=parts_of_cost(network, free_m),
    )


def parts_of_cost(network: Network, cost: NDArray[np.float64]) -> NDArray[np.int32]:
    """Number the parts that hang together by size, as the build does."""
    usable = np.isfinite(cost.reshape(-1, 2)).any(axis=1)
    count = len(network.nodes)
    joined = coo_matrix((np.ones(int(usable.sum())), (network.u[usable], network.v[usable])), (count, count))
    parts, labels = connected_components(joined, directed=False)
    rank = np.empty(parts, np.int32)
    rank[np.argsort(-np.bincount(labels, minlength=parts), kind="stable")] = np.arange(parts, dtype=np.int32)
    return rank[labels]


def unread_words(network: Network, numbers: Iterable[int]) -> tuple[str, ...]:
    """Return what could not be read of some conditions, each once."""
    words = [text for number in numbers for text in condition(network, number).unread]
    return tuple(dict.fromkeys(words))
