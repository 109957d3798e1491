"""Rows of a file that may be there already: the same name near by, or the very same place."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum
from math import floor
from typing import TYPE_CHECKING

from planner.domain.geo import distance_m
from planner.domain.sites import Quality, Site
from planner.services.catalogue.importing import ImportPlan, PlannedRow, RowKind, changed_columns
from planner.services.catalogue.record import read_record, to_record
from planner.services.catalogue.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from planner.domain.geo import LonLat
    from planner.store.catalogue import StoredSite

SAME_PLACE_M = 30.0
SAME_NAME_M = 500.0
"""So far apart two of one name are still taken for one; where one has no place they are as well."""

_CELL = 0.0005
"""Degrees: at least 30 m either way, as far north as people live in towns."""

_SURE = {Quality.EXACT, Quality.NEAR}
_DEFAULT = to_record(Site("", {}))


class Answer(StrEnum):
    """What is done with a row that may be there already."""

    KEEP = "keep"
    """The catalogue's entry stays, the row is left out."""
    TAKE = "take"
    """The row changes the entry: what it says counts, what it leaves empty stays."""
    BOTH = "both"
    """They are two: the row is a new site."""


@dataclass(frozen=True)
class Twin:
    """The entry that a row may be, and how far it is off: None where one of them has no place."""

    site: Site
    metres: float | None


def twins_of(plan: ImportPlan, stored: Mapping[str, StoredSite]) -> dict[int, Twin]:
    """Return the entries that new rows may be, by the number of the row."""
    search = _Search(entry.site for entry in stored.values() if not entry.archived)
    found = {}
    for planned in plan.rows:
        site = planned.row.site
        if planned.kind is RowKind.NEW and site is not None and (twin := search.twin(site)):
            found[planned.row.number] = twin
    return found


def settled(
    plan: ImportPlan,
    twins: Mapping[int, Twin],
    answers: Mapping[int, Answer],
    stored: Mapping[str, StoredSite],
) -> ImportPlan:
    """Return the plan with what was answered; an entry is changed by one row at most, by the first."""
    taken: set[str] = set()
    rows = []
    for planned in plan.rows:
        twin = twins.get(planned.row.number)
        if twin is None or planned.kind is not RowKind.NEW:
            rows.append(planned)
            continue
        answer = answers.get(planned.row.number, Answer.KEEP)
        if answer is Answer.BOTH:
            rows.append(planned)
        elif answer is Answer.KEEP or twin.site.id in taken:
            rows.append(PlannedRow(planned.row, RowKind.UNCHANGED))
        else:
            taken.add(twin.site.id)
            rows.append(_taken(planned, stored[twin.site.id].site))
    return replace(plan, rows=tuple(rows))


def _taken(planned: PlannedRow, before: Site) -> PlannedRow:
    """A row that changes an entry by what it says."""
    typed = to_record(planned.row.site or before)
    said = {name: text for name, text in typed.items() if text and text != _DEFAULT.get(name, "")}
    site, _problems = read_record({**said, "id": before.id}, before)
    columns = changed_columns(before, site)
    kind = RowKind.CHANGED if columns else RowKind.UNCHANGED
    return PlannedRow(replace(planned.row, site=site), kind, columns)


class _Search:
    """Entries by their names and by the cells that they lie in."""

    def __init__(self, sites: Iterable[Site]) -> None:
        self._named: dict[str, list[Site]] = defaultdict(list)
        self._placed: dict[tuple[int, int], list[Site]] = defaultdict(list)
        for site in sites:
            for name in _names(site):
                self._named[name].append(site)
            if site.location.at is not None and site.location.quality in _SURE:
                self._placed[_cell(site.location.at)].append(site)

    def twin(self, site: Site) -> Twin | None:
        """The entry that a site may be, the one of its name before its neighbour."""
        at = site.location.at
        for name in _names(site) if self._named else ():
            for other in self._named.get(name, ()):
                metres = _apart(at, other.location.at)
                if metres is None or metres <= SAME_NAME_M:
                    return Twin(other, metres)
        if at is None or site.location.quality not in _SURE or not self._placed:
            return None
        near = [(distance_m(at, other.location.at), other) for other in self._around(at) if other.location.at]
        if not near:
            return None
        metres, nearest = min(near, key=lambda one: one[0])
        return Twin(nearest, metres) if metres <= SAME_PLACE_M else None

    def _around(self, at: LonLat) -> Iterator[Site]:
        east, north = _cell(at)
        for x in (east - 1, east, east + 1):
            for y in (north - 1, north, north + 1):
                yield from self._placed.get((x, y), ())


def _names(site: Site) -> set[str]:
    return {fold(name).strip() for name in site.name.values() if name.strip()}


def _cell(at: LonLat) -> tuple[int, int]:
    return floor(at[0] / _CELL), floor(at[1] / _CELL)


def _apart(one: LonLat | None, other: LonLat | None) -> float | None:
    return None if one is None or other is None else distance_m(one, other)
