"""What walking costs: every number in one place, each with its source.

Two profiles use them: plain walking (`walk`) and step-free (`free`). What the
clock shows (`clock`) is kept apart from what people rather avoid. Preferences
of plain walking stay mild, so that the shortest sensible way wins.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ClockParameters:
    """Time that passes beyond the length over the pace: part of all three costs."""

    step_s: float = 0.2
    """Seconds more for each step. With steps of 0.3 m a group at 4 km/h climbs at 0.64 m/s, 1.7 times the
    level time, as in GraphHopper's foot profile. OpenTripPlanner takes 3.0 (`stairsTimeFactor`, after
    Fujiyama and Tyler 2010) for walkers who would do 1.33 m/s on the level; Valhalla 30 s a flight."""

    tread_m: float = 0.3
    """Depth of a step where `step_count` is not given (OSM wiki, Key:step_count: count where you can)."""

    least_tread_m: float = 0.2
    """More steps than this allows are a slip of the pen: the count is not believed."""

    escalator_s_per_m: float = 1.32
    """A standing rider moves 0.45 m/s (OpenTripPlanner, `escalator.speed`): so much more than the level
    time at 4 km/h."""

    elevator_s: float = 60.0
    """Waiting and riding. OpenTripPlanner: 90 s to board at a station, 20 s a floor; Valhalla: 5 s."""

    climb_s: float = 5.0
    """Seconds for each metre of height from a numeric `incline`, up and down alike, so that the way back
    takes as long. The mean of Valhalla's speed factors for 10 % up (1.83) and down (1.33)."""

    ascent_s: float = 6.0
    """Seconds for each metre up by an elevation file. Naismith 1892: an hour more for 2 000 ft, 5.9 s a
    metre; Langmuir ("Mountaincraft and Leadership") 30 min for 300 m."""

    steep_down_percent: float = 21.3
    steep_descent_s: float = 2.0
    """Seconds for each metre down where it is steeper than 12 degrees: Langmuir's correction, 10 min for
    300 m. What it gives back on gentler descents is left out: a group that stays together does not hurry."""

    hiking_s_per_m: float = 0.1
    """More on an easy hiking path (T1): Valhalla's `sac_scale` factor of 1.11 at 4 km/h."""

    faint_s_per_m: float = 0.22
    """More where the path is hardly to be seen or rough: a quarter of the time, as Valhalla for T2."""

    mountain_s_per_m: tuple[float, ...] = (0.22, 0.49, 1.35, 2.7, 5.1)
    """More on mountain paths, T2 to T6: Valhalla's `sac_scale` factors of 1.25, 1.54, 2.5, 4 and 6.67."""

    ferry_mps: float = 4.0
    """A ferry without `duration`: 14 km/h. An assumption; river ferries are slower than those at sea."""

    ferry_wait_s: float = 600.0
    """The mean wait for a ferry without `interval`: one every 20 minutes, an assumption for crossings inside
    a town. Valhalla's `ferry_cost` is 300 s, OSRM's foot profile takes none."""

    gate_s: float = 5.0
    """Opening and passing a gate one by one. Valhalla's `gate_penalty` on foot is 10 s."""

    narrow_s: float = 10.0
    """A stile, turnstile or kissing gate: a group queues there."""


@dataclass(frozen=True)
class WalkParameters:
    """What people rather avoid: factors on the length, and seconds. Only in the cost, never on the clock."""

    steps_s_per_m: float = 0.1
    """More for steps. Mild: with OpenTripPlanner's `stairsReluctance` of 2.0 the ways in Monaco are detours
    that no other router makes."""

    main_road_without_sidewalk: float = 1.2
    """Tagged `sidewalk=no`. GraphHopper's foot priority avoids such roads likewise."""

    main_road_unknown: float = 1.05
    """Main roads in towns mostly have sidewalks, drawn or not."""

    sidewalk_separate: float = 1.1
    """The carriageway, where the sidewalk is a way of its own (OSM wiki, Key:sidewalk)."""

    driveway: float = 1.1
    """Driveways and parking aisles. Valhalla takes 5.0 (`driveway_factor`), too much for a court."""

    customers: float = 1.2
    """`customers` and `destination` for walkers: not a way through. Valhalla: `private_access_penalty`."""

    unknown_access: float = 1.1
    """A word for the access that is not known here: perhaps no way for all."""

    bad_surface: float = 1.1
    """Mud, sand, rough stones. Valhalla's and OSRM's foot profiles slow down on them."""

    discouraged: float = 1.2
    """`foot=discouraged` (OSM wiki, Key:access)."""


@dataclass(frozen=True)
class StepFreeParameters:
    """What hinders who cannot climb steps: factors on the walking cost, and limits."""

    unknown: float = 1.2
    """Nothing is said about wheels. OpenTripPlanner has no cost for unknown streets, for most are."""

    unknown_path: float = 1.5
    """A path or track without a word about its surface is mostly bare ground."""

    bad: float = 3.0
    """`wheelchair=limited`, cobbles, bad smoothness, a ramp of unknown kind."""

    uneven: float = 1.5
    """Setts, fine gravel: slow, not hard (OSM wiki, Key:surface)."""

    steep_percent: float = 6.0
    """Dear above, tagged or by an elevation file. Polish ramps outdoors may have 6 %, under a roof 8 %
    (technical conditions for buildings, 2002, paragraph 70); ISO 21542 allows 5 % without landings, ADA 8.3 %
    (OpenTripPlanner `maxSlope` 0.083)."""

    closed_percent: float = 12.0
    """Closed above; by an elevation file only where its cells are 10 m or finer. Valhalla: `max_grade` 12 for
    a wheelchair."""

    steep: float = 3.0
    """From 6 to 12 %."""

    slope_unknown: float = 1.2
    """`incline=up` or `down`: a slope, but how steep is not said."""

    closed_width_m: float = 0.8
    """Narrower is closed: a wheelchair is up to 0.7 m wide (ISO 7193) and has hands beside."""

    narrow_width_m: float = 0.9
    """Narrower is bad: ISO 21542 asks for 0.9 m."""

    lowered_kerb_m: float = 0.03
    """Up to here a kerb is lowered (OSM wiki, Key:kerb)."""

    kerb_s: float = 20.0
    """A rolled kerb, or one nothing is said about."""

    barrier_s: float = 20.0
    """A cycle barrier, a chain: perhaps there is room."""

    elevator_s: float = 20.0
    """A lift nothing is said about. OpenTripPlanner: 20 s, "assumed to be accessible"."""


CLOCK = ClockParameters()
WALK = WalkParameters()
STEP_FREE = StepFreeParameters()
