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

    from planner.domain.clock import Instant
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


def is_over(content: ReleaseContent, day: int, now: Instant) -> bool:
    """Whether a day has come to its end as it was released: then marks are asked for."""
    ways = content.parties[day] if day < len(content.parties) else ()
    ends = [way.itinerary.finish for way in ways] or [content.itineraries[day].finish]
    return max(ends) <= now


def polite(text: str) -> str:
    """Return a text of at most MOST_TEXT characters: cut between words where it has any."""
    text = text.strip()
    if len(text) <= MOST_TEXT:
        return text
    kept = text[: MOST_TEXT - 1]
    words = kept.rsplit(maxsplit=1)[0] if " " in kept else kept
    return f"{words.rstrip()}…"


def give_mark(
    session: Session, content: ReleaseContent, visit_id: int, marked: Marked, *, is_counted: bool = False
) -> bool:
    """Keep a mark; False where this phone has marked the stop before, and nothing changes.

    A form without a script has a word for each time that it is opened, so one phone could go on marking:
    where that is `is_counted`, a stop gets no more marks than the group has people.

    Raises
    ------
    InvalidInputError
        If it is none, or of no stop of the visit.
    """
    stops = {stop.id for day in content.visit.days for stop in day.stops}
    fits = marked.stop in stops and WORST <= marked.mark <= BEST and marked.phone
    if not fits:
        raise InvalidInputError("this is no mark of a stop", reason=Reason.MARK_UNFIT)
    if is_counted and store.mark_count(session, visit_id, marked.stop) >= content.visit.group_size:
        return False
    phone = hashlib.sha256(f"{visit_id} {marked.phone}".encode()).hexdigest()
    row = MarkRow(
        visit_id=visit_id, stop=marked.stop, phone=phone, mark=marked.mark, text=polite(marked.text)
    )
    return store.add_mark(session, row)


def marks_of(session: Session, visit_id: int) -> dict[str, StopMarks]:
    """Return what was thought of the stops of a visit, by their ids."""
    found = {}
    for stop, rows in groupby(store.marks(session, visit_id), key=lambda row: row.stop):
        given = list(rows)
        mean = sum(row.mark for row in given) / len(given)
        found[stop] = StopMarks(stop, mean, len(given), tuple(row.text for row in given if row.text))
    return found
