"""Names and marks on paper: the visit's first, then what the description gives room to, in its order."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from html import escape
from math import hypot
from typing import TYPE_CHECKING

from planner.outputs.look import SHEET_INKS
from planner.outputs.maps.description import LABEL_ORDER, LOOKS, MARKS, PX_MM
from planner.outputs.maps.packing import merge_lines
from planner.outputs.maps.paper.frame import MapFrame, Point, mm
from planner.outputs.maps.paper.room import Room, courses, level_circles, text_width
from planner.outputs.maps.paper.svg import INK, PAPER, course, text_at
from planner.streets.query.layers import LayerKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.outputs.maps.description import Lettering, Mark
    from planner.outputs.maps.ground import MapMark
    from planner.outputs.maps.paper.room import Letter
    from planner.outputs.maps.paper.town import Lines

REPEAT_MM = 80.0
LINE_HEIGHT = 1.18
SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1))
BEFORE_STREETS = ("quarter", "station", "church", "castle", "square")
LONG = 40
"""A name of more letters has longer lines."""

FINE = 0.9
"""Letters on paper are a little smaller than the same on a screen."""


@dataclass
class Writer:
    """Writes on one sheet; `written` are the names that stand already, with their places."""

    frame: MapFrame
    room: Room
    written: defaultdict[str, list[Point]] = field(default_factory=lambda: defaultdict(list))

    def beside(
        self, text: str, at: Point, gap: float, size: float, *, fill: str = INK, weight: str = ""
    ) -> str:
        """A name beside a point, on the first side that is free; '' where none is."""
        lines = broken(text, 28 if len(text) > LONG else 24)
        wide = max(text_width(line, size) for line in lines)
        tall = len(lines) * size * LINE_HEIGHT
        for far in (1.0, 1.8, 2.8):
            for dx, dy in SIDES:
                middle = at[0] + dx * (gap * far + wide / 2), at[1] + dy * (gap * far + tall / 2)
                is_on = self.frame.holds((middle[0] - wide / 2, middle[1] - tall / 2), 0.5)
                is_on = is_on and self.frame.holds((middle[0] + wide / 2, middle[1] + tall / 2), 0.5)
                if is_on and (found := self.level(lines, middle, size, fill=fill, weight=weight)):
                    return found
        return ""

    def level(
        self, lines: list[str], at: Point, size: float, *, fill: str, weight: str = "", kind: str = ""
    ) -> str:
        """Level lines centred at a place, if they are free."""
        rows = [
            (line, (at[0], at[1] + (i - (len(lines) - 1) / 2) * size * LINE_HEIGHT))
            for i, line in enumerate(lines)
        ]
        covers = [
            circle for line, place in rows for circle in level_circles(place, text_width(line, size), size)
        ]
        if not self.frame.holds(at) or not self.room.claim(covers):
            return ""
        return "".join(
            text_at(place, line, size, fill=fill, weight=weight, kind=kind) for line, place in rows
        )

    def labels(self, lines: Lines, marks: tuple[MapMark, ...]) -> Iterator[str]:
        """Yield all names and marks of the town."""
        yield from self._marks(marks, BEFORE_STREETS)
        for name in LABEL_ORDER:
            look = LOOKS[LayerKind[name]]
            if look.lettering is None or self.frame.zoom < look.lettering.first_zoom:
                continue
            write = self._area if look.kind.is_area else self._street
            for text, pieces in _named(lines, look.kind):
                yield from write(text, pieces, look.kind, look.lettering)
        yield from self._marks(marks, tuple(mark for mark in MARKS if mark not in BEFORE_STREETS))

    def _street(
        self, text: str, pieces: list[list[Point]], kind: LayerKind, lettering: Lettering
    ) -> Iterator[str]:
        size = lettering.size * PX_MM * FINE
        beside = max(mm(LOOKS[kind].width(self.frame.zoom)) / 2, 0.4) + size * 0.75
        whole = merge_lines([[(round(x * 100), round(y * 100)) for x, y in piece] for piece in pieces])
        for piece in whole:
            line = [(x / 100, y / 100) for x, y in piece]
            for letters in courses(line, text, size, (0.0, -beside, beside)):
                middle = letters[len(letters) // 2][:2]
                is_near = any(hypot(middle[0] - x, middle[1] - y) < REPEAT_MM for x, y in self.written[text])
                if is_near or not all(self.frame.holds(letter[:2], size) for letter in letters):
                    continue
                if self.room.claim([(x, y, size * 0.68) for x, y, _ in letters]):
                    self.written[text].append(middle)
                    yield _along(text, letters, size, lettering, kind)

    def _area(
        self, text: str, pieces: list[list[Point]], kind: LayerKind, lettering: Lettering
    ) -> Iterator[str]:
        size = lettering.size * PX_MM * FINE
        piece = max(pieces, key=_span)
        xs, ys = [x for x, _ in piece], [y for _, y in piece]
        lines = broken(text, max(12, -(-len(text) // 3)))
        wide = max(text_width(line, size) for line in lines)
        if text in self.written or max(xs) - min(xs) < wide * 0.9 or max(ys) - min(ys) < len(lines) * size:
            return
        middle = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
        if found := self.level(lines, middle, size, fill=SHEET_INKS[lettering.colour], kind=kind.name):
            self.written[text].append(middle)
            yield found

    def _marks(self, marks: tuple[MapMark, ...], names: tuple[str, ...]) -> Iterator[str]:
        for look in (MARKS[name] for name in MARKS if name in names):
            if look.first_zoom <= self.frame.zoom <= look.last_zoom:
                for mark in marks:
                    if mark.name == look.name:
                        yield from self._mark(mark, look)

    def _mark(self, mark: MapMark, look: Mark) -> Iterator[str]:
        at, size = self.frame.place(mark.at), look.size * PX_MM * FINE
        if not self.frame.holds(at, 1.5) or (look.path and not self.room.claim([(*at, 1.7)])):
            return
        ink = SHEET_INKS["mark"]
        if look.path:
            place = f"translate({at[0]:.2f} {at[1]:.2f}) scale({PX_MM * 0.85:.3f})"
            told = f'data-mark="{look.name}" transform="{place}"'
            halo = f'stroke="{PAPER}" stroke-width="2.4" paint-order="stroke" stroke-linejoin="round"'
            yield f'<path {told} fill="{ink}" fill-rule="evenodd" {halo} d="{look.path}"/>'
        if not mark.text or self.frame.zoom < look.label_zoom or self.written.get(mark.text):
            return
        if look.path:
            found = self.beside(mark.text, at, 2.2, size, fill=ink)
        else:
            is_quarter = look.name == "quarter"
            fill = SHEET_INKS["label"]
            found = self.level(broken(mark.text, 16), at, size, fill=fill, weight="600" if is_quarter else "")
        if found:
            if look.name != "house_number":
                self.written[mark.text].append(at)
            yield found


def broken(text: str, longest: int) -> list[str]:
    """The words of a name in lines of about that many letters."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= longest:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [text]


def _named(lines: Lines, kind: LayerKind) -> list[tuple[str, list[list[Point]]]]:
    """The names of a kind with their lines, the longest first."""
    found: defaultdict[str, list[list[Point]]] = defaultdict(list)
    for (other, _, _), rows in lines.items():
        if other is kind:
            for name, line in rows:
                if name:
                    found[name].append(line)
    return sorted(found.items(), key=lambda row: (-max(map(_span, row[1])), row[0]))


def _span(line: list[Point]) -> float:
    xs, ys = [x for x, _ in line], [y for _, y in line]
    return max(xs) - min(xs) + max(ys) - min(ys)


def _along(text: str, letters: list[Letter], size: float, lettering: Lettering, kind: LayerKind) -> str:
    """Letters along a course, each with its own place and turn, on a light band."""
    band = f'fill="none" stroke="{PAPER}" stroke-opacity="0.8" stroke-width="{size:.2f}"'
    under = f'<path {band} d="{course([(x, y) for x, y, _ in letters])}"/>'
    body = "".join(
        f'<text transform="translate({x:.2f} {y:.2f}) rotate({turn:.1f})" dy="0.35em">{escape(letter)}</text>'
        for letter, (x, y, turn) in zip(text, letters, strict=True)
        if letter != " "
    )
    fill = SHEET_INKS[lettering.colour]
    look = f'font-size="{size:.2f}" text-anchor="middle" fill="{fill}" data-kind="{kind.name}"'
    return f'<g {look} data-name="{escape(text, quote=True)}" aria-hidden="true">{under}{body}</g>'
