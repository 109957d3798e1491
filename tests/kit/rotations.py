"""Rotations to try the search on: ways of a table, and a search over everything that can be decided."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import permutations, product
from math import ceil
from typing import TYPE_CHECKING

from planner.domain.parties.rotation import BEFORE, Meeting, OwnStop, Rotation
from planner.domain.schedule.walking import gather_s

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.domain.parties.rotation import Starts

ALWAYS = ((0, None),)
NINE = 9 * 3600
"""Nine o'clock, in seconds of a day that begins at 0."""


@dataclass(frozen=True)
class Ways:
    """Seconds to own stops and last to the meeting, from own stops and last from before them; gathering.

    Less than none is no move.
    """

    seconds: tuple[tuple[int, ...], ...]
    gathers: tuple[int, ...]
    whole_s: int

    def ready(self, party: int, here: int, there: int, leave: int, *, first: bool) -> int:
        seconds = self.seconds[here][there]
        return leave if seconds < 0 else leave + (self.whole_s if first else self.gathers[party]) + seconds


def at(text: str) -> int:
    """Seconds of the day of "HH:MM" or "HH:MM:SS"."""
    hours, minutes, *seconds = map(int, text.split(":"))
    return hours * 3600 + minutes * 60 + sum(seconds)


def told(instant: int) -> str:
    return f"{instant // 3600:02}:{instant // 60 % 60:02}:{instant % 60:02}"


Cost = tuple[int, int]


def best_of_all(rotation: Rotation, ways: Ways) -> Cost | None:
    """The earliest meeting and then the least sum of people's arrivals; None where nothing keeps the demands.

    Looks at all orders of all parties and at each site with no room for two of them at all orders of
    coming in. Who comes in later begins as soon as the one before has left; all begin at whole minutes.
    """
    found = []
    for orders in product(*(list(_orders(rotation)) for _ in rotation.sizes)):
        narrow = [
            number
            for number, stop in enumerate(rotation.stops)
            if stop.capacity is not None and sum(sorted(rotation.sizes)[:2]) > stop.capacity
        ]
        for lines in product(permutations(range(len(rotation.sizes))), repeat=len(narrow)):
            ready = _timed(rotation, ways, orders, dict(zip(narrow, lines, strict=True)))
            cost = None if ready is None else _cost(rotation, ready)
            if cost is not None:
                found.append(cost)
    return min(found, default=None)


def _orders(rotation: Rotation) -> Iterator[tuple[int, ...]]:
    for order in permutations(range(len(rotation.stops))):
        stops = [rotation.stops[number] for number in order]
        if all(stop.position in (None, place) for place, stop in enumerate(stops)) and all(
            order.index(earlier) < place for place, stop in enumerate(stops) for earlier in stop.after
        ):
            yield order


def _timed(
    rotation: Rotation, ways: Ways, orders: Sequence[Sequence[int]], lines: dict[int, Sequence[int]]
) -> list[int] | None:
    """When each party is ready for the meeting, or None where they wait for each other or come too late."""
    starts: dict[tuple[int, int], int] = {}
    ready_at: dict[tuple[int, int], int] = {}
    ends = [0 for _ in orders]
    for _ in range(1 + len(rotation.stops) * len(rotation.sizes)):
        before = dict(starts), dict(ready_at)
        for party, order in enumerate(orders):
            leave, here = rotation.leave, BEFORE
            for place, number in enumerate(order):
                stop = rotation.stops[number]
                ready = ways.ready(party, here, number, leave, first=not place) + stop.buffer_s
                ready_at[party, number] = start = ready
                if stop.common:
                    start = max(ready_at.get((one, number), ready) for one in range(len(orders)))
                for other in _ahead(lines.get(number, ()), party):
                    over = starts.get((other, number), 0) + stop.dwell_s
                    start = max(start, over)
                fits = _struck(start, stop.starts)
                if not fits:
                    return None
                starts[party, number] = min(fits)
                leave, here = min(fits) + stop.dwell_s, number if stop.has_place else here
            ends[party] = ways.ready(party, here, len(rotation.stops), leave, first=not order)
        if (starts, ready_at) == before:
            break
    else:
        return None
    return ends


def _ahead(line: Sequence[int], party: int) -> Sequence[int]:
    return line[: line.index(party)] if party in line else ()


def _cost(rotation: Rotation, ready: Sequence[int]) -> Cost | None:
    people = sum(size * one for size, one in zip(rotation.sizes, ready, strict=True))
    if rotation.meeting is None:
        return max(ready), people
    begins = max(ready) + rotation.meeting.buffer_s
    fits = _struck(begins, rotation.meeting.starts)
    return (min(fits), people) if fits else None


def _struck(ready: int, starts: Starts) -> list[int]:
    """The first whole minute of each stretch from an instant on."""
    found = []
    for opens, last in starts:
        minutes = max(ready, opens) / 60
        begins = 60 * ceil(minutes)
        if last is None or begins <= last:
            found.append(begins)
    return found


def random_split(seed: int, parties: int, count: int) -> tuple[Rotation, Ways]:
    """Parties of 8 to 25 that take stops in turn, most of which hold one or two; then the day ends."""
    dice = random.Random(f"{seed} {parties} {count}")  # noqa: S311 - no secret
    across = dice.choice([900, 1500, 2500])
    points = [(dice.uniform(0, across), dice.uniform(0, across)) for _ in range(count + 2)]

    def seconds(a: int, b: int) -> int:
        (x, y), (v, w) = points[a], points[b]
        return int((abs(x - v) + abs(y - w)) / 1.11)

    rows = tuple(tuple(seconds(a, b) for b in range(count + 1)) for a in [*range(count), count + 1])
    sizes = tuple(dice.randint(8, 25) for _ in range(parties))
    stops = tuple(_random_stop(dice, max(sizes)) for _ in range(count))
    return Rotation(NINE, sizes, stops), Ways(rows, tuple(map(gather_s, sizes)), gather_s(sum(sizes)))


def _random_stop(dice: random.Random, largest: int) -> OwnStop:
    capacity = None
    if dice.random() < 0.85:
        capacity = dice.choice([None, largest, largest + dice.randint(0, 12), 2 * largest])
    if dice.random() < 0.12:
        opens = NINE + 60 * dice.randint(0, 90)
        doors: Starts = ((opens, opens + 60 * dice.randint(120, 240)),)
        return OwnStop(doors, *_stay(dice), capacity)
    return OwnStop(ALWAYS, *_stay(dice), capacity)


def _stay(dice: random.Random) -> tuple[int, int]:
    return 60 * dice.choice([10, 10, 15, 20, 25, 30]), 60 * dice.choice([0, 0, 0, 5])


def small(
    *stops: OwnStop, sizes: tuple[int, ...] = (15, 15), meeting: Meeting | None = None, leave: int = NINE
) -> Rotation:
    return Rotation(leave, sizes, stops, meeting)
