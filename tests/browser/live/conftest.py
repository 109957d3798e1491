"""A visit on its day in browsers: a service whose clock the tests move, phones whose clocks go with it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from playwright.sync_api import Browser

from planner.links import GUIDE
from planner.services.live.opened import live_link
from planner.services.visits.publish import publish
from planner.store import visits as store
from planner.web import create_app
from tests.browser.conftest import PHONE, watched
from tests.kit.web.releases import released_visit
from tests.kit.web.served import serve_here
from tests.kit.web.signing_in import services_of
from tests.web.conftest import NOW, closed, settings_in, skawina_application
from tests.web.live.conftest import CLOCK, LiveDay, at, three_stops

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from planner.domain.visits import Visit

NO_COPY = "Object.defineProperty(navigator, 'serviceWorker', { value: undefined });"
"""Spares the copy for where there is no signal: tests/browser/test_phone_offline.py has it."""

SPOKEN = """
window.spoken = [];
addEventListener("DOMContentLoaded", () => new MutationObserver((changes) => {
  const regions = changes.map(({ target }) => (target.closest ? target : target.parentElement))
    .map((element) => element?.closest("[role=status], [aria-live]"))
    .filter((region) => region && region.getAttribute("aria-live") !== "off" && region.textContent.trim());
  new Set(regions).forEach((region) => window.spoken.push(region.textContent.trim()));
}).observe(document.documentElement, { subtree: true, childList: true, characterData: true }));
"""
"""Writes down what a page says to those who hear it."""


@dataclass(frozen=True)
class Served:
    """The service of a day, its clock in a list, where it answers."""

    app: Flask
    clock: list[int]
    address: str


@dataclass(frozen=True)
class Stage:
    """A released visit on its day, and browsers that open its links."""

    day: LiveDay
    address: str
    browser: Browser

    def publish(self, visit: Visit) -> None:
        """Publish the visit anew, on its day."""
        context = services_of(self.day.app)
        now = context.now()
        with self.day.app.app_context(), context.database.writing() as session:
            link = live_link(session, self.day.links.guide, GUIDE, now)
            row = store.visit_row(session, link.visit_id) if link else None
            assert row
            publish(session, context.town, row, visit, now)

    @contextmanager
    def phone(self, kind: str, clock_time: str = "", **asked: str) -> Iterator[Page]:
        """A phone with a link, opened at a time of the day or of today; nothing may go wrong on it."""
        token = self.day.links.guide if kind == "g" else self.day.links.participant
        query = "&".join(f"{name}={value}" for name, value in {"lang": "en", **asked}.items())
        with watched(self.browser, self.address, **PHONE) as phone:
            phone.page.add_init_script(NO_COPY + SPOKEN)
            now = at(clock_time) if clock_time else self.day.clock[0]
            phone.page.clock.install(time=CLOCK.local(now))
            yield phone.open(f"/{kind}/{token}?{query}")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Skawina, answered by a thread of the tests' own process."""
    folder = tmp_path_factory.mktemp("live")
    closed(skawina_application(folder))
    clock = [NOW]
    app = create_app(settings_in(folder), now=lambda: clock[0])
    with serve_here(app) as address:
        yield Served(app, clock, address)
    closed(app)


@pytest.fixture
def stage(served: Served, chromium: Browser) -> Stage:
    """A visit of three stops: the museum at 09:30, the Town Hall at 10:30 as agreed, the park."""
    served.clock[0] = NOW
    links = released_visit(served.app, three_stops())
    return Stage(LiveDay(served.app, links, served.clock), served.address, chromium)
