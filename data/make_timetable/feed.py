"""The tables of the feed, by name. Sources of the columns: the GTFS reference."""

from collections.abc import Iterator

from data.make_skawina.bus_service import between, singles
from data.make_skawina.bus_table import Call, Course, Departures
from data.make_skawina.facts import Stop

from . import days

Row = dict[str, object]

URL = "https://ztp.krakow.pl"
NAME = "Skawina buses: indicative, spring 2026 (derived from facts of ZTP Kraków, March 2026)"
VERSION = "indicative, spring 2026; public holidays run as Sundays"
BUS = 3


def tables(courses: tuple[Course, ...], stops: tuple[Stop, ...]) -> dict[str, list[Row]]:
    """All tables of the feed."""
    called = {call.ref for course in courses for call in course.calls}
    services = sorted({departures.days for course in courses for departures in course.departures})
    numbered = list(_numbered(courses))
    return {
        "agency": [
            {
                "agency_id": "ztp",
                "agency_name": "ZTP Kraków",
                "agency_url": URL,
                "agency_timezone": "Europe/Warsaw",
                "agency_lang": "pl",
            }
        ],
        "feed_info": [feed_info()],
        "attributions": [{"organization_name": "ZTP Kraków", "is_authority": 1, "attribution_url": URL}],
        "stops": [stop_row(stop) for stop in stops if stop.ref in called],
        "routes": [route_row(line) for line in dict.fromkeys(course.line for course in courses)],
        "calendar": days.calendar(services),
        "calendar_dates": days.exceptions(services),
        "trips": [row for key, course in numbered for row in trip_rows(key, course)],
        "stop_times": [row for key, course in numbered for row in stop_time_rows(key, course)],
        "frequencies": [row for key, course in numbered for row in frequency_rows(key, course)],
    }


def _numbered(courses: tuple[Course, ...]) -> Iterator[tuple[str, Course]]:
    """Each course with a name for it: the line and its number within the line."""
    count: dict[str, int] = {}
    for course in courses:
        count[course.line] = count.get(course.line, 0) + 1
        yield f"{course.line}-{count[course.line]}", course


def feed_info() -> Row:
    """Who made the feed, and that it is indicative."""
    return {
        "feed_publisher_name": NAME,
        "feed_publisher_url": URL,
        "feed_lang": "pl",
        "feed_start_date": f"{days.FIRST:%Y%m%d}",
        "feed_end_date": f"{days.LAST:%Y%m%d}",
        "feed_version": VERSION,
    }


def stop_row(stop: Stop) -> Row:
    """A stop post; the last two digits of its number are what is written on it."""
    return {
        "stop_id": stop.ref,
        "stop_name": stop.name,
        "stop_lat": f"{stop.at[1]:.6f}",
        "stop_lon": f"{stop.at[0]:.6f}",
        "platform_code": stop.ref[-2:],
    }


def route_row(line: str) -> Row:
    """A line."""
    return {"route_id": line, "agency_id": "ztp", "route_short_name": line, "route_type": BUS}


def trips(key: str, departures: Departures) -> list[tuple[str, int]]:
    """Trip ids and first minutes: the known departures from 1 on; 0 is the pattern of a headway."""
    service = days.service_id(departures.days)
    found = [(f"{key}-{service}-{number}", minute) for number, minute in enumerate(singles(departures), 1)]
    headway = between(departures)
    return found + ([(f"{key}-{service}-0", headway.start)] if headway else [])


def trip_rows(key: str, course: Course) -> list[Row]:
    """The trips of a course. It may go on beyond the commune: the facts end at its bounds."""
    return [
        {
            "route_id": course.line,
            "service_id": days.service_id(departures.days),
            "trip_id": trip,
            "trip_headsign": course.calls[-1].name,
        }
        for departures in course.departures
        for trip, _ in trips(key, departures)
    ]


def stop_time_rows(key: str, course: Course) -> list[Row]:
    """The calls of the trips of a course."""
    return [
        stop_time(trip, start, number, call)
        for departures in course.departures
        for trip, start in trips(key, departures)
        for number, call in enumerate(course.calls, 1)
    ]


def stop_time(trip: str, start: int, number: int, call: Call) -> Row:
    """One call of a trip that begins at a minute."""
    time = clock(start + call.minute)
    return {
        "trip_id": trip,
        "arrival_time": time,
        "departure_time": time,
        "stop_id": call.ref,
        "stop_sequence": number,
    }


def frequency_rows(key: str, course: Course) -> list[Row]:
    """The headways of a course; `headway_source`, a column of ours, tells the usual from the mean."""
    return [
        {
            "trip_id": f"{key}-{days.service_id(departures.days)}-0",
            "start_time": clock(headway.start),
            "end_time": clock(headway.end),
            "headway_secs": headway.minutes * 60,
            "exact_times": 0,
            "headway_source": "usual" if headway.is_usual else "estimate",
        }
        for departures in course.departures
        if (headway := between(departures))
    ]


def clock(minute: int) -> str:
    """Minutes from midnight as `HH:MM:SS`, past 24:00 as GTFS has it."""
    return f"{minute // 60:02d}:{minute % 60:02d}:00"
