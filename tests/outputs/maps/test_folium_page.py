from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from flask import Flask, Response, send_from_directory
from werkzeug.serving import make_server

from planner.outputs.maps.content import MapContent, MapEnd, MapLeg, MapStop, bounds_of, visit_state
from planner.outputs.maps.folium_page import MAP_LIBRARIES, MAP_STYLES, Tiles, render_map, script_json
from planner.outputs.maps.ground import Ground, MapMark
from planner.outputs.maps.paper.room import spread
from planner.paths import ROOT
from planner.streets.query.layers import Feature, LayerKind
from tests.kit.maps.on_paper import render_svg
from tests.kit.missing import lacking
from tests.kit.threads import answering

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

CREDIT_URL = "https://www.openstreetmap.org/copyright"
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "`${alert(1)}`",
    "</script><script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}{# gone #}",
    "a <!-- b --> \u2028 c \\ ' \" &amp;",
)
CSP = (
    "default-src 'none'; script-src 'nonce-n0nce'; style-src 'self' 'nonce-n0nce'; "
    "img-src 'self' data:; connect-src 'self'"
)


def content() -> MapContent:
    places = [
        (19.8280, 49.9750),
        (19.8280, 49.9750),
        (19.8300, 49.9740),
        (19.8320, 49.9725),
        (19.8265, 49.9730),
    ]
    stops = tuple(
        MapStop(number, name, at, "09:20–09:40", (name,), approximate_m=120.0 if number == 5 else None)
        for number, (name, at) in enumerate(zip(HOSTILE, places, strict=True), start=1)
    )
    legs = (
        MapLeg(0, "walk", (places[1], places[2]), label=HOSTILE[0], party="a"),
        MapLeg(1, "bus", (places[2], places[3]), label=HOSTILE[1], party="b"),
        MapLeg(2, "walk", (places[3], places[4]), is_estimated=True, label=HOSTILE[3], party="c"),
    )
    street = np.array([(19.82, 49.9735), (19.84, 49.9735)])
    park = np.array([(19.829, 49.971), (19.833, 49.971), (19.833, 49.973), (19.829, 49.971)])
    background = (
        Feature(LayerKind.GREEN, HOSTILE[2], is_estimated=False, coords=park),
        Feature(LayerKind.MAJOR, HOSTILE[3], is_estimated=False, coords=street),
        Feature(LayerKind.PATH, HOSTILE[0], is_estimated=True, coords=street + 0.001),
    )
    bounds = bounds_of(stops, legs)
    marks = tuple(
        MapMark(name, text, (19.829, 49.974))
        for name, text in zip(("quarter", "station"), HOSTILE, strict=False)
    )
    ends = (MapEnd("start", places[0], HOSTILE[4]),)
    ground = Ground(background, marks, (19.80, 49.96, 19.85, 49.99))
    labels = {"zoom_in": "Przybliż"}
    return MapContent(stops, legs, lambda: ground, bounds, HOSTILE[0], CREDIT_URL, "pl", labels, ends=ends)


def test_the_same_content_gives_the_same_bytes() -> None:
    assert render_map(content()) == render_map(content())
    assert render_svg(content(), 180, 120) == render_svg(content(), 180, 120)


def test_folium_renders_the_map_its_lines_and_its_markers() -> None:
    parts = render_map(content(), element_id="day_1")
    assert parts.html == '<div class="folium-map" id="day_1" ></div>'
    assert [parts.script.count(call) for call in ("L.map(", "L.polyline(", "L.marker(", "L.divIcon(")] == [
        1,
        3,
        5,
        5,
    ]
    assert "fitBounds(" not in parts.script  # the scripts fit it once its legend has its room


def test_no_text_can_leave_its_place_in_the_script() -> None:
    parts = render_map(content())
    page = parts.html + parts.script
    for forbidden in ("</script", "<script", "<!--", "<img", "\u2028", "style=", "<style", "eval("):
        assert forbidden not in page
    outside_of_strings = re.sub(r'"(?:[^"\\]|\\.)*"', '""', page)
    assert not set("`$") & set(outside_of_strings)


def test_a_name_is_never_run_as_a_template() -> None:
    assert "{{ 7 * 7 }}{% raw %}{# gone #}" in render_map(content()).script


def test_the_only_address_is_the_credit() -> None:
    page = "".join(vars(render_map(content())).values())
    assert re.findall(r"https?://[^\"]*", page) == [CREDIT_URL]
    assert re.findall(r"(?:src|href)=", page.replace("img src=x", "")) == []


def test_a_credit_that_is_no_web_address_is_no_link() -> None:
    bad = replace(content(), credit_url="javascript:alert(1)")
    assert "javascript:" not in render_map(bad).script
    assert '"url":""' in render_map(bad).script


def test_tiles_replace_the_drawn_background_and_are_credited_as_text() -> None:
    tiles = Tiles("https://tiles.example/{z}/{x}/{y}.png", '&copy; <a href="https://x.example">Example</a>')
    script = render_map(content(), tiles=tiles).script
    assert "visitMapKit.background(" not in script
    assert "L.tileLayer(" in script
    assert '"others":"\\u00a9 Example"' in script
    assert "x.example" not in script


@pytest.mark.parametrize("element_id", ["", "1a", "a-b", "a b", "a;alert(1)", "ą"])
def test_an_element_id_that_is_no_name_is_refused(element_id: str) -> None:
    with pytest.raises(ValueError, match="element id"):
        render_map(content(), element_id=element_id)


def test_a_map_without_stops_and_legs() -> None:
    empty = MapContent((), (), Ground, (19.8, 49.9, 19.9, 50.0), "Credit", CREDIT_URL)
    assert "L.marker(" not in render_map(empty).script
    assert render_svg(empty, 100, 80).endswith("</svg>")


def test_script_json_reads_back_as_it_was() -> None:
    text = script_json(list(HOSTILE))
    assert json.loads(text) == list(HOSTILE)
    assert not set("<>&\u2028") & set(text)


def test_the_printed_map_is_sound_and_says_everything_as_text() -> None:
    svg = ET.fromstring(render_svg(content(), 180, 120))  # noqa: S314  our own text
    texts = ["".join(node.itertext()) for node in svg.iter("{http://www.w3.org/2000/svg}text")]
    numbers = [
        node.text
        for node in svg.iter("{http://www.w3.org/2000/svg}text")
        if node.get("font-weight") == "bold"
    ]
    assert numbers == ["1", "2", "3", "4", "5"]
    along = [node.get("data-name") for node in svg.iter("{http://www.w3.org/2000/svg}g")]
    assert f"{HOSTILE[0]} · {CREDIT_URL}" in texts
    assert HOSTILE[3] in along
    assert "N" in texts
    assert any(re.fullmatch(r"\d+ m", text) for text in texts)
    assert not [
        node for node in svg.iter() if "style" in node.attrib or node.tag.endswith(("script", "style"))
    ]


def test_printed_stops_are_spread_and_never_stacked() -> None:
    places = spread([(10.0, 10.0), (10.0, 10.0), (10.0, 10.0), (11.0, 10.0), (50.0, 50.0)], 6.0)
    gaps = [
        float(np.hypot(ax - bx, ay - by)) for i, (ax, ay) in enumerate(places) for bx, by in places[i + 1 :]
    ]
    assert min(gaps) > 5.9
    assert places[4] == (50.0, 50.0)


def leaflet_folder() -> Path:
    served = ROOT / "static" / "vendor" / "leaflet"
    folder = served if (served / "leaflet.js").exists() else ROOT / "node_modules" / "leaflet" / "dist"
    if not folder.exists():
        lacking("Leaflet is not there to draw with: run make test, which installs it")
    return folder


def page_app() -> Flask:
    app = Flask(__name__, static_folder=None)
    parts = render_map(content())
    links = "".join(
        f'<link rel="stylesheet" href="/static/{name}">' for name in ("css/tokens.css", *MAP_STYLES)
    )
    scripts = "".join(f'<script nonce="n0nce" src="/static/{name}"></script>' for name in MAP_LIBRARIES)
    page = (
        '<!doctype html><html lang="pl"><meta charset="utf-8"><link rel="icon" href="data:,">'
        f"<title>Map</title>{links}<main>{parts.html}</main>{scripts}"
        '<script type="module" nonce="n0nce">import * as visitMapKit from "/static/js/map/kit.js";'
        f"\n{parts.script}</script>"
    )

    @app.get("/")
    def show() -> Response:
        return Response(page, headers={"Content-Security-Policy": CSP})

    @app.get("/static/vendor/leaflet/<path:name>")
    def leaflet(name: str) -> Response:
        return send_from_directory(leaflet_folder(), name)

    @app.get("/static/<path:name>")
    def own(name: str) -> Response:
        return send_from_directory(ROOT / "static", name)

    return app


@pytest.fixture
def address() -> Iterator[str]:
    with answering(make_server("127.0.0.1", 0, page_app(), threaded=True)) as served:
        yield f"{served}/"


def watch(shown: Any, address: str, troubles: list[str]) -> None:
    """Keep every error, broken rule of the policy, dialog and request to elsewhere."""

    def on_console(message: Any) -> None:
        if message.type == "error":
            troubles.append(message.text)

    def on_dialog(dialog: Any) -> None:
        troubles.append("dialog")
        dialog.dismiss()

    def on_request(asked: Any) -> None:
        if not asked.url.startswith((address, "data:")):
            troubles.append(asked.url)

    def on_response(got: Any) -> None:
        if got.status >= 400:
            troubles.append(f"{got.status} {got.url}")

    shown.on("console", on_console)
    shown.on("pageerror", lambda error: troubles.append(str(error)))
    shown.on("dialog", on_dialog)
    shown.on("request", on_request)
    shown.on("response", on_response)


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Any]:
    troubles: list[str] = []
    shown = chromium.new_page(viewport={"width": 900, "height": 700})
    watch(shown, address, troubles)
    shown.goto(address)
    shown.wait_for_selector(".visit-stop__disc")
    yield shown
    shown.close()
    assert troubles == []


@pytest.mark.browser
def test_the_map_lives_under_a_strict_policy(page: Any) -> None:
    labels = page.eval_on_selector_all(".visit-stop", "all => all.map(one => one.getAttribute('aria-label'))")
    assert labels == [f"{number}. {name}, 09:20–09:40" for number, name in enumerate(HOSTILE, start=1)]
    assert page.get_attribute(".leaflet-control-zoom-in", "title") == "Przybliż"
    assert page.inner_text(".visit-credit a") == HOSTILE[0]
    assert page.get_attribute(".visit-credit a", "rel") == "noopener"
    assert page.locator("a[href^=http]").count() == 1

    for number, name in enumerate(HOSTILE, start=1):
        page.evaluate("number => visitMap.focusStop(number)", number)
        assert page.locator(".visit-popup__name").last.text_content() == f"{number}. {name}"
    assert page.locator("img[src=x]").count() == 0

    before = page.evaluate("visitMap.map.getZoom()")
    page.click(".leaflet-control-zoom-out")
    page.wait_for_function("before => visitMap.map.getZoom() < before", arg=before)


@pytest.mark.browser
def test_stops_are_reached_and_left_with_the_keyboard(page: Any) -> None:
    page.evaluate("document.addEventListener('visitmap:stop', event => { window.told = event.detail; })")
    page.focus(".visit-stop >> nth=2")
    page.keyboard.press("Enter")
    page.wait_for_selector(".visit-popup__name")
    assert page.evaluate("window.told") == {"number": 3, "name": HOSTILE[2]}
    page.keyboard.press("Escape")
    page.wait_for_selector(".visit-popup__name", state="detached")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("3. ")


@pytest.mark.browser
def test_stops_at_one_place_are_spread(page: Any) -> None:
    page.evaluate("visitMap.map.setZoom(15, {animate: false})")
    boxes = [disc.bounding_box() for disc in page.locator(".visit-stop__disc").all()]
    gaps = [
        np.hypot(one["x"] - other["x"], one["y"] - other["y"])
        for i, one in enumerate(boxes)
        for other in boxes[:i]
    ]
    assert min(gaps) > 28
    assert page.locator(".visit-leader").count() >= 2


@pytest.mark.browser
def test_an_update_keeps_the_view(page: Any) -> None:
    view = "[visitMap.map.getZoom(), visitMap.map.getCenter().lat, visitMap.map.getCenter().lng]"
    page.evaluate("visitMap.map.setView([49.973, 19.829], 16, {animate: false})")
    before = page.evaluate(view)
    stops = (replace(content().stops[0], name="Nowy"), content().stops[3])
    page.evaluate("state => visitMap.update(state)", visit_state(stops, content().legs[:1]))
    assert page.evaluate(view) == before
    labels = page.eval_on_selector_all(".visit-stop", "all => all.map(one => one.getAttribute('aria-label'))")
    assert labels == ["1. Nowy, 09:20–09:40", f"4. {HOSTILE[3]}, 09:20–09:40"]
    assert page.locator("path.visit-leg").count() == 1


@pytest.mark.browser
def test_the_drawn_town_follows_the_theme(page: Any) -> None:
    corner = (
        "Array.from(document.querySelector('canvas').getContext('2d').getImageData(2, 2, 1, 1).data).join()"
    )
    light = page.evaluate(corner)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.wait_for_function(f"light => {corner} !== light", arg=light)
