"""Which sheets belong to a visit, the names on its list, and which sites have a page of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from planner.store.models import NameRow, PaperRow, SchoolCardRow, SiteRow, VisitRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session


def chosen(session: Session, visit_id: int) -> dict[str, Any] | None:
    """What was chosen for a visit, None where nobody has chosen yet."""
    row = session.get(PaperRow, visit_id)
    return None if row is None else row.chosen


def choose(session: Session, visit_id: int, document: dict[str, Any]) -> None:
    """Keep what was chosen for a visit."""
    session.merge(PaperRow(visit_id=visit_id, chosen=document))


def names(session: Session, visit_id: int) -> list[tuple[str, str]]:
    """The names on a visit's list with their parties, in their order."""
    query = select(NameRow).where(NameRow.visit_id == visit_id).order_by(NameRow.position)
    return [(row.name, row.party) for row in session.scalars(query)]


def replace_names(session: Session, visit_id: int, listed: Sequence[tuple[str, str]]) -> None:
    """Put these names on a visit's list in place of those that are there."""
    session.execute(delete(NameRow).where(NameRow.visit_id == visit_id))
    session.add_all(
        NameRow(visit_id=visit_id, position=position, name=name, party=party)
        for position, (name, party) in enumerate(listed)
    )


def card(session: Session, visit_id: int) -> dict[str, Any]:
    """What was filled in on a visit's school card."""
    row = session.get(SchoolCardRow, visit_id)
    return {} if row is None else row.filled


def fill_card(session: Session, visit_id: int, filled: dict[str, Any]) -> None:
    """Keep what was filled in on a visit's school card."""
    session.merge(SchoolCardRow(visit_id=visit_id, filled=filled))


def forget_people(session: Session, visit_id: int) -> None:
    """Remove names and school card of a visit."""
    session.execute(delete(NameRow).where(NameRow.visit_id == visit_id))
    session.execute(delete(SchoolCardRow).where(SchoolCardRow.visit_id == visit_id))


def visits_with_people(session: Session) -> set[int]:
    """The visits of which names or a school card are kept."""
    return {*session.scalars(select(NameRow.visit_id)), *session.scalars(select(SchoolCardRow.visit_id))}


def releases_shown(session: Session) -> dict[int, int]:
    """The number of the release that is shown, by visit."""
    query = select(VisitRow.id, VisitRow.published).where(VisitRow.published.is_not(None))
    return {row.id: row.published for row in session.execute(query)}


def sites_with_page(session: Session) -> frozenset[str]:
    """The sites that have a public page of their own."""
    query = select(SiteRow.id).where(SiteRow.has_page, ~SiteRow.archived)
    return frozenset(session.scalars(query))


def switch_page(session: Session, site_id: str, *, is_on: bool) -> bool:
    """Give a site a public page, or take it away; False if there is no such site."""
    row = session.get(SiteRow, site_id)
    if row is None:
        return False
    row.has_page = is_on
    return True
