"""The interactive map of a visit: Folium's map, our own assets, nothing from other hosts.

Folium renders the map, its legs and its stops as bare Leaflet layers; the
scripts in `static/js/map/*.js` dress them (casing, numbers, popups, keys) and
use the same dressing for the layers of a later live update.

Branca compiles what an element renders a second time, as a template: a name
like ``{{ 7 * 7 }}`` would be run. So no text ever passes through an element of
Folium's; all texts are in one JSON object that `_Script` renders as it is.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from planner.outputs.maps.content import MapContent, MapLeg, MapStop, bounds_of, rounded, visit_state
from planner.outputs.maps.packing import encode_ground
from planner.outputs.maps.plain_folium import DivIcon, Element, Figure, JsCode, MacroElement, folium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.geo import LonLat
    from planner.outputs.maps.ground import Ground

__all__ = [
    "MAP_LIBRARIES",
    "MAP_STYLES",
    "MapContent",
    "MapLeg",
    "MapParts",
    "MapStop",
    "Tiles",
    "bounds_of",
    "render_map",
    "visit_state",
]

MAP_STYLES = ("vendor/leaflet/leaflet.css", "css/parts/map.css")
"""What the page links, below static/."""

MAP_LIBRARIES = ("vendor/leaflet/leaflet.js",)
"""What the page loads before its own module, below static/."""

LABELS = {
    "map": "Map of the visit",
    "zoom_in": "Zoom in",
    "zoom_out": "Zoom out",
    "close": "Close",
    "touch_hint": "Two fingers move the map, a tap frees it",
    "wheel_hint": "Ctrl and wheel, or a click first, to zoom",
    "walk": "On foot",
    "bus": "By bus",
    "coach": "By coach",
    "ride": "By train",
    "halt": "Get on or off here",
    "legend": "How the lines are drawn",
    "five_minutes": "5 min on foot",
    "one_minute": "1 min on foot",
    "approximate": "somewhere in this circle",
}
"""The texts of the map's own controls, where `MapContent.labels` has none."""

MIN_ZOOM, MAX_ZOOM, TILES_MAX_ZOOM = 11, 18, 19
"""House numbers, the last to come, are there from 17.4 on. At 19 a step of the packed positions is five
pixels, and there is nothing new to see; a tile server has more."""

STOP_SIZE = (44, 44)
"""What a finger can hit, in pixels; the disc to see is smaller."""

ELEMENT_ID = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class MapParts:
    """What goes into a page: `html` in its body, `script` into a script element with the page's nonce."""

    html: str
    script: str


@dataclass(frozen=True)
class Tiles:
    """A tile server that the operator chose in place of the drawn background."""

    url: str
    attribution: str


class _Script(MacroElement):
    """JavaScript that goes into the page as it is, without a second pass as a template."""

    class Code(Element):
        def __init__(self, code: str) -> None:
            super().__init__()
            self.code = code

        def render(self, **_: Any) -> str:
            return self.code

    def __init__(self, code: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.code = code

    def render(self, **_: Any) -> str:
        _figure_of(self).script.add_child(self.Code(self.code), name=self.get_name())
        return ""


class _Map(folium.Map):
    """A Folium map that links no assets and is named by its element's id."""

    default_js = []  # noqa: RUF012  as Folium declares it
    default_css = []  # noqa: RUF012

    def get_name(self) -> str:
        return str(self._id)


class _AsItIs(MacroElement):
    """Put last among the bases: what the element renders goes into the page without a second pass.

    Branca would compile it as a template of its own, which costs more than all the rest of a map.
    """

    def render(self, **kwargs: Any) -> str:
        code = self._template.module.script(self, kwargs)
        _figure_of(self).script.add_child(_Script.Code(code), name=self.get_name())
        for child in self._children.values():
            child.render(**kwargs)
        return ""


class _LegLine(folium.PolyLine, _AsItIs):
    """A line whose look is all in the style sheet."""

    def __init__(self, leg: MapLeg) -> None:
        super().__init__([_lat_lon(at) for at in leg.geometry])  # type: ignore[no-untyped-call]
        self.options = {"className": "visit-leg", "interactive": False}


class _StopMark(folium.Marker, _AsItIs):  # type: ignore[misc]  # Folium passes no words
    """A stop's marker, whose look and words come from the script."""

    class SetIcon(folium.Marker.SetIcon, _AsItIs):
        pass

    def __init__(self, at: LonLat) -> None:
        icon = _StopIcon(class_name="visit-stop", icon_size=STOP_SIZE)
        super().__init__(_lat_lon(at), popup=_StopPopup(), icon=icon)


class _StopIcon(DivIcon, _AsItIs):
    pass


class _StopPopup(folium.Popup):
    """A popup that is filled with text nodes by the script, never with HTML."""

    def render(self, **_: Any) -> str:
        marker = cast("Element", self._parent).get_name()
        code = _Script.Code(f"{marker}.bindPopup(L.popup(visitMapKit.POPUP_OPTIONS));")
        _figure_of(self).script.add_child(code, name=self.get_name())
        return ""


def render_map(content: MapContent, *, element_id: str = "chart", tiles: Tiles | None = None) -> MapParts:
    """Render a map; the same content gives the same bytes.

    The page has to load `MAP_STYLES` and `MAP_LIBRARIES` first, and to give the script the name
    `visitMapKit` for what static/js/map/kit.js exports. `element_id` is
    also a name in the script: lower-case letters, digits and underscores.
    """
    if not ELEMENT_ID.fullmatch(element_id):
        raise ValueError(f"not usable as a map's element id: {element_id!r}")
    figure = _figure(content, element_id, tiles)
    figure.render()
    script = "\n".join(line.strip() for line in figure.script.render().splitlines() if line.strip())
    return MapParts(figure.html.render().strip(), f'(function () {{\n"use strict";\n{script}\n}})();')


def script_json(value: Any) -> str:
    """JSON that can stand in a script element: no `<`, no line separator, nothing but ASCII."""
    text = json.dumps(value, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _figure(content: MapContent, element_id: str, tiles: Tiles | None) -> Figure:
    west, south, east, north = content.bounds
    chart = _Map(
        location=((south + north) / 2, (west + east) / 2),
        zoom_start=14,
        tiles=None,
        zoom_control=False,
        attribution_control=False,
        zoom_snap=1 if tiles else 0.25,
    )
    chart.options.update(
        min_zoom=MIN_ZOOM, max_zoom=TILES_MAX_ZOOM if tiles else MAX_ZOOM
    )  # the arguments of that name go to tiles
    options = cast("dict[str, Any]", chart.options)
    for moving in ("zoom_animation", "fade_animation", "marker_zoom_animation"):
        options[moving] = JsCode("!visitMapKit.reducedMotion()")
    if tiles is None:
        chart.add_child(_background(content.ground, element_id))
    else:
        chart.add_child(folium.TileLayer(tiles.url, attr="credited beside the map", max_zoom=TILES_MAX_ZOOM))
    legs, stops = _layers(content)
    chart.add_child(legs)
    chart.add_child(stops)
    _name_in_order(_figure_of(chart), chart, element_id)
    chart.add_child(_Script(_adoption(content, element_id, legs.get_name(), stops.get_name(), tiles)))
    return _figure_of(chart)


def _layers(content: MapContent) -> tuple[folium.FeatureGroup, folium.FeatureGroup]:
    legs, stops = folium.FeatureGroup(), folium.FeatureGroup()
    for leg in content.legs:
        legs.add_child(_LegLine(leg))
    for stop in content.stops:
        stops.add_child(_StopMark(stop.at))
    return legs, stops


def _background(ground: Ground, element_id: str) -> _Script:
    data = script_json(encode_ground(ground))
    return _Script(f"var background = visitMapKit.background({data}).addTo({element_id});")


def _adoption(content: MapContent, element_id: str, legs: str, stops: str, tiles: Tiles | None) -> str:
    state = visit_state(content.stops, content.legs, content.halts, content.ends)
    for leg in state["legs"]:  # Folium's own lines have it
        del leg["geometry"]
    data = {
        **state,
        "bounds": [content.bounds[:2], content.bounds[2:]],
        "language": content.language,
        "labels": {**LABELS, **content.labels},
    }
    others = (_plain(tiles.attribution) if tiles else "", content.more_credit)
    credit = {
        "text": content.credit_text,
        "url": _web_address(content.credit_url),
        "others": " · ".join(text for text in others if text),
    }
    background = "null" if tiles else "background"
    return (
        f"visitMapKit.credit({element_id}, {script_json(credit)});\n"
        f"visitMapKit.adopt({element_id}, {{background: {background}, legs: {legs}, stops: {stops}}}, "
        f"{script_json(data)});"
    )


def _name_in_order(root: Figure, chart: _Map, element_id: str) -> None:
    """Replace the random ids that Folium's elements are born with by their place in the tree."""
    for number, element in enumerate(_walk(root)):
        element._id = str(number)  # noqa: SLF001  there is no other way
    chart._id = element_id  # noqa: SLF001


def _figure_of(element: Element) -> Figure:
    return cast("Figure", element.get_root())


def _walk(element: Element) -> Iterator[Element]:
    yield element
    for child in element._children.values():  # noqa: SLF001  there is no other way
        yield from _walk(child)


def _lat_lon(at: LonLat) -> tuple[float, float]:
    lon, lat = rounded(at)
    return lat, lon


def _plain(html: str) -> str:
    """Tile servers ask to be credited in HTML; the map shows its text."""
    return unescape(TAG.sub("", html)).strip()


def _web_address(url: str) -> str:
    return url if urlsplit(url).scheme in {"http", "https"} else ""
