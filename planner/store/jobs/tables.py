"""The table of jobs."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from planner.store.models import Base


class JobRow(Base):
    """A job. Of one that runs, `runner` says whose it is, and `beats` grows for as long as that one lives.

    `machine` is the only one that may run it, '' where any may. Rows go after a while.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        Index("ix_jobs_state", "state", "queue"),
        Index("ix_jobs_kind", "kind", "machine", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    queue: Mapped[str] = mapped_column(String(200))
    machine: Mapped[str] = mapped_column(String(120), default="")
    args: Mapped[dict[str, Any]]
    by_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), default=None, index=True
    )
    state: Mapped[str] = mapped_column(String(12))
    done: Mapped[int] = mapped_column(BigInteger, default=0)
    total: Mapped[int] = mapped_column(BigInteger, default=0)
    sentence: Mapped[str] = mapped_column(String(300), default="")
    result: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True, default=None)
    error: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), default=None)
    created: Mapped[int] = mapped_column(BigInteger)
    began: Mapped[int | None] = mapped_column(BigInteger, default=None)
    ended: Mapped[int | None] = mapped_column(BigInteger, default=None)
    most_tries: Mapped[int] = mapped_column(default=1)
    tries: Mapped[int] = mapped_column(default=0)
    runner: Mapped[str] = mapped_column(String(160), default="")
    beats: Mapped[int] = mapped_column(BigInteger, default=0)
    cancelling: Mapped[bool] = mapped_column(default=False)
