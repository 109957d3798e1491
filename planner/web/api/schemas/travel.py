"""Who travels, and in what coach: the fields that all requests share."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from planner.domain.coach import COACH_LIMITS, CoachProfile
from planner.domain.schedule.group import Group
from planner.domain.visits import DEFAULT_PACE_KMH, scale_number
from planner.web.api.schemas.base import RequestModel
from planner.web.api.schemas.fields import Flag, GroupSize, HardestPath, Pace


def _measure(name: str) -> Any:
    low, high = COACH_LIMITS[name]
    return Field(default=getattr(CoachProfile, name), ge=low, le=high, allow_inf_nan=False, strict=True)


class CoachModel(RequestModel):
    """The size of the coach, metres and tonnes; what is left out is that of a full-size touring coach."""

    height_m: float = _measure("height_m")
    weight_t: float = _measure("weight_t")
    length_m: float = _measure("length_m")
    width_m: float = _measure("width_m")

    def profile(self) -> CoachProfile:
        """The coach in the domain's words."""
        return CoachProfile(**self.model_dump())


class TravelFields(RequestModel):
    """Who travels. The best mode is a coach only where one is named.

    Where a timetable says nothing about the date, it runs as on its nearest matching one only if asked for.
    Mountain paths are walked only up to the `hardest_path` asked for.
    """

    pace_kmh: Pace = DEFAULT_PACE_KMH
    step_free: Flag = False
    coach: CoachModel = CoachModel()
    group_size: GroupSize = 1
    stand_in_timetable: Flag = False
    hardest_path: HardestPath = "T1"

    def group(self) -> Group:
        """Who travels, and how many."""
        has_coach = "coach" in self.model_fields_set
        return Group(
            self.group_size,
            self.pace_kmh,
            self.step_free,
            self.coach.profile(),
            has_coach,
            hardest_path=scale_number(self.hardest_path),
        )
