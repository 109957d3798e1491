"""The catalogue of sites in the database."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import Text, cast, func, select, update

from planner.domain.sites import Site
from planner.store.documents import from_json, to_json
from planner.store.models import SiteRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant


@dataclass(frozen=True)
class StoredSite:
    """A site with what the catalogue knows about the entry; `version` counts its changes."""

    site: Site
    version: int
    archived: bool


_COLUMNS = SiteRow.id, cast(SiteRow.document, Text)


@lru_cache(maxsize=4096)
def _site(document: str) -> Site:
    """Read an entry: pages ask for the whole catalogue, and few entries change between two of them."""
    return from_json(Site, json.loads(document))


def _read(session: Session, entries: Select[str, str]) -> dict[str, Site]:
    return {site_id: _site(document) for site_id, document in session.execute(entries)}


def all_sites(session: Session) -> dict[str, Site]:
    """Every site that is not archived, by id, in order of id."""
    return _read(session, select(*_COLUMNS).where(~SiteRow.archived).order_by(SiteRow.id))


def sites_by_id(session: Session, ids: Iterable[str]) -> dict[str, Site]:
    """The sites of these ids that exist, archived ones included (visits may still name them)."""
    return _read(session, select(*_COLUMNS).where(SiteRow.id.in_(set(ids))))


def stored_sites(session: Session) -> dict[str, StoredSite]:
    """Every entry, archived ones included, by id, in order of id."""
    columns = select(SiteRow.id, SiteRow.document, SiteRow.version, SiteRow.archived).order_by(SiteRow.id)
    return {
        row.id: StoredSite(from_json(Site, row.document), row.version, row.archived)
        for row in session.execute(columns)
    }


def stored_site(session: Session, site_id: str) -> StoredSite | None:
    """The entry of an id, archived or not."""
    row = session.get(SiteRow, site_id)
    return None if row is None else StoredSite(from_json(Site, row.document), row.version, row.archived)


def taken_ids(session: Session) -> set[str]:
    """Every id that was ever given out."""
    return set(session.scalars(select(SiteRow.id)))


def count_sites(session: Session) -> int:
    """How many sites there are, archived ones included: an archived id is never reused."""
    return session.scalar(select(func.count()).select_from(SiteRow)) or 0


def catalogue_mark(session: Session) -> str:
    """A mark that is another after any change of the catalogue."""
    rows = session.execute(select(SiteRow.id, SiteRow.version).order_by(SiteRow.id))
    return hashlib.sha256("\n".join(f"{row.id} {row.version}" for row in rows).encode()).hexdigest()


def add_sites(session: Session, sites: Iterable[Site], now: Instant) -> None:
    """Add new sites; all or none, by the session's transaction."""
    session.add_all(SiteRow(id=site.id, document=to_json(site), changed=now) for site in sites)


def replace_site(session: Session, site: Site, version: int, now: Instant) -> bool:
    """Store a site in place of the version that was read; False if that is no longer the newest."""
    return _change(session, site.id, version, {"document": to_json(site), "changed": now})


def set_archived(session: Session, site_id: str, version: int, now: Instant, *, archived: bool) -> bool:
    """Take a site out of the catalogue or back into it; False if that version is no longer the newest."""
    return _change(session, site_id, version, {"archived": archived, "changed": now})


def _change(session: Session, site_id: str, version: int, values: dict[str, object]) -> bool:
    this = update(SiteRow).where(SiteRow.id == site_id, SiteRow.version == version)
    done = session.execute(
        this.values(**values, version=version + 1), execution_options={"synchronize_session": False}
    )
    return bool(done.rowcount)  # type: ignore[attr-defined]
