"""A rotation in whole minutes, timed again and again: what `rotate` says, where legs always take the same.

Stays begin and end at whole minutes, so a leg with its gathering and the stop's buffer is a number of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.clock import MINUTE_S, minute_until
from planner.domain.parties.rotation import BEFORE, meeting_start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.clock import Instant
    from planner.domain.parties.rotation import MoveTimes, Orders, Rotation, Starts

ENDLESS = 1 << 40
"""A minute after all others."""

OVER = ENDLESS + 1

Present = list[list[tuple[int, int]]]
"""By stop, when who is there leaves and how many they are, in the order of coming and so of leaving."""


class MinuteRotation:
    """The tables of a rotation, and what orders of its parties come to."""

    def __init__(self, rotation: Rotation, moves: MoveTimes) -> None:
        self.rotation = rotation
        self._base = base = minute_until(rotation.leave)
        stops, count = rotation.stops, len(rotation.stops)
        parties, heres = range(len(rotation.sizes)), (*range(count), BEFORE)
        self._first = [
            [
                _up(moves.ready(party, BEFORE, there, rotation.leave, first=True) + stop.buffer_s - base)
                for there, stop in enumerate(stops)
            ]
            for party in parties
        ]
        self._way = [
            [
                [
                    _up(moves.ready(party, here, there, base, first=False) + stop.buffer_s - base)
                    for there, stop in enumerate(stops)
                ]
                for here in heres
            ]
            for party in parties
        ]
        self._last = [
            [moves.ready(party, here, count, base, first=False) - base for here in heres] for party in parties
        ]
        self._dwell = [stop.dwell_s // MINUTE_S for stop in stops]
        self._spans = [_spans(stop.starts, base) for stop in stops]
        most = sum(rotation.sizes)
        self._room = [most if stop.capacity is None else stop.capacity for stop in stops]
        self._is_common = [stop.common for stop in stops]
        self._is_free = [
            spans == [(0, ENDLESS)] and room >= most and not stop.common
            for stop, spans, room in zip(stops, self._spans, self._room, strict=True)
        ]
        self._has_place = [stop.has_place for stop in stops]

        self.queued = list[tuple[int, int]]()
        """Who had to wait for a stay in what was timed last: parties, and places in their orders."""

    def cost(self, orders: Orders) -> tuple[int, Instant, int]:
        """Return what orders cost (`Rotated.cost`), those that are not allowed in themselves left aside."""
        sizes, count = self.rotation.sizes, len(self.rotation.stops)
        way, dwell, has_place, is_free = self._way, self._dwell, self._has_place, self._is_free
        present: Present = [[] for _ in range(count)]
        here, free, done = [BEFORE] * len(sizes), [0] * len(sizes), [0] * len(sizes)
        ready = [self._first[party][order[0]] for party, order in enumerate(orders)]
        ahead = [order[0] for order in orders]
        begins = [self._begin(party, there, ready[party], present) for party, there in enumerate(ahead)]
        misfits = 0
        queued = self.queued = list[tuple[int, int]]()
        while (start := min(begins)) < OVER:
            if start == ENDLESS:
                misfits += self._begin_together(ahead, ready, begins)
                continue
            party = begins.index(start)
            number = ahead[party]
            if start > ready[party]:
                queued.append((party, done[party]))
            leave = free[party] = start + dwell[number]
            if has_place[number]:
                here[party] = number
            done[party] += 1
            if done[party] == count:
                begins[party], ahead[party] = OVER, -1
            else:
                there = ahead[party] = orders[party][done[party]]
                at = ready[party] = leave + way[party][here[party]][there]
                begins[party] = at if is_free[there] else self._begin(party, there, at, present)
            if not (is_free[number] or self._is_common[number]):
                misfits += not self._fits(number, start)
                present[number].append((leave, sizes[party]))
                self._put_off(number, ahead, ready, (begins, present))
        return self._cost(misfits, here, free)

    def _put_off(
        self, number: int, ahead: Sequence[int], ready: Sequence[int], run: tuple[list[int], Present]
    ) -> None:
        """Let those whose next is a stop that somebody has come to wait where there is no room for them."""
        begins, present = run
        for party, there in enumerate(ahead):
            if there == number and begins[party] < present[number][-1][0]:
                begins[party] = self._begin(party, number, ready[party], present)

    def _cost(self, misfits: int, here: Sequence[int], free: Sequence[int]) -> tuple[int, Instant, int]:
        ready = [
            self._base + MINUTE_S * leave + last[place]
            for leave, last, place in zip(free, self._last, here, strict=True)
        ]
        meet, missed = meeting_start(self.rotation.meeting, ready)
        people = sum(size * own for size, own in zip(self.rotation.sizes, ready, strict=True))
        return misfits + missed, meet, people

    def _begin(self, party: int, number: int, ready: int, present: Present) -> int:
        """When a party that is ready could begin a stay; a common one is begun by all together."""
        if self._is_common[number]:
            return ENDLESS
        capacity, own = self._room[number], self.rotation.sizes[party]
        inside = present[number]
        start = self._open(number, ready)
        while True:
            people, first = own, len(inside)
            while first and inside[first - 1][0] > start:
                first -= 1
                people += inside[first][1]
            wish = start
            while people > capacity and first < len(inside):
                wish = inside[first][0]
                people -= inside[first][1]
                first += 1
            if wish == start:
                return start
            start = self._open(number, wish)

    def _open(self, number: int, ready: int) -> int:
        """The first minute at which a stay may begin, or at which one is ready if there is none."""
        for first, last in self._spans[number]:
            start = max(first, ready)
            if start <= last:
                return start
        return ready

    def _fits(self, number: int, start: int) -> bool:
        return any(first <= start <= last for first, last in self._spans[number])

    def _begin_together(self, ahead: Sequence[int], ready: Sequence[int], begins: list[int]) -> bool:
        """Let all whose next is the first common stop begin it together; return whether they may not."""
        number = min(there for there in ahead if there >= 0)
        who = [party for party, there in enumerate(ahead) if there == number]
        start = self._open(number, max(ready[party] for party in who))
        for party in who:
            begins[party] = start
        return not self._fits(number, start)


def _up(seconds: int) -> int:
    return -(-seconds // MINUTE_S)


def _spans(starts: Starts, base: Instant) -> list[tuple[int, int]]:
    """First and last minutes at which a stay may begin."""
    return [
        (max(0, _up(first - base)), ENDLESS if last is None else (last - base) // MINUTE_S)
        for first, last in starts
    ]
