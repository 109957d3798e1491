"""A visit and a site whose every text attacks the page."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from planner.domain.sites import HoursStatus, Location, Quality, Site, SiteStatus
from planner.domain.visits import Day, DayEnd, DayStart, PlaceRef, Stop, Visit

RYNEK = (19.82609, 49.97548)
MUSEUM = (19.82248, 49.97602)

EVIL = """<img src=x onerror=alert(1)></script><script>alert(2)</script>{{ 7 * 7 }}{% raw %}'"&lt;\u2028"""


def hostile_visit() -> tuple[Visit, Site]:
    """A visit all of whose texts are hostile."""
    text = {"pl": EVIL, "en": EVIL}
    site = Site(
        "zly-dom",
        text,
        Location(RYNEK, Quality.AREA, 100),
        summary=text,
        description=text,
        notes=text,
        address=EVIL,
        themes=(EVIL,),
        step_free_status=EVIL,
        opening_hours='Mo-Su 00:00-24:00 "<b>ring</b> by appointment"',
        hours_status=HoursStatus.CONFIRMED,
        sources=(EVIL,),
        licence=EVIL,
        status=SiteStatus.PLANNED,
    )
    stops = (
        Stop("a", place=PlaceRef(site.id), note=text),
        Stop("b", place=PlaceRef(at=MUSEUM, name=text), note=text, fixed="11:00"),
    )
    visit = replace(
        small_visit(*stops), title=text, meeting_point=text, coordinator=f"{EVIL}, +48 123 456 789"
    )
    return visit, site


def small_visit(*stops: Stop, title: str = "Mała wizyta") -> Visit:
    start = DayStart(PlaceRef(at=MUSEUM, name={"pl": "Zbiórka", "en": "Meeting"}), "09:00")
    day = Day(dt.date(2026, 12, 2), start, DayEnd(latest="13:00"), stops=stops)
    return Visit({"pl": title, "en": title}, (day,), meeting_point={"pl": "Zbiórka", "en": "Meeting"})
