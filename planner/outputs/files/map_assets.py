"""What a map in one file brings with it: Leaflet, our painters and styles, as text of the page."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from planner.outputs.maps.folium_page import MAP_LIBRARIES, MAP_STYLES
from planner.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

STYLES = ("css/tokens.css", "css/base.css", *MAP_STYLES, "css/pages/map-file.css")
KIT = "js/pages/map-file.js"
"""The page that `npm run build` joins the painters for."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ADDRESS = re.compile(r"url\([^)]*\)")
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)
_INDENT = re.compile(r"\s*\n\s*")


@dataclass(frozen=True)
class MapAssets:
    """The text of one style element, and of scripts in their order."""

    style: str
    scripts: tuple[str, ...]


@cache
def map_assets(static: Path = ROOT / "static") -> MapAssets | None:
    """Return what the file needs; None where the painters were not joined (`npm run build`)."""
    try:
        manifest = json.loads((static / "dist" / "manifest.json").read_text(encoding="utf-8"))
        kit = (static / "dist" / manifest["files"][KIT]).read_text(encoding="utf-8")
    except (OSError, ValueError, KeyError):
        return None
    libraries = ((static / file).read_text(encoding="utf-8") for file in MAP_LIBRARIES)
    style = "\n".join((static / file).read_text(encoding="utf-8") for file in STYLES)
    own = f'(function () {{\n"use strict";\n{kit}\n}})();'
    return MapAssets(_light(style), tuple(map(in_page, (*libraries, own))))


def in_page(script: str) -> str:
    """Return a script as it can stand in a page."""
    return _SOURCE_MAP.sub("", script).replace("</script", "<\\/script").replace("<!--", "<\\!--").strip()


def _light(style: str) -> str:
    """Return a style sheet without comments, and without a picture that it would fetch."""
    return _INDENT.sub("\n", _ADDRESS.sub("none", _COMMENT.sub("", style))).strip()
