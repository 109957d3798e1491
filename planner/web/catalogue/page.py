"""The catalogue's first page: the list beside its map, with its filters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import render_template, request
from markupsafe import Markup

from planner.outputs.catalogue.words import theme_words
from planner.outputs.maps.catalogue import catalogue_map, markers
from planner.outputs.maps.folium_page import script_json
from planner.services.catalogue.entries import stored_sites
from planner.services.catalogue.search import SiteQuery, SiteState, search
from planner.web.catalogue import edit as catalogue_edit
from planner.web.catalogue import importing as catalogue_import
from planner.web.catalogue.base import blueprint, map_parts
from planner.web.frame.context import services
from planner.web.frame.i18n import language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.services.catalogue.entries import StoredSite

__all__ = ["blueprint"]

PAGES = (catalogue_edit, catalogue_import)
"""The modules that give the blueprint its other pages."""

PAGE = 100
"""Rows of the list at a time; the map shows all."""

FRAGMENT = "X-Fragment"
"""The header with which our script asks for the results alone."""


@blueprint.get("")
def index() -> str:
    """The list beside the map, or only its results."""
    with services().database.session() as session:
        stored = stored_sites(session).values()
    page = _results(stored)
    if FRAGMENT in request.headers:
        return render_template("catalogue/_results.html", **page)
    kept = (entry.site.location.at for entry in stored if not entry.archived)
    positions = [at for at in kept if at is not None]
    return render_template(
        "catalogue/index.html", **map_parts(lambda town: catalogue_map(town, positions, language())) | page
    )


def _results(stored: Iterable[StoredSite]) -> dict[str, Any]:
    query = _query()
    matching = search(stored, query, language())
    dots = markers(matching.sites, language())
    return {
        "query": query,
        "found": matching,
        "shown": max(request.args.get("show", PAGE, type=int), PAGE),
        "page_size": PAGE,
        "total": sum(not entry.archived for entry in stored),
        "markers": Markup(script_json(dots)),  # noqa: S704 - JSON without < and &
        "placed": len(dots),
        "map_words": [", ".join((dot["name"], *dot["lines"])) for dot in dots],
        "states": SiteState,
    }


def _query() -> SiteQuery:
    state = request.args.get("state", "")
    return SiteQuery(
        words=request.args.get("q", "")[:200],
        theme=request.args.get("theme", ""),
        state=SiteState(state) if state in set(SiteState) else SiteState.ALL,
        theme_words=theme_words(),
    )
