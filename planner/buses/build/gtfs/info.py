"""Who publishes a feed, and whether its clock is the town's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from planner.buses.build.gtfs.tables import FeedTable
from planner.errors import SourceFileError

if TYPE_CHECKING:
    from planner.buses.build.gtfs.files import FeedFiles


@dataclass(frozen=True)
class Publisher:
    """Whom to credit."""

    name: str
    url: str


def read_publisher(files: FeedFiles) -> Publisher:
    """Return the publisher of feed_info.txt, else the agencies."""
    if "feed_info.txt" in files:
        table = FeedTable(files, "feed_info.txt", (), ("feed_publisher_name", "feed_publisher_url"))
        for _, (name, url) in table.rows():
            if name:
                return Publisher(name, url)
    agencies = {name: url for name, url, _ in _agencies(files) if name}
    return Publisher(", ".join(agencies) or files.name, next(iter(agencies.values()), ""))


def check_timezone(files: FeedFiles, timezone: str, first: date, last: date) -> None:
    """Refuse a feed whose times mean others than the town's; another name for the same clock is fine.

    Raises
    ------
    SourceFileError
        If at noon of any day of the feed the clocks differ, or its zone does not exist.
    """
    for zone in {zone for *_, zone in _agencies(files)} - {"", timezone}:
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


def _agencies(files: FeedFiles) -> list[tuple[str, str, str]]:
    if "agency.txt" not in files:
        return []
    table = FeedTable(files, "agency.txt", (), ("agency_name", "agency_url", "agency_timezone"))
    return [(name, url, zone) for _, (name, url, zone) in table.rows()]


def _clocks_agree(zone: ZoneInfo, other: ZoneInfo, first: date, last: date) -> bool:
    days = [first + timedelta(days=day) for day in range((last - first).days + 1)]
    noon = time(12)
    return all(
        datetime.combine(day, noon, zone).utcoffset() == datetime.combine(day, noon, other).utcoffset()
        for day in days
    )
