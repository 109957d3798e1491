"""Why a secret link opens nothing: one that was given out once is told apart from one that never was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.errors import LinkEndedError, NotThereError, PlannerError, Reason
from planner.store import visits as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant


def refusal(session: Session, token: str, kind: str, now: Instant) -> PlannerError:
    """Return what is said of a token of a kind that opens nothing."""
    link = store.link_of_token(session, token, kind)
    if link is None:
        if store.is_ended_token(session, token):
            return LinkEndedError("this link is no longer in use", reason=Reason.LINK_REPLACED)
        return NotThereError("this link opens no visit", reason=Reason.LINK_UNKNOWN)
    if link.revoked:
        return LinkEndedError("this link was withdrawn", reason=Reason.LINK_WITHDRAWN)
    if store.is_over(link, now):
        return LinkEndedError("this link was open until an instant that has passed", reason=Reason.LINK_OVER)
    return LinkEndedError("the visit of this link is not shown now", reason=Reason.VISIT_HIDDEN)
