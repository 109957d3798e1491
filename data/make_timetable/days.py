"""On which dates the services run: weekdays, and public holidays as Sundays."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

FIRST, LAST = date(2026, 3, 25), date(2027, 12, 31)
"""From the first day of the timetable the facts come from. The end is ours: nobody has published it."""
SUNDAY = 6
FIXED = ((1, 1), (1, 6), (5, 1), (5, 3), (8, 15), (11, 1), (11, 11), (12, 24), (12, 25), (12, 26))
"""Month and day. Source: the Act on non-working days (1951, as amended; Christmas Eve since 2025)."""
AFTER_EASTER = (0, 1, 49, 60)
"""Easter, Easter Monday, Pentecost, Corpus Christi: days after Easter Sunday, from the same Act."""

Days = tuple[int, ...]


def service_id(days: Days) -> str:
    """What to call the service of some weekdays, as `mo-fr`; 0 is Monday."""
    names = ("mo", "tu", "we", "th", "fr", "sa", "su")
    return names[days[0]] if len(days) == 1 else f"{names[days[0]]}-{names[days[-1]]}"


def calendar(services: Iterable[Days]) -> list[dict[str, object]]:
    """The weekdays of every service."""
    columns = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    return [
        {
            "service_id": service_id(days),
            **{column: int(number in days) for number, column in enumerate(columns)},
            "start_date": f"{FIRST:%Y%m%d}",
            "end_date": f"{LAST:%Y%m%d}",
        }
        for days in services
    ]


def exceptions(services: Iterable[Days]) -> list[dict[str, object]]:
    """Public holidays: what runs on Sundays runs (1), the rest does not (2)."""
    return [
        {
            "service_id": service_id(days),
            "date": f"{day:%Y%m%d}",
            "exception_type": 1 if SUNDAY in days else 2,
        }
        for day in holidays()
        for days in services
        if (SUNDAY in days) != (day.weekday() in days)
    ]


def holidays() -> Iterator[date]:
    """The public holidays of Poland while the timetable holds, in order."""
    for year in range(FIRST.year, LAST.year + 1):
        fixed = {date(year, month, day) for month, day in FIXED}
        moving = {easter(year) + timedelta(days) for days in AFTER_EASTER}
        yield from sorted(day for day in fixed | moving if FIRST <= day <= LAST)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm; Meeus 1991, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
