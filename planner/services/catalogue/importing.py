"""Bringing a file that was read into the catalogue: compared, and stored, but for what is broken."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from planner.errors import PlannerError
from planner.services.catalogue.reading.file import ReadFile, ReadRow
from planner.services.catalogue.record import to_record
from planner.services.catalogue.rules import CatalogueFileError
from planner.store.catalogue import add_sites, replace_sites

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant
    from planner.domain.sites import Site
    from planner.store.catalogue import StoredSite


class ImportConflictError(PlannerError, RuntimeError):
    """The catalogue was changed while an import was stored."""

    code = "changed"
    status = 409


class RowKind(StrEnum):
    """What an import does with a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    BROKEN = "broken"


@dataclass(frozen=True)
class PlannedRow:
    """What would happen to a row; `columns` are those that change."""

    row: ReadRow
    kind: RowKind
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do; `untouched` counts the sites that the file does not name.

    `is_whole` asks for all of it or nothing: else broken rows are left out.
    """

    file: ReadFile
    rows: tuple[PlannedRow, ...]
    untouched: int
    is_whole: bool = False

    def count(self, kind: RowKind) -> int:
        """How many rows are of a kind."""
        return sum(row.kind is kind for row in self.rows)

    @property
    def is_sound(self) -> bool:
        """Whether there is a row that can be stored, and none is broken where all are wanted."""
        broken = self.count(RowKind.BROKEN)
        return len(self.rows) > broken and not (self.is_whole and broken)


def plan_import(file: ReadFile, stored: Mapping[str, StoredSite], *, is_whole: bool = False) -> ImportPlan:
    """Compare a file with the catalogue."""
    rows = tuple(_planned(row, stored) for row in file.rows)
    named = {row.site.id for row in file.rows if row.site}
    return ImportPlan(
        file, rows, sum(not entry.archived and key not in named for key, entry in stored.items()), is_whole
    )


def store_import(session: Session, plan: ImportPlan, stored: Mapping[str, StoredSite], now: Instant) -> None:
    """Store the rows of a plan that are not broken, by the session's transaction all of them or none.

    Raises
    ------
    ImportConflictError
        If one of the sites was changed after `stored` was read.
    """
    if not plan.is_sound:
        raise CatalogueFileError("broken_rows")
    add_sites(session, _sites(plan, RowKind.NEW), now)
    changed = [(site, stored[site.id].version) for site in _sites(plan, RowKind.CHANGED)]
    if not replace_sites(session, changed, now):
        msg = "a site was changed in the meantime: look at the preview again"
        raise ImportConflictError(msg)


def _sites(plan: ImportPlan, kind: RowKind) -> list[Site]:
    return [planned.row.site for planned in plan.rows if planned.kind is kind and planned.row.site]


def _planned(row: ReadRow, stored: Mapping[str, StoredSite]) -> PlannedRow:
    if row.problems or row.site is None:
        return PlannedRow(row, RowKind.BROKEN)
    before = stored.get(row.site.id)
    # a file brings no photo: what it calls one is the name of a file here, or of none
    site, photo = row.site, before.site.photo if before else ""
    if site.photo != photo:
        site = replace(site, photo=photo)
        row = replace(row, site=site)
    if before is None:
        return PlannedRow(row, RowKind.NEW)
    columns = changed_columns(before.site, site)
    return PlannedRow(row, RowKind.CHANGED if columns else RowKind.UNCHANGED, columns)


def changed_columns(before: Site, after: Site) -> tuple[str, ...]:
    """The columns in which two states of a site differ."""
    if before == after:
        return ()
    old, new = to_record(before), to_record(after)
    return tuple(name for name in {**old, **new} if old.get(name, "") != new.get(name, ""))
