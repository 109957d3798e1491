"""A real town from nothing to a released visit, by clicks: the map, its sites, a day of three, the link."""

from __future__ import annotations

import gzip
import json
import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import osmium
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, watched
from tests.kit.browser.organiser import DESK, idle, signed_in
from tests.kit.browser.service import start_without_town
from tests.kit.streets.map_services import Answer, found, map_services

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.browser, pytest.mark.full, pytest.mark.slow]

BUILT_MS = 600_000
"""The runner gives a build the lowest priority, and the machine may be a slow one."""

LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Real:
    """A file of real data, what Nominatim says of the place, and three of its sites."""

    file: str
    name: str
    full_name: str
    bounds: tuple[float, float, float, float]
    sites: tuple[str, str, str]
    facts: str


KREMS = Real(
    "krems.osm.gz",
    "Krems an der Donau",
    "Krems an der Donau, Niederösterreich, Österreich",
    (15.5996, 48.3874, 15.6711, 48.4141),
    ("Dreifaltigkeitsplatz", "Simandlbrunnen", "Wachauer Park"),
    "Święta państwowe: AT.",
)
MONACO = Real(
    "monaco.osm.pbf",
    "Monaco",
    "Monaco",
    (7.409, 43.7247, 7.4399, 43.7519),
    ("Théâtre des Muses", "Musée de la Chapelle de la Visitation", "Bibliothèque Louis Notari"),
    "Święta państwowe: MC.",
)


def as_overpass_answers(file: Path, folder: Path) -> str:
    """The data of a file as XML."""
    if file.name.endswith(".osm.gz"):
        return gzip.decompress(file.read_bytes()).decode()
    plain = folder / "answer.osm"
    with osmium.SimpleWriter(str(plain)) as out:
        for one in osmium.FileProcessor(str(file)):
            out.add(one)
    return plain.read_text(encoding="utf-8")


def as_nominatim_answers(real: Real) -> str:
    west, south, east, north = real.bounds
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    outline = {"type": "Polygon", "coordinates": [ring]}
    return json.dumps([found(real.name, display_name=real.full_name, geojson=outline)])


@pytest.mark.parametrize("real", [KREMS, MONACO], ids=["krems", "monaco"])
def test_from_nothing_to_a_released_visit(
    chromium: Browser, tmp_path: Path, real_dir: Path, real: Real
) -> None:
    data = tmp_path / "data"
    with map_services() as maps:
        maps.nominatim = [Answer(as_nominatim_answers(real))]
        maps.overpass = [Answer(as_overpass_answers(real_dir / real.file, tmp_path))]
        asked = {"NOMINATIM_URL": f"{maps.url}/", "OVERPASS_URL": maps.overpass_url}
        service = start_without_town(data, **asked)
        try:
            with watched(chromium, service.address, **DESK) as seen:
                begun = time.monotonic()
                signed_in(seen.page, service)
                get_map(seen.page, real)
                choose_sites(seen.page, real)
                link = first_visit(seen.page, real)
                LOG.warning("%s: released after %.0f s", real.name, time.monotonic() - begun)
                assert seen.faults == []
            with watched(chromium, service.address, **PHONE) as phone:
                shown = phone.open(link.removeprefix(service.address))
                expect(shown.locator("h1")).to_have_text("Pierwsza wizyta")
                for site in real.sites:
                    expect(shown.locator(".row--stop").filter(has_text=site)).to_have_count(1)
                assert phone.faults == []
        finally:
            service.stop()


def get_map(page: Page, real: Real) -> None:
    """From the form on the first page until the map is in force."""
    expect(page.get_by_text("Nie ma jeszcze miasta.").first).to_be_visible()
    page.get_by_label("Miejsce").fill(real.name)
    page.get_by_label("Do kogo mogą pisać").fill("kontakt@urzad.example")
    page.get_by_role("main").get_by_role("button", name="Pobierz mapę miasta").click()
    expect(page.get_by_role("heading", name="Co dalej")).to_be_visible(timeout=BUILT_MS)
    expect(page.get_by_role("main")).to_contain_text(real.facts)
    expect(page.get_by_text("Nie ma jeszcze miasta.")).to_have_count(0)


def choose_sites(page: Page, real: Real) -> None:
    page.get_by_role("link", name="Wybierz obiekty z OpenStreetMap").click()
    for site in real.sites:
        page.get_by_role("checkbox", name=site, exact=True).check()
    page.get_by_role("button", name="Dodaj do katalogu").click()
    expect(page.get_by_text("3 nowe obiekty w katalogu.")).to_be_visible()


def first_visit(page: Page, real: Real) -> str:
    """A day of the three sites, published; the participants' address."""
    page.get_by_role("main").get_by_role("link", name="Miasto").click()
    page.get_by_role("link", name="Utwórz pierwszą wizytę").click()
    page.fill("#wish-title-pl", "Pierwsza wizyta")
    for site in real.sites:
        page.get_by_role("checkbox", name=site).check()
    page.get_by_role("checkbox", name="z obiadem").uncheck()
    page.get_by_role("button", name="Zaproponuj dzień").click()
    page.wait_for_function("() => window.visitEditor")
    expect(page.locator(".stop")).to_have_count(3)
    idle(page)
    page.click(".editor__publish")
    page.locator(".publish button.button").first.click()
    link = page.locator("#link-participant .link__url a").get_attribute("href")
    assert link is not None
    return link
