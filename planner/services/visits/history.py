"""Who changed what in a visit's draft, and when: its revisions, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.clock import Instant
from planner.domain.edits.changes import Change, changes
from planner.domain.visits import Visit
from planner.store import visits as store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from planner.store.models import VisitRow
    from planner.store.visits import RevisionMark

MOST_SHOWN = 60


@dataclass(frozen=True)
class PastEdit:
    """A revision: what it changed, and the visit as it was then.

    `author` is '' where nobody is known. One that undo went past is `undone`. `releases` are the numbers of
    those that were made from it.
    """

    number: int
    action: str
    author: str
    at: Instant
    visit: Visit
    changes: tuple[Change, ...]
    is_here: bool
    is_undone: bool
    releases: tuple[int, ...]


@dataclass(frozen=True)
class History:
    """Some revisions, the newest first; `older` is the number below which there are more, None for none."""

    edits: tuple[PastEdit, ...]
    older: int | None


def history(session: Session, row: VisitRow, below: int | None = None, most: int = MOST_SHOWN) -> History:
    """Return the newest revisions of a visit, or the newest below a number."""
    marks = store.revision_marks(session, row.id)
    asked = [mark for mark in marks if below is None or mark.number < below]
    shown = asked[:most]
    wanted = {number for mark in shown for number in (mark.number, mark.parent) if number is not None}
    documents = store.documents(session, row.id, wanted)
    line, made = _line(marks, row.head), store.releases_made(session, row.id)
    edits = tuple(
        PastEdit(
            mark.number,
            mark.action,
            mark.author,
            mark.created,
            documents[mark.number],
            _changes(documents.get(mark.parent or 0), documents[mark.number]),
            is_here=mark.number == row.head,
            is_undone=mark.number not in line,
            releases=tuple(number for number, made_from in made if made_from == mark.number),
        )
        for mark in shown
    )
    return History(edits, shown[-1].number if len(asked) > most else None)


def _line(marks: Iterable[RevisionMark], head: int) -> frozenset[int]:
    """The revisions that led to one, itself included: those that undo goes back through."""
    parents = {mark.number: mark.parent for mark in marks}
    line = set()
    here: int | None = head
    while here is not None and here not in line:
        line.add(here)
        here = parents.get(here)
    return frozenset(line)


def _changes(before: Visit | None, after: Visit) -> tuple[Change, ...]:
    return () if before is None else changes(before, after)
