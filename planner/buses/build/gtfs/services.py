"""When services run: calendar.txt and calendar_dates.txt, either or both, as days by service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.buses.build.gtfs.tables import FeedTable, whole_number
from planner.errors import SourceFileError

if TYPE_CHECKING:
    from planner.buses.build.gtfs.files import FeedFiles
    from planner.buses.build.gtfs.tables import Dropped

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

ADDED, REMOVED = 1, 2
"""exception_type of calendar_dates.txt."""

LONGEST_DAYS = 3660
"""What lies more than ten years after a feed's first day is not kept."""


@dataclass(frozen=True)
class ServiceDays:
    """(V, D) whether a service runs on a day; the first column is that of `first`, the last has service."""

    rows: dict[str, int]
    first: date
    days: NDArray[np.bool_]

    @property
    def last(self) -> date:
        """The last day with any service."""
        return self.first + timedelta(days=self.days.shape[1] - 1)


@dataclass(frozen=True)
class _Rule:
    service: int
    week: tuple[bool, ...]
    first: date
    last: date


@dataclass(frozen=True)
class _Exception:
    service: int
    day: date
    runs: bool


def read_services(files: FeedFiles, dropped: Dropped) -> ServiceDays:
    """Read when services run.

    Raises
    ------
    SourceFileError
        If neither table is there, a date cannot be read, or no service runs on any day.
    """
    if "calendar.txt" not in files and "calendar_dates.txt" not in files:
        msg = f"{files.name} has neither calendar.txt nor calendar_dates.txt: get the feed again, whole"
        raise SourceFileError(msg)
    rows: dict[str, int] = {}
    rules = _rules(files, rows) if "calendar.txt" in files else []
    exceptions = _exceptions(files, rows, dropped) if "calendar_dates.txt" in files else []
    rules = [rule for rule in rules if any(rule.week) and rule.first <= rule.last]
    added = [exception.day for exception in exceptions if exception.runs]
    starts, ends = [rule.first for rule in rules] + added, [rule.last for rule in rules] + added
    if not starts:
        raise SourceFileError(_no_day(files))
    first = min(starts)
    width = min((max(ends) - first).days + 1, LONGEST_DAYS)
    return _trimmed(files, ServiceDays(rows, first, _days(rules, exceptions, len(rows), first, width)))


def _no_day(files: FeedFiles) -> str:
    return f"{files.name}: no service runs on any day: get the feed that is valid now"


def _days(
    rules: list[_Rule], exceptions: list[_Exception], services: int, first: date, width: int
) -> NDArray[np.bool_]:
    days = np.zeros((services, width), np.bool_)
    weekdays = (first.weekday() + np.arange(width)) % 7
    for rule in rules:
        start, end = max(0, (rule.first - first).days), max(0, (rule.last - first).days + 1)
        days[rule.service, start:end] |= np.array(rule.week)[weekdays[start:end]]
    for exception in exceptions:
        at = (exception.day - first).days
        if 0 <= at < width:
            days[exception.service, at] = exception.runs
    return days


def _trimmed(files: FeedFiles, services: ServiceDays) -> ServiceDays:
    """Take off days without any service at both ends."""
    used = np.flatnonzero(services.days.any(axis=0))
    if not len(used):
        raise SourceFileError(_no_day(files))
    begin, end = int(used[0]), int(used[-1]) + 1
    return ServiceDays(
        services.rows, services.first + timedelta(days=begin), services.days[:, begin:end].copy()
    )


def _rules(files: FeedFiles, rows: dict[str, int]) -> list[_Rule]:
    """Read calendar.txt; a service that stands there twice has both periods."""
    table = FeedTable(files, "calendar.txt", ("service_id", *WEEK, "start_date", "end_date"))
    rules: list[_Rule] = []
    for line, (service, *week, first, last) in table.rows():
        flags = tuple(whole_number(day or "0") for day in week)
        if not set(flags) <= {0, 1}:
            raise table.fault(line, "a weekday is neither 0 nor 1")
        row = rows.setdefault(service, len(rows))
        runs = tuple(flag == 1 for flag in flags)
        rules.append(_Rule(row, runs, table.day(line, first), table.day(line, last)))
    return rules


def _exceptions(files: FeedFiles, rows: dict[str, int], dropped: Dropped) -> list[_Exception]:
    table = FeedTable(files, "calendar_dates.txt", ("service_id", "date", "exception_type"))
    exceptions: list[_Exception] = []
    for line, (service, day, text) in table.rows():
        kind = whole_number(text)
        if kind not in {ADDED, REMOVED}:
            dropped.add("calendar exceptions of an unknown type")
            continue
        row = rows.setdefault(service, len(rows))
        exceptions.append(_Exception(row, table.day(line, day), kind == ADDED))
    return exceptions
