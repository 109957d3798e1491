"""What hosts have confirmed for when it rains, held against a day that is changed.

No search fixes these times, for it plans the day without rain: the day is planned with its places for rain
as well, as it is and as it would be, and who is moved by that is told.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.hosts.kept import asked_again, starts_of
from planner.domain.weather.rain import rain_day
from planner.errors import InvalidInputError
from planner.services.planning.remembered import remembered_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from planner.domain.clock import Instant
    from planner.domain.hosts.kept import AskedAgain, KeptTime
    from planner.domain.itinerary import Itinerary
    from planner.services.planning.case import Case


def again_in_rain(before: Case, after: Case, kept: Iterable[KeptTime]) -> tuple[AskedAgain, ...]:
    """Return who would have to be asked again of when it rains; nobody where either cannot be planned.

    Of the times that are `kept` those for rain count, for the others are of the day without rain.
    """
    wet = [one for one in kept if one.is_rain]
    return moved_in_rain(wet, starts_in_rain(before), starts_in_rain(after)) if wet else ()


def moved_in_rain(
    wet: Iterable[KeptTime], before: Mapping[str, Instant] | None, after: Mapping[str, Instant] | None
) -> tuple[AskedAgain, ...]:
    """Return the same of when stays begin before and after; None: that cannot be planned."""
    return () if before is None or after is None else asked_again(wet, after, before)


def starts_in_rain(
    case: Case, plan: Callable[[Case], Itinerary] = remembered_plan
) -> dict[str, Instant] | None:
    """Return when stays begin when it rains, by the ids of their stops; None where that cannot be planned."""
    wet = replace(case, day=rain_day(case.day))
    try:
        return starts_of(wet.day, plan(wet))
    except InvalidInputError:
        return None
