"""What can become the next stop, by what is typed into the search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request

from planner.services.catalogue.addresses import find_addresses
from planner.services.catalogue.positions import position_text
from planner.services.catalogue.search import offered
from planner.web.frame.context import services

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.sites import Site

MOST_FOUND = 8
LONGEST_QUERY = 100


def found_sites(sites: Mapping[str, Site]) -> dict[str, Any]:
    """Return the catalogue's sites that match what is asked for, and addresses of the town that do."""
    query = request.args.get("q", "").strip()[:LONGEST_QUERY]
    matching = offered(sites.values(), query)
    return {
        "query": query,
        "found": matching[:MOST_FOUND],
        "more_found": max(0, len(matching) - MOST_FOUND),
        "addresses": find_addresses(services().desk_town.network, query) if query else [],
        "position_text": position_text,
    }
