"""Comments on the stops of a draft: by whoever reads it, settled or open, gone with the visit.

A comment keeps the state it was said of. Where its stop is in the draft as it is now is found by following
its day from there, so that it goes along when the visit is moved to another date.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.clock import Instant
from planner.domain.edits.changes import paired
from planner.errors import EditRefusedError, InvalidInputError, NotAllowedError, NotThereError, Reason
from planner.services.together import access
from planner.services.together.access import Right
from planner.store import visits
from planner.store.models import CommentRow
from planner.store.together import comments as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.domain.visits import Visit
    from planner.services.accounts.users import User
    from planner.store.models import VisitRow

LONGEST = 1000
MOST = 500
"""Comments of one visit."""


@dataclass(frozen=True)
class Comment:
    """What somebody said. `day` is its day in the draft from 0, None where its stop is no longer there.

    `by` and `settled_by` are names, '' where nobody is known; `settled` is None while it is open.
    """

    id: int
    day: int | None
    stop: str
    text: str
    by: str
    by_id: int | None
    at: Instant
    settled: Instant | None
    settled_by: str


def comments(session: Session, row: VisitRow) -> tuple[Comment, ...]:
    """Return the comments on a visit, the oldest first."""
    found = store.comments_of(session, row.id)
    if not found:
        return ()
    numbers = {row.head, *(one.revision for one, _, _ in found)}
    states = visits.documents(session, row.id, numbers)
    here = states[row.head]
    days = {number: _days(state, here) for number, state in states.items()}
    return tuple(
        Comment(
            one.id,
            _with_stop(here, days.get(one.revision, {}).get(one.day), one.stop),
            one.stop,
            one.text,
            by,
            one.by_id,
            one.at,
            one.resolved,
            settled_by,
        )
        for one, by, settled_by in found
    )


def of_day(said: tuple[Comment, ...], day: int) -> dict[str, list[Comment]]:
    """Return the comments on the stops of a day, by stop, the open ones first."""
    found: dict[str, list[Comment]] = {}
    for comment in sorted(said, key=lambda one: one.settled is not None):
        if comment.day == day:
            found.setdefault(comment.stop, []).append(comment)
    return found


def say(session: Session, user: User, visit_id: int, place: tuple[int, str], text: str, now: Instant) -> None:
    """Comment on a stop, given as its day, from 0, and its id; whoever reads the draft may.

    Raises
    ------
    NotThereError
        If there is no such visit for them.
    EditRefusedError
        If the draft has no such stop any more.
    InvalidInputError
        If nothing is said, or too much.
    """
    row = access.needed(session, user, visit_id, Right.READ, lock=True)
    day, stop = place
    visit = visits.draft(session, row)
    if not 0 <= day < len(visit.days) or all(one.id != stop for one in visit.days[day].stops):
        raise EditRefusedError(Reason.NO_STOP, stop=stop)
    said = text.strip()
    if not 0 < len(said) <= LONGEST or len(store.comments_of(session, row.id)) >= MOST:
        raise InvalidInputError("a comment has 1 to 1000 letters", reason=Reason.COMMENT_UNFIT)
    store.add_comment(
        session,
        CommentRow(
            visit_id=row.id,
            revision=row.head,
            day=visit.days[day].date.isoformat(),
            stop=stop,
            text=said,
            by_id=user.id,
            at=now,
        ),
    )


def settle(session: Session, user: User, visit_id: int, comment_id: int, now: Instant | None) -> None:
    """Settle a comment, or open it again for None; whoever reads the draft may.

    Raises
    ------
    NotThereError
        If there is no such visit for them, or it has no such comment.
    """
    row = access.needed(session, user, visit_id, Right.READ, lock=True)
    comment = _needed(session, row, comment_id)
    comment.resolved, comment.resolved_by_id = now, None if now is None else user.id


def remove(session: Session, user: User, visit_id: int, comment_id: int) -> None:
    """Remove a comment: one's own, or as somebody who may change the visit.

    Raises
    ------
    NotThereError
        If there is no such visit for them, or it has no such comment.
    NotAllowedError
        If it is somebody else's.
    """
    row = access.needed(session, user, visit_id, Right.READ, lock=True)
    comment = _needed(session, row, comment_id)
    if comment.by_id != user.id and access.right_to(session, user, row) < Right.EDIT:
        raise NotAllowedError("this is somebody else's comment", reason=Reason.READS_ONLY)
    store.remove_comment(session, comment)


def _needed(session: Session, row: VisitRow, comment_id: int) -> CommentRow:
    found = store.comment(session, row.id, comment_id)
    if found is None:
        raise NotThereError("this visit has no such comment", reason=Reason.COMMENT_MISSING)
    return found


def _days(then: Visit, here: Visit) -> dict[str, int]:
    """Where the days of an earlier state, by date, are now."""
    at = {day.date: number for number, day in enumerate(here.days)}
    return {old.date.isoformat(): at[now.date] for old, now in paired(then, here)[0]}


def _with_stop(here: Visit, day: int | None, stop: str) -> int | None:
    is_there = day is not None and any(one.id == stop for one in here.days[day].stops)
    return day if is_there else None
