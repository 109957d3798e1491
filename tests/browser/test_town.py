"""From the sketch to the real map by clicks: asked, compared, taken over, put back; sites, a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from planner.domain.jobs.job import JobState
from tests.browser.conftest import watched
from tests.kit.browser.organiser import DESK, kept_of_link
from tests.kit.web.served import serve_here
from tests.kit.web.signing_in import link_for
from tests.kit.web.town_desk import NAMED, a_map, town_desk

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_town_by_clicks(chromium: Browser, tmp_path: Path) -> None:
    with town_desk(tmp_path) as desk, serve_here(desk.app) as address:
        a_map(desk)
        state = kept_of_link(chromium, address + link_for(desk.app, "naczelniczka", "admin"))
        with watched(chromium, address, **DESK, storage_state=state) as seen:
            page = seen.open("/town")
            page.get_by_label("Miejsce").fill("Prawdziwe")
            page.get_by_label("Do kogo mogą pisać").fill("kontakt@urzad.example")
            page.get_by_role("main").get_by_role("button", name="Pobierz prawdziwą mapę").click()
            expect(page.get_by_text("Czeka na swoją kolej.")).to_be_visible()
            assert desk.work() is JobState.DONE
            expect(page.get_by_role("heading", name="Zbudowane obok: Prawdziwe")).to_be_visible()
            expect(page.get_by_text("6 min, 330 m → 10 min, 620 m").first).to_be_visible()
            page.get_by_role("button", name="Przejmij").click()
            expect(page.get_by_text("Obowiązuje. Poprzedni stan można przywrócić.")).to_be_visible()
            assert desk.town == "Prawdziwe"
            page.get_by_role("link", name="Obiekty z OpenStreetMap", exact=True).click()
            page.get_by_role("button", name="Przejrzyj mapę").click()
            expect(page.locator("[data-job]")).to_be_visible()
            assert desk.work() is JobState.DONE
            page.get_by_role("checkbox", name="Izba").check()
            page.get_by_role("button", name="Dodaj do katalogu").click()
            expect(page.get_by_text("1 nowy obiekt w katalogu.")).to_be_visible()
            page = seen.open("/town")
            page.get_by_role("button", name="Przywróć poprzedni stan").click()
            expect(page.get_by_text("Przywrócono.")).to_be_visible()
            assert desk.town == "Szkic"
            file = tmp_path / "obok.osm"
            file.write_text(NAMED, encoding="utf-8")
            page.get_by_label("Plik", exact=True).set_input_files(file)
            page.get_by_role("button", name="Prześlij i zbuduj").click()
            expect(page.locator("[data-job]")).to_be_visible()
            assert desk.work() is JobState.DONE
            page.get_by_role("button", name="Odrzuć").click()
            expect(page.get_by_text("Odrzucono.")).to_be_visible()
            assert seen.faults == []
