"""Random days in Skawina with all that a day may demand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.visits import Day, DayEnd, DayStart, Mode, PlaceRef, Stop, StopKind
from planner.paths import ROOT
from planner.services.catalogue.geojson import read_geojson

if TYPE_CHECKING:
    import random

    from planner.services.travel.town import Town

SITES = {site.id: site for site in read_geojson(ROOT / "data" / "sites.geojson")}
MONDAY = dt.date(2026, 3, 30)
"""A day of the feed of March 2026, and of the built-in timetable."""


def placed_sites(town: Town) -> list[str]:
    """The catalogue's sites that lie on the network."""
    found = [site for site in SITES.values() if site.location.at]
    return sorted(site.id for site in found if site.location.at and town.network.covers(site.location.at, 0))


def random_day(town: Town, dice: random.Random, mode: Mode, most: int, *, least: int = 3) -> Day:
    """A day of a few stops; what it demands may well exclude each other."""
    names = placed_sites(town)
    size = dice.randint(least, most)
    chosen = dice.sample(names, size + 2)
    stops = tuple(_stop(dice, number, name, size) for number, name in enumerate(chosen[2:]))
    end = None
    if dice.random() < 0.7:
        latest = f"{dice.randint(13, 21)}:00" if dice.random() < 0.4 else None
        end = DayEnd(PlaceRef(site=chosen[1]), latest=latest)
    start = DayStart(PlaceRef(site=chosen[0]), f"{dice.randint(7, 10):02d}:{dice.choice((0, 15, 40)):02d}")
    day = MONDAY + dt.timedelta(days=dice.choice((0, 1, 2, 5)))
    return Day(day, start, end, mode, stops)


def _stop(dice: random.Random, number: int, site: str, size: int) -> Stop:
    dwell = dice.choice((10, 15, 20, 35, 45))
    stop = Stop(f"s{number}", place=PlaceRef(site=site), dwell_min=dwell)
    luck = dice.random()
    opens = dice.randint(9, 14)
    if luck < 0.2:
        window = f"{opens:02d}:{dice.choice((0, 30)):02d}", f"{opens + dice.randint(1, 4):02d}:10"
        stop = replace(stop, windows=(window,))
    elif luck < 0.3:
        stop = replace(stop, fixed=f"{opens:02d}:{dice.choice((5, 20, 45)):02d}")
    elif luck < 0.45:
        stop = Stop(f"s{number}", StopKind.MEAL, None, 30, windows=(("11:30", "15:00"),))
    elif luck < 0.5:
        stop = Stop(f"s{number}", StopKind.BREAK, None, 10)
    elif luck < 0.58:
        stop = replace(stop, hours=f"{opens:02d}:00-{opens + 5}:30/{dice.choice((40, 75))}")
    if dice.random() < 0.15:
        stop = replace(stop, locked=True)
    elif dice.random() < 0.2:
        stop = replace(stop, after=(f"s{dice.choice([other for other in range(size) if other != number])}",))
    if dice.random() < 0.15:
        stop = replace(stop, mode_to=Mode.WALK)
    return replace(stop, buffer_min=dice.choice((0, 0, 0, 5)))
