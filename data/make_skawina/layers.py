"""Everything of the tables that is not a street: tracks, green, bus stops, stations, food."""

from itertools import pairwise

from .facts import Shape, Stop
from .model import Dot, Way

ZTP = "ZTP Kraków 2026-03"
AREA_TAGS = {
    "Park Miejski w Skawinie": {"leisure": "park"},
    "Błonia Skawińskie": {"leisure": "recreation_ground", "landuse": "meadow"},
}
STATIONS = ("Skawina", "Radziszów")


def rails(shapes: tuple[Shape, ...]) -> list[Way]:
    """The tracks; the table names them by number and ends, as `94 Kraków Płaszów - Oświęcim`."""
    return [rail(shape) for shape in shapes]


def rail(shape: Shape) -> Way:
    """One line of track."""
    ref, name = shape.name.split(" ", 1)
    return Way({"railway": "rail", "ref": ref, "name": f"Linia kolejowa nr {ref} {name}"}, list(shape.line))


def areas(shapes: tuple[Shape, ...]) -> list[Way]:
    """Outlines of green places."""
    return [
        Way({**AREA_TAGS[shape.name], "name": shape.name}, list(shape.line))
        for shape in shapes
        if shape.kind == "outline"
    ]


def paths(shapes: tuple[Shape, ...]) -> list[Way]:
    """Footpaths given with their course; a stretch walked there and back is drawn once."""
    found = []
    for shape in shapes:
        if shape.kind == "footpath":
            found += [Way({"highway": "footway"}, piece) for piece in unrepeated(list(shape.line))]
    return found


def unrepeated(line: list[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    """Cut a line into pieces so that no segment is drawn twice."""
    seen: set[frozenset[tuple[float, float]]] = set()
    pieces: list[list[tuple[float, float]]] = [[]]
    for a, b in pairwise(line):
        if frozenset((a, b)) in seen:
            pieces.append([])
            continue
        seen.add(frozenset((a, b)))
        if not pieces[-1]:
            pieces[-1].append(a)
        pieces[-1].append(b)
    return [piece for piece in pieces if piece]


def bus_stops(stops: tuple[Stop, ...]) -> list[Dot]:
    """Stop posts as platforms of the public transport scheme, version 2."""
    return [
        Dot(
            {
                "highway": "bus_stop",
                "public_transport": "platform",
                "bus": "yes",
                "name": stop.name,
                "ref": stop.ref,
                "route_ref": ";".join(stop.lines),
                "source": ZTP,
            },
            stop.at,
        )
        for stop in stops
    ]


def stations(shapes: tuple[Shape, ...]) -> list[Dot]:
    """Stations and halts."""
    return [
        Dot(
            {
                "railway": "station" if shape.name in STATIONS else "halt",
                "public_transport": "station",
                "train": "yes",
                "name": shape.name,
                "route_ref": shape.kind.replace(" ", ";"),
                "source": "operators' lists",
            },
            shape.line[0],
        )
        for shape in shapes
    ]


def food(shapes: tuple[Shape, ...]) -> list[Dot]:
    """Places to eat."""
    return [Dot({"amenity": shape.kind, "name": shape.name}, shape.line[0]) for shape in shapes]
