"""Where a day that works has least to spare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.itinerary import WarningCode
from planner.domain.warnings.severity import Tone, tone_of_warning

if TYPE_CHECKING:
    from planner.domain.itinerary import Call, Itinerary

NARROW_S = 600
"""More to spare than this is no worry."""


def tightest(itinerary: Itinerary) -> Call | None:
    """Return the call that may slip least, and the last of several: there something would break.

    None where there is enough to spare, where something does not work or a warning says it already.
    """
    if any(one.code is WarningCode.TIGHT or tone_of_warning(one) is Tone.FAIL for one in itinerary.warnings):
        return None
    narrow = [(slack, -at) for at, call in enumerate(itinerary.calls) if (slack := call.slack_s) is not None]
    slack, last = min(narrow, default=(NARROW_S, 0))
    return itinerary.calls[-last] if slack < NARROW_S else None
