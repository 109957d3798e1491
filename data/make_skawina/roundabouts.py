"""Closes the arcs of a roundabout to a one-way ring, counter-clockwise as in right-hand traffic."""

from itertools import pairwise
from math import pi

from .facts import Street
from .geometry import Point, bearing, distance, on_circle
from .model import Way

CLASS = "secondary"
STEP = pi / 6
"""Angle between the vertices of an arc that no table gives."""


def rings(arcs: list[Street]) -> list[Way]:
    """The ways of all roundabouts: given arcs, and estimated arcs that close the ring."""
    names = dict.fromkeys(arc.name for arc in arcs)
    return [way for name in names for way in ring(name, [arc.line for arc in arcs if arc.name == name])]


def ring(name: str, arcs: list[tuple[Point, ...]]) -> list[Way]:
    """The ways of one roundabout, one for each stretch that is wholly given or wholly estimated."""
    vertices = list(dict.fromkeys(point for arc in arcs for point in arc))
    centre = middle(vertices)
    vertices.sort(key=lambda point: bearing(centre, point))
    given = {frozenset(pair) for arc in arcs for pair in pairwise(arc)}
    found: list[Way] = []
    for a, b in pairwise([*vertices, vertices[0]]):
        known = frozenset((a, b)) in given
        line = [a, b] if known else arc_between(centre, a, b)
        if found and found[-1].estimated != known:
            found[-1].line += line[1:]
        else:
            found.append(Way(ring_tags(name, known=known), line))
    return found


def ring_tags(name: str, *, known: bool) -> dict[str, str]:
    """Tags of a stretch of roundabout."""
    tags = {"highway": CLASS, "junction": "roundabout", "oneway": "yes", "name": name}
    return tags if known else {**tags, "source": "estimate", "note": "closes the ring of a roundabout"}


def middle(vertices: list[Point]) -> Point:
    """The middle of the box around the vertices."""
    lons, lats = zip(*vertices, strict=True)
    return (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2


def arc_between(centre: Point, a: Point, b: Point) -> list[Point]:
    """Points counter-clockwise from a to b round a centre, the radius growing from one to the other."""
    start = bearing(centre, a)
    turn = (bearing(centre, b) - start) % (2 * pi)
    steps = max(1, round(turn / STEP))
    near, far = distance(centre, a), distance(centre, b)
    between = [
        on_circle(centre, start + turn * i / steps, near + (far - near) * i / steps) for i in range(1, steps)
    ]
    return [a, *between, b]
