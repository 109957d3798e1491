"""What a link opens on the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.store import live as store
from planner.store import visits
from planner.store.live import LiveLink

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant
    from planner.domain.releases import ReleaseContent
    from planner.store.models import VisitRow

__all__ = ["LiveLink", "live_link", "release_shown", "version_of"]


def live_link(session: Session, token: str, kind: str, now: Instant) -> LiveLink | None:
    """Return what a token of a kind opens; None for a link that opens nothing."""
    return store.live_link(session, token, kind, now)


def release_shown(session: Session, visit_id: int, number: int) -> ReleaseContent | None:
    """Return a release of a visit by its number."""
    return visits.release(session, visit_id, number)


def version_of(session: Session, row: VisitRow) -> int:
    """Return the version of what was said of a visit."""
    return store.version(session, row.id)
