"""The catalogue of sites in the database; whom to ask at a site stands among the contacts, in no entry."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, bindparam, cast, func, insert, select, update

from planner.domain.sites import HostContact, Site
from planner.store.documents import from_json, to_json
from planner.store.hosts.contacts import OF_CATALOGUE, contacts, replace_contacts
from planner.store.models import SiteRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
    hosts = _hosts(session)
    return {site_id: _with_host(_site(document), hosts) for site_id, document in session.execute(entries)}


def _hosts(session: Session) -> dict[str, HostContact]:
    """Whom to ask at each site where somebody is known."""
    rows = contacts(session, OF_CATALOGUE, None)
    return {row.owner: HostContact(row.name, row.phone, row.email) for row in rows if not row.role}


def _with_host(site: Site, hosts: Mapping[str, HostContact]) -> Site:
    host = hosts.get(site.id)
    return site if host is None else replace(site, host=host)


def _document(site: Site) -> dict[str, Any]:
    """An entry without whom to ask."""
    return to_json(replace(site, host=None))


def _keep_hosts(session: Session, sites: Iterable[Site]) -> None:
    """Keep whom to ask at sites, or nobody where nobody is known."""
    known = {site.id: site.host or HostContact() for site in sites}
    filled = {key: asdict(host) if host != HostContact() else None for key, host in known.items()}
    replace_contacts(session, OF_CATALOGUE, filled)


def all_sites(session: Session) -> dict[str, Site]:
    """Every site that is not archived, by id, in order of id."""
    return _read(session, select(*_COLUMNS).where(~SiteRow.archived).order_by(SiteRow.id))


def sites_by_id(session: Session, ids: Iterable[str]) -> dict[str, Site]:
    """The sites of these ids that exist, archived ones included (visits may still name them)."""
    return _read(session, select(*_COLUMNS).where(SiteRow.id.in_(set(ids))))


def stored_sites(session: Session) -> dict[str, StoredSite]:
    """Every entry, archived ones included, by id, in order of id."""
    columns = select(SiteRow.id, SiteRow.document, SiteRow.version, SiteRow.archived).order_by(SiteRow.id)
    hosts = _hosts(session)
    return {
        row.id: StoredSite(_with_host(from_json(Site, row.document), hosts), row.version, row.archived)
        for row in session.execute(columns)
    }


def stored_site(session: Session, site_id: str) -> StoredSite | None:
    """The entry of an id, archived or not."""
    row = session.get(SiteRow, site_id)
    if row is None:
        return None
    site = _with_host(from_json(Site, row.document), _hosts(session))
    return StoredSite(site, row.version, row.archived)


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
    """Add new sites, many with one statement; all or none, by the session's transaction."""
    added = list(sites)
    rows = [{"id": site.id, "document": _document(site), "changed": now} for site in added]
    if rows:
        session.execute(insert(SiteRow), rows)
    _keep_hosts(session, [site for site in added if site.host])


def replace_sites(session: Session, read: Iterable[tuple[Site, int]], now: Instant) -> bool:
    """Store sites in place of the versions that were read, as `replace_site` does one.

    False if one of them is no longer the newest: then the transaction is to be given up.
    """
    replaced = list(read)
    rows = [
        {"of": site.id, "was": version, "now": version + 1, "after": _document(site)}
        for site, version in replaced
    ]
    if not rows:
        return True
    this = update(SiteRow).where(SiteRow.id == bindparam("of"), SiteRow.version == bindparam("was"))
    values = {"document": bindparam("after"), "version": bindparam("now"), "changed": now}
    if session.connection().execute(this.values(values), rows).rowcount != len(rows):
        return False
    _keep_hosts(session, [site for site, _ in replaced])
    return True


def replace_site(session: Session, site: Site, version: int, now: Instant) -> bool:
    """Store a site in place of the version that was read; False if that is no longer the newest."""
    is_stored = _change(session, site.id, version, {"document": _document(site), "changed": now})
    if is_stored:
        _keep_hosts(session, [site])
    return is_stored


def set_archived(session: Session, site_id: str, version: int, now: Instant, *, archived: bool) -> bool:
    """Take a site out of the catalogue or back into it; False if that version is no longer the newest."""
    return _change(session, site_id, version, {"archived": archived, "changed": now})


def _change(session: Session, site_id: str, version: int, values: dict[str, object]) -> bool:
    this = update(SiteRow).where(SiteRow.id == site_id, SiteRow.version == version)
    done = session.execute(
        this.values(**values, version=version + 1), execution_options={"synchronize_session": False}
    )
    return bool(done.rowcount)  # type: ignore[attr-defined]
