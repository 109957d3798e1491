"""Pictures of whole pages, on a desk and on a phone, with nothing asked of any other host."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from tests.record.service import NAMED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.record.client import Client

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage",
         "--hide-scrollbars", "--force-color-profile=srgb", "--font-render-hinting=none"]  # fmt: skip
WIDTHS = {1280: 800, 390: 844}
PATIENCE_MS = 120_000
STILL = """
const stamp = /\\d\\d?(\\.\\d\\d\\.| \\S+ )\\d{4},? ((at|o) )?\\d\\d:\\d\\d/g;
const link = /(sign-in\\/link\\/)[\\w-]+/g;
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node = walk.nextNode(); node; node = walk.nextNode())
  node.data = node.data.replace(stamp, "01.01.2000 00:00").replace(link, "$1***");
"""
"""What is another every time is made the same before the picture is taken."""


def shoot(client: Client, folder: Path, paths: dict[str, str], papers: Iterable[str] = ()) -> list[str]:
    """Take a picture of every path at every width; what was asked of other hosts."""
    folder.mkdir(parents=True, exist_ok=True)
    outside: list[str] = []
    with sync_playwright() as play:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        rule = f"--host-resolver-rules=MAP {NAMED} 127.0.0.1:{client.port}"
        browser = play.chromium.launch(executable_path=chromium, args=[*FLAGS, rule])
        for width, height in WIDTHS.items():
            context = _context(browser, client, width, height, outside)
            for name, path in paths.items():
                _shoot(context, path, folder / f"{name}-{width}.png", is_paper=name in papers)
            context.close()
        browser.close()
    return outside


def _context(browser: Browser, client: Client, width: int, height: int, outside: list[str]) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="pl-PL",
        timezone_id="Europe/Warsaw",
        reduced_motion="reduce",
        color_scheme="light",
    )
    url = f"http://{NAMED}/"
    context.add_cookies(
        [{"name": name, "value": value, "url": url} for name, value in client.cookies.items()]
    )

    def allow(route: Route) -> None:
        if route.request.url.startswith((url, "data:", "blob:")):
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    context.route("**/*", allow)
    return context


def _shoot(context: BrowserContext, path: str, file: Path, *, is_paper: bool) -> None:
    page: Page = context.new_page()
    if is_paper:
        page.emulate_media(media="print")
    page.goto(f"http://{NAMED}{path}", timeout=PATIENCE_MS)
    page.wait_for_load_state("networkidle", timeout=PATIENCE_MS)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.evaluate(STILL)
    page.screenshot(path=file, full_page=True, animations="disabled", caret="hide")
    page.close()
