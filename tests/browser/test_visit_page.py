"""The phone page and the paper in real Chromium: seen, touched, printed, and read by axe."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from planner.paths import ROOT
from tests.browser.conftest import PHONE, Watched, watched
from tests.kit.missing import lacking
from tests.kit.paper.readers import codes_on
from tests.kit.web.hostile import EVIL

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

    from tests.browser.conftest import Town

pytestmark = pytest.mark.browser

HEIGHT = 844
AXE = ROOT / "static" / "vendor" / "test" / "axe.min.js"
ZOOM = "window.visitMap.map.getZoom()"
STILL = """() => new Promise((done) => {
  const look = () => window.visitMap.map._animatingZoom ? requestAnimationFrame(look) : done();
  look();
})"""
"""Answers once the map has come to rest: Leaflet takes no fingers while it flies to the visit."""
GROWN = """(before) => new Promise((done, fail) => {
  const map = window.visitMap.map;
  const look = () => map.getZoom() > before && done(map.getZoom());
  map.on("zoom zoomend", look);
  look();
  setTimeout(() => fail(new Error("the map was never zoomed in")), 15000);
})"""
"""Answers once the map is nearer than before; Playwright's own waiting needs eval, which is forbidden."""
SHOWN_EVIL = EVIL.replace("\u2028", " ").split("{{")[0]
"""What of the hostile text can be compared as it is read: its spaces are the browser's affair."""


def is_on_first_screen(element: Locator) -> bool:
    box = element.bounding_box()
    assert box is not None
    return box["y"] >= 0 and box["y"] + box["height"] <= HEIGHT


def on_map(page: Page) -> Page:
    """Bring the map on the screen, drawn."""
    page.locator(".folium-map").scroll_into_view_if_needed()
    expect(page.locator(".visit-stop__disc").first).to_be_visible()
    page.evaluate(STILL)
    return page


def empty_spot(page: Page) -> tuple[float, float]:
    """A place of the map, on the screen, where no stop, leg or control lies."""
    x, y = page.evaluate(
        """() => {
          const map = window.visitMap.map.getContainer();
          const box = map.getBoundingClientRect();
          for (let fy = 0.2; fy < 0.9; fy += 0.05) {
            for (let fx = 0.1; fx < 0.9; fx += 0.05) {
              const at = [box.left + box.width * fx, box.top + box.height * fy];
              const hit = document.elementFromPoint(...at);
              if (hit && map.contains(hit) &&
                  !hit.closest(".visit-stop, .visit-leg-hit, .leaflet-control, .leaflet-popup")) {
                return at;
              }
            }
          }
          throw new Error("no empty spot");
        }"""
    )
    return float(x), float(y)


@pytest.mark.slow
def test_the_first_screen_says_what_when_and_where_first(phone: Watched, town: Town) -> None:
    page = phone.open(f"{town.sample.pages[0]}?lang=pl")
    expect(page.get_by_role("heading", level=1)).to_have_text("Skawina: od dworca do parku")
    assert is_on_first_screen(page.get_by_role("heading", level=1))
    date = page.locator("time[datetime='2026-11-30']").first
    assert is_on_first_screen(date)
    assert "30 listopada 2026" in date.inner_text()
    first = page.locator("#stop-1 time").first
    assert is_on_first_screen(first)
    assert re.fullmatch(r"09:0\d", first.inner_text().strip())
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, "the page can be pushed sideways"


@pytest.mark.slow
def test_the_map_shows_the_stops_by_number(phone: Watched, town: Town) -> None:
    page = on_map(phone.open(town.sample.pages[0]))
    assert page.locator(".visit-stop__disc").all_inner_texts() == ["1", "2", "3", "4", "5"]
    expect(page.locator(".visit-credit a")).to_have_attribute(
        "href", re.compile("openstreetmap.org/copyright")
    )
    boxes = [disc.bounding_box() for disc in page.locator(".visit-stop__disc").all()]
    spots = {(round(box["x"]), round(box["y"])) for box in boxes if box}
    assert len(spots) == 5
    container = page.evaluate("window.visitMap.map.getContainer().getBoundingClientRect().height")
    assert container >= 200


@pytest.mark.slow
def test_a_tap_opens_what_the_stop_is(phone: Watched, town: Town) -> None:
    page = on_map(phone.open(f"{town.sample.pages[0]}?lang=en"))
    marker = page.locator(".visit-stop", has_text="2")
    marker.tap()
    popup = page.locator(".leaflet-popup")
    expect(popup).to_contain_text("2. Regional Museum")
    expect(popup).to_contain_text("09:3")
    expect(popup).to_contain_text("ul. Mickiewicza 26")


@pytest.mark.slow
def test_keys_open_and_close_what_the_stop_is(desk: Watched, town: Town) -> None:
    page = on_map(desk.open(f"{town.sample.pages[0]}?lang=en"))
    marker = page.get_by_role("button", name=re.compile(r"^3\. Town Hall"))
    for key in ("Enter", " "):
        marker.focus()
        page.keyboard.press(key)
        expect(page.locator(".leaflet-popup")).to_contain_text("3. Town Hall")
        page.keyboard.press("Escape")
        expect(page.locator(".leaflet-popup")).to_have_count(0)
        expect(marker).to_be_focused()


@pytest.mark.slow
def test_two_fingers_zoom_the_map(phone: Watched, town: Town) -> None:
    page = on_map(phone.open(town.sample.pages[0]))
    before = page.evaluate(ZOOM)
    x, y = empty_spot(page)
    touch = page.context.new_cdp_session(page)

    def fingers(kind: str, apart: float) -> None:
        points = [{"x": x, "y": y - apart, "id": 0}, {"x": x, "y": y + apart, "id": 1}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points if apart else []})

    fingers("touchStart", 20)
    for apart in range(25, 85, 5):
        fingers("touchMove", apart)
    fingers("touchEnd", 0)
    assert page.evaluate(GROWN, before) > before


@pytest.mark.slow
def test_two_taps_zoom_the_map(phone: Watched, town: Town) -> None:
    page = on_map(phone.open(town.sample.pages[0]))
    before = page.evaluate(ZOOM)
    x, y = empty_spot(page)
    for _ in range(20):  # two taps count as one within 200 ms only, and a busy machine may be slower
        page.touchscreen.tap(x, y)
        page.touchscreen.tap(x, y)
        if page.evaluate(ZOOM) > before:
            break
    assert page.evaluate(GROWN, before) > before


@pytest.mark.slow
def test_the_pages_own_zoom_is_not_forbidden(phone: Watched, town: Town) -> None:
    page = phone.open(town.sample.pages[0])
    content = page.locator("meta[name=viewport]").get_attribute("content") or ""
    assert "user-scalable" not in content
    assert "maximum-scale" not in content


def test_without_scripts_the_day_is_all_there(chromium: Browser, town: Town) -> None:
    with watched(chromium, town.address, java_script_enabled=False, **PHONE) as phone:
        page = phone.open(f"{town.sample.pages[0]}?lang=en")
        expect(page.locator(".row--stop")).to_have_count(5)
        expect(page.locator(".row--leg")).to_have_count(6)
        picture = page.locator(".map-side__still")
        picture.scroll_into_view_if_needed()
        expect(picture).to_be_visible()
        assert picture.evaluate("picture => picture.complete && picture.naturalWidth > 0")
        expect(page.locator(".phone-tools")).to_be_hidden()


@pytest.mark.slow
def test_the_map_is_in_its_own_element(desk: Watched, town: Town) -> None:
    page = on_map(desk.open(town.sample.pages[0]))
    names = page.evaluate("[...window.visitMap.map.getContainer().classList]")
    assert "folium-map" in names


@pytest.mark.parametrize(
    "number", [0, *(pytest.param(number, marks=pytest.mark.slow) for number in (1, 2, 3))]
)
def test_every_page_opens_without_a_fault_at_any_width(desk: Watched, town: Town, number: int) -> None:
    """The fixture counts console errors, violations of the policy and requests to other hosts."""
    page = desk.open(town.sample.pages[number])
    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, f"pushed sideways at {width}"
    assert page.locator("h1").count() == 1


# On paper


def pdf_text(page: Page, file: Path) -> list[str]:
    """The text of each page of what a printer would get."""
    page.pdf(path=file, prefer_css_page_size=True, print_background=True)
    pdftotext = shutil.which("pdftotext")
    if pdftotext is None:
        lacking("no pdftotext on this machine: what is printed cannot be read (apt install poppler-utils)")
    text = subprocess.run([pdftotext, "-layout", file, "-"], check=True, capture_output=True).stdout.decode()
    return text.removesuffix("\f").split("\f")


@pytest.mark.slow
@pytest.mark.parametrize(("language", "words"), [("pl", ("Mapa", "20 osób")), ("en", ("Map", "20 people"))])
def test_the_paper_holds_times_map_and_directions(
    desk: Watched, town: Town, tmp_path: Path, language: str, words: tuple[str, ...]
) -> None:
    file = tmp_path / "day.pdf"
    sheets = pdf_text(desk.open(f"{town.sample.pages[1]}?lang={language}"), file)
    # one sheet, both sides; a browser sets longer directions wider than the PDF does, and needs a page more
    assert len(sheets) == (2 if language == "pl" else 3)
    (code,) = codes_on(file.read_bytes(), len(sheets), tmp_path)
    assert f"{town.sample.pages[0]}?paper=" in code
    assert all(sheet.strip() for sheet in sheets), "an empty sheet"
    text = "\n".join(sheets)
    for word in (*words, "09:00", "https://www.openstreetmap.org/copyright", "ODbL"):
        assert word in text.replace("\u00a0", " ")
    assert "09:00" in sheets[0]
    assert "javascript" not in text.lower()


# For everybody


def serious(page: Page) -> list[str]:
    """What axe finds that keeps people out, by rule and place."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {node['target']} {node.get('failureSummary', '')}"
        for one in found["violations"]
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]


@pytest.mark.parametrize(
    ("number", "scheme"),
    [
        pytest.param(0, "light", id="phone-light"),
        pytest.param(0, "dark", id="phone-dark", marks=pytest.mark.slow),
        pytest.param(1, "light", id="paper-light", marks=pytest.mark.slow),
        pytest.param(1, "dark", id="paper-dark", marks=pytest.mark.slow),
    ],
)
def test_axe_finds_nothing_serious(chromium: Browser, town: Town, number: int, scheme: str) -> None:
    with watched(chromium, town.address, color_scheme=scheme, **PHONE) as phone:
        page = phone.open(town.sample.pages[number])
        if number == 0:
            on_map(page)
            for details in page.locator("details").all():
                details.evaluate("element => element.open = true")
        assert serious(page) == []
        if number == 0:
            page.locator(".visit-stop", has_text="2").tap()
            expect(page.locator(".leaflet-popup")).to_be_visible()
            assert serious(page) == []


# Texts that mean harm


def test_hostile_texts_stand_as_text_on_the_phone_and_in_the_popup(phone: Watched, town: Town) -> None:
    page = phone.open(f"{town.hostile.pages[0]}?lang=en")
    assert SHOWN_EVIL in page.locator("h1").inner_text()
    assert page.locator("main img").count() == 0
    assert page.locator("main script").count() == 1  # our own, which shows the card that is true now
    on_map(page)
    page.locator(".visit-stop", has_text="1").tap()
    popup = page.locator(".leaflet-popup")
    expect(popup).to_be_visible()
    assert SHOWN_EVIL in popup.inner_text()
    assert popup.locator("img, script, b").count() == 0


@pytest.mark.slow
def test_hostile_texts_stand_as_text_on_paper(desk: Watched, town: Town, tmp_path: Path) -> None:
    page = desk.open(f"{town.hostile.pages[1]}?lang=en")
    assert SHOWN_EVIL in page.locator("h1").inner_text()
    assert page.locator("main img, main script").count() == 0
    text = "".join(pdf_text(page, tmp_path / "evil.pdf"))
    assert "onerror=alert(1)" in text
    assert "7 * 7" in text
