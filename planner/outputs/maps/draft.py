"""The editor's map: the day as it stands on the whole town, with the catalogue's sites to choose from."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from planner.domain.text import in_language
from planner.outputs.maps.content import MapContent, rounded
from planner.outputs.maps.ground import Asked, remembered_ground
from planner.outputs.maps.visit import lines_of, map_labels, visit_map, widened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.domain.releases import ReleaseContent
    from planner.domain.sites import Site
    from planner.outputs.timeline.rows import Timeline
    from planner.streets.query.layers import Bounds
    from planner.streets.query.network import Network

PLENTY = 1.7
"""An organiser's page may carry more of the town than a visit's, so that the next stop can be looked for."""

START_M = 700.0
"""What is shown around the start while there are no stops."""


def draft_map(content: ReleaseContent, timeline: Timeline, network: Network) -> MapContent:
    """Return the map of a draft's day; it is never empty, as one has to click on it."""
    drawn = visit_map(content, timeline, network.layers)
    near = drawn.bounds if drawn else _around_start(content, timeline, network)
    if near[2] - near[0] < 1e-4 and near[3] - near[1] < 1e-4:  # noqa: PLR2004 - a single point
        near = widened(near, START_M)
    lines = (
        lines_of(drawn.stops, drawn.legs)
        if drawn
        else ((((near[0] + near[2]) / 2, (near[1] + near[3]) / 2),),)
    )
    asked = Asked(near, lines, timeline.language, PLENTY)
    surroundings = partial(remembered_ground, network.layers, asked)
    empty = MapContent(
        stops=(),
        legs=(),
        surroundings=surroundings,
        bounds=near,
        credit_text=content.network.credit,
        credit_url=content.network.credit_url,
        language=timeline.language,
        labels=map_labels(timeline.language),
    )
    return replace(drawn or empty, surroundings=surroundings, bounds=near)


def catalogue_dots(sites: Iterable[Site], language: str) -> list[dict[str, Any]]:
    """The placed sites as small dots to add from: id, name, position."""
    return [
        {"id": site.id, "name": in_language(site.name, language), "at": rounded(site.location.at)}
        for site in sites
        if site.location.at is not None
    ]


def _around_start(content: ReleaseContent, timeline: Timeline, network: Network) -> Bounds:
    place = content.visit.days[timeline.day].start.place
    site = content.sites.get(place.site) if place.site else None
    at = site.location.at if site else place.at
    if at is None:
        west, south, east, north = network.meta.bounds
        at = ((west + east) / 2, (south + north) / 2)
    return widened((*at, *at), START_M)
