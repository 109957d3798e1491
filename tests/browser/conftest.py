"""Real Chromium against the real server; whatever asks another host finds none and is written down."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from planner.web import create_app
from tests.kit.browser.organiser import DESK, PASSWORD, Organiser, kept_of_link, signed_in
from tests.kit.browser.service import start
from tests.kit.web.groups import served
from tests.kit.web.hostile import hostile_visit
from tests.kit.web.long_texts import long_visit
from tests.kit.web.releases import Links, choose_road_book, far_visit, links_of_sample, released_visit
from tests.kit.web.signing_in import give_password, link_for
from tests.web.conftest import bus_application, closed, settings_in, skawina_application

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import ConsoleMessage, Dialog, Request

expect.set_options(timeout=30_000)  # a search on a slow machine takes more than the usual five seconds

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "locale": "pl-PL",
    "reduced_motion": "reduce",
}
WATCH = """
window.faults = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.faults.push(`CSP ${event.violatedDirective} ${event.blockedURI}`));
for (const name of ["alert", "confirm", "prompt"]) {
  window[name] = (text) => window.faults.push(`${name} ${text}`);
}
"""


@dataclass(frozen=True)
class Town:
    """A running service and what it shows."""

    address: str
    sample: Links
    hostile: Links
    far: Links
    long: Links


@dataclass
class Watched:
    """A page and what went wrong on it."""

    page: Page
    address: str
    faults: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Go to a path of the service."""
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert answer.status == 200
        return self.page

    def asks(self, request: Request) -> None:
        """Write down what is not ours; the browser finds no other host (tests/kit/chromium.py)."""
        host = urlsplit(request.url)
        if host.scheme not in {"data", "blob"} and f"{host.scheme}://{host.netloc}" != self.address:
            self.faults.append(f"asks {request.url}")

    def heard(self, message: ConsoleMessage) -> None:
        """Write down what the console calls wrong."""
        if message.type in {"error", "warning"}:
            self.faults.append(f"{message.type}: {message.text}")

    def failed(self, request: Request) -> None:
        """Write down a request that failed; one given up because the page was left has not."""
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"failed: {request.url}")

    def asked(self, dialog: Dialog) -> None:
        """Write down a dialog."""
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def all_faults(self) -> list[str]:
        """What went wrong so far, on the page itself too."""
        return [*self.faults, *self.page.evaluate("window.faults || []")]


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Skawina with the sample visit and one whose texts mean harm, at the clock of today."""
    folder: Path = tmp_path_factory.mktemp("browser")
    app = skawina_application(folder)
    visit, site = hostile_visit()
    hostile = released_visit(app, visit, [site])
    far = released_visit(app, far_visit())
    choose_road_book(app, far)
    long = released_visit(app, long_visit())
    sample = links_of_sample(app)
    closed(app)
    app = create_app(settings_in(folder))
    with served(app) as address:
        yield Town(address, sample, hostile, far, long)
    closed(app)


@contextmanager
def watched(browser: Browser, address: str, **options: Any) -> Iterator[Watched]:
    """A page of its own whose faults are counted; any that is left fails the test."""
    context = browser.new_context(**options)
    page = context.new_page()
    watch = Watched(page, address)
    context.on("request", watch.asks)
    if options.get("java_script_enabled", True):
        page.add_init_script(WATCH)
    page.on("console", watch.heard)
    page.on("pageerror", lambda error: watch.faults.append(f"error: {error}"))
    page.on("dialog", watch.asked)
    page.on("requestfailed", watch.failed)
    try:
        yield watch
        assert (watch.all_faults() if options.get("java_script_enabled", True) else watch.faults) == []
    finally:
        context.close()


@pytest.fixture
def phone(chromium: Browser, town: Town) -> Iterator[Watched]:
    """A phone of 390 by 844 pixels that is touched."""
    with watched(chromium, town.address, **PHONE) as watch:
        yield watch


@pytest.fixture
def desk(chromium: Browser, town: Town) -> Iterator[Watched]:
    """A window of 1280 by 800 pixels with mouse and keys."""
    with watched(chromium, town.address, viewport={"width": 1280, "height": 800}, locale="pl-PL") as watch:
        yield watch


@pytest.fixture
def first_run(chromium: Browser, tmp_path: Path) -> Iterator[Organiser]:
    """The service as `make run` starts it, where somebody has signed in by the printed link."""
    service = start(tmp_path)
    try:
        with watched(chromium, service.address, **DESK) as first:
            signed_in(first.page, service)
            state = first.page.context.storage_state()
        yield Organiser(service.address, state)
    finally:
        service.stop()


@pytest.fixture(scope="session")
def organiser(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Organiser]:
    """Skawina with its buses, where "organizator" has signed in and has a password."""
    folder = tmp_path_factory.mktemp("organiser")
    closed(bus_application(folder))
    app = create_app(settings_in(folder))
    give_password(app, "organizator", PASSWORD, "admin")
    link = link_for(app, "organizator")
    with served(app) as address:
        yield Organiser(address, kept_of_link(chromium, address + link), app)
    closed(app)


@pytest.fixture
def office(chromium: Browser, organiser: Organiser) -> Iterator[Watched]:
    """A window of the organiser, signed in."""
    with watched(chromium, organiser.address, **DESK, storage_state=organiser.state) as watch:
        yield watch
