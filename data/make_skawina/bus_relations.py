"""Bus lines as relations of the public transport scheme, version 2: platforms, then ways, in order."""

from itertools import groupby, pairwise

from .bus_service import between
from .bus_table import Course, Departures
from .bus_ways import Segment, Streets, chains
from .geometry import Point
from .layers import ZTP
from .model import Dot, Map, Relation, Tags, Way

NOTE = "indicative, spring 2026: stops inside the commune only, course computed along the streets"
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
SUNDAY = 6


def add(courses: tuple[Course, ...], posts: list[Dot], content: Map) -> None:
    """Add the stop posts and the lines to a map; ways are cut where a line leaves them half-way."""
    by_ref = {dot.tags["ref"]: dot for dot in posts}
    streets = Streets(content.ways)
    driven = [
        chains(streets, course.line, [by_ref[call.ref].at for call in course.calls]) for course in courses
    ]
    cuts = {id(way): set[Point]() for way in content.ways}
    for chain in (chain for found in driven for chain in found):
        for one, two in pairwise(chain):
            if two == one[::-1] or streets.way_of[one] is not streets.way_of[two]:
                for segment in (one, two):
                    cuts[id(streets.way_of[segment])].add(one[1])
    content.ways = [piece for way in content.ways for piece in pieces(way, cuts[id(way)])]
    streets = Streets(content.ways)
    content.dots += posts
    for line, same in groupby(zip(courses, driven, strict=True), lambda pair: pair[0].line):
        variants = [variant(course, by_ref, members(found, streets)) for course, found in same]
        content.relations += [*variants, master(line, variants)]


def pieces(way: Way, cuts: set[Point]) -> list[Way]:
    """A way cut at some of its vertices."""
    inside = [number for number, point in enumerate(way.line[1:-1], 1) if point in cuts]
    if not inside:
        return [way]
    bounds = [0, *inside, len(way.line) - 1]
    return [Way(dict(way.tags), way.line[a : b + 1], way.buses) for a, b in pairwise(bounds)]


def members(found: list[list[Segment]], streets: Streets) -> list[Way]:
    """The ways in the order in which they are driven; one that is driven back again stands twice."""
    result = []
    for chain in found:
        for number, segment in enumerate(chain):
            way = streets.way_of[segment]
            turned = number > 0 and segment == chain[number - 1][::-1]
            if number == 0 or turned or way is not result[-1]:
                result.append(way)
    return result


def variant(course: Course, posts: dict[str, Dot], ways: list[Way]) -> Relation:
    """One course of a line."""
    start, end = course.calls[0].name, course.calls[-1].name
    tags = {
        "type": "route",
        "route": "bus",
        "public_transport:version": "2",
        "ref": course.line,
        "name": f"Bus {course.line}: {start} => {end}",
        "from": start,
        "to": end,
        "duration": clock(course.calls[-1].minute),
        "source": ZTP,
        "note": NOTE,
        **service_tags(course.departures),
    }
    platforms = [(posts[call.ref], "platform") for call in course.calls]
    return Relation(tags, (*platforms, *((way, "") for way in ways)))


def master(line: str, variants: list[Relation]) -> Relation:
    """All courses of a line."""
    tags = {"type": "route_master", "route_master": "bus", "ref": line, "name": f"Bus {line}", "source": ZTP}
    return Relation(tags, tuple((one, "") for one in variants))


def service_tags(departures: tuple[Departures, ...]) -> Tags:
    """When and how often: `interval` of the first group of days, the others as conditions."""
    found = {"opening_hours": "; ".join(map(hours, departures))}
    if all(SUNDAY not in group.days for group in departures):
        found["opening_hours"] += "; PH off"
    intervals = [(group, interval(group)) for group in departures if group.count > 1]
    if intervals:
        (_, found["interval"]), *others = intervals
        if others:
            conditions = (f"{value} @ ({days(group)})" for group, value in others)
            found["interval:conditional"] = "; ".join(conditions)
    return found


def interval(group: Departures) -> str:
    """Minutes between departures as `HH:MM`; of two departures, the time between them."""
    headway = between(group)
    return clock(headway.minutes if headway else group.last - group.first)


def hours(group: Departures) -> str:
    """The span from the first to the last departure in opening-hours syntax; it ends past its start."""
    return f"{days(group)} {clock(group.first)}-{clock(max(group.last, group.first + 1))}"


def days(group: Departures) -> str:
    """Weekdays in opening-hours syntax; public holidays go with Sunday."""
    first, last = DAYS[group.days[0]], DAYS[group.days[-1]]
    text = first if first == last else f"{first}-{last}"
    return f"{text},PH" if SUNDAY in group.days else text


def clock(minutes: int) -> str:
    """Minutes as `HH:MM`."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
