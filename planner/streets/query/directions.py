"""Directions as data: the stretches of a walk told in few lines.

Edges of one street are one line; a nameless crossing or a wiggle of a few
metres is taken into its neighbour.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.geo import LonLat, bearing_deg, distance_m
from planner.domain.itinerary import Instruction, Maneuver
from planner.streets.files import EdgeFlag, WayKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.streets.query.network import Network

WIGGLE_M = 20.0
"""A nameless stretch shorter than this is not worth a line."""

SIGHT_M = 12.0
"""A turn is judged by the directions this far before and after it."""

OFF_STREET_M = 15.0
"""A straight bit from or to the streets is told when it is longer than this."""

_WORDS = {
    WayKind.STREET: "street",
    WayKind.SERVICE: "service",
    WayKind.PEDESTRIAN: "square",
    WayKind.FOOTWAY: "footway",
    WayKind.SIDEWALK: "footway",
    WayKind.CROSSING: "crossing",
    WayKind.PATH: "path",
    WayKind.TRACK: "path",
    WayKind.CYCLEWAY: "path",
    WayKind.STEPS: "steps",
    WayKind.CORRIDOR: "footway",
    WayKind.PLATFORM: "footway",
}
_ALWAYS_TOLD = {"steps", "tunnel", "bridge"}


@dataclass(frozen=True)
class Stretch:
    """A travelled piece of one edge: its shape in travelling order, (lon, lat).

    `is_forward` tells whether the edge was taken from u to v, as its flags UP and
    DOWN are seen.
    """

    edge: int
    is_forward: bool
    name: str
    kind: WayKind
    flags: EdgeFlag
    shape: Sequence[LonLat]
    length_m: float

    @property
    def way(self) -> str:
        """The kind of way in the words of the directions."""
        if self.flags & EdgeFlag.TUNNEL:
            return "tunnel"
        if self.flags & EdgeFlag.BRIDGE and not self.name:
            return "bridge"
        return _WORDS.get(self.kind, "street")


@dataclass(frozen=True)
class _Line:
    name: str
    way: str
    shape: tuple[LonLat, ...]
    length_m: float


def instructions(
    network: Network, stretches: Sequence[Stretch], off_m: tuple[float, float], ends: tuple[LonLat, LonLat]
) -> tuple[Instruction, ...]:
    """Tell a walk; `off_m` are the straight bits before and after the streets, `ends` the asked positions."""
    _ = network, ends
    lines = _merged(stretches)
    told = [_instruction(Maneuver.DEPART, line) for line in lines[:1]]
    told += [_instruction(_turn(before, line), line) for before, line in itertools.pairwise(lines)]
    if off_m[0] > OFF_STREET_M:
        told[:1] = [replace(first, maneuver=Maneuver.CONTINUE) for first in told[:1]]
        told.insert(0, Instruction(Maneuver.DEPART, "", off_m[0], way="link"))
    end = off_m[1] if off_m[1] > OFF_STREET_M else 0.0
    return (*told, Instruction(Maneuver.ARRIVE, "", end, way="link" if end else "street"))


def drive_instructions(
    network: Network, stretches: Sequence[Stretch], ends: tuple[LonLat, LonLat]
) -> tuple[Instruction, ...]:
    """Tell a coach's drive between its stops."""
    return instructions(network, stretches, (0.0, 0.0), ends)


def _merged(stretches: Iterable[Stretch]) -> list[_Line]:
    lines: list[_Line] = []
    for stretch in stretches:
        if stretch.length_m < 0.5:  # noqa: PLR2004 - half a metre is no stretch
            continue
        line = _Line(stretch.name, stretch.way, tuple(stretch.shape), stretch.length_m)
        if lines and _same_line(lines[-1], line):
            lines[-1] = _joined(lines[-1], line)
        elif len(lines) > 1 and _is_wiggle(lines[-1]) and _same_line(lines[-2], line):
            wiggle = lines.pop()
            lines[-1] = _joined(_joined(lines[-1], wiggle), line)
        else:
            lines.append(line)
    return _without_wiggles(lines)


def _same_line(a: _Line, b: _Line) -> bool:
    return a.name == b.name and (a.way == b.way or bool(a.name and not {a.way, b.way} & _ALWAYS_TOLD))


def _is_wiggle(line: _Line) -> bool:
    return line.length_m < WIGGLE_M and line.way not in _ALWAYS_TOLD and not line.name


def _without_wiggles(lines: list[_Line]) -> list[_Line]:
    """Give short nameless lines to the line before, the first one to the line after."""
    kept: list[_Line] = []
    for line in lines:
        if kept and _is_wiggle(line):
            kept[-1] = _joined(kept[-1], line)
        elif len(kept) == 1 and _is_wiggle(kept[0]):
            kept[0] = replace(
                line, shape=(*kept[0].shape, *line.shape), length_m=kept[0].length_m + line.length_m
            )
        elif kept and _same_line(kept[-1], line):
            kept[-1] = _joined(kept[-1], line)
        else:
            kept.append(line)
    return kept


def _joined(a: _Line, b: _Line) -> _Line:
    return replace(a, shape=(*a.shape, *b.shape), length_m=a.length_m + b.length_m)


def _instruction(maneuver: Maneuver, line: _Line) -> Instruction:
    heading = bearing_deg(line.shape[0], _ahead(line.shape))
    return Instruction(maneuver, line.name, round(line.length_m, 1), line.way, round(heading, 1))


def _turn(before: _Line, line: _Line) -> Maneuver:
    came = bearing_deg(_ahead(before.shape[::-1]), before.shape[-1])
    goes = bearing_deg(line.shape[0], _ahead(line.shape))
    return turn_of((goes - came + 180) % 360 - 180)


def turn_of(angle: float) -> Maneuver:
    """The turn of an angle in degrees, from -180 (left about) to 180; straight on within 30."""
    side = abs(angle)
    if side < 30:  # noqa: PLR2004
        return Maneuver.CONTINUE
    names = (
        (60, Maneuver.SLIGHT_LEFT, Maneuver.SLIGHT_RIGHT),
        (120, Maneuver.LEFT, Maneuver.RIGHT),
        (165, Maneuver.SHARP_LEFT, Maneuver.SHARP_RIGHT),
    )
    for limit, left, right in names:
        if side < limit:
            return left if angle < 0 else right
    return Maneuver.TURN_BACK


def _ahead(shape: Sequence[LonLat]) -> LonLat:
    """The first position of a shape at least SIGHT_M from its start, else its end."""
    return next((at for at in shape if distance_m(shape[0], at) >= SIGHT_M), shape[-1])
