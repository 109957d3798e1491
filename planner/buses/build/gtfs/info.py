"""Who publishes a feed, and whether its clock is the town's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from planner.buses.build.gtfs.tables import FeedTable, known_id, read_date
from planner.errors import SourceFileError

if TYPE_CHECKING:
    from collections.abc import Collection

    from planner.buses.build.gtfs.files import FeedFiles
    from planner.buses.build.gtfs.tables import Dropped


@dataclass(frozen=True)
class Publisher:
    """Whom to credit."""

    name: str
    url: str
    last_date: date | None = None
    """The last day for which the publisher vouches, feed_end_date; None where nothing is said."""


def read_publisher(files: FeedFiles, dropped: Dropped) -> Publisher:
    """Return the publisher of feed_info.txt, else the agencies."""
    agencies = {agency.name: agency.url for agency in _agencies(files) if agency.name}
    named = Publisher(", ".join(agencies) or files.name, next(iter(agencies.values()), ""))
    if "feed_info.txt" not in files:
        return named
    columns = ("feed_publisher_name", "feed_publisher_url", "feed_end_date")
    ends: list[date] = []
    is_named = False
    for _, (name, url, end) in FeedTable(files, "feed_info.txt", (), columns).rows():
        if name and not is_named:
            named, is_named = Publisher(name, url), True
        day = read_date(end)
        dropped.add("dates of feed_info.txt that cannot be read", bool(end) and day is None)
        ends += [day] if day else []
    return replace(named, last_date=max(ends, default=None))


def check_timezone(files: FeedFiles, timezone: str, first: date, last: date, routes: Collection[str]) -> None:
    """Refuse a feed whose times mean others than the town's; another name for the same clock is fine.

    Only the agencies of the routes that are kept count.

    Raises
    ------
    SourceFileError
        If at noon of any day of the feed the clocks differ, or its zone does not exist.
    """
    for zone in _zones(files, routes) - {"", timezone}:
        try:
            is_same = _clocks_agree(ZoneInfo(zone), ZoneInfo(timezone), first, last)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            msg = f"{files.name}: agency.txt names the time zone {zone!r}, which does not exist: mend that"
            raise SourceFileError(msg) from error
        if not is_same:
            msg = (
                f"{files.name} is in the time zone {zone}, the network in {timezone}: "
                f"take a feed of the town, or build the network with --timezone {zone}"
            )
            raise SourceFileError(msg)


def _zones(files: FeedFiles, routes: Collection[str]) -> set[str]:
    """The zones of the routes' agencies; of all agencies where a route names none that is listed."""
    agencies = {agency.id: agency.zone for agency in _agencies(files)}
    table = FeedTable(files, "routes.txt", ("route_id",), ("agency_id",))
    named = {known_id(agency, agencies) for _, (route, agency) in table.rows() if route in routes}
    return {agencies[agency] for agency in named} if named <= set(agencies) else set(agencies.values())


@dataclass(frozen=True)
class _Agency:
    id: str
    name: str
    url: str
    zone: str


def _agencies(files: FeedFiles) -> list[_Agency]:
    if "agency.txt" not in files:
        return []
    columns = ("agency_id", "agency_name", "agency_url", "agency_timezone")
    return [_Agency(*values) for _, values in FeedTable(files, "agency.txt", (), columns).rows()]


def _clocks_agree(zone: ZoneInfo, other: ZoneInfo, first: date, last: date) -> bool:
    days = [first + timedelta(days=day) for day in range((last - first).days + 1)]
    noon = time(12)
    return all(
        datetime.combine(day, noon, zone).utcoffset() == datetime.combine(day, noon, other).utcoffset()
        for day in days
    )
