"""From route relations to lines: each way that a line runs, with its stops in order and its course."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import cos, radians
from typing import TYPE_CHECKING

from planner.buses.build.gtfs.clip import MARGIN_M
from planner.buses.build.lines.join import Joined, joined, turned
from planner.buses.build.lines.relations import RawLines, mode_of
from planner.buses.build.lines.stops import RelationStop, halts_of
from planner.buses.build.shapes.fit import places
from planner.buses.files import LineMode
from planner.domain.geo import METRES_PER_DEGREE, plane_distance_m

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.streets.build.read.osm import RawRelation
    from planner.streets.query.layers import Bounds

FEWEST_STOPS = 2

CLOSED_M = 60.0
"""A course whose ends are this near is a circle."""


@dataclass(frozen=True)
class LineVariant:
    """One way in which a line runs. `along` tells where each stop lies on the course, in metres.

    `is_whole` says that none of its stops was left out.
    """

    mode: LineMode
    name: str
    long_name: str
    headsign: str
    tags: Mapping[str, str]
    halts: tuple[RelationStop, ...]
    course: Joined | None
    along: tuple[float | None, ...]
    is_whole: bool

    @property
    def is_circle(self) -> bool:
        """Whether it comes back to its first stop."""
        return len(self.halts) > 1 and self.halts[0].id == self.halts[-1].id


def variants_of(raw: RawLines, bounds: Bounds) -> tuple[list[LineVariant], Counter[str]]:
    """All variants of the lines of a file, and what was left out, with numbers."""
    dropped = Counter(raw.missing)
    count = Counter(_line_key(relation) for relation in raw.routes)
    variants: list[LineVariant] = []
    for relation in raw.routes:
        is_alone = count[_line_key(relation)] == 1
        for side in _sides(relation, is_alone=is_alone):
            whole = _variant(relation, raw, side)
            if side == "backward" and whole.is_circle:
                continue
            variant = _clipped(whole, bounds, dropped)
            if len(variant.halts) >= FEWEST_STOPS:
                variants.append(variant)
            else:
                dropped["lines with fewer than two stops here"] += 1
            if variant.course is not None:
                dropped["gaps in the course of a line"] += len(variant.course.gaps)
    return [variant for group in _by_line(variants).values() for variant in group], +dropped


def _by_line(variants: Sequence[LineVariant]) -> dict[tuple[int, str], list[LineVariant]]:
    """The variants of each line together, each sequence of stops once."""
    groups: dict[tuple[int, str], list[LineVariant]] = defaultdict(list)
    for variant in variants:
        same = groups[int(variant.mode), variant.name.casefold()]
        calls = [halt.id for halt in variant.halts]
        if all([halt.id for halt in other.halts] != calls for other in same):
            same.append(variant)
    return groups


def _line_key(relation: RawRelation) -> tuple[str, str]:
    tags = relation.tags
    return tags.get("route", ""), tags.get("ref") or tags.get("name", "")


def _sides(relation: RawRelation, *, is_alone: bool) -> tuple[str, ...]:
    """Which directions a relation holds: one, or in the older scheme often both."""
    if relation.tags.get("public_transport:version") == "2" or relation.tags.get("roundtrip") == "yes":
        return ("",)
    roles = {role for _, _, role in relation.members}
    if any("forward" in role or "backward" in role for role in roles):
        return ("forward", "backward")
    return ("forward", "backward") if is_alone else ("",)


def _variant(relation: RawRelation, raw: RawLines, side: str) -> LineVariant:
    master = raw.masters.get(relation.id)
    tags = {**(master.tags if master else {}), **relation.tags}
    halts = halts_of(relation, raw, side)
    course = joined(_driven(relation, raw, side), raw.positions)
    if side == "backward":
        halts = halts[::-1]
    course = _towards(course, halts)
    halts, along = _ordered(halts, course, is_given=tags.get("public_transport:version") == "2")
    halts, along = _closed(halts, along, course, tags)
    mode = mode_of(relation.tags)
    name = tags.get("ref") or tags.get("name", "")
    towards = tags.get("from" if side == "backward" else "to", "")
    return LineVariant(
        mode=LineMode.BUS if mode is None else mode,
        name=name,
        long_name=(master.tags.get("name", "") if master else "") or tags.get("name", ""),
        headsign=towards or (halts[-1].name if halts else ""),
        tags=tags,
        halts=halts,
        course=course,
        along=along,
        is_whole=all(number in raw.positions for kind, number, _ in relation.members if kind == "n"),
    )


def _driven(relation: RawRelation, raw: RawLines, side: str) -> list[tuple[int, ...]]:
    """The nodes of the member ways in the order of travel."""
    other = {"forward": "backward", "backward": "forward"}.get(side, "none")
    ways = [
        raw.ways[number].nodes
        for kind, number, role in relation.members
        if kind == "w" and number in raw.ways and _is_driven(role) and other not in role
    ]
    return [way[::-1] for way in ways[::-1]] if side == "backward" else ways


def _is_driven(role: str) -> bool:
    return "platform" not in role and role not in {"station", "stop", "entrance", "building"}


def _towards(course: Joined | None, halts: Sequence[RelationStop]) -> Joined | None:
    """The course in the direction in which it passes the stops: of a single way nothing else tells it."""
    stops = [halt.on_way for halt in halts]
    if course is None or places(course.course, stops) is not None:
        return course
    other = turned(course)
    return other if places(other.course, stops) is not None else course


Calls = tuple[tuple[RelationStop, ...], tuple[float | None, ...]]


def _ordered(halts: tuple[RelationStop, ...], course: Joined | None, *, is_given: bool) -> Calls:
    """The stops in order with their places on the course; version 1 does not promise an order."""
    if course is None or not halts:
        return halts, (None,) * len(halts)
    placed = places(course.course, [halt.on_way for halt in halts])
    if placed is None and not is_given:
        alone = [places(course.course, [halt.on_way]) for halt in halts]
        order = sorted(
            (at[0], number) for number, at in enumerate(alone) if at is not None and at[0] is not None
        )
        return tuple(halts[number] for _, number in order), tuple(along for along, _ in order)
    return halts, tuple(placed) if placed is not None else (None,) * len(halts)


def _closed(
    halts: tuple[RelationStop, ...],
    along: tuple[float | None, ...],
    course: Joined | None,
    tags: Mapping[str, str],
) -> Calls:
    """Give a circular line its first stop again at its end, where the relation names it once."""
    if course is None or len(halts) < FEWEST_STOPS or halts[0].id == halts[-1].id:
        return halts, along
    points = course.course.points
    ends = [(float(lon), float(lat)) for lon, lat in (points[0], points[-1])]
    is_circle = plane_distance_m(ends[0], ends[1]) <= CLOSED_M and tags.get("roundtrip") != "no"
    same_place = halts[0].name == halts[-1].name and plane_distance_m(halts[0].at, halts[-1].at) <= CLOSED_M
    if not is_circle or same_place:
        return halts, along
    end = course.course.length_m + (along[0] or 0.0)
    last = min(end, course.course.length_m) if along[0] is not None else None
    return (*halts, halts[0]), (*along, last)


def _clipped(variant: LineVariant, bounds: Bounds, dropped: Counter[str]) -> LineVariant:
    """The variant from its first to its last stop in the surroundings of the network, as feeds are cut."""
    west, south, east, north = bounds
    high = MARGIN_M / METRES_PER_DEGREE
    wide = high / cos(radians((south + north) / 2))
    inside = [
        number
        for number, halt in enumerate(variant.halts)
        if west - wide <= halt.at[0] <= east + wide and south - high <= halt.at[1] <= north + high
    ]
    kept = slice(inside[0], inside[-1] + 1) if inside else slice(0, 0)
    halts = variant.halts[kept]
    if left := len(variant.halts) - len(halts):
        dropped["stops of lines outside the surroundings"] += left
    return replace(variant, halts=halts, along=variant.along[kept], is_whole=variant.is_whole and left == 0)
