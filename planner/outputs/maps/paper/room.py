"""Where names and numbers stand on the printed map, so that nothing covers anything; in millimetres."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from itertools import accumulate, combinations, pairwise
from math import atan2, ceil, cos, degrees, floor, hypot, pi, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.outputs.maps.paper.frame import Point

Circle = tuple[float, float, float]
Letter = tuple[float, float, float]
"""Place and angle in degrees."""

CELL = 8.0
STEEPEST, MOST_BEND = 0.45, 1.5
TIGHTEST, LOOSEST, STRAIGHTEST = 0.44, 0.62, 0.86
"""How near letters may come, how far apart, how much a letter's bit of course may bend, in their widths."""
MOST_PLACES = 9
ROUNDS = 80
ROOMY = 1.18
"""A face may be wider than the one that is reckoned with."""

_EIGHTHS = {
    2: "ijlI'|.,:;´`’",
    3: "ftr()[]{}- /\\ł",
    4: 'ckszvxyJ"„”°',
    6: "ABEKPSVXYZŁŻŹŚwÄ&",
    7: "CDHNRUGOQmM",
    8: "W@%—",
}
_WIDTHS = {letter: eighths / 9 for eighths, letters in _EIGHTHS.items() for letter in letters}
USUAL = 0.556


def text_width(text: str, size: float) -> float:
    """The room that a text needs in the usual faces, rather too much than too little."""
    return sum(letter_width(letter) for letter in text) * size * ROOMY


def letter_width(letter: str) -> float:
    """The width of a letter in parts of its size, about as Arial and its like have it."""
    return _WIDTHS.get(letter, USUAL)


class Room:
    """What is taken already, as circles in a grid."""

    def __init__(self) -> None:
        self._cells: defaultdict[tuple[int, int], list[Circle]] = defaultdict(list)

    def take(self, x: float, y: float, radius: float) -> None:
        """Take a circle."""
        self._cells[floor(x / CELL), floor(y / CELL)].append((x, y, radius))

    def is_free(self, wanted: Sequence[Circle]) -> bool:
        """Whether none of the wanted circles touches a taken one."""
        return not any(self._is_taken(*circle) for circle in wanted)

    def claim(self, wanted: Sequence[Circle]) -> bool:
        """Take the circles if all of them are free."""
        if not self.is_free(wanted):
            return False
        for circle in wanted:
            self.take(*circle)
        return True

    def _is_taken(self, x: float, y: float, radius: float) -> bool:
        column, row = floor(x / CELL), floor(y / CELL)
        return any(
            hypot(x - ox, y - oy) < radius + other
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for ox, oy, other in self._cells.get((column + dx, row + dy), ())
        )

    def take_line(self, line: Sequence[Point], radius: float) -> None:
        """Keep a line free of names."""
        for (ax, ay), (bx, by) in pairwise(line):
            steps = max(1, ceil(hypot(bx - ax, by - ay) / (1.5 * radius)))
            for step in range(steps + 1):
                part = step / steps
                self.take(ax + (bx - ax) * part, ay + (by - ay) * part, radius)

    def take_box(self, left: float, top: float, right: float, bottom: float) -> None:
        """Keep a box free."""
        columns, rows = max(1, ceil((right - left) / 3)), max(1, ceil((bottom - top) / 3))
        for column in range(columns + 1):
            for row in range(rows + 1):
                self.take(left + (right - left) * column / columns, top + (bottom - top) * row / rows, 2.2)


def level_circles(at: Point, width: float, size: float) -> list[Circle]:
    """The circles that a level text covers."""
    count = max(2, ceil(width / (size * 0.8)))
    reach = max(width - size * 0.5, 0.0)
    return [(at[0] + (i / (count - 1) - 0.5) * reach, at[1], size * 0.66) for i in range(count)]


def courses(line: Sequence[Point], text: str, size: float, asides: Sequence[float]) -> Iterator[list[Letter]]:
    """Yield places for the letters of a name along a line, those near its middle first."""
    along = [0.0, *accumulate(hypot(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(line))]
    width = text_width(text, size) / ROOMY
    free = along[-1] - width
    if free < 0:
        return
    count = min(MOST_PLACES, 1 + floor(free / max(width / 3, 4.0)))
    starts = [free / 2] if count == 1 else [free * i / (count - 1) for i in range(count)]
    sizes = [letter_width(letter) * size for letter in text]
    for start in sorted(starts, key=lambda start: abs(start - free / 2)):
        for aside in asides:
            letters = _letters(line, along, sizes, start, aside)
            if letters:
                yield letters


def _letters(
    line: Sequence[Point], along: Sequence[float], sizes: Sequence[float], start: float, aside: float
) -> list[Letter] | None:
    width = sum(sizes)
    (ax, ay), (bx, by) = _at(line, along, start), _at(line, along, start + width)
    if hypot(bx - ax, by - ay) < width * 0.8:
        return None
    is_back = bx < ax
    at, sign = (start + width, -1) if is_back else (start, 1)
    placed: list[Letter] = []
    bend, last, before = 0.0, None, 0.0
    ex, ey = _at(line, along, at)
    for own in sizes:
        at += sign * own
        (sx, sy), (ex, ey) = (ex, ey), _at(line, along, at)
        angle = atan2(ey - sy, ex - sx)
        if last is not None:
            turn = abs((angle - last + pi) % (2 * pi) - pi)
            bend += turn
            if turn > STEEPEST or bend > MOST_BEND:
                return None
        last = angle
        x, y = (sx + ex) / 2 - sin(angle) * aside, (sy + ey) / 2 + cos(angle) * aside
        gap = hypot(placed[-1][0] - x, placed[-1][1] - y) / (before + own) if placed else 0.5
        if not TIGHTEST < gap < LOOSEST or hypot(ex - sx, ey - sy) < own * STRAIGHTEST:
            return None
        before = own
        placed.append((x, y, degrees(angle)))
    return placed


def _at(line: Sequence[Point], along: Sequence[float], length: float) -> Point:
    index = min(bisect_left(along, length, 1), len(along) - 1)
    part = (length - along[index - 1]) / ((along[index] - along[index - 1]) or 1.0)
    (ax, ay), (bx, by) = line[index - 1], line[index]
    return ax + (bx - ax) * part, ay + (by - ay) * part


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
