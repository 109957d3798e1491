"""Two lists that agree: what hosts were told of a release (paper), and what is arranged with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.hosts.arrangement import HostAct
from planner.domain.hosts.keys import place_of
from planner.domain.releases import sites_of_both
from planner.services.hosts.arranging import arrangements, note, planned_for_hosts
from planner.services.paper import telling
from planner.services.paper.telling import Telling
from planner.store import visits

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from planner.domain.hosts.arrangement import Agreed
    from planner.domain.releases import ReleaseContent
from planner.services.hosts.arranging import Noted


def note_release(
    session: Session, visit_id: int, key: str, agreed: Agreed, noted: Noted, *, how: str
) -> None:
    """Keep as told of the release, for the road book, what a host was told as it stands there."""
    row = visits.visit_row(session, visit_id)
    content = visits.published_release(session, row) if row else None
    site = place_of(key)
    if content is None or site not in sites_of_both(content):
        return
    if planned_for_hosts(content).get(key) != agreed:
        return
    told = Telling(
        site, agreed.date, content.number, agreed.stays, how if how in telling.WAYS else "call", "", noted.at
    )
    telling.tell(session, visit_id, told, noted.by_id)


def note_told(
    session: Session, visit_id: int, content: ReleaseContent, told: tuple[str, dt.date], noted: Noted
) -> None:
    """Note that hosts were told what a release has, where a site's sheet of a date was given to them."""
    site, date = told
    arranged, planned = arrangements(session, visit_id), planned_for_hosts(content)
    for key, agreed in planned.items():
        known = arranged[key].known if key in arranged else None
        if place_of(key) == site and agreed.date == date and known != agreed:
            note(session, visit_id, key, (HostAct.TOLD, agreed), noted)
