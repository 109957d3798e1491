"""Reads the tables of facts. Points are (lon, lat) in degrees."""

import csv
from dataclasses import dataclass
from pathlib import Path

from .geometry import Point


@dataclass(frozen=True)
class Street:
    """A piece of centre line: `name` may be empty, `buses` are the city lines that use it."""

    name: str
    roundabout: bool
    buses: tuple[str, ...]
    line: tuple[Point, ...]


@dataclass(frozen=True)
class Stop:
    """A bus stop post, with ZTP's number of the post and the lines that call."""

    ref: str
    name: str
    at: Point
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Shape:
    """A named line, outline or point of some kind."""

    kind: str
    name: str
    line: tuple[Point, ...]


@dataclass(frozen=True)
class Facts:
    """All tables the network is made from."""

    streets: tuple[Street, ...]
    stops: tuple[Stop, ...]
    railways: tuple[Shape, ...]
    stations: tuple[Shape, ...]
    green: tuple[Shape, ...]
    food: tuple[Shape, ...]


def parse_line(text: str) -> tuple[Point, ...]:
    """Points from `lon,lat lon,lat ...`."""
    pairs = (pair.split(",") for pair in text.split())
    return tuple((float(lon), float(lat)) for lon, lat in pairs)


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    """The rows of a table as dictionaries."""
    with (folder / table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def place(row: dict[str, str]) -> Point:
    """The point of a row with `lat` and `lon`."""
    return float(row["lon"]), float(row["lat"])


def street(row: dict[str, str]) -> Street:
    """One piece of street from its row."""
    return Street(
        name=row["street"],
        roundabout=row["roundabout"] == "1",
        buses=tuple(row["buses"].split()),
        line=parse_line(row["lon_lat_vertices"]),
    )


def stop(row: dict[str, str]) -> Stop:
    """One stop post from its row."""
    return Stop(row["stop_id"], row["name"], place(row), tuple(row["lines_2026_03"].split()))


def read(folder: Path) -> Facts:
    """All tables of a folder of facts."""
    return Facts(
        streets=tuple(map(street, rows(folder, "streets.csv"))),
        stops=tuple(map(stop, rows(folder, "bus_stops.csv"))),
        railways=tuple(
            Shape("rail", row["line"], parse_line(row["lon_lat_vertices"]))
            for row in rows(folder, "railways.csv")
        ),
        stations=tuple(
            Shape(row["line"], row["name"], (place(row),)) for row in rows(folder, "rail_stops.csv")
        ),
        green=tuple(
            Shape(row["what"], row["name"], parse_line(row["lon_lat_vertices"]))
            for row in rows(folder, "green.csv")
        ),
        food=tuple(Shape(row["kind"], row["name"], (place(row),)) for row in rows(folder, "food.csv")),
    )
