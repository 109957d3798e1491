"""A rotation in whole minutes, timed again and again: what `rotate` says, where legs always take the same.

Stays begin and end at whole minutes, so a leg with its gathering and the stop's buffer is a number of them.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from planner.domain.clock import MINUTE_S, Instant, minute_until
from planner.domain.parties.lines import ENDLESS, MISFIT_S, OVER, Line, Timing
from planner.domain.parties.rotation import BEFORE, meeting_start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.parties.lines import Present
    from planner.domain.parties.rotation import MoveTimes, Rotation, Starts

Cost = tuple[int, "Instant", int]
"""What orders cost (`Rotated.cost`), those that are not allowed in themselves left aside."""


class MinuteRotation:
    """The tables of a rotation, and what orders of its parties come to."""

    def __init__(self, rotation: Rotation, moves: MoveTimes) -> None:
        self.rotation = rotation
        self.sizes = rotation.sizes
        self.base = base = minute_until(rotation.leave)
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
        self.dwell = [stop.dwell_s // MINUTE_S for stop in stops]
        self._spans = [_spans(stop.starts, base) for stop in stops]
        self.everybody = most = sum(rotation.sizes)
        self._room = [most if stop.capacity is None else stop.capacity for stop in stops]
        self._is_common = [stop.common for stop in stops]
        self._is_open = is_open = [
            spans == [(0, ENDLESS)] and not stop.common
            for stop, spans in zip(stops, self._spans, strict=True)
        ]
        self.is_free = [
            is_always and room >= most for is_always, room in zip(is_open, self._room, strict=True)
        ]
        fewest = sum(sorted(rotation.sizes)[:2])
        self._is_narrow = [
            is_always and room < fewest and len(parties) > 1
            for is_always, room in zip(is_open, self._room, strict=True)
        ]
        self._has_place = [stop.has_place for stop in stops]

        self.queued = list[tuple[int, int]]()
        """Who had to wait for a stay in what was timed last: parties, and places in their orders."""

        self.last = 0
        """The party that was ready last in what was timed last."""

    def line(self, party: int, order: Sequence[int]) -> Line:
        """Return the order of a party with what follows from it."""
        way, dwell, has_place = self._way[party], self.dwell, self._has_place
        here, now = BEFORE, 0
        ways = list[int]()
        for number in order:
            minutes = way[here][number] if ways else self._first[party][number]
            ways.append(minutes)
            now += minutes
            now = (now if self._is_open[number] else self._open(number, now)) + dwell[number]
            here = number if has_place[number] else here
        last_s = self._last[party][here]
        rest, rests = last_s, []
        for at in range(len(ways) - 1, -1, -1):
            rest += MINUTE_S * dwell[order[at]]
            rests.append(rest)
            rest += MINUTE_S * ways[at]
        rests.reverse()
        alone = self.base + MINUTE_S * now + last_s
        return Line(tuple(order), tuple(ways), tuple(rests), last_s, alone)

    def lines(self, orders: Sequence[Sequence[int]]) -> list[Line]:
        """Return the orders of all parties."""
        return [self.line(party, order) for party, order in enumerate(orders)]

    def steering(self, cost: Cost) -> float:
        """What a search is steered by, in seconds: the meeting, and when people are ready on average."""
        misfits, meet, people = cost
        return (
            MISFIT_S * misfits + (meet - self.rotation.leave) + people / self.everybody - self.rotation.leave
        )

    def cost(self, lines: Sequence[Line], limit: float = inf) -> Cost | None:
        """Return what orders cost; None as soon as it is certain that it steers beyond a limit.

        Nobody is sooner at the end than without waiting any more.
        """
        beyond = limit + 2 * self.rotation.leave
        people = sum([size * line.alone for size, line in zip(self.sizes, lines, strict=True)])
        if max([line.alone for line in lines]) + people / self.everybody > beyond:
            return None
        run = Timing(lines, self.sizes, len(self.dwell), self.base, beyond)
        begins, ready, ahead, done, dwell = run.begins, run.ready, run.ahead, run.done, self.dwell
        is_free = self.is_free
        for party, there in enumerate(ahead):
            begins[party] = self._begin(party, there, ready[party], run.present)
        while (start := min(begins)) < OVER:
            if start == ENDLESS:
                run.misfits += self._begin_together(ahead, ready, begins)
                continue
            party = begins.index(start)
            number = ahead[party]
            if start > ready[party]:
                run.queued.append((party, done[party]))
                if run.is_put_off_beyond(party, start):
                    return None
            leave = start + dwell[number]
            self._go_on(run, party, leave)
            if not is_free[number]:
                self._come(run, party, number, leave)
        self.queued = run.queued
        return self._cost(run.misfits, run.ends)

    def _go_on(self, run: Timing, party: int, leave: int) -> None:
        """Let a party that will leave a stop be ready for the next one."""
        line = run.lines[party]
        place = run.done[party] = run.done[party] + 1
        if place == len(line.order):
            run.begins[party], run.ahead[party] = OVER, -1
            run.ends[party] = self.base + MINUTE_S * leave + line.last_s
            return
        there = run.ahead[party] = line.order[place]
        ready = run.ready[party] = leave + line.ways[place]
        if self.is_free[there]:
            run.begins[party] = ready
        elif self._is_narrow[there]:
            run.begins[party] = max(ready, run.until[there])
        else:
            run.begins[party] = self._begin(party, there, ready, run.present)

    def _come(self, run: Timing, party: int, number: int, leave: int) -> None:
        """Let those whose next is a stop that somebody has come to wait where there is no room for them."""
        begins = run.begins
        if self._is_narrow[number]:
            run.until[number] = leave
            for other, there in enumerate(run.ahead):
                if there == number and begins[other] < leave:
                    begins[other] = leave
        elif not self._is_common[number]:
            if not (self._is_open[number] or self._fits(number, leave - self.dwell[number])):
                run.misfits += 1
                run.limit -= MISFIT_S
            run.present[number].append((leave, self.sizes[party]))
            for other, there in enumerate(run.ahead):
                if there == number and begins[other] < leave:
                    begins[other] = self._begin(other, number, run.ready[other], run.present)

    def _cost(self, misfits: int, ready: Sequence[Instant]) -> Cost:
        meet, missed = meeting_start(self.rotation.meeting, ready)
        people = sum(size * own for size, own in zip(self.rotation.sizes, ready, strict=True))
        self.last = ready.index(max(ready))
        return misfits + missed, meet, people

    def _begin(self, party: int, number: int, ready: int, present: Present) -> int:
        """When a party that is ready could begin a stay; a common one is begun by all together."""
        if self._is_common[number]:
            return ENDLESS
        inside = present[number]
        start = ready if self._is_open[number] else self._open(number, ready)
        if not inside or inside[-1][0] <= start:
            return start
        capacity, own = self._room[number], self.rotation.sizes[party]
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
