"""What planning gives: calls and legs of one day, with warnings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from planner.domain.clock import Instant
from planner.domain.geo import LonLat
from planner.domain.rides import Choice, Ride
from planner.domain.visits import Mode
from planner.domain.warnings.codes import Warning


class Maneuver(StrEnum):
    """What the walker does at the start of an instruction."""

    DEPART = "depart"
    CONTINUE = "continue"
    SLIGHT_LEFT = "slight_left"
    LEFT = "left"
    SHARP_LEFT = "sharp_left"
    SLIGHT_RIGHT = "slight_right"
    RIGHT = "right"
    SHARP_RIGHT = "sharp_right"
    TURN_BACK = "turn_back"
    ARRIVE = "arrive"


@dataclass(frozen=True)
class Instruction:
    """One line of directions, as data: what to do at a place, and then along what for how many metres.

    `way` is the kind of way, worth telling where it has no name or is not just
    a street. `steps` are up, down or some (both or not known) where there are
    steps on the line. `crosses` is a main road crossed on it. `landmark` is what stands
    where the line begins. `exit_number` counts the exits of a roundabout, 0 for
    none, and `ref` is the number of a driven road that also has a name. `towards` are the places
    on the signs of a driven road, `exit_ref` the number of a motorway's exit. `side` is
    left or right at the arrival.
    """

    maneuver: Maneuver
    street: str
    distance_m: float
    way: str = "street"
    bearing_deg: float | None = None
    side: str = ""
    landmark: str = ""
    landmark_kind: str = ""
    crosses: str = ""
    steps: str = ""
    exit_number: int = 0
    ref: str = ""
    towards: str = ""
    exit_ref: str = ""


class PartKind(StrEnum):
    """What a part of a leg is."""

    WALK = "walk"
    RIDE = "ride"
    DRIVE = "drive"
    WAIT = "wait"


@dataclass(frozen=True)
class StepFreeMetres:
    """Metres by what is known of them to a group that cannot climb steps; `bad` ones cost effort."""

    confirmed_m: float
    unknown_m: float
    bad_m: float


@dataclass(frozen=True)
class Climb:
    """What heights tell of a walk: of `known_m` metres they are known.

    `steep_m` are on ways with a stretch of over 6 %, the steepest of which has `steepest_percent`.
    """

    known_m: float
    ascent_m: float
    descent_m: float
    steep_m: float = 0.0
    steepest_percent: float = 0.0


@dataclass(frozen=True)
class LegPart:
    """One piece of a leg in one mode: metres, seconds, positions (lon, lat).

    `estimated` are the stretches of the geometry over ways that no source
    confirms, each as (first, last) index of its positions. `step_free` is None where
    nobody asked for it. Slopes are tagged on `incline_tagged_m` metres of the part;
    `climb` is what an elevation file tells, None where the town has none. `ride` is given where it is one by
    public transport; its `estimated` stretches are then those whose course nobody knows.
    `boarding_s` is how much of a drive goes by while the group gets in and out.
    """

    kind: PartKind
    distance_m: float
    duration_s: int
    depart: Instant
    arrive: Instant
    geometry: tuple[LonLat, ...] = ()
    instructions: tuple[Instruction, ...] = ()
    estimated: tuple[tuple[int, int], ...] = ()
    step_free: StepFreeMetres | None = None
    incline_tagged_m: float = 0.0
    climb: Climb | None = None
    ride: Ride | None = None
    boarding_s: int = 0


@dataclass(frozen=True)
class Leg:
    """A movement between two places.

    `distance_m` is None where no way is known; `duration_s` is then an
    assumption made so that the rest of the day can still be timed.
    `estimated_m` counts metres over ways that no source confirms. A leg asked for by the best mode
    has the mode that was chosen, and the `choice`. It is `assumed` to take what the visit says where one
    of its places is not on the map. `unseated_m` is the longest stretch of its walks without a seat,
    None where the map knows of no seats.
    """

    mode: Mode
    distance_m: float | None
    duration_s: int
    depart: Instant
    arrive: Instant
    geometry: tuple[LonLat, ...] = ()
    estimated_m: float = 0.0
    parts: tuple[LegPart, ...] = ()
    warnings: tuple[Warning, ...] = ()
    choice: Choice | None = None
    assumed: bool = False
    unseated_m: float | None = None


@dataclass(frozen=True)
class Call:
    """The computed stay at a stop: come, begin, go.

    `wait_s` is start - arrive; less than a minute of it may only be until the whole minute
    at which the stay begins. `slack_s` is by how much the arrival may slip
    before something breaks: this stay or a later one no longer lies in the
    opening interval it was planned in, or a fixed time or the day's latest
    finish is missed. None where nothing does, 0 where something already has.
    `toilet_m` and `water_m` are the metres on foot to the nearest on the map, None where none is near or
    the map knows of none at all.
    """

    stop: int
    id: str | None
    arrive: Instant
    start: Instant
    leave: Instant
    wait_s: int
    slack_s: int | None
    toilet_m: float | None = None
    water_m: float | None = None


@dataclass(frozen=True)
class Totals:
    """Sums over a day: metres and seconds. `walk_m` includes walks to and from a coach or a ride.

    Waiting for a ride is part of `move_s`, not of `wait_s`.
    """

    walk_m: float = 0.0
    move_s: int = 0
    dwell_s: int = 0
    wait_s: int = 0
    gather_s: int = 0
    estimated_m: float = 0.0
    drive_m: float = 0.0
    ride_m: float = 0.0


@dataclass(frozen=True)
class Itinerary:
    """Calls and legs of one day for one party.

    Leg i leads to call i; when the day has an end place there is one more.
    """

    start: Instant
    finish: Instant
    calls: tuple[Call, ...]
    legs: tuple[Leg, ...]
    totals: Totals
    warnings: tuple[Warning, ...] = ()


@dataclass(frozen=True)
class PartyItinerary:
    """The itinerary of one party. `Call.stop` is the index of a stop in the day's own list."""

    name: str
    itinerary: Itinerary
