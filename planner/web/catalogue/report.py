"""What of the catalogue wants a look: not confirmed for a year, hours unknown, texts missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import render_template

from planner.domain.text import in_language
from planner.outputs.catalogue.rows import confirmed_text
from planner.outputs.catalogue.words import column_name, site_name
from planner.services.catalogue.care.doubts import Doubt, doubts_of, missing_texts
from planner.services.catalogue.entries import stored_sites
from planner.services.catalogue.text import fold
from planner.web.catalogue.base import blueprint
from planner.web.frame.context import rule_context, services
from planner.web.frame.i18n import language
from planner.words.translation import _, gettext

if TYPE_CHECKING:
    from planner.domain.sites import Site

NAMED = 12
"""Sites of a doubt that are named; the list has all of them."""

_HEADINGS = {
    Doubt.STALE: _("Confirmed over a year ago"),
    Doubt.NO_HOURS: _("Hours unknown"),
    Doubt.FROM_OSM: _("From OpenStreetMap, not confirmed"),
    Doubt.UNTRANSLATED: _("Texts missing"),
}


@dataclass(frozen=True)
class DoubtRow:
    """A site of a doubt: its id, its name, and what there is to say of it."""

    id: str
    name: str
    note: str


@dataclass(frozen=True)
class DoubtList:
    """A doubt with how many sites have it, and the first of them."""

    state: str
    heading: str
    count: int
    rows: tuple[DoubtRow, ...]


@blueprint.get("/report")
def report() -> str:
    """What wants a look, by why."""
    with services().database.session() as session:
        sites = [entry.site for entry in stored_sites(session).values() if not entry.archived]
    sites.sort(key=lambda site: fold(in_language(site.name, language()) or site.id))
    today = rule_context().today
    doubts = {site.id: doubts_of(site, today) for site in sites}
    lists = [
        DoubtList(
            doubt.value,
            str(heading),
            sum(doubt in one for one in doubts.values()),
            tuple(_row(site, doubt) for site in [s for s in sites if doubt in doubts[s.id]][:NAMED]),
        )
        for doubt, heading in _HEADINGS.items()
    ]
    sound = sum(not one for one in doubts.values())
    return render_template("catalogue/report.html", lists=lists, total=len(sites), sound=sound)


def _row(site: Site, doubt: Doubt) -> DoubtRow:
    note = ""
    if doubt is Doubt.STALE:
        note = gettext("confirmed %(when)s", when=confirmed_text(site, language()))
    elif doubt is Doubt.UNTRANSLATED:
        missing = [column_name(f"{name}_{code}") for name, code in missing_texts(site)]
        note = ", ".join(missing)
    return DoubtRow(site.id, site_name(site, language()), note)
