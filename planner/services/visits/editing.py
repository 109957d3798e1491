"""Editing a visit's draft: every edit appends a revision; who saves second is told what differs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.booked.readers import for_copies
from planner.domain.clock import Instant
from planner.domain.edits.changes import Change, changes
from planner.domain.edits.merge import Clash, merge
from planner.domain.edits.stops import on_date
from planner.domain.visits import Visit
from planner.errors import NotThereError, PlannerError, Reason
from planner.services.together import access
from planner.services.together.access import Right
from planner.services.together.came_in import NOTHING, CameIn, came_in
from planner.store import visits as store
from planner.store.documents import from_json
from planner.store.hosts.arrangements import note_stepped
from planner.store.models import UserRow

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from planner.services.accounts.users import User
    from planner.store.models import VisitRow


BACK = "back"
"""What the edit is called that takes up an earlier state."""


class ConflictError(PlannerError):
    """Somebody else has saved in the meantime: `since` is what they changed, `by` who they are.

    `clashes` are the things that both changed, and that nobody has decided yet; `merge_base` is then the
    revision on which what was typed rests. Both are there where all the rest goes together.
    """

    code = "conflict"
    status = 409

    clashes: tuple[Clash, ...] = ()
    merge_base: int = 0

    def __init__(self, since: tuple[Change, ...], by: str, head: int) -> None:
        super().__init__("this visit has been changed in the meantime", reason=Reason.VISIT_CHANGED)
        self.since = since
        self.by = by
        self.head = head


@dataclass(frozen=True)
class State:
    """A visit's draft as an editor shows it. `head` is the revision that an edit must build on."""

    id: int
    visit: Visit
    head: int
    published: int | None
    can_undo: bool
    can_redo: bool


def owned(
    session: Session, user: User, visit_id: int, *, lock: bool = False, right: Right = Right.EDIT
) -> VisitRow:
    """Return the row of a visit that this user may change, or do with what `right` says.

    Raises
    ------
    NotThereError
        If there is none, or it is no business of theirs: the two look alike from outside.
    NotAllowedError
        If they may do less.
    """
    return access.needed(session, user, visit_id, right, lock=lock)


def state(session: Session, row: VisitRow) -> State:
    """Return the draft's state."""
    return State(
        id=row.id,
        visit=store.draft(session, row),
        head=row.head,
        published=row.published,
        can_undo=store.undo_target(session, row) is not None,
        can_redo=store.redo_target(session, row) is not None,
    )


@dataclass(frozen=True)
class Decided:
    """What somebody has said of clashes that they were shown: where theirs is to stand, and where `mine`.

    `head` is the revision that they were shown them against; against another they are asked again.
    """

    head: int = 0
    theirs: frozenset[str] = frozenset()
    mine: frozenset[str] = frozenset()


@dataclass(frozen=True)
class DraftEdit:
    """An edit: the action's name, the revision it was made on, and what it does.

    One that `merges` is put together with what others saved since then; others need the visit as it was.
    One with a `key` is made once, however often it is sent: the answer may have been lost on the way.
    """

    action: str
    base: int
    change: Callable[[Visit], Visit]
    merges: Decided | None = None
    key: str | None = None


@dataclass(frozen=True)
class Applied:
    """The visit after an edit, and what of others it was put together with."""

    visit: Visit
    came_in: CameIn = NOTHING


def apply(session: Session, user: User, visit_id: int, edit: DraftEdit, now: Instant) -> Visit:
    """Append the revision that an edit makes, as `put_together` does, and return its visit."""
    return put_together(session, user, visit_id, edit, now).visit


def put_together(session: Session, user: User, visit_id: int, edit: DraftEdit, now: Instant) -> Applied:
    """Append the revision that an edit makes; an edit that changes nothing makes none.

    Raises
    ------
    NotThereError
        If the visit is not this user's.
    ConflictError
        If the draft is no longer the one the edit was made on, and the two do not go together; nothing is
        stored.
    EditRefusedError
        If the edit does not fit the visit.
    """
    row = owned(session, user, visit_id, lock=True)
    before = store.draft(session, row)
    if edit.key and store.was_sent(session, row, edit.key, edit.base):
        return Applied(before)
    if row.head == edit.base:
        made = Applied(edit.change(before))
    elif edit.merges is not None:
        made = _merged(session, (row, user), before, edit, edit.merges)
    else:
        raise _conflict(session, row, before, edit.base)
    if made.visit != before:
        store.add_revision(session, row, made.visit, store.Edit(edit.action, user.id, now, edit.key))
    return made


def _merged(
    session: Session, whose: tuple[VisitRow, User], theirs: Visit, edit: DraftEdit, decided: Decided
) -> Applied:
    """Put an edit of an older state together with what was saved since."""
    row, user = whose
    old = store.revision(session, row.id, edit.base)
    if old is None:
        raise _conflict(session, row, theirs, edit.base)
    base = from_json(Visit, old.document)
    said = decided if decided.head == row.head else Decided()
    merged = merge(base, theirs, edit.change(base), said.mine)
    clashes = tuple(one for one in merged.clashes if one.key not in said.mine | said.theirs)
    if clashes:
        conflict = _conflict(session, row, theirs, edit.base)
        conflict.clashes, conflict.merge_base = clashes, edit.base
        raise conflict
    seen, states = (user, edit.base), (base, theirs, merged)
    return Applied(merged.visit, came_in(session, row, seen, states, said.mine))


@dataclass(frozen=True)
class Step:
    """A step through the revisions: from the one that was seen, back or forward again, and when."""

    base: int
    is_redo: bool
    at: Instant


def step(session: Session, user: User, visit_id: int, made: Step) -> tuple[Visit, Visit]:
    """Go one revision back, or forward again, and return the visit before and after.

    At either end of the revisions nothing happens. The time is kept: the visit is still being edited.

    Raises
    ------
    ConflictError
        If somebody else has changed the draft since `base`.
    """
    row = owned(session, user, visit_id, lock=True)
    before = store.draft(session, row)
    if row.head != made.base:
        raise _conflict(session, row, before, made.base)
    target = store.redo_target(session, row) if made.is_redo else store.undo_target(session, row)
    if target is not None:
        row.head = target
        note_stepped(session, row.id, made.at)
    return before, store.draft(session, row)


def back_to(
    session: Session, user: User, visit_id: int, base: int, number: int, now: Instant
) -> tuple[Visit, Visit]:
    """Append a revision that is as an earlier one was, and return the visit before and after.

    Nothing is lost by it: undo goes back to where one was. To what is there already nothing happens.

    Raises
    ------
    NotThereError
        If the visit is not this user's, or has no such revision.
    ConflictError
        If somebody else has changed the draft since `base`.
    """
    row = owned(session, user, visit_id, lock=True)
    before = store.draft(session, row)
    if row.head != base:
        raise _conflict(session, row, before, base)
    wanted = store.revision(session, row.id, number)
    if wanted is None:
        raise NotThereError("there is no such state of this visit", reason=Reason.VISIT_MISSING)
    after = from_json(Visit, wanted.document)
    if after != before:
        store.add_revision(session, row, after, store.Edit(BACK, user.id, now))
    return before, after


def create(session: Session, user: User, visit: Visit, now: Instant) -> VisitRow:
    """Store a new visit of this user."""
    return store.add_visit(session, visit, now, owner_id=user.id)


def copy(session: Session, user: User, visit_id: int, date: dt.date, now: Instant) -> VisitRow:
    """Store a copy of a visit's draft on another date; releases and links stay with the original."""
    original = store.draft(session, owned(session, user, visit_id, right=Right.READ))
    return create(session, user, on_date(for_copies(original), date), now)


def delete(session: Session, user: User, visit_id: int, now: Instant) -> None:
    """Delete a visit that this user keeps, with its releases, links, names and all else there is of it."""
    store.delete_visit(session, owned(session, user, visit_id, lock=True, right=Right.KEEP), now)


def _conflict(session: Session, row: VisitRow, now_there: Visit, base: int) -> ConflictError:
    old = store.revision(session, row.id, base)
    head = store.revision(session, row.id, row.head)
    author = session.get(UserRow, head.author_id) if head and head.author_id else None
    since = changes(from_json(Visit, old.document), now_there) if old else ()
    return ConflictError(since, author.name if author else "", row.head)


def own_visits(session: Session, user: User) -> list[tuple[int, Visit]]:
    """The visits that a user may read, as (id, draft), the newest first."""
    rows = access.visible(session, user)
    return [(row.id, store.draft(session, row)) for row in rows]


def put_away_visits(session: Session, user: User) -> list[tuple[int, Visit]]:
    """The visits of a user that were put away, as (id, draft)."""
    rows = access.visible(session, user, archived=True)
    return [(row.id, store.draft(session, row)) for row in rows]
