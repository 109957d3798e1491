"""Names on a visit's list and its school card: apart from the visit's document, and only for a while."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.errors import Reason, SourceFileError
from planner.store import paper as store

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from planner.domain.visits import Visit

KEPT = dt.timedelta(days=30)
"""Names go so long after the last day of their visit, at the latest."""

MOST_NAMES = 500
LONGEST_NAME, LONGEST_PARTY, LONGEST_FIELD = 200, 80, 400

CARD_FIELDS = (
    "school",
    "class",
    "aim",
    "head",
    "phone",
    "pupils",
    "needs",
    "carers",
    "transport",
)
"""What is filled in on a school card beside what the visit knows."""

_HEADS = frozenset({"name", "names", "imię i nazwisko", "nazwisko", "first name and surname"})


@dataclass(frozen=True)
class People:
    """Who goes: names with their parties, and what was filled in on the school card."""

    names: tuple[tuple[str, str], ...] = ()
    card: tuple[tuple[str, str], ...] = ()

    @property
    def filled(self) -> dict[str, str]:
        """The card by its fields."""
        return dict(self.card)


def read_names(text: str) -> list[tuple[str, str]]:
    """Read a list of names, one a line, with its party after a semicolon or a tab.

    Raises
    ------
    SourceFileError
        If there are too many, or one is too long; it says which line, not what stands in it.
    """
    found: list[tuple[str, str]] = []
    for number, line in enumerate(text.replace("\r", "\n").split("\n"), start=1):
        name, _, party = line.replace("\t", ";").partition(";")
        name, party = " ".join(name.split()).strip('"'), " ".join(party.split()).strip('";')
        if not name or (not found and name.casefold() in _HEADS):
            continue
        if len(name) > LONGEST_NAME or len(party) > LONGEST_PARTY:
            said = f"line {number} is too long for a name"
            raise SourceFileError(said, reason=Reason.NAME_TOO_LONG, params={"line": number})
        found.append((name, party))
    if len(found) > MOST_NAMES:
        said = f"more than {MOST_NAMES} names"
        raise SourceFileError(said, reason=Reason.TOO_MANY_NAMES, params={"most": MOST_NAMES})
    return found


def read_file(data: bytes) -> str:
    """Read an uploaded list: UTF-8, else as older Polish spreadsheets write it."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1250", errors="replace")


def people_of(session: Session, visit_id: int, visit: Visit, today: dt.date) -> People:
    """Return who goes; nobody where it is time to forget, whether they were removed yet or not."""
    if is_over(visit, today):
        return People()
    filled = store.card(session, visit_id)
    card = tuple((name, str(filled.get(name, ""))) for name in CARD_FIELDS if filled)
    return People(tuple(store.names(session, visit_id)), card)


def replace_names(session: Session, visit_id: int, listed: list[tuple[str, str]]) -> None:
    """Put these names on the list in place of those that are there."""
    store.replace_names(session, visit_id, listed)


def fill_card(session: Session, visit_id: int, filled: Mapping[str, str]) -> None:
    """Keep what was filled in on the school card."""
    kept = {name: " ".join(filled.get(name, "").split())[:LONGEST_FIELD] for name in CARD_FIELDS}
    store.fill_card(session, visit_id, kept)


def forget(session: Session, visit_id: int) -> None:
    """Remove all names of a visit."""
    store.forget_people(session, visit_id)


def is_over(visit: Visit, today: dt.date) -> bool:
    """Whether the people of a visit are to be forgotten: names, contacts and counts of needs."""
    return today >= max(day.date for day in visit.days) + KEPT


def last_kept(visit: Visit) -> dt.date:
    """Return the last day on which a visit's names are kept."""
    return max(day.date for day in visit.days) + KEPT - dt.timedelta(days=1)
