"""Hosts who have confirmed, where the parties of a day come at other times than that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.edits.stops import with_day
from planner.domain.hosts.arrangement import HostAct, SiteStay
from planner.domain.hosts.keys import host_stops
from planner.domain.visits import Stop
from planner.domain.weather.rain import rain_day
from planner.errors import InvalidInputError
from planner.services.paper.telling import stays_of_stop
from planner.services.parties.plan import party_itineraries
from planner.services.planning.case import Case

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.clock import Instant
    from planner.domain.hosts.arrangement import Arrangement
    from planner.domain.releases import ReleaseContent
    from planner.domain.visits import PartyRoute
    from planner.services.travel.town import Town


@dataclass(frozen=True)
class StaysMoved:
    """A host who has to be asked again: of the stays that they have confirmed, and of those that are new.

    With `is_rain` the group comes to them only when it rains, and `stop` is as it is then.
    """

    stop: Stop
    confirmed: tuple[SiteStay, ...]
    now: tuple[SiteStay, ...]
    is_rain: bool = False


def stays_moved(
    planned: ReleaseContent, proposed: ReleaseContent, index: int, arranged: Mapping[str, Arrangement]
) -> tuple[StaysMoved, ...]:
    """Return the hosts of a day to whom a proposal sends people at other times than they have confirmed.

    Not those to whom the day as it is `planned` does so already: they have to be told of that anyway. A host
    of parties that come apart has confirmed the times of each. Hosts to whom the group comes when it rains
    are held against the rain versions of both: nobody where one has none.
    """
    date, found = planned.visit.days[index].date, []
    for one in host_stops(planned.visit):
        arrangement = arranged.get(one.key)
        known = arrangement.known if arrangement and arrangement.state is HostAct.CONFIRMED else None
        if one.day != index or known is None or known.date != date or not known.stays:
            continue
        if one.is_rain and (planned.rain is None or proposed.rain is None):
            continue
        before, now = (
            stays_of_stop(content, index, one.number, is_rain=one.is_rain) for content in (planned, proposed)
        )
        if _begins(now) not in (_begins(known.stays), _begins(before)):
            found.append(StaysMoved(one.stop, known.stays, now, one.is_rain))
    return tuple(found)


def _begins(stays: tuple[SiteStay, ...]) -> set[tuple[str, Instant]]:
    return {(stay.party, stay.start) for stay in stays}


def rotated_in_rain(
    town: Town, wet: ReleaseContent, proposed: ReleaseContent, index: int, routes: tuple[PartyRoute, ...]
) -> ReleaseContent | None:
    """Return the rain version `wet` of a visit with a day as it is `proposed`, its parties on their routes.

    None where it cannot be planned.
    """
    day = replace(rain_day(proposed.visit.days[index]), party_routes=routes)
    visit = with_day(wet.visit, index, day)
    case = Case.of_visit(town, visit, index, wet.sites)
    try:
        ways = party_itineraries(case, visit.parties)
    except InvalidInputError:
        return None
    known = [*wet.parties, *((),) * (len(visit.days) - len(wet.parties))]
    known[index] = ways
    return replace(wet, visit=visit, parties=tuple(known))
