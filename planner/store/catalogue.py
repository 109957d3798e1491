"""The catalogue of sites in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from planner.domain.sites import Site
from planner.store.documents import from_json, to_json
from planner.store.models import SiteRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant


def all_sites(session: Session) -> dict[str, Site]:
    """Every site that is not archived, by id, in order of id."""
    rows = session.scalars(select(SiteRow).where(~SiteRow.archived).order_by(SiteRow.id))
    return {row.id: from_json(Site, row.document) for row in rows}


def sites_by_id(session: Session, ids: Iterable[str]) -> dict[str, Site]:
    """The sites of these ids that exist, archived ones included (visits may still name them)."""
    rows = session.scalars(select(SiteRow).where(SiteRow.id.in_(set(ids))))
    return {row.id: from_json(Site, row.document) for row in rows}


def count_sites(session: Session) -> int:
    """How many sites there are, archived ones included: an archived id is never reused."""
    return session.scalar(select(func.count()).select_from(SiteRow)) or 0


def add_sites(session: Session, sites: Iterable[Site], now: Instant) -> None:
    """Add new sites; all or none, by the session's transaction."""
    session.add_all(SiteRow(id=site.id, document=to_json(site), changed=now) for site in sites)
