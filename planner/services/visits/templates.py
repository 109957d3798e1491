"""Visits to begin from: documents of the project, offered where the catalogue has all their sites."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from planner.domain.edits.stops import on_date
from planner.domain.text import LocalText
from planner.domain.visits import Visit
from planner.paths import ROOT
from planner.services.planning.places import day_refs
from planner.store.documents import from_json

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

FOLDER = ROOT / "data" / "templates"


@dataclass(frozen=True)
class VisitTemplate:
    """A visit to begin from: its name, what it is about, its document on any date."""

    key: str
    order: int
    name: LocalText
    about: LocalText
    visit: Visit

    @property
    def sites(self) -> frozenset[str]:
        """The ids of the sites that it goes to."""
        refs = (ref for day in self.visit.days for _, ref in day_refs(day))
        return frozenset(ref.site for ref in refs if ref is not None and ref.site is not None)

    def on(self, date: dt.date) -> Visit:
        """Return the visit beginning on a date."""
        return on_date(self.visit, date)


def templates_for(sites: Collection[str]) -> tuple[VisitTemplate, ...]:
    """Return the templates of which a catalogue, given by the ids of its sites, has every site."""
    return tuple(one for one in _all() if one.sites <= set(sites))


@cache
def _all() -> tuple[VisitTemplate, ...]:
    found = []
    for file in FOLDER.glob("*.json"):
        told = json.loads(file.read_text(encoding="utf-8"))
        visit = from_json(Visit, told["visit"])
        found.append(VisitTemplate(file.stem, told["order"], told["name"], told["about"], visit))
    return tuple(sorted(found, key=lambda one: one.order))
