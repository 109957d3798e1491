"""Maps on pages of their own, served to a browser."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, abort, send_from_directory
from werkzeug.serving import make_server

from planner.outputs.maps.folium_page import MAP_LIBRARIES, MAP_STYLES, render_map
from planner.paths import ROOT
from tests.kit.threads import answering

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.outputs.maps.content import MapContent

MEASURE = (ROOT / "tests" / "kit" / "maps" / "measure.js").read_text(encoding="utf-8")
STYLE = "html, body { margin: 0; height: 100%; } main { height: 100vh; } .folium-map { height: 100%; }"
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


class MapPages:
    """Pages by name; `add` gives the address of one."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.pages: dict[str, str] = {}

    def add(self, name: str, content: MapContent) -> str:
        """Serve a map under a name."""
        parts = render_map(content)
        styles = ("css/tokens.css", "css/base.css", *MAP_STYLES)
        links = "".join(f'<link rel="stylesheet" href="/static/{one}">' for one in styles)
        scripts = "".join(f'<script src="/static/{one}"></script>' for one in MAP_LIBRARIES)
        self.pages[name] = (
            '<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,">'
            f"<title>Map</title>{links}<style>{STYLE}</style><main>{parts.html}</main>{scripts}"
            '<script type="module">import * as visitMapKit from "/static/js/map/kit.js";'
            f"\n{parts.script}</script>"
        )
        return f"{self.address}/{name}"


@contextmanager
def map_pages() -> Iterator[MapPages]:
    """A server of maps for as long as it is needed."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app = Flask("maps", static_folder=None)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    served = MapPages(f"http://127.0.0.1:{server.server_port}")

    @app.get("/static/<path:name>")
    def static_file(name: str) -> Response:
        return send_from_directory(ROOT / "static", name)

    @app.get("/<name>")
    def page(name: str) -> Response:
        if name not in served.pages:
            abort(404)
        return Response(served.pages[name])

    with answering(server):
        yield served


def zoomed(page: Any, zoom: float) -> None:
    """Bring a page's map to a zoom, and wait until it is painted."""
    page.evaluate("zoom => visitMap.map.setZoom(zoom, {animate: false})", zoom)
    page.evaluate(PAINTED)
