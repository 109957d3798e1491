"""Make the README's screenshots from a running service: `make screenshots` (start `make run` first).

Needs Chromium; reads the sample visit's address from the data directory, as the service itself does.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from planner.services.first_run import addresses
from planner.services.settings import read_settings
from planner.store.database import Database

FOLDER = Path(__file__).parent.parent / "docs" / "screenshots"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def shoot(page: Page, url: str, name: str) -> None:
    """Open an address and keep what the first screen shows."""
    page.goto(url)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")


def main() -> None:
    """Take the pictures, small enough for a README."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("Chromium is missing: apt install chromium")
    settings = read_settings()
    found = addresses(Database(settings.database_url), settings)
    if found.participant is None:
        sys.exit("There is no sample visit: start `make run` first")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=FLAGS)
        desk = browser.new_page(viewport={"width": 1280, "height": 800}, locale="pl-PL")
        shoot(desk, found.participant, "participant-desk")
        phone = browser.new_page(viewport={"width": 390, "height": 844}, locale="pl-PL")
        shoot(phone, found.participant, "participant-phone")
        paper = browser.new_page(viewport={"width": 820, "height": 1120}, locale="pl-PL")
        shoot(paper, f"{found.participant}/print", "print")
        browser.close()


if __name__ == "__main__":
    main()
