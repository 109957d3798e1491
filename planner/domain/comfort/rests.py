"""How far people go without a rest.

Source: Department for Transport (United Kingdom), "Inclusive Mobility" (2021), section 3.4: the recommended
limit without a rest is 150 m for wheelchair users, 100 m for people who walk with difficulty and without a
stick, 50 m with one. Those who walk slowly are counted here without how they walk: the 100 m are taken for
them. The figures are means over people who differ much; no Polish law has any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.attendees.counts import AttendeeKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.domain.attendees.counts import Attendees
    from planner.domain.itinerary import Itinerary

LIMITS_M = {AttendeeKind.SLOW: 100, AttendeeKind.WHEELCHAIR: 150}


def rest_limit_m(attendees: Attendees) -> int | None:
    """Return how far all that come go without a rest, None where nobody is known to need one."""
    return min((metres for kind, metres in LIMITS_M.items() if attendees.number(kind)), default=None)


def ways_beyond(itineraries: Iterable[Itinerary], limit_m: float) -> int:
    """Return how many ways have no seat for more than a limit."""
    legs = (leg for itinerary in itineraries for leg in itinerary.legs)
    return sum(leg.unseated_m is not None and leg.unseated_m > limit_m for leg in legs)
