"""The catalogue in real Chromium: nothing from outside, no error, everything by mouse, finger and keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

import pytest

from planner.paths import ROOT
from planner.services.catalogue.editing import read_site
from planner.web import create_app
from tests.browser.conftest import PHONE, watched
from tests.kit.browser.organiser import kept_of_link
from tests.kit.missing import lacking
from tests.kit.web.own_catalogue import own_catalogue
from tests.kit.web.served import serve_here
from tests.kit.web.signing_in import link_for, services_of
from tests.web.conftest import closed, settings_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from playwright.sync_api import Browser, Page

AXE = ROOT / "static" / "vendor" / "test" / "axe.min.js"
DESK = {"viewport": {"width": 1280, "height": 800}, "locale": "pl-PL"}

LEFT = re.compile(r"failed: .*/sites(/position|/hours|)\?")
"""A question of the page that it gave up itself, for a newer one."""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def own_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application that is served, with the clock of today."""
    folder = tmp_path_factory.mktemp("catalogue") / "data"
    with own_catalogue(folder):
        app = create_app(settings_in(folder))
        yield app
        closed(app)


@pytest.fixture(scope="module")
def address(own_app: Flask) -> Iterator[str]:
    with serve_here(own_app) as served:
        yield served


@pytest.fixture(scope="module")
def signed_in(chromium: Browser, own_app: Flask, address: str) -> Any:
    return kept_of_link(chromium, address + link_for(own_app, "anna"))


@pytest.fixture
def page(chromium: Browser, signed_in: Any, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    options = getattr(request, "param", DESK)
    with watched(chromium, address, storage_state=signed_in, base_url=address, **options) as watch:
        yield watch.page
        watch.faults = [fault for fault in watch.faults if not LEFT.match(fault)]


def rows(page: Page) -> list[str]:
    return list(page.locator(".site-row__name").all_text_contents())


@pytest.mark.slow
def test_typing_filters_list_and_map_without_leaving(page: Page) -> None:
    page.goto("/sites")
    page.wait_for_selector(".leaflet-marker-icon")
    page.evaluate("window.stayed = true")
    page.fill("#q", "PALACYK sokol")
    page.wait_for_function("() => document.querySelectorAll('.site-row').length === 1")
    assert rows(page) == ["Pałacyk „Sokół”"]
    assert page.locator(".leaflet-marker-icon").count() == 1
    assert page.evaluate("window.stayed")
    assert page.url.endswith("?q=PALACYK+sokol")
    page.fill("#q", "")
    page.wait_for_function("() => document.querySelectorAll('.site-row').length === 40")


@pytest.mark.slow
def test_list_and_map_lead_to_each_other(page: Page) -> None:
    page.goto("/sites")
    page.click("[data-site=teznia] .site-row__address")
    page.wait_for_selector(".visit-popup__name")
    assert "Tężnia" in page.inner_text(".visit-popup__name")
    assert page.locator(".site-row--on").get_attribute("data-site") == "teznia"
    page.keyboard.press("Escape")
    page.wait_for_function(
        "() => { const map = visitMap.map; return !map._panAnim?._inProgress && !map._animatingZoom; }"
    )
    dot = page.locator(".leaflet-marker-icon:has(.site-dot):not([aria-label^='Tężnia'])").first
    label = dot.get_attribute("aria-label")
    dot.focus()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "label => document.querySelector('.visit-popup__name')?.textContent === label", arg=label
    )
    assert page.inner_text(".site-row--on .site-row__name") == label
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit")
    assert page.inner_text("h1") == label


@pytest.mark.slow
@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_on_a_phone_the_map_is_one_tap_away(page: Page) -> None:
    page.goto("/sites")
    page.tap(".sites-bar a >> nth=1")
    page.wait_for_function(
        "() => Math.abs(document.querySelector('#map-of-sites').getBoundingClientRect().top) < 60"
    )
    assert page.locator(".leaflet-marker-icon").first.is_visible()
    page.tap(".sites-bar a >> nth=0")
    page.wait_for_function("() => window.scrollY < 200")
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    for path in ("/sites", "/sites/muzeum/edit", "/sites/import"):
        page.goto(path)
        assert not page.evaluate(wide), path


@pytest.mark.slow
def test_a_click_on_the_map_places_a_site_and_it_is_saved(page: Page, own_app: Flask) -> None:
    page.goto("/sites/stadion/edit")
    assert page.input_value("#position") == ""
    page.locator(".folium-map").scroll_into_view_if_needed()
    page.locator(".folium-map").click(position={"x": 150, "y": 150})
    page.wait_for_selector(".site-pin")
    assert page.input_value("#quality") == "near"
    typed = page.input_value("#position")
    page.click(".site-form__save button")
    page.wait_for_selector(".flash--done")
    with services_of(own_app).database.session() as session:
        at = read_site(session, "stadion").site.location.at
    assert at is not None
    assert typed == f"{at[1]:.6f}".rstrip("0") + ", " + f"{at[0]:.6f}".rstrip("0")
    page.wait_for_selector(".site-pin")
    page.fill("#position", "19.82609, 49.97548")
    page.wait_for_function("() => Math.abs(visitMap.map.getCenter().lng - 19.826) < 0.05")
    page.fill("#position", "52.2, 21.0")
    page.wait_for_function(
        "() => document.querySelector('[data-position-problem]').textContent.includes('2 km')"
    )


@pytest.mark.slow
def test_hours_are_written_by_rows_and_read_back(page: Page) -> None:
    page.goto("/sites/camena/edit")
    page.click("[data-add]")
    assert page.input_value("#opening_hours") == "Mo-Fr 08:00-16:00"
    page.click("[data-add]")
    row = page.locator(".hours__row >> nth=1")
    row.locator("[value=Mo]").check()
    row.locator("[data-from]").fill("17:00")
    row.locator("[data-to]").fill("19:00")
    page.click("[data-shut][value=PH]")
    assert page.input_value("#opening_hours") == "Mo 08:00-16:00,17:00-19:00; Tu-Fr 08:00-16:00; PH off"
    page.wait_for_function(
        "() => document.querySelector('[data-hours-week]').textContent.includes('17:00–19:00')"
    )
    page.fill("#opening_hours", "Sa 10:00-14:00")
    assert page.locator(".hours__row").count() == 1
    assert page.locator("[data-day]:checked").get_attribute("value") == "Sa"
    page.fill("#opening_hours", "Apr-Oct: Mo 10:00-12:00")
    assert page.locator("[data-too-rich]").is_visible()
    page.fill("#opening_hours", "weekdays")
    page.wait_for_selector("[data-hours-week] .notice--fail")


@pytest.mark.slow
def test_thousands_of_markers_are_thinned_out(page: Page) -> None:
    page.goto("/sites")
    many = """() => sitesMap.show(Array.from({length: 5000}, (_, i) => ({
        id: "m" + i, name: "M " + i, lines: [], tone: "ok",
        at: [19.78 + (i % 100) * 0.001, 49.95 + Math.floor(i / 100) * 0.001],
    })))"""
    page.evaluate(many)
    assert 1 < page.locator(".leaflet-marker-icon").count() < 300


@pytest.mark.parametrize(
    ("path", "scheme"),
    [
        ("/sites", "light"),
        pytest.param("/sites/muzeum/edit", "dark", marks=pytest.mark.slow),
        pytest.param("/sites/import", "light", marks=pytest.mark.slow),
        pytest.param("/sites", "dark", marks=pytest.mark.slow),
        pytest.param("/sites/muzeum/edit", "light", marks=pytest.mark.slow),
        pytest.param("/sites/new", "light", marks=pytest.mark.slow),
        pytest.param("/sites/new", "dark", marks=pytest.mark.slow),
        pytest.param("/sites/import", "dark", marks=pytest.mark.slow),
    ],
)
def test_axe_finds_nothing(page: Page, path: str, scheme: Literal["light", "dark"]) -> None:
    if not AXE.exists():
        lacking("axe-core is not there to look for barriers: run make test, which installs it")
    page.emulate_media(color_scheme=scheme)
    page.goto(path)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then(result => result.violations)")
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []


@pytest.mark.slow
def test_controls_are_large_enough_for_a_finger(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    small = """() => Array.from(document.querySelectorAll(
            "main :is(a, button, select, summary, label:has(input), input:not([type=hidden]))"))
        .filter((one) => !(one.matches("[type=checkbox], [type=radio]") && one.closest("label, .field")))
        .filter((one) => one.offsetParent && !one.closest("p:not(.actions), .visit-credit"))
        .map((one) => [one.className || one.name || one.textContent, one.getBoundingClientRect().height])
        .filter(([, height]) => height < 43)"""
    for path in ("/sites", "/sites/muzeum/edit", "/sites/import"):
        page.goto(path)
        assert page.evaluate(small) == [], path
