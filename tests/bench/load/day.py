"""A visit of today on a service of its own, and so many phones that ask it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from planner.domain.visits import Day, DayStart, PlaceRef, Stop, Visit
from planner.paths import ROOT
from planner.web import create_app
from planner.web.frame.context import services
from tests.bench.load.phones import Orders
from tests.kit.web.releases import Links, released_visit
from tests.kit.web.served import Served, serve
from tests.web.conftest import SECRET, closed, settings_in, skawina_application

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STOPS = ("rynek", "ratusz", "muzeum", "teznia", "park-energii", "camena")


@dataclass(frozen=True)
class Crowd:
    """How many phones; seconds within which all open the page, of going on asking, between two polls."""

    phones: int = 500
    opening_s: float = 60
    polling_s: float = 30
    every_s: float = 6
    addresses: int = 0


def day_of_today(folder: Path) -> Links:
    """Publish a visit of today over Skawina."""
    closed(skawina_application(folder))
    app = create_app(settings_in(folder))
    with app.app_context():
        context = services()
        today = context.town.clock.local(context.now()).date()
    stops = tuple(Stop(f"s{n}", place=PlaceRef(site), dwell_min=20) for n, site in enumerate(STOPS, 1))
    day = Day(today, DayStart(PlaceRef("dworzec-biblioteka"), "09:00"), stops=stops)
    links = released_visit(app, Visit({"en": "Today", "pl": "Dzisiaj"}, (day,)))
    closed(app)
    return links


@contextmanager
def served_day(folder: Path, *, proxies: int) -> Iterator[Served]:
    """Run the service as `make run` does, counting calls; behind so many proxies."""
    before = {name: os.environ.get(name) for name in ("RATE_LIMITS", "TRUSTED_PROXIES")}
    os.environ.update(RATE_LIMITS="on", TRUSTED_PROXIES=str(proxies))
    try:
        with serve(folder, SECRET, search_time=1) as served:
            yield served
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


def ask_all(served: Served, links: Links, crowd: Crowd) -> dict[str, Any]:
    """Let phones ask from a second process, until it ends by itself; what it saw."""
    orders = Orders(served.port, f"/v/{links.participant}", f"/g/{links.guide}", "s2", **asdict(crowd))
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench.load.phones"],
        cwd=ROOT,
        input=json.dumps(asdict(orders)),
        capture_output=True,
        text=True,
        check=True,
        timeout=crowd.opening_s + crowd.polling_s + 120,
    )
    seen: dict[str, Any] = json.loads(told.stdout)
    return seen
