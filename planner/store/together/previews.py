"""Secret links for looking alone: of hosts to their sheet, of colleagues to the draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from planner.store.models import EndedTokenRow, PreviewRow
from planner.store.secrets import preview_token, token_hash

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def previews_of(session: Session, visit_id: int) -> list[PreviewRow]:
    """Those of a visit, the oldest first."""
    return list(
        session.scalars(select(PreviewRow).where(PreviewRow.visit_id == visit_id).order_by(PreviewRow.id))
    )


def add_preview(session: Session, secret_key: str, row: PreviewRow) -> None:
    """Make one."""
    row.token_sha256 = token_hash(f"unset {row.kind} {row.visit_id} {row.site} {row.whom} {row.created}")
    session.add(row)
    session.flush()
    row.token_sha256 = token_hash(preview_token(secret_key, row.id, row.rotation))


def rotate(session: Session, secret_key: str, row: PreviewRow) -> None:
    """Give one a new token: the old one opens nothing from now on."""
    session.add(EndedTokenRow(token_sha256=row.token_sha256))
    row.rotation += 1
    row.token_sha256 = token_hash(preview_token(secret_key, row.id, row.rotation))


def preview_of(session: Session, visit_id: int, preview_id: int) -> PreviewRow | None:
    """One of a visit by its id; None for one of another visit."""
    row = session.get(PreviewRow, preview_id)
    return None if row is None or row.visit_id != visit_id else row


def preview_by_token(session: Session, token: str, kind: str) -> PreviewRow | None:
    """The one that has a token now, whether it opens anything or not."""
    query = select(PreviewRow).where(PreviewRow.token_sha256 == token_hash(token), PreviewRow.kind == kind)
    return session.scalar(query)
