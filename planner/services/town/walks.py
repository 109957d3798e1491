"""How the walks between the catalogue's sites differ in two towns: each that is told is planned in both."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from statistics import median
from typing import TYPE_CHECKING

from planner.domain.clock import MINUTE_S
from planner.domain.schedule.group import Group
from planner.domain.schedule.timed import Place
from planner.domain.schedule.walking import FAR_FROM_STREETS_M
from planner.domain.visits import Mode
from planner.services.planning.places import REACH_M
from planner.services.travel.on_foot import StreetTravel, move_s
from planner.streets.query.walk.find import Walker

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from planner.domain.geo import LonLat
    from planner.domain.sites import Site
    from planner.domain.travel_table import TravelTable
    from planner.services.travel.town import Town

MOST_SITES = 300
"""So many sites are compared with each other: 45 000 pairs, some seconds."""

MOST_WALKS = 60
"""So many walks are told, those first that change most."""

EVERYBODY = Group()


class Change(StrEnum):
    """What becomes of the walk between two sites."""

    OTHER = "other"
    """It takes other minutes."""
    APPEARED = "appeared"
    """There was no way, and now there is one."""
    VANISHED = "vanished"
    """There was a way, and now there is none."""


@dataclass(frozen=True)
class WalkFacts:
    """A walk as it is planned: metres, and the minutes that the clock shows."""

    metres: float
    minutes: int


@dataclass(frozen=True)
class WalkChange:
    """A walk from one site to another, by their ids, in both towns; None where there is no way."""

    origin: str
    destination: str
    before: WalkFacts | None
    after: WalkFacts | None

    @property
    def kind(self) -> Change:
        """What becomes of it."""
        if self.before is None:
            return Change.APPEARED
        return Change.VANISHED if self.after is None else Change.OTHER


@dataclass(frozen=True)
class OffStreets:
    """A site, by its id, that lies off the streets: metres to the nearest way before and after.

    None is outside of the network: there nothing is planned at all.
    """

    site: str
    before_m: float | None
    after_m: float | None


@dataclass(frozen=True)
class WalksCompared:
    """All walks between so many sites, each pair once, there and back.

    `pairs` are those that have a way in both towns; by `median_percent` and `p90_percent` of their metres
    they differ. `changed` counts the pairs whose minutes are others, or that have a way in one town only:
    those are `appeared` and `vanished`.
    """

    sites: int
    left_out: int
    pairs: int
    changed: int
    appeared: int
    vanished: int
    median_percent: float
    p90_percent: float
    walks: tuple[WalkChange, ...]
    off: tuple[OffStreets, ...]


def compare_walks(before: Town, after: Town, sites: Iterable[Site], day: dt.date) -> WalksCompared:
    """Compare the walks of a group on a day, at the usual pace."""
    placed = [(site, site.location.at) for site in sites if site.location.at is not None]
    compared = placed[:MOST_SITES]
    old, new = _Walks(before, compared, day), _Walks(after, compared, day)
    pairs = [(a, b) for a in range(len(compared)) for b in range(a)]
    shares = sorted(_shares(old.table, new.table, pairs))
    changes = sorted(_changes(old, new, pairs), key=lambda one: -one[0])
    walks = tuple(_told(old, new, origin, destination) for _, origin, destination in changes[:MOST_WALKS])
    return WalksCompared(
        sites=len(compared),
        left_out=len(placed) - len(compared),
        pairs=len(shares),
        changed=len(changes),
        appeared=sum(old.minutes(*way) is None for _, *way in changes),
        vanished=sum(new.minutes(*way) is None for _, *way in changes),
        median_percent=round(median(shares), 1) if shares else 0.0,
        p90_percent=round(shares[ceil(0.9 * len(shares)) - 1], 1) if shares else 0.0,
        walks=walks,
        off=tuple(_off(old, new)),
    )


class _Walks:
    """The walks between sites in one town."""

    def __init__(self, town: Town, sites: Sequence[tuple[Site, LonLat]], day: dt.date) -> None:
        self._town = town.on(day).with_paths(EVERYBODY.hardest_path)
        self.places = [Place(f"site:{site.id}", at, site.name, site) for site, at in sites]
        self._travel = StreetTravel(self._town, EVERYBODY)
        self._walker = Walker(self._town.network)
        self.depart = town.clock.instant(day, "12:00")
        self.is_inside = [self._town.network.covers(at, REACH_M) for _, at in sites]
        self.table: TravelTable = self._travel.table(self.places)

    def minutes(self, origin: int, destination: int) -> int | None:
        """Minutes of a walk as the table has it."""
        seconds = self.table.durations_s[origin][destination]
        if seconds is None:
            return None
        return _minutes(move_s(seconds, self.places[origin], self.places[destination]))

    def planned(self, origin: int, destination: int) -> WalkFacts | None:
        """The walk as a day plans it."""
        leg = self._travel.leg(self.places[origin], self.places[destination], Mode.WALK, self.depart)
        return None if leg.distance_m is None else WalkFacts(leg.distance_m, _minutes(leg.duration_s))

    def off_m(self, number: int) -> float | None:
        """Metres from a site to the nearest way; None outside of the network."""
        at = self.places[number].at
        return self._walker.off_m(at) if at is not None and self.is_inside[number] else None


def _minutes(seconds: int) -> int:
    return -(-seconds // MINUTE_S)


def _shares(old: TravelTable, new: TravelTable, pairs: Iterable[tuple[int, int]]) -> Iterator[float]:
    """By how many percent the metres of pairs differ that have a way in both towns."""
    for a, b in pairs:
        before, after = old.distances_m[a][b], new.distances_m[a][b]
        if before and after is not None:
            yield abs(after - before) / before * 100


def _changes(old: _Walks, new: _Walks, pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[float, int, int]]:
    """The pairs that change, each in the direction that does so more, with by how much."""
    for a, b in pairs:
        if not all(walks.is_inside[a] and walks.is_inside[b] for walks in (old, new)):
            continue
        both = [(_weight(old.minutes(*way), new.minutes(*way)), *way) for way in ((a, b), (b, a))]
        most = max(both, key=lambda one: one[0])
        if most[0]:
            yield most


def _weight(before: int | None, after: int | None) -> float:
    """How much a walk changes: a way that appears or vanishes counts most."""
    if before is None or after is None:
        return 0.0 if before == after else float("inf")
    return float(abs(after - before))


def _told(old: _Walks, new: _Walks, origin: int, destination: int) -> WalkChange:
    ids = [walk_site.id for number in (origin, destination) if (walk_site := old.places[number].site)]
    return WalkChange(ids[0], ids[1], old.planned(origin, destination), new.planned(origin, destination))


def _off(old: _Walks, new: _Walks) -> Iterator[OffStreets]:
    """The sites that lie off the streets now, and did not so before."""
    for number, place in enumerate(new.places):
        before, after = old.off_m(number), new.off_m(number)
        is_off = after is None or after > FAR_FROM_STREETS_M
        was_off = before is None or before > FAR_FROM_STREETS_M
        is_new = not was_off or (after is None and before is not None)
        if place.site is not None and is_off and is_new:
            yield OffStreets(place.site.id, before, after)
