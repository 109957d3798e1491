"""The service of a line of which only the course is known: how often, when, how long. Always an estimate."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from opening_hours import State

from planner.buses.files import LineMode
from planner.domain.hours.spans import is_public_holiday, parse_hours

if TYPE_CHECKING:
    from collections.abc import Sequence

HOUR_S = 3600

KMH: Mapping[LineMode, float] = {
    LineMode.BUS: 20.0,
    LineMode.TROLLEYBUS: 20.0,
    LineMode.SHARE_TAXI: 22.0,
    LineMode.TRAM: 18.0,
    LineMode.METRO: 30.0,
    LineMode.RAIL: 43.0,
}
"""Speeds between the ends of a ride, stops included.

Buses: 18-20 km/h are usual in a large town; the 14 city lines of Skawina do 26
(ZTP, spring 2026, ride minutes over the length of their streets, median), so 20
promises nobody too much. Trains: 43 (Koleje Małopolskie, autumn 2025, median of
1 128 trips, in a straight line from stop to stop). Tram, metro, share taxi: assumptions.
"""

WINDING = 1.3
"""A ride is longer than the straight line between its stops by this, where its course is not known."""

SHORTEST_LEG_S = 20
"""Two stops are not passed in less: doors open and shut."""

WEEK = tuple(range(7))

_ISO = re.compile(r"PT?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?", re.IGNORECASE)
_MINUTES = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:min|minutes|m|')?\.?", re.IGNORECASE)


@dataclass(frozen=True)
class EstimateRules:
    """What is assumed where a relation is silent: headway, hours (seconds from midnight) and speeds."""

    headway_s: int = HOUR_S
    start_s: int = 6 * HOUR_S
    end_s: int = 22 * HOUR_S
    kmh: Mapping[LineMode, float] = field(default_factory=lambda: KMH)


@dataclass(frozen=True)
class ServicePeriod:
    """Departures from the first stop between two times of some weekdays (0 is Monday)."""

    days: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]


def headway_s(tags: Mapping[str, str], rules: EstimateRules) -> int:
    """Seconds between departures; of a range (`60-90`) the longer time, so that nobody is told too little."""
    values = [length_s(part) for part in re.split(r"[-–;]", tags.get("interval", ""))]
    known = [value for value in values if value]
    return max(known) if known and len(known) == len(values) else rules.headway_s


def length_s(text: str) -> int | None:
    """Seconds of a length of time as `00:30`, `1:30:00` (h:m:s), `30`, `30 min` or `PT1H30M`.

    Source: OSM wiki, "Key:interval" and "Key:duration": a bare number means minutes.
    """
    text = text.strip()
    if match := re.fullmatch(r"(\d{1,3}):(\d{2})(?::(\d{2}))?", text):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return hours * HOUR_S + minutes * 60 + seconds
    if match := _MINUTES.fullmatch(text):
        return round(float(match[1].replace(",", ".")) * 60)
    if (match := _ISO.fullmatch(text)) and any(match.groups()):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return hours * HOUR_S + minutes * 60 + seconds
    return None


def periods(tags: Mapping[str, str], country: str, rules: EstimateRules) -> tuple[ServicePeriod, ...]:
    """When a line runs: the weekdays with the same spans together.

    What runs past midnight is cut there: its rest belongs to the next day.
    """
    rule = tags.get("opening_hours", "").strip()
    default = (ServicePeriod(WEEK, ((rules.start_s, rules.end_s),)),)
    if not rule:
        return default
    try:
        hours = parse_hours(rule, country)
    except ValueError:
        return default
    monday = _plain_week(country)
    grouped: dict[tuple[tuple[int, int], ...], list[int]] = defaultdict(list)
    for weekday in WEEK:
        midnight = datetime.combine(monday + timedelta(days=weekday), datetime.min.time())
        spans = tuple(
            (int((opens - midnight).total_seconds()), int((closes - midnight).total_seconds()))
            for opens, closes, state, _ in hours.intervals(midnight, midnight + timedelta(days=1))
            if state == State.OPEN
        )
        if spans:
            grouped[spans].append(weekday)
    return tuple(ServicePeriod(tuple(days), spans) for spans, days in grouped.items()) or default


def _plain_week(country: str) -> date:
    """The Monday of a week without a public holiday, outside the usual school holidays."""
    monday = date(2026, 3, 2)
    while any(is_public_holiday(monday + timedelta(days=day), country) for day in WEEK):
        monday += timedelta(days=7)
    return monday


def ride_times(
    metres: Sequence[float], mode: LineMode, total_s: int | None, rules: EstimateRules
) -> list[int]:
    """Seconds from the first stop to each, by the metres of the legs between them.

    Parameters
    ----------
    total_s
        The length of the whole ride where it is known; it is shared out by distance.
    """
    speed = rules.kmh.get(mode, KMH[LineMode.BUS]) / 3.6
    whole = sum(metres)
    pace = total_s / whole if total_s and whole > 0 else 1 / speed
    times = [0]
    for leg in metres:
        times.append(times[-1] + max(SHORTEST_LEG_S, round(leg * pace)))
    return times
