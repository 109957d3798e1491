"""A map on a page of ours: Folium's parts, and the files that the page must load before them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from planner.outputs.maps.folium_page import MAP_LIBRARIES, Tiles, render_map
from planner.outputs.maps.words import map_words
from planner.web.frame.context import services

if TYPE_CHECKING:
    from planner.outputs.maps.content import MapContent


def map_view(content: MapContent | None) -> dict[str, Any]:
    """What a template needs to show a map; all of it empty where there is nothing to draw."""
    if content is None:
        return {"map_html": "", "map_script": "", "map_libraries": (), "map_words": ()}
    settings = services().settings
    tiles = Tiles(settings.tile_url, settings.tile_attribution or "") if settings.tile_url else None
    parts = render_map(content, tiles=tiles)
    return {
        "map_html": Markup(parts.html),  # noqa: S704 - made by render_map, which escapes
        "map_script": Markup(parts.script),  # noqa: S704
        "map_libraries": MAP_LIBRARIES,
        "map_words": map_words(content),
    }
