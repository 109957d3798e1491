"""Where names and numbers stand on the printed map, so that nothing covers anything; in millimetres."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate, combinations, pairwise
from math import atan2, ceil, cos, degrees, hypot, pi, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Point = tuple[float, float]

LETTER = 0.55
"""Width of a letter of the text face, on average, in parts of its size."""

STRAIGHT = 0.98
REPEAT = 70.0
ROUNDS = 80


@dataclass(frozen=True)
class Placed:
    """A name at its middle, turned clockwise by `angle` degrees."""

    text: str
    at: Point
    angle: float


@dataclass
class Room:
    """What is taken already, as circles."""

    circles: list[tuple[float, float, float]] = field(default_factory=list)

    def is_free(self, wanted: Sequence[tuple[float, float, float]]) -> bool:
        """Whether none of the wanted circles touches a taken one."""
        return not any(
            hypot(x - ox, y - oy) < r + other for x, y, r in wanted for ox, oy, other in self.circles
        )

    def take_line(self, line: Sequence[Point], radius: float) -> None:
        """Keep a line free of names."""
        for (ax, ay), (bx, by) in pairwise(line):
            steps = max(1, ceil(hypot(bx - ax, by - ay) / (2 * radius)))
            for step in range(steps + 1):
                part = step / steps
                self.circles.append((ax + (bx - ax) * part, ay + (by - ay) * part, radius))


def place_name(
    text: str, line: Sequence[Point], size: float, room: Room, others: Sequence[Point]
) -> Placed | None:
    """Find a straight and free stretch for a street's name, nearest to the line's middle first."""
    width = len(text) * size * LETTER
    for x, y, angle in _stretches(line, width + size):
        if any(hypot(x - ox, y - oy) < REPEAT for ox, oy in others):
            continue
        for aside in (0.0, -1.3 * size, 1.3 * size):
            middle = (x - sin(angle) * aside, y + cos(angle) * aside)
            wanted = list(_circles(middle, angle, width, size))
            if room.is_free(wanted):
                room.circles += wanted
                return Placed(text, middle, degrees(angle))
    return None


def spread(points: Sequence[Point], room: float) -> list[Point]:
    """Push points apart until each has its room; equal points start on a small ring, in their order."""
    places = [_started(points, index) for index in range(len(points))]
    for _ in range(ROUNDS):
        if not _push_apart(places, room):
            break
    return places


def _started(points: Sequence[Point], index: int) -> Point:
    x, y = points[index]
    twins = [i for i, (ox, oy) in enumerate(points) if hypot(ox - x, oy - y) < 0.1]  # noqa: PLR2004  0.1 mm
    if len(twins) == 1:
        return x, y
    turn = 2 * pi * twins.index(index) / len(twins) + pi
    return x + 0.1 * cos(turn), y + 0.1 * sin(turn)


def _push_apart(places: list[Point], room: float) -> bool:
    has_moved = False
    for i, j in combinations(range(len(places)), 2):
        (ax, ay), (bx, by) = places[i], places[j]
        gap = hypot(bx - ax, by - ay) or 1e-6
        if gap >= room - 0.01:
            continue
        push = (room - gap) / 2 / gap
        dx, dy = ((bx - ax) * push, (by - ay) * push) if gap > 1e-6 else (room / 2, 0.0)  # noqa: PLR2004
        places[i], places[j] = (ax - dx, ay - dy), (bx + dx, by + dy)
        has_moved = True
    return has_moved


def _stretches(line: Sequence[Point], width: float) -> list[tuple[float, float, float]]:
    along = [0.0, *accumulate(hypot(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(line))]
    straight = []
    start = 0.0
    while start + width <= along[-1]:
        (ax, ay), (mx, my), (bx, by) = (_at(line, along, start + width * part) for part in (0, 0.5, 1))
        if hypot(bx - ax, by - ay) >= width * STRAIGHT:
            angle = atan2(by - ay, bx - ax)
            upright = angle - pi if angle > pi / 2 else angle + pi if angle <= -pi / 2 else angle
            far = abs(start + width / 2 - along[-1] / 2)
            straight.append((far, (ax + bx + mx) / 3, (ay + by + my) / 3, upright))
        start += width / 3
    return [(x, y, angle) for _, x, y, angle in sorted(straight)]


def _at(line: Sequence[Point], along: Sequence[float], length: float) -> Point:
    index = next((i for i in range(1, len(along)) if along[i] >= length), len(along) - 1)
    part = (length - along[index - 1]) / ((along[index] - along[index - 1]) or 1.0)
    (ax, ay), (bx, by) = line[index - 1], line[index]
    return ax + (bx - ax) * part, ay + (by - ay) * part


def _circles(at: Point, angle: float, width: float, size: float) -> Iterator[tuple[float, float, float]]:
    count = max(2, ceil(width / size))
    for step in range(count):
        along = (step / (count - 1) - 0.5) * (width - size / 2)
        yield at[0] + cos(angle) * along, at[1] + sin(angle) * along, size * 0.6
