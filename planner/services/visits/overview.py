"""The visits of an organiser at a glance: what comes next, what state it is in, what is wrong with it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from planner.domain.releases import ReleaseContent
from planner.domain.text import LocalText
from planner.services.together import access
from planner.services.together.access import Right
from planner.services.visits.drafts import Draft, draft
from planner.store import visits as store
from planner.store.models import UserRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant
    from planner.domain.visits import Visit
    from planner.services.accounts.users import User
    from planner.services.travel.town import Town
    from planner.store.models import VisitRow

MOST_PLANNED = 12
"""So many visits ahead are planned for the list, to count their warnings; more would keep it waiting."""


class VisitState(StrEnum):
    """How far a visit is."""

    DRAFT = "draft"
    RELEASED = "released"
    CHANGED = "changed"
    """Released, and edited since."""
    PAST = "past"


@dataclass(frozen=True)
class Glance:
    """One visit of the list. `content` is its planned draft, None where it was not planned.

    `stops` counts those of all its days, `right` is what who reads the list may do with it.
    """

    id: int
    title: LocalText
    dates: tuple[dt.date, ...]
    state: VisitState
    stops: int
    owner: str
    is_sample: bool
    content: ReleaseContent | None
    cannot_be_planned: bool
    right: Right

    @property
    def may_edit(self) -> bool:
        """Whether who reads the list may change it."""
        return self.right >= Right.EDIT


def overview(session: Session, user: User, town: Town, now: Instant) -> tuple[list[Glance], list[Glance]]:
    """Return the visits ahead, the next one first, and those that are past, the last one first."""
    today = town.clock.local(now).date()
    rows = access.visible(session, user)
    dated = sorted(((store.draft(session, row), row) for row in rows), key=lambda pair: pair[0].days[0].date)
    ahead = [(visit, row) for visit, row in dated if visit.days[-1].date >= today]
    past = [(visit, row) for visit, row in reversed(dated) if visit.days[-1].date < today]
    return (
        [
            _glance(
                session, user, row, visit, draft(session, town, visit, now) if number < MOST_PLANNED else None
            )
            for number, (visit, row) in enumerate(ahead)
        ],
        [_glance(session, user, row, visit, None, is_past=True) for visit, row in past],
    )


def _glance(
    session: Session, user: User, row: VisitRow, visit: Visit, plan: Draft | None, *, is_past: bool = False
) -> Glance:
    return Glance(
        id=row.id,
        title=visit.title,
        dates=tuple(day.date for day in visit.days),
        state=VisitState.PAST if is_past else _state(session, row),
        stops=sum(len(day.stops) for day in visit.days),
        owner=_owner(session, user, row),
        is_sample=row.is_sample,
        content=plan.content if plan else None,
        cannot_be_planned=plan is not None and plan.content is None,
        right=access.right_to(session, user, row),
    )


def _state(session: Session, row: VisitRow) -> VisitState:
    if row.published is None:
        return VisitState.DRAFT
    return VisitState.CHANGED if store.is_changed_since_release(session, row) else VisitState.RELEASED


def _owner(session: Session, user: User, row: VisitRow) -> str:
    """Whose visit it is, where that is not plain."""
    if row.owner_id is None or row.owner_id == user.id:
        return ""
    owner = session.get(UserRow, row.owner_id)
    return owner.name if owner else ""
