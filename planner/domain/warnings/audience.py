"""For whom something is written: facts for participants, risks for the guide, tasks for the organiser."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from planner.domain.warnings.base import WarningCode

if TYPE_CHECKING:
    from planner.domain.itinerary import Itinerary
    from planner.domain.warnings.codes import Warning


class Audience(StrEnum):
    """Who reads a page, a paper or a file."""

    PARTICIPANT = "participant"
    GUIDE = "guide"
    ORGANISER = "organiser"


FACTS = frozenset(
    {
        WarningCode.NO_WAY,
        WarningCode.LONG_WALK,
        WarningCode.NOT_STEP_FREE,
        WarningCode.STEP_FREE_UNKNOWN,
        WarningCode.LOCATION_APPROXIMATE,
        WarningCode.SERVICE_ESTIMATED,
        WarningCode.ON_REQUEST,
        WarningCode.CLOCK_CHANGE,
        WarningCode.SKETCH_DATA,
    }
)
"""What whoever walks along wants to know; everything else is a risk or somebody's task."""

TASKS = frozenset({WarningCode.NOT_PLACED, WarningCode.PRECEDENCE, WarningCode.COACH_UNCHECKED})
"""What only the organiser can do something about."""


def is_read_by(warning: Warning, audience: Audience) -> bool:
    """Return whether a warning is written for somebody."""
    if audience is Audience.PARTICIPANT:
        return warning.code in FACTS
    return audience is Audience.ORGANISER or warning.code not in TASKS


def itinerary_for(itinerary: Itinerary, audience: Audience) -> Itinerary:
    """Return an itinerary with the warnings that somebody reads."""
    kept = tuple(warning for warning in itinerary.warnings if is_read_by(warning, audience))
    legs = tuple(
        replace(leg, warnings=tuple(warning for warning in leg.warnings if is_read_by(warning, audience)))
        for leg in itinerary.legs
    )
    return replace(itinerary, warnings=kept, legs=legs)
