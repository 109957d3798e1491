"""The tables. Documents are JSON, checked by pydantic on their way in and out."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, MetaData, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All tables, with constraint names that migrations can rely on."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {dict[str, Any]: JSON}  # noqa: RUF012 - SQLAlchemy's own form


class SiteRow(Base):
    """A catalogue entry. `version` counts its changes; instants are seconds since 1970."""

    __tablename__ = "sites"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    document: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=1)
    archived: Mapped[bool] = mapped_column(default=False)
    changed: Mapped[int] = mapped_column(BigInteger)


class VisitRow(Base):
    """A visit: its document is the revision `head`."""

    __tablename__ = "visits"

    id: Mapped[int] = mapped_column(primary_key=True)
    head: Mapped[int]
    is_sample: Mapped[bool] = mapped_column(default=False)
    created: Mapped[int] = mapped_column(BigInteger)


class RevisionRow(Base):
    """One state of a visit's document."""

    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("visit_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    document: Mapped[dict[str, Any]]
    created: Mapped[int] = mapped_column(BigInteger)


class ReleaseRow(Base):
    """A frozen published version of a visit, itinerary and sites included."""

    __tablename__ = "releases"
    __table_args__ = (UniqueConstraint("visit_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    revision: Mapped[int]
    content: Mapped[dict[str, Any]]
    created: Mapped[int] = mapped_column(BigInteger)


class LinkRow(Base):
    """A secret link. The token is derived from the key, id and rotation; only its SHA-256 is kept."""

    __tablename__ = "links"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    rotation: Mapped[int] = mapped_column(default=0)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    revoked: Mapped[bool] = mapped_column(default=False)
    expires: Mapped[int | None] = mapped_column(BigInteger, default=None)
    created: Mapped[int] = mapped_column(BigInteger)
