"""The tables of contacts, of what is arranged with hosts, and of counts of needs."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.store.models import Base

HOST_KEY = 100
"""Letters of a host's key: the longest id of a site, a later stop there, and whether it is for rain."""


class ContactRow(Base):
    """A person whom one can reach, referred to by what they are the contact of.

    `kind` and `owner` say of what: "host" with the key of a host of the visit, "site" with the id of a site
    of the catalogue, which has no visit and stays. `role` tells several of one owner apart: "" is
    whom to ask.
    Those of a visit are gone with it, and 30 days after its last day.
    """

    __tablename__ = "contacts"
    __table_args__ = (Index("ix_contacts_kind", "kind", "owner"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    owner: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(20), default="")
    visit_id: Mapped[int | None] = mapped_column(
        ForeignKey("visits.id", ondelete="CASCADE"), default=None, index=True
    )
    name: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str] = mapped_column(String(200), default="")


class ArrangementRow(Base):
    """What is arranged with a host, as the organiser wrote it: `details` by their fields."""

    __tablename__ = "arrangements"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id", ondelete="CASCADE"), primary_key=True)
    host: Mapped[str] = mapped_column(String(HOST_KEY), primary_key=True)
    details: Mapped[dict[str, Any]]


class HostStepRow(Base):
    """Something that passed between the organiser and a host: asked, confirmed, declined, told.

    Rows are added, never changed; `told` holds the times that it was about.
    """

    __tablename__ = "host_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id", ondelete="CASCADE"), index=True)
    host: Mapped[str] = mapped_column(String(HOST_KEY))
    act: Mapped[str] = mapped_column(String(20))
    told: Mapped[dict[str, Any]]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), default=None)
    at: Mapped[int] = mapped_column(BigInteger)


class SteppedRow(Base):
    """When undo or redo moved the draft of a visit last: they make no revision that has the time."""

    __tablename__ = "stepped"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[int] = mapped_column(BigInteger)


class AttendeeCountRow(Base):
    """How many of a party, '' of the whole group, have a need; `detail` says which diet or language."""

    __tablename__ = "attendee_counts"
    __table_args__ = (UniqueConstraint("visit_id", "party", "kind", "detail"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id", ondelete="CASCADE"), index=True)
    party: Mapped[str] = mapped_column(String(80), default="")
    kind: Mapped[str] = mapped_column(String(20))
    detail: Mapped[str] = mapped_column(String(80), default="")
    count: Mapped[int]
