"""A visit and what it is made of: the document the organiser edits."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from planner.domain.booked.things import Arrival, CoachBooking, MealBooking
from planner.domain.coach import CoachProfile
from planner.domain.geo import LonLat
from planner.domain.limits import LANGUAGES
from planner.domain.text import LocalText

DEFAULT_PACE_KMH = 4.0
"""A group's pace; a lone adult walks about 5 km/h (design rule, settable per visit)."""


DEFAULT_ASSUMED_LEG_MIN = 10
"""What a leg to or from a place that is not on the map is assumed to take."""


class Mode(StrEnum):
    """How a group moves on a leg."""

    WALK = "walk"
    BUS = "bus"
    COACH = "coach"
    BEST = "best"


class StopKind(StrEnum):
    """What a stop of the day is."""

    SITE = "site"
    PLACE = "place"
    MEAL = "meal"
    BREAK = "break"


@dataclass(frozen=True)
class PlaceRef:
    """A place of a document: a catalogue site or a free position (lon, lat) with a name.

    Of a meal or a break it may be a name alone: it is then held where the group is.
    """

    site: str | None = None
    at: LonLat | None = None
    name: LocalText = field(default_factory=dict)

    @property
    def is_somewhere(self) -> bool:
        """Whether one can go there."""
        return self.site is not None or self.at is not None


@dataclass(frozen=True)
class Stop:
    """One item of a day. Minutes throughout; times are local "HH:MM", "+1" past midnight.

    `locked` keeps the stop in its position whatever order is proposed, `after` names stops that must
    come earlier. `hours`, in OSM's opening_hours syntax, stand in for those of the site. A `talk` takes
    longer where it is interpreted (`Visit.interpreter`). When the delegation is split, all parties meet
    at a stop that is `together` (None: where it has no place), and `capacity` stands in for that of the site.
    What the visit is for is `essential`: nobody is advised to leave it out. One that is `optional` may be
    left out by a search for an order; of those the ones of the greatest `weight` in all are kept.
    `booking` is what is agreed for a meal, `rain` where the stop is instead
    when it rains: at `rain_fixed`, for `rain_dwell_min` and with room for `rain_capacity`, where that is
    otherwise than without rain. `tickets_got` says that the tickets which its site needs have been bought.
    """

    id: str
    kind: StopKind = StopKind.SITE
    place: PlaceRef | None = None
    dwell_min: int = 20
    min_dwell_min: int | None = None
    windows: tuple[tuple[str, str], ...] = ()
    fixed: str | None = None
    locked: bool = False
    after: tuple[str, ...] = ()
    mode_to: Mode | None = None
    buffer_min: int = 0
    note: LocalText = field(default_factory=dict)
    hours: str = ""
    talk: bool = False
    together: bool | None = None
    capacity: int | None = None
    essential: bool = False
    optional: bool = False
    weight: int = 1
    booking: MealBooking | None = None
    rain: PlaceRef | None = None
    rain_fixed: str | None = None
    rain_dwell_min: int | None = None
    rain_capacity: int | None = None
    tickets_got: bool = False

    @property
    def meets(self) -> bool:
        """Whether all parties are there together: as it was said, else where it has no place."""
        return self.place is None if self.together is None else self.together


@dataclass(frozen=True)
class DayStart:
    """Where and when a day begins (local "HH:MM")."""

    place: PlaceRef
    time: str


@dataclass(frozen=True)
class DayEnd:
    """Where a day ends (local "HH:MM"): the `latest` time, or the time to be there, `arrive`.

    With `arrive` the day is planned backward: it begins as late as it can, never before the
    day's start. `mode_to` is how the group gets there, None as on the whole day.
    """

    place: PlaceRef | None = None
    latest: str | None = None
    arrive: str | None = None
    mode_to: Mode | None = None


@dataclass(frozen=True)
class Party:
    """A group that moves together when a delegation is split."""

    name: str
    size: int
    guide: str = ""
    language: str = ""


@dataclass(frozen=True)
class PartyCall:
    """A stop of a party's own way, and the local time before which its stay does not begin ("HH:MM")."""

    stop: str
    not_before: str | None = None


@dataclass(frozen=True)
class PartyRoute:
    """The order in which one party takes the stops of a day, as it was accepted.

    It sets out at the local time `start` ("HH:MM"), None with the day.
    """

    party: str
    calls: tuple[PartyCall, ...]
    start: str | None = None


@dataclass(frozen=True)
class LegBuffers:
    """Minutes kept in reserve after a leg, by what it was made with."""

    walk_min: int = 0
    bus_min: int = 0
    coach_min: int = 0


@dataclass(frozen=True)
class Day:
    """One day of a visit.

    `party_routes` are there once a split of the delegation was accepted; they name stops by their ids.

    With `stand_in_timetable` a timetable that says nothing about the date runs as on its nearest
    matching date: a guess, and said so on every leg that rests on it. `arrival` is what the group comes by,
    `coach_booking` the coach that it has on that day.
    """

    date: dt.date
    start: DayStart
    end: DayEnd | None = None
    mode: Mode = Mode.WALK
    stops: tuple[Stop, ...] = ()
    stand_in_timetable: bool = False
    party_routes: tuple[PartyRoute, ...] = ()
    arrival: Arrival | None = None
    coach_booking: CoachBooking | None = None

    @property
    def modes(self) -> frozenset[Mode]:
        """Every mode that some leg is to be planned by."""
        asked = [stop.mode_to or self.mode for stop in self.stops]
        if self.end and self.end.place:
            asked.append(self.end.mode_to or self.mode)
        return frozenset(asked)

    @property
    def has_coach(self) -> bool:
        """Whether a coach is booked for the day, or some leg goes by it."""
        return self.coach_booking is not None or Mode.COACH in self.modes


HIKING_SCALES = ("T1", "T2", "T3", "T4", "T5", "T6")
EASIEST_SCALE = HIKING_SCALES[0]


def scale_number(scale: str) -> int:
    """Return the number of a hiking scale, 1 for T1."""
    return HIKING_SCALES.index(scale) + 1


@dataclass(frozen=True)
class Visit:
    """One study visit.

    `interpreter` is how many times as long a talk takes because it is interpreted, `interpreters` how many
    come along and relieve each other, `assumed_leg_min`
    the minutes that a leg is assumed to take to or from a place that is not on the map, `hardest_path` the
    hardest hiking path that it walks, by the scale of the Swiss Alpine Club. `bring` says before the visit
    what to bring, `thanks` after it what there is to say: a line that ends with a web address is a link.
    """

    title: LocalText
    days: tuple[Day, ...]
    languages: tuple[str, ...] = LANGUAGES
    group_size: int = 20
    pace_kmh: float = DEFAULT_PACE_KMH
    step_free: bool = False
    coordinator: str = ""
    meeting_point: LocalText = field(default_factory=dict)
    coach: CoachProfile = field(default_factory=CoachProfile)
    interpreter: float = 1.0
    buffers: LegBuffers = field(default_factory=LegBuffers)
    parties: tuple[Party, ...] = ()
    assumed_leg_min: int = DEFAULT_ASSUMED_LEG_MIN
    hardest_path: str = EASIEST_SCALE
    bring: LocalText = field(default_factory=dict)
    thanks: LocalText = field(default_factory=dict)
    interpreters: int = 1

    @property
    def has_coach(self) -> bool:
        """Whether the group has a coach with it: its size was given, one is booked, a leg goes by it."""
        return self.coach != CoachProfile() or any(day.has_coach for day in self.days)
