"""What the first database lacked: before there were accounts, its tables had the number of those that follow.

For a few days the first migration itself was changed instead of followed by another. A database of then
says that it has the first form, and is completed here before the second.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def complete_first_tables() -> None:
    """Add accounts, and what undo and publishing stand on, where they are missing; nothing is lost.

    No table is made anew: while foreign keys are held, that would empty what refers to it.
    """
    if sa.inspect(op.get_bind()).has_table("users"):
        return
    _add_accounts()
    _add_columns()
    op.execute(
        "update visits set top = head,"
        " published = (select max(number) from releases where visit_id = visits.id)"
    )
    op.execute("update revisions set parent = number - 1 where number > 1")


def _add_accounts() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_attempts_key_at", "attempts", ["key", "at"])
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("name_key", sa.String(80), nullable=False, unique=True),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("password_hash", sa.String(255)),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
    )
    _add_secret_table(
        "sessions", *_instants("seen"), sa.Column("agent", sa.String(200), nullable=False), _maybe("ended")
    )
    _add_secret_table("sign_in_links", *_instants("expires"), _maybe("used"))


def _add_secret_table(name: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("user_id", sa.Integer(), sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
        sa.Column("token_sha256", sa.String(64), nullable=False, unique=True),
        *columns,
    )
    op.create_index(f"ix_{name}_user_id", name, ["user_id"])


def _instants(name: str) -> tuple[sa.Column[object], ...]:
    return tuple(sa.Column(one, sa.BigInteger(), nullable=False) for one in (name, "created"))


def _maybe(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.BigInteger())


def _add_columns() -> None:
    """In plain SQL, which both databases read alike: so a column may refer to a table."""
    for table, column in (
        ("visits", "owner_id integer constraint fk_visits_owner_id_users references users (id)"),
        ("visits", "top integer not null default 0"),
        ("visits", "published integer"),
        ("visits", "archived boolean not null default false"),
        ("revisions", "parent integer"),
        ("revisions", "action varchar(40) not null default ''"),
        ("revisions", "author_id integer constraint fk_revisions_author_id_users references users (id)"),
    ):
        op.execute(f"alter table {table} add column {column}")
    op.create_index("ix_visits_owner_id", "visits", ["owner_id"])
