"""Visits, their revisions and releases, and the links that lead to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from sqlalchemy import delete, func, or_, select, update

from planner.domain.clock import Instant
from planner.domain.limits import LARGEST_NUMBER
from planner.domain.releases import ReleaseContent, without_hosts
from planner.domain.visits import Visit
from planner.memory import Memory
from planner.store.documents import from_json, to_json
from planner.store.kept import READ
from planner.store.models import (
    Base,
    EndedTokenRow,
    LinkRow,
    PreviewRow,
    ReleaseRow,
    RevisionRow,
    UserRow,
    VisitRow,
)
from planner.store.raising import FORM, raise_release
from planner.store.secrets import link_token, token_hash

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy.orm import Session


_RELEASES = "releases"
MOST_RELEASES = 24
"""So many releases a process keeps as they were read; each takes about as much memory as its document."""


def add_visit(
    session: Session, visit: Visit, now: Instant, *, owner_id: int | None = None, is_sample: bool = False
) -> VisitRow:
    """Store a new visit with its first revision."""
    row = VisitRow(head=1, top=1, owner_id=owner_id, is_sample=is_sample, created=now)
    session.add(row)
    session.flush()
    document = to_json(visit)
    session.add(
        RevisionRow(
            visit_id=row.id, number=1, document=document, author_id=owner_id, action="created", created=now
        )
    )
    return row


@dataclass(frozen=True)
class Edit:
    """Who makes a revision, when, by what action, and by which key it was sent."""

    action: str
    author_id: int | None
    at: Instant
    key: str | None = None


def add_revision(session: Session, row: VisitRow, visit: Visit, edit: Edit) -> int:
    """Append a revision and make it the visit's state; its number."""
    number = row.top + 1
    session.add(
        RevisionRow(
            visit_id=row.id,
            number=number,
            parent=row.head,
            action=edit.action,
            author_id=edit.author_id,
            document=to_json(visit),
            created=edit.at,
            sent_as=edit.key,
        )
    )
    row.head = row.top = number
    return number


def was_sent(session: Session, row: VisitRow, key: str, since: int) -> bool:
    """Whether an edit that was sent by a key made a revision behind that of the number `since`."""
    query = select(RevisionRow.id).where(
        RevisionRow.visit_id == row.id, RevisionRow.number > since, RevisionRow.sent_as == key
    )
    return session.scalar(query) is not None


def revision(session: Session, visit_id: int, number: int) -> RevisionRow | None:
    """A revision by its number."""
    if abs(number) > LARGEST_NUMBER:
        return None
    query = select(RevisionRow).where(RevisionRow.visit_id == visit_id, RevisionRow.number == number)
    return session.scalar(query)


def draft(session: Session, row: VisitRow) -> Visit:
    """The visit's document as it stands."""
    query = select(RevisionRow.document).where(RevisionRow.visit_id == row.id, RevisionRow.number == row.head)
    return from_json(Visit, session.scalars(query).one())


@dataclass(frozen=True)
class RevisionMark:
    """A revision without its document: `author` is '' where nobody is known."""

    number: int
    parent: int | None
    action: str
    author: str
    created: Instant


def revision_marks(session: Session, visit_id: int) -> list[RevisionMark]:
    """All revisions of a visit, the newest first."""
    query = (
        select(RevisionRow.number, RevisionRow.parent, RevisionRow.action, UserRow.name, RevisionRow.created)
        .outerjoin(UserRow, UserRow.id == RevisionRow.author_id)
        .where(RevisionRow.visit_id == visit_id)
        .order_by(RevisionRow.number.desc())
    )
    return [
        RevisionMark(number, parent, action, name or "", created)
        for number, parent, action, name, created in session.execute(query)
    ]


def documents(session: Session, visit_id: int, numbers: Iterable[int]) -> dict[int, Visit]:
    """The documents of revisions, by number."""
    query = select(RevisionRow.number, RevisionRow.document).where(
        RevisionRow.visit_id == visit_id, RevisionRow.number.in_(set(numbers))
    )
    return {number: from_json(Visit, document) for number, document in session.execute(query)}


def releases_made(session: Session, visit_id: int) -> list[tuple[int, int]]:
    """Each release with the revision it was made from, the first one first."""
    query = select(ReleaseRow.number, ReleaseRow.revision).where(ReleaseRow.visit_id == visit_id)
    return [(number, made_from) for number, made_from in session.execute(query.order_by(ReleaseRow.number))]


def undo_target(session: Session, row: VisitRow) -> int | None:
    """The revision that undo goes back to."""
    here = revision(session, row.id, row.head)
    return here.parent if here else None


def redo_target(session: Session, row: VisitRow) -> int | None:
    """The revision that redo goes on to: the newest one made from here."""
    query = select(func.max(RevisionRow.number)).where(
        RevisionRow.visit_id == row.id, RevisionRow.parent == row.head
    )
    return session.scalar(query)


def visit_row(session: Session, visit_id: int, *, lock: bool = False) -> VisitRow | None:
    """A visit's row; locked, so that of two who save at once the second sees what the first did."""
    row = session.get(VisitRow, visit_id, with_for_update=lock or None)
    return None if row is None or row.deleted is not None else row


def visit_rows(
    session: Session, owner_id: int | None, *, archived: bool = False, also: Collection[int] = ()
) -> list[VisitRow]:
    """The visits of an owner and those of `also`, or of all owners for None, newest first."""
    here = VisitRow.archived == archived, VisitRow.deleted.is_(None)
    query = select(VisitRow).where(*here).order_by(VisitRow.id.desc())
    if owner_id is not None:
        query = query.where(or_(VisitRow.owner_id == owner_id, VisitRow.id.in_(also)))
    return list(session.scalars(query))


def hand_over(session: Session, owner_id: int, to_id: int) -> list[int]:
    """Give the visits of an owner, those put away too, to another; their ids."""
    theirs = update(VisitRow).where(VisitRow.owner_id == owner_id, VisitRow.deleted.is_(None))
    return list(session.scalars(theirs.values(owner_id=to_id).returning(VisitRow.id)))


def owned_count(session: Session, owner_id: int) -> int:
    """How many visits an owner has, those put away too."""
    theirs = VisitRow.owner_id == owner_id, VisitRow.deleted.is_(None)
    return session.scalar(select(func.count()).select_from(VisitRow).where(*theirs)) or 0


def delete_visit(session: Session, row: VisitRow, now: Instant) -> None:
    """Remove all of a visit but its number: given out twice, it would mix two visits up."""
    previews = session.scalars(select(PreviewRow).where(PreviewRow.visit_id == row.id))
    for link in (*links_of(session, row.id), *previews):
        session.add(EndedTokenRow(token_sha256=link.token_sha256))
    for table in reversed(Base.metadata.sorted_tables):
        if "visit_id" in table.c:
            session.execute(delete(table).where(table.c.visit_id == row.id))
    row.deleted = now
    row.archived, row.published, row.owner_id, row.is_sample = True, None, None, False


def sample_visit(session: Session) -> VisitRow | None:
    """The visit that the first run made, if it is still there."""
    return session.scalar(select(VisitRow).where(VisitRow.is_sample))


def published_release(session: Session, row: VisitRow) -> ReleaseContent | None:
    """What participants of a visit are shown, None while nothing is published."""
    return None if row.published is None else release(session, row.id, row.published)


def newest_releases(session: Session, visit_id: int, number: int, most: int) -> list[ReleaseContent]:
    """Give the releases up to a number, the newest so many, from the oldest on."""
    query = (
        select(ReleaseRow.content)
        .where(ReleaseRow.visit_id == visit_id, ReleaseRow.number <= number)
        .order_by(ReleaseRow.number.desc())
        .limit(most)
    )
    contents = reversed(session.scalars(query).all())
    return [from_json(ReleaseContent, raise_release(content)) for content in contents]


def release(session: Session, visit_id: int, number: int) -> ReleaseContent | None:
    """A release by its number, shown or not: it never changes, so that sessions for reading keep it."""
    if abs(number) > LARGEST_NUMBER:
        return None
    memory: Memory = session.info.get(READ) or Memory()
    known = memory.known(_RELEASES, [(visit_id, number)])
    if known is not None:
        return cast("ReleaseContent", known[0])
    query = select(ReleaseRow).where(ReleaseRow.visit_id == visit_id, ReleaseRow.number == number)
    row = session.scalar(query)
    if row is None:
        return None
    content = from_json(ReleaseContent, raise_release(row.content))
    memory.put(_RELEASES, {(visit_id, number): content}, keep=MOST_RELEASES)
    return content


def is_changed_since_release(session: Session, row: VisitRow) -> bool:
    """Whether the draft is another document than the release that is shown was made from."""
    query = select(ReleaseRow.revision).where(
        ReleaseRow.visit_id == row.id, ReleaseRow.number == row.published
    )
    made_from = session.scalar(query)
    if made_from is None or made_from == row.head:
        return False
    before = revision(session, row.id, made_from)
    here = revision(session, row.id, row.head)
    return before is None or here is None or before.document != here.document


def release_count(session: Session, visit_id: int) -> int:
    """How many releases a visit has had: their numbers are never given out again."""
    query = select(func.max(ReleaseRow.number)).where(ReleaseRow.visit_id == visit_id)
    return session.scalar(query) or 0


def add_release(session: Session, row: VisitRow, content: ReleaseContent) -> None:
    """Freeze a release of the visit's state, without whom to ask at its sites, and show it from now on."""
    session.add(
        ReleaseRow(
            visit_id=row.id,
            number=content.number,
            revision=row.head,
            content={"form": FORM, **to_json(without_hosts(content))},
            created=content.published,
        )
    )
    row.published = content.number


def add_link(
    session: Session, secret_key: str, visit_id: int, kind: str, now: Instant, *, party: str = ""
) -> LinkRow:
    """Make a secret link of a kind (participant, guide) to a visit, or to one party of it."""
    unset = token_hash(f"unset {kind} {visit_id} {party}")
    row = LinkRow(visit_id=visit_id, kind=kind, party=party, token_sha256=unset, created=now)
    session.add(row)
    session.flush()
    row.token_sha256 = token_hash(link_token(secret_key, row.id, row.rotation))
    return row


def links_of(session: Session, visit_id: int) -> list[LinkRow]:
    """The links of a visit, oldest first."""
    rows = select(LinkRow).where(LinkRow.visit_id == visit_id).order_by(LinkRow.id)
    return list(session.scalars(rows))


def open_links(session: Session, now: Instant, visit_id: int | None = None) -> list[LinkRow]:
    """The links of all visits, or of one, that are neither withdrawn nor over."""
    is_open = or_(LinkRow.expires.is_(None), LinkRow.expires > now)
    query = select(LinkRow).where(~LinkRow.revoked, is_open).order_by(LinkRow.id)
    return list(session.scalars(query if visit_id is None else query.where(LinkRow.visit_id == visit_id)))


def rotate_link(session: Session, row: LinkRow, secret_key: str) -> None:
    """Give a link a new token: the old one opens nothing from now on."""
    session.add(EndedTokenRow(token_sha256=row.token_sha256))
    row.rotation += 1
    row.token_sha256 = token_hash(link_token(secret_key, row.id, row.rotation))


def link_by_token(session: Session, token: str, kind: str, now: Instant) -> LinkRow | None:
    """The link that a token opens; None for a wrong, revoked or expired one."""
    row = link_of_token(session, token, kind)
    return None if row is None or row.revoked or is_over(row, now) else row


def link_of_token(session: Session, token: str, kind: str) -> LinkRow | None:
    """The link that has a token now, whether it opens anything or not."""
    query = select(LinkRow).where(LinkRow.token_sha256 == token_hash(token), LinkRow.kind == kind)
    return session.scalar(query)


def is_over(row: LinkRow, now: Instant) -> bool:
    """Whether a link was to end by itself, and has."""
    return row.expires is not None and row.expires <= now


def is_ended_token(session: Session, token: str) -> bool:
    """Whether a token opened a visit once, by a link that has another now or is gone."""
    return session.get(EndedTokenRow, token_hash(token)) is not None
