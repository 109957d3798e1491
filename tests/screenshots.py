"""Make the README's screenshots: `make screenshots`. Starts a service of its own; needs Chromium."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from planner.paths import ROOT
from tests.kit.browser.organiser import signed_in
from tests.kit.browser.service import Service, start
from tests.kit.chromium import FLAGS, installed_chromium

FOLDER = ROOT / "docs" / "screenshots"
DESK = {"width": 1280, "height": 800}
PAPERS = (("day", (0, 1)), ("road-book", (1, 3)))
"""The pages of sheets that are shown, counted from 0."""
DOTS, EDGE, GROUND = 45, 12, 190
COLOURS = 256
"""Enough for our colours, rare ones too, and the edges of letters, in a third of the bytes."""


def shoot(page: Page, url: str, name: str) -> None:
    """Open an address and keep what the first screen shows."""
    page.goto(url)
    page.wait_for_load_state("networkidle")
    file = FOLDER / f"{name}.png"
    page.screenshot(path=file)
    small = Image.open(file).convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE)
    small.save(file, optimize=True)


def shoot_all(browser: Browser, service: Service) -> None:
    """The participant's page on both screens and on paper, and the organiser's two main pages."""
    sample = service.link("Sample visit")
    phone = browser.new_page(viewport={"width": 390, "height": 844}, locale="pl-PL")
    shoot(phone, sample, "participant-phone")
    paper = browser.new_page(viewport={"width": 820, "height": 1120}, locale="pl-PL")
    shoot(paper, f"{sample}/print", "print")
    desk = browser.new_page(viewport=DESK, locale="pl-PL")  # type: ignore[arg-type]
    shoot(desk, sample, "participant-desk")
    signed_in(desk, service)
    shoot(desk, f"{service.address}/sites", "catalogue")
    shoot(desk, f"{service.address}/visits/1", "editor")
    shoot(desk, f"{service.address}/visits/1/proposal?day=1&objective=finish", "proposal")
    shoot(desk, f"{service.address}/visits/1/parties?day=2", "parties")
    shoot(desk, f"{service.address}/visits/1/hosts", "hosts")
    shoot(desk, f"{service.address}/town", "town")
    shoot_paper(desk, service)
    desk.emulate_media(color_scheme="dark")
    shoot(desk, f"{service.address}/visits/1", "editor-dark")


def shoot_paper(desk: Page, service: Service) -> None:
    """Pages of PDFs beside each other: both sides of the one sheet, two pages of the road book."""
    pages = []
    with tempfile.TemporaryDirectory() as folder:
        for kind, wanted in PAPERS:
            answer = desk.request.get(f"{service.address}/visits/1/paper/sheets/{kind}.pdf?language=pl")
            file = Path(folder) / f"{kind}.pdf"
            file.write_bytes(answer.body())
            subprocess.run(["pdftoppm", "-r", str(DOTS), "-png", file, file.with_suffix("")], check=True)
            made = sorted(Path(folder).glob(f"{kind}-*.png"))
            pages += [Image.open(made[number]).convert("L") for number in wanted]
    wide = sum(page.width + EDGE for page in pages) + EDGE
    joined = Image.new("L", (wide, pages[0].height + 2 * EDGE), GROUND)
    at = EDGE
    for page in pages:
        joined.paste(page, (at, EDGE))
        at += page.width + EDGE
    joined.quantize(16).save(FOLDER / "paper.png", optimize=True)


def main() -> None:
    """Take the pictures, small enough for a README."""
    chromium = installed_chromium()
    if chromium is None:
        sys.exit("Chromium is missing: apt install chromium")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        service = start(Path(folder))
        browser = play.chromium.launch(executable_path=chromium, args=FLAGS)
        try:
            shoot_all(browser, service)
        finally:
            browser.close()
            service.stop()


if __name__ == "__main__":
    main()
