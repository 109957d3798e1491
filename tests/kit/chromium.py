"""The machine's own browser, started once for all tests of a process."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, sync_playwright

from tests.kit.missing import lacking

if TYPE_CHECKING:
    from collections.abc import Iterator

BY_NAME = "plain.example"
"""A name that leads to this machine: over http browsers do not trust it as they trust 127.0.0.1."""

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    # cheaper than asking Python for each request
    f"--host-resolver-rules=MAP {BY_NAME} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def installed_chromium() -> str | None:
    """Where the machine's browser is: first the one without windows, which takes half the time."""
    names = ("chromium-headless-shell", "chromium", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def browsers() -> Iterator[Browser]:
    """The browser; without one a test is skipped, in CI it fails."""
    path = installed_chromium()
    if path is None:
        lacking("no Chromium here, and the browser tests prove nothing: apt install chromium-headless-shell")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()
