"""Whom to reach at each host of a visit: those written down for it, else those of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.hosts.keys import host_stops
from planner.domain.releases import with_hosts
from planner.domain.sites import HostContact
from planner.services.contacts.contacts import ASKED, RECEIVES, Contact, OwnerKind, contacts_of
from planner.services.paper.people import is_over

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from planner.domain.releases import ReleaseContent
    from planner.domain.visits import Visit

NOBODY = Contact()


@dataclass(frozen=True)
class HostPeople:
    """Whom the organiser asks, and who receives the group. `is_own` is who was written down for the visit."""

    asked: Contact = NOBODY
    receives: Contact = NOBODY
    is_own: bool = False

    @property
    def is_known(self) -> bool:
        """Whether anybody is known there."""
        return self.asked.is_known or self.receives.is_known


def host_people(session: Session, visit_id: int, visit: Visit, today: dt.date) -> dict[str, HostPeople]:
    """Return whom to reach at the places of a visit, those for rain too, by their keys.

    For pages of organisers and guides alone. Nobody of the visit's own once it is time to forget them.
    """
    own = {} if is_over(visit, today) else contacts_of(session, OwnerKind.HOST, visit_id)
    known = contacts_of(session, OwnerKind.SITE)
    found = {}
    for place in dict.fromkeys(one.place for one in host_stops(visit)):
        asked = own.get((place, ASKED))
        receives = own.get((place, RECEIVES)) or known.get((place, RECEIVES), NOBODY)
        usual = asked or known.get((place, ASKED), NOBODY)
        found[place] = HostPeople(usual, receives, asked is not None)
    return found


def with_people(session: Session, visit_id: int, content: ReleaseContent, today: dt.date) -> ReleaseContent:
    """Return a release with whom to ask at its sites, from the table: for one answer, and never kept."""
    people = host_people(session, visit_id, content.visit, today)
    asked = {place: one.asked for place, one in people.items() if one.asked.is_known}
    hosts = {place: HostContact(one.name, one.phone, one.email) for place, one in asked.items()}
    return with_hosts(content, hosts)
