"""Publishing: a release freezes a visit with its itineraries and its sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.releases import ReleaseContent
from planner.services.places import day_refs
from planner.services.plan import group_of, plan_day
from planner.store import visits as store
from planner.store.catalogue import sites_by_id
from planner.store.models import VisitRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant
    from planner.domain.visits import Visit
    from planner.services.town import Town


def publish(session: Session, town: Town, row: VisitRow, visit: Visit, now: Instant) -> ReleaseContent:
    """Compute and store the next release of a visit.

    Raises
    ------
    InvalidInputError
        If the visit cannot be planned; nothing is stored then.
    """
    refs = (ref for day in visit.days for _, ref in day_refs(day))
    sites = sites_by_id(session, (ref.site for ref in refs if ref is not None and ref.site is not None))
    content = ReleaseContent(
        number=store.release_count(session, row.id) + 1,
        published=now,
        visit=visit,
        sites=sites,
        itineraries=tuple(plan_day(town, day, group_of(visit), sites) for day in visit.days),
        network=town.facts,
    )
    store.add_release(session, row, content)
    return content


def released(session: Session, token: str, kind: str, now: Instant) -> ReleaseContent | None:
    """What a secret link of a kind shows; None for a link that opens nothing."""
    link = store.link_by_token(session, token, kind, now)
    row = session.get(VisitRow, link.visit_id) if link is not None else None
    return None if row is None or row.archived else store.published_release(session, row)
