"""The map in one file, opened from disk by a browser without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from planner.web import create_app
from tests.kit.web.releases import links_of_sample
from tests.web.conftest import closed, settings_in, skawina_application

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

SIZES = {"desk": (1280, 800), "phone": (390, 844)}


@pytest.fixture(scope="module")
def map_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample visit's map, saved."""
    folder = tmp_path_factory.mktemp("map-file")
    closed(skawina_application(folder))
    app = create_app(settings_in(folder))
    links = links_of_sample(app)
    file = folder / "Mapa ze Skawiny.html"
    file.write_bytes(app.test_client().get(f"/v/{links.participant}/map.html?lang=pl").data)
    closed(app)
    return file


@pytest.mark.parametrize("size", ["phone", pytest.param("desk", marks=pytest.mark.slow)])
def test_the_map_opens_from_disk_with_no_network(chromium: Browser, map_file: Path, size: str) -> None:
    width, height = SIZES[size]
    context = chromium.new_context(viewport={"width": width, "height": height}, offline=True)
    faults: list[str] = []
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(map_file.as_uri())
    expect(page.locator(".visit-stop__disc")).to_have_count(5)
    assert page.evaluate("window.visitMap.painted() ? 1 : 0") == 1
    page.locator(".visit-stop").nth(1).click()
    expect(page.locator(".visit-popup")).to_contain_text("Muzeum Regionalne")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    context.close()
    assert wide <= 0
    assert faults == []
    assert [address for address in asked if not address.startswith(("file:", "data:"))] == []
    assert len(asked) <= 2
