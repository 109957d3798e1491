"""A day that several tests plan."""

from __future__ import annotations

import datetime as dt

from planner.domain.visits import Day, DayStart, PlaceRef, Stop

MONDAY = dt.date(2026, 12, 7)


DAY = Day(
    MONDAY,
    DayStart(PlaceRef(site="dworzec-biblioteka"), "09:00"),
    stops=(Stop("s1", place=PlaceRef(site="muzeum"), dwell_min=30),),
)
