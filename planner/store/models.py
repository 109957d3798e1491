"""The tables. Documents are JSON, checked by pydantic on their way in and out."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, MetaData, String, UniqueConstraint, false
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
    """A catalogue entry. `version` counts its changes; instants are seconds since 1970.

    With `has_page` it has a public page of its own, for the poster at its door.
    """

    __tablename__ = "sites"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    document: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=1)
    archived: Mapped[bool] = mapped_column(default=False)
    changed: Mapped[int] = mapped_column(BigInteger)
    has_page: Mapped[bool] = mapped_column(default=False, server_default=false())


class UserRow(Base):
    """An organiser. `name_key` is the case-folded name; without a password only a link signs in."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    name_key: Mapped[str] = mapped_column(String(80), unique=True)
    role: Mapped[str] = mapped_column(String(20), default="organiser")
    password_hash: Mapped[str | None] = mapped_column(String(255), default=None)
    archived: Mapped[bool] = mapped_column(default=False)
    created: Mapped[int] = mapped_column(BigInteger)


class SignInLinkRow(Base):
    """A one-time sign-in link; `used` is the instant at which a POST used it up."""

    __tablename__ = "sign_in_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    expires: Mapped[int] = mapped_column(BigInteger)
    used: Mapped[int | None] = mapped_column(BigInteger, default=None)
    created: Mapped[int] = mapped_column(BigInteger)


class SessionRow(Base):
    """A signed-in browser. Ended ones stay for a while, so that the account page can show them."""

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    agent: Mapped[str] = mapped_column(String(200), default="")
    created: Mapped[int] = mapped_column(BigInteger)
    seen: Mapped[int] = mapped_column(BigInteger)
    ended: Mapped[int | None] = mapped_column(BigInteger, default=None)


class AttemptRow(Base):
    """A failed sign-in, counted by a key (a name or an address, hashed) for the throttle."""

    __tablename__ = "attempts"
    __table_args__ = (Index("ix_attempts_key_at", "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[int] = mapped_column(BigInteger)


class VisitRow(Base):
    """A visit: its document is the revision `head`, `top` the newest number given out.

    `published` is the number of the release that links show, None while
    nothing is published. Of a visit that was deleted the row alone is left, with the instant in `deleted`:
    its number is never given out again.
    """

    __tablename__ = "visits"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), default=None, index=True)
    head: Mapped[int]
    top: Mapped[int]
    published: Mapped[int | None] = mapped_column(default=None)
    archived: Mapped[bool] = mapped_column(default=False)
    is_sample: Mapped[bool] = mapped_column(default=False)
    created: Mapped[int] = mapped_column(BigInteger)
    deleted: Mapped[int | None] = mapped_column(BigInteger, default=None)


class RevisionRow(Base):
    """One state of a visit's document. Undo goes to `parent`, redo to the newest child.

    `action` names the edit that made it, `author_id` who made it, `sent_as` by which key the browser sent it.
    """

    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("visit_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    parent: Mapped[int | None] = mapped_column(default=None)
    action: Mapped[str] = mapped_column(String(40), default="")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), default=None)
    document: Mapped[dict[str, Any]]
    created: Mapped[int] = mapped_column(BigInteger)
    sent_as: Mapped[str | None] = mapped_column(String(64), default=None)


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
    """A secret link. The token is derived from the key, id and rotation; only its SHA-256 is kept.

    A guide's link may be of one `party` alone; '' is for all.
    """

    __tablename__ = "links"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - an id given out twice would revive a token

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    party: Mapped[str] = mapped_column(String(80), default="", server_default="")
    rotation: Mapped[int] = mapped_column(default=0)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    revoked: Mapped[bool] = mapped_column(default=False)
    expires: Mapped[int | None] = mapped_column(BigInteger, default=None)
    created: Mapped[int] = mapped_column(BigInteger)


class EndedTokenRow(Base):
    """A token that opened a visit once: its link was exchanged, or its visit deleted."""

    __tablename__ = "ended_tokens"

    token_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)


class PaperRow(Base):
    """Which sheets belong to a visit, and in which languages; no row: what a visit has at first."""

    __tablename__ = "papers"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id", ondelete="CASCADE"), primary_key=True)
    chosen: Mapped[dict[str, Any]]


class NameRow(Base):
    """A person on a visit's list. Names are nowhere else, and gone 30 days after the visit at the latest."""

    __tablename__ = "names"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    party: Mapped[str] = mapped_column(String(80), default="")


class SchoolCardRow(Base):
    """What was filled in on the card of a school trip: names and telephones, kept as long as the list."""

    __tablename__ = "school_cards"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id", ondelete="CASCADE"), primary_key=True)
    filled: Mapped[dict[str, Any]]


class LiveEventRow(Base):
    """Something that was said on a day of a visit; rows are added, never changed.

    `key` is the sender's own id. Rehearsals are kept beside the rest and told to nobody. The newest id is the
    version of what participants are told.
    """

    __tablename__ = "live_events"
    __table_args__ = (
        UniqueConstraint("visit_id", "key"),
        Index("ix_live_events_visit_id", "visit_id", "is_rehearsal", "id"),
        Index("ix_live_events_link_id", "link_id", "received"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(64))
    date: Mapped[str] = mapped_column(String(10))
    link_id: Mapped[int | None] = mapped_column(default=None)
    is_rehearsal: Mapped[bool] = mapped_column(default=False)
    received: Mapped[int] = mapped_column(BigInteger)
    said: Mapped[dict[str, Any]]


class MarkRow(Base):
    """What a phone thought of a stop, 1 to 5 with a few words; whose phone it was is not known."""

    __tablename__ = "marks"
    __table_args__ = (UniqueConstraint("visit_id", "stop", "phone"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id", ondelete="CASCADE"))
    stop: Mapped[str] = mapped_column(String(80))
    phone: Mapped[str] = mapped_column(String(64))
    mark: Mapped[int]
    text: Mapped[str] = mapped_column(String(300), default="")


class TellingRow(Base):
    """What a host was told: with which release's times, how, by whom and when. `day` is an ISO date.

    `told` holds the stays at the site; hosts have no account, so nothing here says that they have read it.
    """

    __tablename__ = "tellings"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id", ondelete="CASCADE"), index=True)
    site: Mapped[str] = mapped_column(String(80))
    day: Mapped[str] = mapped_column(String(10))
    release: Mapped[int]
    told: Mapped[dict[str, Any]]
    how: Mapped[str] = mapped_column(String(20))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), default=None)
    at: Mapped[int] = mapped_column(BigInteger)


class ShareRow(Base):
    """With whom a visit is shared: `user_id` is 0 for all organisers; `may` is "read" or "edit"."""

    __tablename__ = "shares"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True, index=True)
    may: Mapped[str] = mapped_column(String(20))


class CommentRow(Base):
    """What somebody said of a stop of a draft: `day` and `stop` are those of the revision it was said of."""

    __tablename__ = "comments"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - an id given out twice would name another

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id", ondelete="CASCADE"), index=True)
    revision: Mapped[int]
    day: Mapped[str] = mapped_column(String(10))
    stop: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(String(1000))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), default=None)
    at: Mapped[int] = mapped_column(BigInteger)
    resolved: Mapped[int | None] = mapped_column(BigInteger, default=None)
    resolved_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), default=None
    )


class PreviewRow(Base):
    """A secret link for looking alone: a host's to the sheet of their `site`, a colleague's to the draft.

    `whom` is what its maker calls who gets it.
    """

    __tablename__ = "previews"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - an id given out twice would revive a token

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    site: Mapped[str] = mapped_column(String(80), default="")
    whom: Mapped[str] = mapped_column(String(80), default="")
    rotation: Mapped[int] = mapped_column(default=0)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    revoked: Mapped[bool] = mapped_column(default=False)
    created: Mapped[int] = mapped_column(BigInteger)


class OfficeTemplateRow(Base):
    """A visit that the office keeps to begin others from: without dates, people and what was agreed."""

    __tablename__ = "office_templates"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    document: Mapped[dict[str, Any]]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), default=None)
    created: Mapped[int] = mapped_column(BigInteger)
