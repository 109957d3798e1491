"""A visit whose texts are as long as they get, in the night in which the clock is set back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from planner.domain.visits import DayStart, PlaceRef, Stop, Visit
from tests.kit.web.hostile import MUSEUM, small_visit

ADDRESS = "https://www.example.org/" + "x" * 300
NAME = ("A museum whose name does not come to an end " * 4)[:170]
WORD = "W" * 60
"""Nothing in it can be broken."""


def long_visit() -> Visit:
    """From half past eleven until after two, when the clock shows two o'clock a second time."""
    stops = (
        Stop("long", place=PlaceRef(at=MUSEUM, name={"en": NAME}), note={"en": ADDRESS}, dwell_min=20),
        Stop("past-midnight", place=PlaceRef(site="ratusz"), dwell_min=60),
        Stop("first", place=PlaceRef(site="rynek"), dwell_min=70),
        Stop("second", place=PlaceRef(site="ratusz"), dwell_min=30),
    )
    visit = small_visit(*stops, title=WORD)
    start = DayStart(PlaceRef(site="park-energii"), "23:30")
    day = replace(visit.days[0], date=dt.date(2026, 10, 24), start=start, end=None)
    return replace(visit, days=(day,), meeting_point={"en": WORD * 2}, coordinator="Anna, +48 123 456 789")
