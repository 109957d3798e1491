"""The map of the catalogue: the town as drawn for visits, and the sites as plain data for its markers.

Markers are thinned out by `static/js/catalogue/map.js`, which draws what is in
sight: sites close to each other share one disc with their number.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from planner.outputs.catalogue.words import quality_text, site_name
from planner.outputs.maps.content import MapContent, box_of, rounded
from planner.outputs.maps.ground import Asked, remembered_ground
from planner.outputs.maps.visit import map_labels, widened
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.domain.geo import LonLat
    from planner.services.catalogue.entries import StoredSite
    from planner.services.travel.town import Town
    from planner.streets.query.layers import Bounds

AROUND_M = 400.0
"""What is shown around a single place."""

AROUND_TOWN_M = 2_000.0
"""What is shown of the town's middle where a site has no place yet."""

PLENTY = 1.7
"""An organiser's page may carry more of the town than a visit's."""


def catalogue_map(town: Town, positions: Sequence[LonLat], language: str) -> MapContent:
    """The town around the sites; without sites the whole network."""
    near = box_of(positions) if positions else town.network.meta.bounds
    places = tuple((at,) for at in positions) or ((_centre(near),),)
    facts = town.facts
    return MapContent(
        stops=(),
        legs=(),
        surroundings=partial(remembered_ground, town.network.layers, Asked(near, places, language, PLENTY)),
        bounds=near,
        credit_text=facts.credit,
        credit_url=facts.credit_url,
        language=language,
        labels={**map_labels(language), "map": gettext("Map of the sites")},
    )


def place_map(town: Town, at: LonLat | None, language: str) -> MapContent:
    """The town around one site's place, wide enough to move it; without a place the town's middle."""
    near = (
        widened((*at, *at), AROUND_M)
        if at
        else widened((*_centre(town.network.meta.bounds),) * 2, AROUND_TOWN_M)
    )
    facts = town.facts
    return MapContent(
        stops=(),
        legs=(),
        surroundings=partial(
            remembered_ground, town.network.layers, Asked(near, ((_centre(near),),), language, PLENTY)
        ),
        bounds=near,
        credit_text=facts.credit,
        credit_url=facts.credit_url,
        language=language,
        labels={**map_labels(language), "map": gettext("Map: click to place the site")},
    )


def markers(stored: Iterable[StoredSite], language: str) -> list[dict[str, Any]]:
    """The placed sites as the map's script takes them; all plain text, no host."""
    return [
        {
            "id": entry.site.id,
            "name": site_name(entry.site, language),
            "at": rounded(entry.site.location.at),
            "lines": [text for text in (entry.site.address, quality_text(entry.site.location)) if text],
            "tone": "ok" if entry.site.is_confirmed else "warn",
        }
        for entry in stored
        if entry.site.location.at is not None
    ]


def _centre(bounds: Bounds) -> LonLat:
    west, south, east, north = bounds
    return (west + east) / 2, (south + north) / 2
