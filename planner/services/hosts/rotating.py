"""Hosts who have confirmed, where the parties of a day come at other times than that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.hosts.arrangement import HostAct, SiteStay
from planner.domain.hosts.keys import host_stops
from planner.domain.visits import Stop
from planner.services.paper.telling import stays_of_stop

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.clock import Instant
    from planner.domain.hosts.arrangement import Arrangement
    from planner.domain.releases import ReleaseContent


@dataclass(frozen=True)
class StaysMoved:
    """A host who has to be asked again: of the stays that they have confirmed, and of those that are new."""

    stop: Stop
    confirmed: tuple[SiteStay, ...]
    now: tuple[SiteStay, ...]


def stays_moved(
    planned: ReleaseContent, proposed: ReleaseContent, index: int, arranged: Mapping[str, Arrangement]
) -> tuple[StaysMoved, ...]:
    """Return the hosts of a day to whom a proposal sends people at other times than they have confirmed.

    Not those to whom the day as it is `planned` does so already: they have to be told of that anyway. A host
    of parties that come apart has confirmed the times of each.
    """
    date, found = planned.visit.days[index].date, []
    for one in host_stops(planned.visit):
        arrangement = arranged.get(one.key)
        known = arrangement.known if arrangement and arrangement.state is HostAct.CONFIRMED else None
        if one.day != index or known is None or known.date != date or not known.stays:
            continue
        before, now = (stays_of_stop(content, index, one.number) for content in (planned, proposed))
        if _begins(now) not in (_begins(known.stays), _begins(before)):
            found.append(StaysMoved(one.stop, known.stays, now))
    return tuple(found)


def _begins(stays: tuple[SiteStay, ...]) -> set[tuple[str, Instant]]:
    return {(stay.party, stay.start) for stay in stays}
