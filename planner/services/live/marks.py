"""Marks after the day: 1 to 5 and a few words for a stop, without a name, once a phone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from planner.errors import InvalidInputError, Reason
from planner.store import live as store
from planner.store.models import MarkRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.domain.releases import ReleaseContent

WORST, BEST, MOST_TEXT = 1, 5, 300


@dataclass(frozen=True)
class StopMarks:
    """What phones thought of a stop: the mean, how many there were, what they wrote."""

    stop: str
    mean: float
    count: int
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Marked:
    """A mark as a phone gives it; `phone` is a word of its own that it made up."""

    stop: str
    mark: int
    text: str
    phone: str


def give_mark(session: Session, content: ReleaseContent, visit_id: int, marked: Marked) -> bool:
    """Keep a mark; False where this phone has marked the stop before, and nothing changes.

    Raises
    ------
    InvalidInputError
        If it is none, or of no stop of the visit.
    """
    stops = {stop.id for day in content.visit.days for stop in day.stops}
    text = marked.text.strip()
    fits = marked.stop in stops and WORST <= marked.mark <= BEST and len(text) <= MOST_TEXT and marked.phone
    if not fits:
        raise InvalidInputError("this is no mark of a stop", reason=Reason.MARK_UNFIT)
    phone = hashlib.sha256(f"{visit_id} {marked.phone}".encode()).hexdigest()
    row = MarkRow(visit_id=visit_id, stop=marked.stop, phone=phone, mark=marked.mark, text=text)
    return store.add_mark(session, row)


def marks_of(session: Session, visit_id: int) -> dict[str, StopMarks]:
    """Return what was thought of the stops of a visit, by their ids."""
    found = {}
    for stop, rows in groupby(store.marks(session, visit_id), key=lambda row: row.stop):
        given = list(rows)
        mean = sum(row.mark for row in given) / len(given)
        found[stop] = StopMarks(stop, mean, len(given), tuple(row.text for row in given if row.text))
    return found
