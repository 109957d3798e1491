"""What stands in the catalogue, for whoever shows it: the entries as they are stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.store.catalogue import (
    StoredSite,
    all_sites,
    catalogue_mark,
    count_sites,
    sites_by_id,
    stored_sites,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = ["StoredSite", "all_sites", "catalogue_mark", "is_empty", "sites_by_id", "stored_sites"]


def is_empty(session: Session) -> bool:
    """Whether nothing was ever entered."""
    return count_sites(session) == 0
