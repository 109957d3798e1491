"""What is kept of the town: settings that administrators type, and which sites came from which object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from planner.store.models import Base

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class OsmSiteRow(Base):
    """A site that was made from an object of OpenStreetMap: `imported` is its record as it came last."""

    __tablename__ = "osm_sites"

    osm_id: Mapped[str] = mapped_column(String(24), primary_key=True)
    site_id: Mapped[str] = mapped_column(ForeignKey("sites.id", ondelete="CASCADE"), index=True)
    imported: Mapped[dict[str, Any]]


class TownSettingRow(Base):
    """A setting of the town, by its name."""

    __tablename__ = "town_settings"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


def imported_sites(session: Session) -> dict[str, tuple[str, dict[str, str]]]:
    """The sites that came from OpenStreetMap, by the object: their ids, and how they came last."""
    rows = session.scalars(select(OsmSiteRow))
    return {row.osm_id: (row.site_id, dict(row.imported)) for row in rows}


def keep_imported(session: Session, osm_id: str, site_id: str, record: dict[str, str]) -> None:
    """Remember how a site came."""
    session.merge(OsmSiteRow(osm_id=osm_id, site_id=site_id, imported=record))


def setting(session: Session, name: str) -> Any:
    """A setting as JSON, None where it was never kept."""
    row = session.get(TownSettingRow, name)
    return None if row is None else row.value


def keep_setting(session: Session, name: str, value: Any) -> None:
    """Keep a setting."""
    session.merge(TownSettingRow(name=name, value=value))
