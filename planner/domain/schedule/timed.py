"""A day ready to be scheduled: places resolved, times as instants, lengths in seconds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from planner.domain.clock import Instant
from planner.domain.geo import LonLat
from planner.domain.hours.spans import Span
from planner.domain.schedule.reserves import Reserves
from planner.domain.sites import Site
from planner.domain.text import LocalText
from planner.domain.visits import Mode

if TYPE_CHECKING:
    from planner.domain.itinerary import Leg


@dataclass(frozen=True)
class Place:
    """A resolved place: `key` tells two places apart, `at` is (lon, lat) or None if not placed yet."""

    key: str
    at: LonLat | None
    name: LocalText
    site: Site | None = None


class Travel(Protocol):
    """What the schedule asks for legs; answered by streets and timetables."""

    def leg(self, origin: Place, destination: Place, mode: Mode, depart: Instant) -> Leg:
        """Return the leg that leaves at `depart`; never raises for a pair without a way."""
        ...

    def leg_by(self, origin: Place, destination: Place, mode: Mode, ready: Instant) -> Leg:
        """Return the leg that leaves last of those after which the group is ready at `ready` or earlier.

        Ready is who has arrived and has let the reserve of the leg pass (`Reserves`).
        """
        ...


@dataclass(frozen=True)
class TimedStop:
    """A stop ready to be scheduled: instants and seconds. `hours` are its open or unknown spans.

    `not_before` is an instant before which the stay does not begin: waiting for it is no fault.
    `gather_s` is what those who move on to it need to come together, None as on the whole day.
    """

    id: str
    place: Place | None
    dwell_s: int
    hours: tuple[Span, ...]
    mode: Mode = Mode.WALK
    windows: tuple[tuple[Instant, Instant], ...] = ()
    fixed: Instant | None = None
    buffer_s: int = 0
    after: tuple[str, ...] = ()
    not_before: Instant | None = None
    min_dwell_s: int | None = None
    locked: bool = False
    gather_s: int | None = None


@dataclass(frozen=True)
class TimedDay:
    """A day ready to be scheduled.

    With `ready_by` it begins as late as it can for the group to be ready at its end by then, but
    not before `start`. `reserves` are kept after each leg. `end_gather_s` stands in for `gather_s` before
    the leg to the end.
    """

    start_place: Place
    start: Instant
    gather_s: int
    stops: tuple[TimedStop, ...]
    end_place: Place | None = None
    end_limit: Instant | None = None
    end_mode: Mode = Mode.WALK
    ready_by: Instant | None = None
    reserves: Reserves = field(default_factory=Reserves)
    end_gather_s: int | None = None
