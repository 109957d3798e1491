"""Staying seated: where a vehicle goes on as another trip, the way over both is one ride.

Told by block_id of trips.txt, or by transfers.txt: 4 links two trips, 5 says
that everybody must get off. For two trips in a row a third one is made, which is
boarded before the end of the first and left after the beginning of the second:
so no search has to know of it, and each trip alone stays as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np

from planner.buses.build.gtfs.clip import Clipped
from planner.buses.build.gtfs.services import ServiceDays
from planner.buses.build.gtfs.stops import Stops
from planner.buses.build.gtfs.tables import FeedTable, whole_number
from planner.buses.build.gtfs.times.calls import TripCalls
from planner.buses.build.gtfs.trips import Calls, Route, Trip, picked
from planner.buses.files import STAYING, Boarding
from planner.buses.stations import stations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from planner.buses.build.gtfs.files import FeedFiles

SEATED, ALIGHT = 4, 5
"""transfer_type: one may stay in the vehicle, or must leave it."""

LONGEST_S = 30 * 60
"""Nobody sits in a vehicle for longer than this between two trips."""

NEAR = 10_000
"""1e-7 degrees, about 100 m: another platform of the stop where a trip ends."""

MOST_TRIPS = 3
"""So many trips in a row are one ride."""

Pair = tuple[str, str]


@dataclass(frozen=True)
class Links:
    """What transfers.txt says of pairs of trips."""

    seated: frozenset[Pair] = frozenset()
    alight: frozenset[Pair] = frozenset()


def read_links(files: FeedFiles) -> Links:
    """Read the pairs of trips of transfers.txt."""
    if "transfers.txt" not in files:
        return Links()
    pairs: dict[int | None, set[Pair]] = defaultdict(set)
    columns = ("transfer_type", "from_trip_id", "to_trip_id")
    for _, (kind, before, after) in FeedTable(files, "transfers.txt", (), columns).rows():
        pairs[whole_number(kind)].add((before, after))
    return Links(frozenset(pairs[SEATED]), frozenset(pairs[ALIGHT]))


@dataclass(frozen=True)
class Vehicles:
    """The trips of a feed, as vehicles make them one after another; `trips` are those of the clipped rows."""

    trips: Sequence[Trip]
    cut: Clipped
    stops: Stops
    lines: Sequence[Route]
    services: ServiceDays
    links: Links

    def with_stays(self, templates: frozenset[str]) -> tuple[list[Trip], Clipped]:
        """Return the trips with those over several of them; templates of headways are in none."""
        usable = [row for row, trip in enumerate(self.trips) if trip.id not in templates]
        chains = list(self._chains(usable))
        if not chains:
            return list(self.trips), self.cut
        made = [self._joined(chain) for chain in chains]
        return [*self.trips, *(trip for trip, _ in made)], _appended(self.cut, [calls for _, calls in made])

    def _chains(self, usable: Sequence[int]) -> Iterator[list[int]]:
        """Rows of trips in a row, the last of which does not go back along the first."""
        after = self._following(usable)
        if not after:
            return
        of_stop = stations(self.stops.at, self.stops.names, self.stops.groups)
        for row in usable:
            chains = [[row]]
            for _ in range(MOST_TRIPS - 1):
                longer = ([*chain, then] for chain in chains for then in after.get(chain[-1], ()))
                chains = [chain for chain in longer if self._leads_on(chain, of_stop)]
                yield from (chain for chain in chains if self._rarest(chain) is not None)

    def _leads_on(self, rows: Sequence[int], of_stop: NDArray[np.int32]) -> bool:
        """Whether the last trip leads on, and not back along those before it."""
        *before, there = (set(of_stop[self._calls(row).stop].tolist()) for row in rows)
        return 2 * len(there & set().union(*before)) <= len(there)

    def _following(self, usable: Sequence[int]) -> dict[int, list[int]]:
        """By row the rows with which its vehicle goes on."""
        blocks: dict[str, list[int]] = defaultdict(list)
        for row in usable:
            if self.trips[row].block:
                blocks[self.trips[row].block].append(row)
        pairs = {pair for rows in blocks.values() for pair in self._in_block(rows)}
        rows_of = {self.trips[row].id: row for row in usable}
        pairs |= {
            (rows_of[before], rows_of[after])
            for before, after in self.links.seated
            if before in rows_of and after in rows_of
        }
        after: dict[int, list[int]] = defaultdict(list)
        for pair in sorted(pairs):
            before, then = (self.trips[row].id for row in pair)
            if (before, then) not in self.links.alight and self._goes_on(*pair):
                after[pair[0]].append(pair[1])
        return dict(after)

    def _in_block(self, rows: Sequence[int]) -> Iterator[tuple[int, int]]:
        """The trips of a block in a row on some day: on each, the next one that leaves."""
        ordered = sorted(rows, key=lambda row: int(self._calls(row).depart[0]))
        for at, row in enumerate(ordered):
            left = self._days(row).copy()
            for then in ordered[at + 1 :]:
                if (left & self._days(then)).any():
                    yield row, then
                    left &= ~self._days(then)
                if not left.any():
                    break

    def _goes_on(self, row: int, then: int) -> bool:
        """Whether a vehicle is at the second trip's first stop in time; a cut trip does not say so."""
        before, after = self._calls(row), self._calls(then)
        wait = int(after.depart[0] - before.arrive[-1])
        is_whole = self.cut.last_stop[row] == before.stop[-1] and not self.cut.cut_s[then]
        here, there = self.stops.at[before.stop[-1]], self.stops.at[after.stop[0]]
        is_near = before.stop[-1] == after.stop[0] or np.abs(here - there).max() <= NEAR
        days = (self._days(row) & self._days(then)).any()
        return bool(0 <= wait <= LONGEST_S and is_whole and is_near and days)

    def _rarest(self, rows: Sequence[int]) -> int | None:
        """The trip on whose days all of them run: a ride over them has its service; None where none is so."""
        rarest = min(rows, key=lambda row: int(self._days(row).sum()))
        days = self._days(rarest)
        return rarest if all((self._days(row) | ~days).all() for row in rows) else None

    def _days(self, row: int) -> NDArray[np.bool_]:
        return np.asarray(self.services.days[self.trips[row].service], np.bool_)

    def _calls(self, row: int) -> Calls:
        return _part(self.cut.by_trip, row)

    def _joined(self, rows: Sequence[int]) -> tuple[Trip, Calls]:
        """The ride over several trips: boarded in the first of them, left in the last."""
        trips = [self.trips[row] for row in rows]
        first, last = trips[0], trips[-1]
        rarest = self._rarest(rows)
        names = [self.lines[trip.line].name for trip in trips]
        sign = last.headsign or self.stops.names[int(self.cut.last_stop[rows[-1]])]
        if names[0] != names[-1]:
            sign = f"{names[-1]} {sign}"
        said = first.headsign or self.stops.names[int(self.cut.last_stop[rows[0]])]
        trip = replace(
            first,
            id=STAYING.join(trip.id for trip in trips),
            service=first.service if rarest is None else self.trips[rarest].service,
            headsign=sign if sign == said else f"{said} → {sign}",
            shape=STAYING.join(trip.shape for trip in trips),
        )
        return trip, _over([self._calls(row) for row in rows])


def _part(by_trip: TripCalls, row: int) -> Calls:
    return picked(by_trip.calls, np.arange(by_trip.offsets[row], by_trip.offsets[row + 1]))


def _over(parts: Sequence[Calls]) -> Calls:
    """The calls of trips in a row; a stop at which one ends and the next begins is one call."""
    last = len(parts) - 1
    masked = [
        replace(
            part,
            board=part.board if at == 0 else np.full_like(part.board, Boarding.NONE),
            alight=part.alight if at == last else np.full_like(part.alight, Boarding.NONE),
        )
        for at, part in enumerate(parts)
    ]
    for at, part in enumerate(masked):
        if at < last:
            part.board[-1:] = Boarding.NONE
        if at:
            part.alight[:1] = Boarding.NONE
    made = masked[0]
    for part in masked[1:]:
        is_same = int(made.stop[-1] == part.stop[0])
        if is_same:
            made.depart[-1] = part.depart[0]
        made = _laid([made, picked(part, np.arange(is_same, len(part.stop)))])
    return made


def _laid(parts: Sequence[Calls]) -> Calls:
    """Calls one after the other."""
    columns = {
        column.name: np.concatenate([getattr(part, column.name) for part in parts])
        for column in fields(Calls)
        if column.name != "texts"
    }
    return Calls(**columns, texts=parts[0].texts)


def _appended(cut: Clipped, made: Sequence[Calls]) -> Clipped:
    """The clipped trips with more of them behind."""
    first, trips = cut.by_trip.calls, cut.by_trip.trips
    sizes = [len(part.trip) for part in made]
    calls = _laid([first, *made])
    offsets = np.concatenate((cut.by_trip.offsets, cut.by_trip.offsets[-1] + np.cumsum(sizes)))
    return Clipped(
        by_trip=TripCalls(calls, np.append(trips, [part.trip[0] for part in made]), offsets),
        cut_s=np.append(cut.cut_s, np.zeros(len(made), np.int64)),
        last_stop=np.append(cut.last_stop, [part.stop[-1] for part in made]),
    )
