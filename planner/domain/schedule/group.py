"""The group that travels, as legs are timed for it."""

from __future__ import annotations

from dataclasses import dataclass, field

from planner.domain.coach import CoachProfile
from planner.domain.schedule.reserves import Reserves
from planner.domain.visits import DEFAULT_ASSUMED_LEG_MIN, DEFAULT_PACE_KMH


@dataclass(frozen=True)
class Group:
    """Who travels: heads, pace in km/h, whether the way must be without steps, and the size of the coach.

    `has_coach` tells that a coach is with the group: else the best mode never is one. `reserves`
    are kept after legs; talks take `interpreter` times as long, and `interpreters` relieve each other. A leg
    to or from a place that is not on the map is assumed to take `assumed_leg_s`. `hardest_path` is the
    hardest hiking path it walks, 1 for T1.
    """

    size: int = 1
    pace_kmh: float = DEFAULT_PACE_KMH
    step_free: bool = False
    coach: CoachProfile = field(default_factory=CoachProfile)
    has_coach: bool = False
    reserves: Reserves = field(default_factory=Reserves)
    interpreter: float = 1.0
    assumed_leg_s: int = DEFAULT_ASSUMED_LEG_MIN * 60
    hardest_path: int = 1
    interpreters: int = 1
