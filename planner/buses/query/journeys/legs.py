"""What a journey is made of: walks, waits and rides. Instants are seconds since 1970-01-01 UTC.

What only a page needs, such as shapes and later departures, is looked up when it is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from planner.buses.files import LineMode
from planner.buses.query.walks.access import StopWalks
from planner.domain.clock import Instant
from planner.domain.geo import LonLat
from planner.domain.itinerary import PartKind

if TYPE_CHECKING:
    from planner.streets.query.walk.find import Walk


@dataclass(frozen=True)
class StopTime:
    """A trip's call at a stop. `platform` is '' where it is not known."""

    stop: int
    name: str
    platform: str
    at: LonLat
    arrive: Instant
    depart: Instant


@dataclass(frozen=True)
class Footway:
    """A walk between two positions in whole seconds and metres."""

    depart: Instant
    arrive: Instant
    metres: float
    origin: LonLat
    destination: LonLat
    walks: StopWalks = field(repr=False, compare=False)

    kind = PartKind.WALK

    @cached_property
    def way(self) -> Walk | None:
        """The walk's shape and directions."""
        return self.walks.walk(self.origin, self.destination)


@dataclass(frozen=True)
class Wait:
    """Standing at a stop until the departure."""

    depart: Instant
    arrive: Instant
    at: LonLat

    kind = PartKind.WAIT


class Lookup(Protocol):
    """Where a ride finds what belongs to it; the rides say what."""

    def between(self, ride: RideLeg) -> tuple[StopTime, ...]:
        """Return the calls between getting on and off."""
        ...

    def geometry(self, ride: RideLeg) -> tuple[LonLat, ...]:
        """Return the shape of a ride."""
        ...

    def following(self, ride: RideLeg) -> tuple[Instant, ...]:
        """Return the next departures."""
        ...

    def last_back(self, ride: RideLeg) -> Instant | None:
        """Return the last departure back."""
        ...


@dataclass(frozen=True)
class RideLeg:
    """A ride on one trip; `on` and `off` are positions among the pattern's stops.

    `headway_s` is given where only the headway is known: the times are then the
    expected ones. `base` is the instant the trip's times count from, `trip` the
    template of a headway. `over_room` tells that the group is larger than what
    the line usually has room for, `on_request` that it must ask to be taken or let off.
    """

    line: str
    line_name: str
    mode: LineMode
    headsign: str
    board: StopTime
    alight: StopTime
    estimated: bool
    headway_s: int | None
    over_room: bool
    on_request: bool
    room: int
    pattern: int
    trip: int
    trip_id: str
    base: Instant
    on: int
    off: int
    book: Lookup = field(repr=False, compare=False)

    kind = PartKind.RIDE

    @property
    def depart(self) -> Instant:
        """When it leaves."""
        return self.board.depart

    @property
    def arrive(self) -> Instant:
        """When one gets off."""
        return self.alight.arrive

    @cached_property
    def stops(self) -> tuple[StopTime, ...]:
        """The calls between getting on and off."""
        return self.book.between(self)

    @cached_property
    def geometry(self) -> tuple[LonLat, ...]:
        """The way it runs, from the stop of getting on to that of getting off."""
        return self.book.geometry(self)

    @cached_property
    def following(self) -> tuple[Instant, ...]:
        """The next two departures of the line that stop at both; none for a headway."""
        return self.book.following(self)

    @cached_property
    def last_back(self) -> Instant | None:
        """The service day's last direct departure back, between the same stations."""
        return self.book.last_back(self)


Part = Footway | Wait | RideLeg


@dataclass(frozen=True)
class Journey:
    """A way from door to door, the parts in their order and without gaps."""

    depart: Instant
    arrive: Instant
    parts: tuple[Part, ...]

    @property
    def rides(self) -> tuple[RideLeg, ...]:
        """The rides alone."""
        return tuple(part for part in self.parts if isinstance(part, RideLeg))

    @property
    def walk_m(self) -> float:
        """Metres on foot."""
        return sum(part.metres for part in self.parts if isinstance(part, Footway))

    @property
    def walk_s(self) -> int:
        """Seconds on foot."""
        return sum(part.arrive - part.depart for part in self.parts if isinstance(part, Footway))
