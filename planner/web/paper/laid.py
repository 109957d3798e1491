"""What is laid on sheets when they are asked for: needs, what hosts have told, whom to ask there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.hosts.keys import is_of_rain, place_of
from planner.outputs.sheets.source import AtHost, LaidOn
from planner.services.hosts.arranging import arrangements
from planner.services.hosts.reaching import HostPeople, host_people, with_people
from planner.services.paper.attendees import attendees_of
from planner.web.frame.context import services

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.domain.visits import Visit
    from planner.services.paper.choosing import Printed


def laid_on(session: Session, visit_id: int, visit: Visit) -> LaidOn:
    """Return what is laid on the sheets of a visit; its reader is an organiser who may see it, or a host.

    A host's sheet has what is about that host alone.
    """
    today = services().desk_town.clock.local(services().now()).date()
    people = host_people(session, visit_id, visit, today)
    about: dict[str, AtHost] = {}
    for key, one in sorted(arrangements(session, visit_id).items(), key=lambda item: is_of_rain(item[0])):
        known = about.get(place_of(key), AtHost())
        door, expects = known.door or one.details.door, known.expects or one.details.expects
        about[place_of(key)] = AtHost(door, expects=expects)
    hosts = {}
    for place in dict.fromkeys((*about, *people)):
        receives, known = people.get(place, HostPeople()).receives, about.get(place, AtHost())
        told = AtHost(known.door, " ".join(filter(None, (receives.name, receives.phone))), known.expects)
        if told != AtHost():
            hosts[place] = told
    return LaidOn(attendees_of(session, visit_id, visit, today), hosts)


def with_hosts_laid(session: Session, printed: Printed) -> Printed:
    """Return what is printed with whom to ask at its sites; its reader is an organiser, a guide, the host."""
    today = services().desk_town.clock.local(services().now()).date()
    return replace(printed, content=with_people(session, printed.visit_id, printed.content, today))
