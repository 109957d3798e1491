"""Parties that each visit the same stops, in orders of their own, between two meetings of all.

Stays are placed one after the other in the order of time, and begin at whole minutes; a party that
finds a site full waits for the next one at which it has room.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from planner.domain.clock import Instant, minute_from

Starts = tuple[tuple[Instant, Instant | None], ...]
"""First and last instants at which a stay may begin, in the order of time; no last one is None."""

BEFORE = -1
"""Stands for where a party is before its first own stop."""

Orders = Sequence[Sequence[int]]
"""For each party the order in which it takes the own stops, by their numbers."""


@dataclass(frozen=True)
class OwnStop:
    """A stop that each party visits by itself.

    A party larger than the `capacity` fills the site alone. `position` among the own stops is None where
    it is free; `after` are the own stops that come earlier. At a `common` one, a break that is taken where
    everybody happens to be, all parties begin together; it comes after and before the same stops for all.
    """

    starts: Starts
    dwell_s: int
    buffer_s: int = 0
    capacity: int | None = None
    has_place: bool = True
    position: int | None = None
    after: tuple[int, ...] = ()
    common: bool = False


@dataclass(frozen=True)
class Meeting:
    """Where all parties come together again and begin at one time, a whole minute."""

    starts: Starts
    buffer_s: int = 0


@dataclass(frozen=True)
class Rotation:
    """The own stops of all parties from the instant when they `leave` a meeting to the next one.

    Without a `meeting` the day ends for each party where its way does.
    """

    leave: Instant
    sizes: tuple[int, ...]
    stops: tuple[OwnStop, ...]
    meeting: Meeting | None = None


class MoveTimes(Protocol):
    """How a party gets from stop to stop; stops by their numbers, the meeting or end after all of them."""

    def ready(self, party: int, here: int, there: int, leave: Instant, *, first: bool) -> Instant:
        """When a party that leaves at `leave` is ready there: gathered, moved, the leg's reserve let pass.

        `here` is the last own stop with a place, or BEFORE; `first` tells that a meeting is just over.
        """
        ...


@dataclass(frozen=True)
class RotationStay:
    """A party's stay at a stop; it is `held` back to its start where it could have begun earlier."""

    stop: int
    start: Instant
    held: bool = False


@dataclass(frozen=True)
class Rotated:
    """What an order for each party comes to: its stays, when it is `ready` for the meeting, when that begins.

    Without a meeting `meet` is when the last party is ready. `misfits` counts the stays that begin when
    they may not, and those that stand where they may not in the order.
    """

    stays: tuple[tuple[RotationStay, ...], ...]
    ready: tuple[Instant, ...]
    meet: Instant
    misfits: int

    def cost(self, sizes: Sequence[int]) -> tuple[int, Instant, int]:
        """Return what is to be least: misfits, the meeting, then the instants when people are ready for it.

        Where the meeting is at a given time, all that people walk or queue less is time they have before it.
        """
        people = sum(size * ready for size, ready in zip(sizes, self.ready, strict=True))
        return self.misfits, self.meet, people


def earliest_start(starts: Starts, ready: Instant) -> Instant | None:
    """Return the first whole minute from `ready` on at which a stay may begin."""
    for first, last in starts:
        start = minute_from(max(first, ready))
        if last is None or start <= last:
            return start
    return None


def rotate(
    rotation: Rotation,
    orders: Orders,
    moves: MoveTimes,
    holds: Mapping[tuple[int, int], Instant] | None = None,
) -> Rotated:
    """Time all parties, each in its own order: whoever can begin first at a site begins first.

    `holds` are instants before which the stay of a party at a stop does not begin.
    """
    run = _Run(rotation, moves, holds or {})
    while run.step(orders):
        pass
    ready = tuple(run.arrival(party) for party in range(len(rotation.sizes)))
    meet, missed = meeting_start(rotation.meeting, ready)
    missed += sum(misplaced(rotation, order) for order in orders)
    return Rotated(tuple(map(tuple, run.stays)), ready, meet, run.misfits + missed)


def misplaced(rotation: Rotation, order: Sequence[int]) -> int:
    """Count the stops of an order that are not in their position, or not after what comes earlier."""
    position = {number: at for at, number in enumerate(order)}
    return sum(
        stop.position not in (None, position[number])
        or any(position[earlier] > position[number] for earlier in stop.after)
        for number, stop in enumerate(rotation.stops)
    )


def meeting_start(meeting: Meeting | None, ready: Sequence[Instant]) -> tuple[Instant, int]:
    """Return when a meeting of people ready at these instants begins, and 1 if it may not then, else 0."""
    last = max(ready)
    if meeting is None:
        return last, 0
    begins = minute_from(last + meeting.buffer_s)
    start = earliest_start(meeting.starts, begins)
    return (begins, 1) if start is None else (start, 0)


class _Run:
    """The parties on their way: what each has done so far."""

    def __init__(
        self, rotation: Rotation, moves: MoveTimes, holds: Mapping[tuple[int, int], Instant]
    ) -> None:
        self._rotation = rotation
        self._moves = moves
        self._holds = holds
        count = len(rotation.sizes)
        self.stays: list[list[RotationStay]] = [[] for _ in range(count)]
        self.misfits = 0
        self._here = [BEFORE] * count
        self._free = [rotation.leave] * count
        self._present: list[list[tuple[Instant, int]]] = [[] for _ in rotation.stops]
        self._next: list[tuple[Instant, bool, bool] | None] = [None] * count

    def step(self, orders: Orders) -> bool:
        """Let the party that can begin its next stay first begin it; False when all are done."""
        ahead = {
            party: order[len(self.stays[party])]
            for party, order in enumerate(orders)
            if len(self.stays[party]) < len(order)
        }
        best: tuple[Instant, int] | None = None
        for party, number in ahead.items():
            if not self._rotation.stops[number].common:
                stay = self._next[party] or self._earliest(party, number)
                self._next[party] = stay
                best = min(best, (stay[0], party)) if best else (stay[0], party)
        if best is None:
            return self._begin_together(ahead)
        self._begin(best[1], ahead[best[1]])
        for party, number in ahead.items():
            if party == best[1] or number == ahead[best[1]]:
                self._next[party] = None
        return True

    def _begin_together(self, ahead: Mapping[int, int]) -> bool:
        """Let all parties begin a common stop, the first of those that are next; False when none is."""
        if not ahead:
            return False
        number = min(ahead.values())
        stop = self._rotation.stops[number]
        ready = {party: self._ready(party, number) for party, there in ahead.items() if there == number}
        start, missed = meeting_start(Meeting(stop.starts, stop.buffer_s), list(ready.values()))
        self.misfits += missed
        for party, own in ready.items():
            self._next[party] = start, start != minute_from(own + stop.buffer_s), True
            self._begin(party, number)
            self._next[party] = None
        return True

    def arrival(self, party: int) -> Instant:
        """When a party is ready at the meeting or the end."""
        return self._ready(party, len(self._rotation.stops))

    def _ready(self, party: int, there: int) -> Instant:
        return self._moves.ready(
            party, self._here[party], there, self._free[party], first=not self.stays[party]
        )

    def _earliest(self, party: int, number: int) -> tuple[Instant, bool, bool]:
        """When a party could begin a stay, whether it is held back to it, and whether it may."""
        stop = self._rotation.stops[number]
        ready = minute_from(self._ready(party, number) + stop.buffer_s)
        natural = earliest_start(stop.starts, ready)
        wish = minute_from(max(ready, self._holds.get((party, number), ready)))
        while True:
            fit = earliest_start(stop.starts, wish)
            start = wish if fit is None else fit
            room = self._room(number, party, start)
            if room <= start:
                return start, start != (ready if natural is None else natural), fit is not None
            wish = minute_from(room)

    def _room(self, number: int, party: int, start: Instant) -> Instant:
        """When from `start` on there is room for a party; all others there began earlier."""
        capacity = self._rotation.stops[number].capacity
        if capacity is None:
            return start
        own = self._rotation.sizes[party]
        inside = sorted((leave, size) for leave, size in self._present[number] if leave > start)
        people = sum(size for _, size in inside)
        for leave, size in inside:
            if people + own <= capacity:
                return start
            start, people = leave, people - size
        return start

    def _begin(self, party: int, number: int) -> None:
        stop = self._rotation.stops[number]
        stay = self._next[party]
        if stay is None:
            return
        start, held, fits = stay
        self.stays[party].append(RotationStay(number, start, held))
        self.misfits += not fits
        self._free[party] = start + stop.dwell_s
        self._present[number].append((start + stop.dwell_s, self._rotation.sizes[party]))
        if stop.has_place:
            self._here[party] = number
