"""A map on a page of ours: Folium's parts with the files to load before them, or its sheets for paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from planner.outputs.maps.folium_page import MAP_LIBRARIES, Tiles, render_map
from planner.outputs.maps.paper.legend import halt_sample, line_sample
from planner.outputs.maps.paper.sheets import sheets_of
from planner.outputs.maps.visit import lines_drawn
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


def paper_view(content: MapContent | None) -> dict[str, Any]:
    """What a template needs to print a map: its sheets, and what its lines mean; empty without one."""
    if content is None:
        return {"maps": [], "map_lines": [], "halt_mark": ""}
    return {
        "maps": [
            {"svg": Markup(sheet.svg), "is_wide": sheet.is_wide, "page": sheet.page}  # noqa: S704 - all escaped
            for sheet in sheets_of(content)
        ],
        "map_lines": [(line_sample(mode), words) for mode, words in lines_drawn(content)],
        "halt_mark": halt_sample() if content.halts else "",
    }
