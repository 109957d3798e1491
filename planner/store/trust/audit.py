"""The audit log: added to, read page by page, forgotten by age."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from planner.domain.clock import Instant
from planner.store.trust.tables import AuditRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Select
    from sqlalchemy.orm import Session


AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows are asked for: acts, whose, from when until before when; None for all."""

    acts: tuple[str, ...] | None = None
    by_id: int | None = None
    since: Instant | None = None
    until: Instant | None = None


def add(session: Session, row: AuditRow) -> None:
    """Keep what was done."""
    session.add(row)
    session.flush()


def newest(session: Session, wanted: Wanted, below: int | None, most: int) -> list[AuditRow]:
    """The newest rows, or the newest with ids below one."""
    query = _query(wanted).order_by(AuditRow.id.desc()).limit(most)
    return list(session.scalars(query if below is None else query.where(AuditRow.id < below)))


def all_rows(session: Session, wanted: Wanted) -> Iterator[AuditRow]:
    """All rows, the newest first, a few hundred held at a time."""
    query = _query(wanted).order_by(AuditRow.id.desc())
    yield from session.execute(query.execution_options(yield_per=AT_ONCE)).scalars()


def authors(session: Session) -> list[tuple[int, str]]:
    """Whose accounts have done something, by the name last noted."""
    query = select(AuditRow.by_id, AuditRow.by_name).where(AuditRow.by_id.is_not(None)).distinct()
    named = {int(number): name for number, name in session.execute(query) if number is not None}
    return sorted(named.items(), key=lambda one: one[1].casefold())


def forget_before(session: Session, instant: Instant) -> None:
    """Remove what was done before an instant."""
    session.execute(delete(AuditRow).where(AuditRow.at < instant))


def _query(wanted: Wanted) -> Select[AuditRow]:
    query = select(AuditRow)
    if wanted.acts is not None:
        query = query.where(AuditRow.act.in_(wanted.acts))
    if wanted.by_id is not None:
        query = query.where(AuditRow.by_id == wanted.by_id)
    if wanted.since is not None:
        query = query.where(AuditRow.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(AuditRow.at < wanted.until)
    return query
