"""The catalogue's first page: the list beside its map, with its filters."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from flask import render_template, request, url_for
from markupsafe import Markup

from planner.outputs.catalogue.rows import confirmed_text, place_text, state_text, today_text
from planner.outputs.catalogue.words import THEMES, choices, site_name, theme_name
from planner.outputs.maps.catalogue import catalogue_map, markers
from planner.outputs.maps.folium_page import script_json
from planner.services.catalogue.entries import stored_sites
from planner.services.catalogue.search import SiteState, search
from planner.services.catalogue.text import fold
from planner.web.catalogue import edit as catalogue_edit
from planner.web.catalogue import importing as catalogue_import
from planner.web.catalogue import photo as catalogue_photo
from planner.web.catalogue import report as catalogue_report
from planner.web.catalogue import several as catalogue_several
from planner.web.catalogue.base import blueprint, map_parts
from planner.web.catalogue.filters import USUAL_WALK_MIN, read_filters
from planner.web.frame.context import rule_context, services
from planner.web.frame.i18n import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.services.catalogue.entries import StoredSite
    from planner.web.catalogue.filters import Filters

__all__ = ["blueprint"]

PAGES = (catalogue_edit, catalogue_import, catalogue_photo, catalogue_report, catalogue_several)
"""The modules that give the blueprint its other pages."""

PAGE = 100
"""Rows of the list at a time; the map shows all."""

MOST_OFFERED = 300
"""Names to choose from as the place that a walk begins at."""

FRAGMENT = "X-Fragment"
"""The header with which our script asks for the results alone."""


@blueprint.get("")
def index() -> str:
    """The list beside the map, or only its results."""
    with services().database.session() as session:
        stored = stored_sites(session).values()
    page = _results(list(stored))
    if FRAGMENT in request.headers:
        return render_template("catalogue/_results.html", **page)
    kept = (entry.site.location.at for entry in stored if not entry.archived)
    positions = [at for at in kept if at is not None]
    return render_template(
        "catalogue/index.html", **map_parts(lambda town: catalogue_map(town, positions, language())) | page
    )


def _results(stored: Sequence[StoredSite]) -> dict[str, Any]:
    filters = read_filters(stored)
    query = filters.query
    matching = search(stored, query, language())
    dots = markers(matching.sites, language())
    return {
        "query": query,
        "filters": filters,
        "address": partial(_address, filters),
        "today_text": partial(today_text, context=rule_context()),
        "confirmed_text": confirmed_text,
        "place_text": place_text,
        "state_text": state_text,
        "how_choices": choices("confirmed_how"),
        "theme_choices": sorted(THEMES, key=lambda key: fold(theme_name(key))),
        "names": [site_name(one.site, language()) for one in stored if one.site.location.at][:MOST_OFFERED],
        "found": matching,
        "shown": max(request.args.get("show", PAGE, type=int), PAGE),
        "page_size": PAGE,
        "total": sum(not entry.archived for entry in stored),
        "markers": Markup(script_json(dots)),  # noqa: S704 - JSON without < and &
        "placed": len(dots),
        "map_words": [", ".join((dot["name"], *dot["lines"])) for dot in dots],
        "states": SiteState,
    }


def _address(filters: Filters, **other: Any) -> str:
    """Return the address of the list with these filters, but for what is other."""
    query = filters.query
    asked = {
        "q": query.words,
        "theme": query.theme,
        "state": query.state.value,
        "step_free": "1" if query.step_free else "",
        "confirmed": "1" if query.confirmed else "",
        "on": filters.on,
        "at": filters.at,
        "near": filters.near,
        "minutes": filters.minutes if filters.near and filters.minutes != USUAL_WALK_MIN else "",
    } | other
    return url_for("catalogue.index", **{name: value for name, value in asked.items() if value})
