"""The phone page of twelve stops in Monaco: as a slow phone on slow 4G gets it, what it costs to serve."""

from __future__ import annotations

import datetime as dt
import statistics
import time
from typing import TYPE_CHECKING, Any

from planner.domain.sites import HoursStatus, Location, Quality, Site, SiteStatus
from planner.domain.visits import Day, DayStart, PlaceRef, Stop, Visit
from planner.streets.build.build import TownSettings
from planner.web.frame.context import services
from tests.bench.rows import Row
from tests.conftest import REAL
from tests.kit.chromium import browsers
from tests.kit.maps.visits import random_visit
from tests.kit.web.releases import released_visit
from tests.kit.web.served import serve
from tests.web.conftest import SECRET, application, closed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask
    from playwright.sync_api import Browser

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "service_workers": "block",
}
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
RUNS = 7
SEEN = """() => new Promise((done) => {
  const seen = { lcp: 0, cls: 0 };
  new PerformanceObserver((list) => list.getEntries().forEach((one) => { seen.lcp = one.startTime; }))
    .observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => list.getEntries().forEach((one) => { seen.cls += one.value; }))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(seen), 300);
})"""


def phone_rows(folder: Path) -> Iterator[Row]:
    """Open the page again and again, and ask for it again."""
    if not REAL.is_dir():  # the file of Monaco is no part of the project
        return
    town = TownSettings("Monaco", "Europe/Monaco", "MC")
    app = application(folder, REAL / "monaco.osm.pbf", town)
    path = twelve_stops(app)
    yield from _serving(app, path)
    closed(app)
    with serve(folder, SECRET) as served:
        for browser in browsers():
            seen = [_seen(browser, f"{served.address}{path}?lang=en") for _ in range(RUNS)]
            lcp = statistics.median(one["lcp"] for one in seen)
            best = min(one["lcp"] for one in seen)
            yield Row(
                "LCP of the phone page", f"{lcp:.0f} ms", "< 1 500 ms", f"best {best:.0f}; CPU / 4, slow 4G"
            )
            yield Row("its layout shift", f"{max(one['cls'] for one in seen):.3f}", "< 0.05", "the worst")
            weight = max(one["bytes"] for one in seen) / 1000
            yield Row(
                "its first view",
                f"{weight:.0f} KB",
                "< 110 KB",
                f"{seen[0]['files']:.0f} files, map included",
            )


def twelve_stops(app: Flask) -> str:
    """Publish a day of twelve stops; the path of its page."""
    with app.app_context():
        drawn, _ = random_visit(services().town, 7, least=12)
    sites = [
        Site(
            f"site-{stop.number}",
            {"en": f"{stop.name} {stop.number}", "pl": f"{stop.name} {stop.number}"},
            Location(stop.at, Quality.EXACT, 10),
            hours_status=HoursStatus.NOT_APPLICABLE,
            status=SiteStatus.OPEN_SPACE,
        )
        for stop in drawn
    ]
    stops = tuple(
        Stop(f"s{n}", place=PlaceRef(site.id), dwell_min=15) for n, site in enumerate(sites, start=1)
    )
    day = Day(dt.date(2026, 12, 2), DayStart(PlaceRef(sites[0].id), "09:00"), stops=stops)
    return released_visit(app, Visit({"en": "Twelve", "pl": "Dwanaście"}, (day,)), sites).pages[0]


def _serving(app: Flask, path: str) -> Iterator[Row]:
    client, count = app.test_client(), 200
    tag = client.get(path).headers["ETag"]
    for what, headers in (("the page again", {}), ("its 304", {"If-None-Match": tag})):
        start = time.process_time()
        for _ in range(count):
            client.get(path, headers={"Accept-Encoding": "br", **headers})
        took = (time.process_time() - start) / count * 1000
        yield Row(
            f"CPU to serve {what}", f"{took:.1f} ms", "< 5 ms", "without a network, Flask's client included"
        )


def _seen(browser: Browser, address: str) -> dict[str, float]:
    """Open the page as a phone that has never seen it."""
    context = browser.new_context(**PHONE)
    page = context.new_page()
    tools = context.new_cdp_session(page)
    sizes: list[float] = []
    tools.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    tools.send("Network.enable")
    tools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    tools.send("Network.emulateNetworkConditions", SLOW_4G)
    page.goto(address)
    page.wait_for_selector(".visit-stop__disc")
    seen: dict[str, float] = page.evaluate(SEEN)
    context.close()
    return {**seen, "bytes": sum(sizes), "files": float(len(sizes))}
