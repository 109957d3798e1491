"""The tables of what was done by whom, second factors, what the office says, what was answered once."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from planner.store.models import Base


class AuditRow(Base):
    """Something that was done, by whom and about what. Rows are added, never changed, and go after a while.

    `by_name` is the account's name as it was then, '' for nobody signed in; `about` the account, link or page
    that it was about, `visit` the number of a visit, which outlives it. No token, password or name of a
    participant is ever in here.
    """

    __tablename__ = "audit"
    __table_args__ = (
        Index("ix_audit_at", "at", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[int] = mapped_column(BigInteger)
    act: Mapped[str] = mapped_column(String(40))
    by_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), default=None, index=True
    )
    by_name: Mapped[str] = mapped_column(String(80), default="")
    about: Mapped[str] = mapped_column(String(200), default="")
    visit: Mapped[int | None] = mapped_column(default=None)
    address: Mapped[str] = mapped_column(String(64), default="")


class SecondFactorRow(Base):
    """An account's authenticator app. Its key is derived from the service's, the account and `salt`.

    `confirmed` is when its first code was typed, None while it is being set up; `last_step` the newest span
    of 30 s whose code was taken: none is taken twice.
    """

    __tablename__ = "second_factors"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    salt: Mapped[str] = mapped_column(String(64))
    confirmed: Mapped[int | None] = mapped_column(BigInteger, default=None)
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)


class RecoveryCodeRow(Base):
    """A code that stands in for the app once, kept as a keyed hash."""

    __tablename__ = "recovery_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    hashed: Mapped[str] = mapped_column(String(64))


class OfficeFactRow(Base):
    """What the office says of itself on the pages that it owes, by the name of a field."""

    __tablename__ = "office_facts"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    text: Mapped[str] = mapped_column(String(4000))


class OnceRow(Base):
    """What was answered to a request with an Idempotency-Key; `status` is 0 while it is being answered.

    `asked_sha256` tells what was asked; `answer` is packed.
    """

    __tablename__ = "answered_once"

    key_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    asked_sha256: Mapped[str] = mapped_column(String(64))
    status: Mapped[int] = mapped_column(default=0)
    answer: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)
    at: Mapped[int] = mapped_column(BigInteger, index=True)
