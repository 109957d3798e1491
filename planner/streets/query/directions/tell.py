"""Directions as data: the path of a walk or a drive told in few lines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.geo import LonLat, bearing_deg, distance_m
from planner.domain.itinerary import Instruction, Maneuver
from planner.streets.query.directions.crossings import Crossings
from planner.streets.query.directions.landmarks import Landmarks
from planner.streets.query.directions.lines import (
    PathTelling,
    ToldLine,
    lines_of,
    main_way,
    net_turn,
    steps_on,
    ways_of,
)
from planner.streets.query.directions.roundabouts import exit_number
from planner.streets.query.directions.turns import Track, angle_between, bearing, track_of, turn_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from planner.streets.query.network import Network
    from planner.streets.query.path_edges import PathEdge

OFF_STREET_M = 15.0
"""A straight bit from or to the streets is told when it is longer than this."""

BESIDE_M = 4.0
"""Nearer than this a place is on the way and not beside it."""

SMALLEST_M = 0.5
"""Less than this along the streets is nothing to tell."""

AHEAD_DEG = 35.0
"""Within this angle a place is ahead (or behind), not to the left or right."""


def instructions(
    network: Network, path: Sequence[PathEdge], off_m: tuple[float, float], ends: tuple[LonLat, LonLat]
) -> tuple[Instruction, ...]:
    """Tell a walk; `off_m` are the straight bits before and after the streets, `ends` the asked positions.

    The distances of the lines sum to the length of the walk with those bits.
    """
    told: list[Instruction] = []
    side = ""
    length = sum(edge.length_m for edge in path)
    if length < SMALLEST_M:
        off_m = (off_m[0], off_m[1] + length)
    else:
        trip = _Trip(network, path, network.walk_cost_m, is_drive=False)
        told, side = trip.told(), trip.side(ends[1])
        if off_m[0] > OFF_STREET_M:
            told[0] = replace(told[0], maneuver=trip.first_turn(ends[0]))
    return _with_ends(told, off_m, side, _link_bearing(path, ends))


def drive_instructions(
    network: Network, path: Sequence[PathEdge], ends: tuple[LonLat, LonLat]
) -> tuple[Instruction, ...]:
    """Tell a coach's drive between the two places it serves: streets, road numbers, exits of roundabouts."""
    if not path:
        return (Instruction(Maneuver.ARRIVE, "", 0.0),)
    trip = _Trip(network, path, network.coach_s, is_drive=True)
    return (*trip.told(), Instruction(Maneuver.ARRIVE, "", 0.0, side=trip.side(ends[1])))


def _with_ends(
    told: list[Instruction], off_m: tuple[float, float], side: str, heading: float | None
) -> tuple[Instruction, ...]:
    """Put the straight bits to both ends: as lines where they are long, else into their neighbours."""
    start, end = off_m
    if start > OFF_STREET_M:
        told.insert(0, Instruction(Maneuver.DEPART, "", start, way="link", bearing_deg=heading))
    elif told:
        told[0] = replace(told[0], distance_m=told[0].distance_m + start)
    else:
        end += start
    if end > OFF_STREET_M or not told:
        way = "link" if end > OFF_STREET_M else "street"
        return (*told, Instruction(Maneuver.ARRIVE, "", end, way=way, side=side))
    told[-1] = replace(told[-1], distance_m=told[-1].distance_m + end)
    return (*told, Instruction(Maneuver.ARRIVE, "", 0.0, side=side))


def _link_bearing(path: Sequence[PathEdge], ends: tuple[LonLat, LonLat]) -> float | None:
    goal = path[0].shape[0] if path else ends[1]
    return round(bearing_deg(ends[0], goal), 1) if ends[0] != goal else None


class _Trip:
    """One walk or drive while it is put into lines."""

    def __init__(
        self, network: Network, path: Sequence[PathEdge], cost: NDArray[np.float64], *, is_drive: bool
    ) -> None:
        self._network = network
        self._path = path
        self._is_drive = is_drive
        self._track: Track = track_of(network, path)
        self._ways: PathTelling = ways_of(network, path, cost, is_drive=is_drive)
        self._lines: list[ToldLine] = lines_of(network, path, self._track, self._ways)

    def told(self) -> list[Instruction]:
        """The lines as instructions."""
        told = [self._line(number) for number in range(len(self._lines))]
        return self._with_exits(told) if self._is_drive else joined(self._with_sights(told))

    def first_turn(self, start: LonLat) -> Maneuver:
        """The turn onto the first line of somebody who comes to it straight from a position."""
        track, line = self._track, self._lines[0]
        came = bearing(track.plane(start), track.at(track.marks[0]))
        return turn_of(angle_between(came, track.goes(line.core[0], line.core[1])))

    def side(self, goal: LonLat) -> str:
        """On which side of the last line a position lies; '' ahead of it or on it."""
        track, line = self._track, self._lines[-1]
        end, place = track.at(track.marks[line.core[1]]), track.plane(goal)
        last = self._path[-1].shape[-1]
        if distance_m(last, goal) < BESIDE_M:
            return ""
        angle = angle_between(track.came(line.core[1], line.core[0]), bearing(end, place))
        if not AHEAD_DEG <= abs(angle) <= 180 - AHEAD_DEG:
            return ""
        return "left" if angle < 0 else "right"

    def _line(self, number: int) -> Instruction:
        line, track = self._lines[number], self._track
        heading = track.goes(line.core[0], line.core[1])
        turn = Maneuver.DEPART
        if number:
            before = self._lines[number - 1]
            is_lift = ":lift" in (before.key, line.key)
            turn = Maneuver.CONTINUE if is_lift else turn_of(net_turn(track, before, line))
        name = "" if line.key.startswith(":") else line.key
        way = main_way(self._path, self._ways, line)
        if name and way not in {"steps", "tunnel", "bridge", "square", "platform", "ferry"}:
            way = "street"
        return Instruction(
            turn,
            name,
            line.length_m,
            way,
            round(heading, 1),
            steps=steps_on(self._path, self._ways, line),
        )

    def _with_sights(self, told: list[Instruction]) -> list[Instruction]:
        """Add what is crossed and what stands at the turns."""
        crossings = Crossings(self._network, self._path, self._track)
        spots = {number: self._path[self._lines[number].core[0]].shape[0] for number in _turns(told)}
        landmarks = Landmarks(self._network, list(dict.fromkeys(spots.values())))
        last = len(told) - 1
        for number, (instruction, line) in enumerate(zip(told, self._lines, strict=True)):
            around = {near.street for near in told[max(0, number - 1) : number + 2]}
            road = crossings.on(line, around, is_last=number == last)
            name, kind = "", ""
            if number in spots:
                name, kind = landmarks.near(spots[number])
            told[number] = replace(instruction, crosses=road, landmark=name, landmark_kind=kind)
        return told

    def _with_exits(self, told: list[Instruction]) -> list[Instruction]:
        """Tell a roundabout by the exit taken, and a named road with its number."""
        kept: list[Instruction] = []
        for number, (instruction, line) in enumerate(zip(told, self._lines, strict=True)):
            before = self._lines[number - 1] if number else None
            with_ref = replace(
                instruction,
                ref=self._ref(line, instruction.street),
                towards=self._sign(line, self._network.towards),
                exit_ref=self._sign(line, self._network.exit_ref),
            )
            if before is None or before.key != ":roundabout":
                kept.append(with_ref)
                continue
            entered = kept.pop()
            turn, exits = entered.maneuver, 0
            if turn is not Maneuver.DEPART:  # a drive that begins on a roundabout has passed unseen exits
                turn = turn_of(net_turn(self._track, self._lines[number - 2], line))
                exits = exit_number(self._network, self._path, before.core)
            length = entered.distance_m + instruction.distance_m
            kept.append(replace(with_ref, maneuver=turn, distance_m=length, exit_number=exits))
        return kept

    def _sign(self, line: ToldLine, signs: NDArray[np.int32]) -> str:
        """What the first sign on a line says."""
        directed = (2 * edge.edge + (not edge.is_forward) for edge in self._path[slice(*line.core)])
        return next((self._network.names[number] for at in directed if (number := int(signs[at]))), "")

    def _ref(self, line: ToldLine, name: str) -> str:
        """The number of the road that most of a named line is."""
        longest = max(range(*line.core), key=lambda number: self._path[number].length_m)
        ref = self._network.names[int(self._network.ref[self._path[longest].edge])]
        return ref if name and ref != name else ""


SHORT_M = 60.0
"""A nameless way that goes straight on is not worth a line below this length, if nothing stands there."""

_PLAIN = frozenset({"footway", "path", "tunnel", "corridor", "service", "pedestrian", "bridge"})


def joined(told: Sequence[Instruction]) -> list[Instruction]:
    """Join what only goes on, without a name or anything to know it by: a short way, or one of a kind that
    has been told since the last turn.
    """  # noqa: D205
    kept: list[Instruction] = []
    ways: set[str] = set()
    for line in told:
        goes_on = line.maneuver is Maneuver.CONTINUE and not (line.street or line.landmark or line.steps)
        if goes_on and kept and line.way in _PLAIN and not kept[-1].steps and kept[-1].way != "lift":
            before = kept[-1]
            is_short = line.distance_m < SHORT_M and line.way not in {"tunnel", "bridge"}
            is_plain = not before.street and before.way not in {"tunnel", "bridge"}
            if is_plain and (line.way in ways or is_short):
                more = before.distance_m + line.distance_m
                kept[-1] = replace(before, distance_m=more, crosses=before.crosses or line.crosses)
                continue
            ways.add(line.way)
        else:
            ways = {line.way}
        kept.append(line)
    return kept


def _turns(told: Sequence[Instruction]) -> list[int]:
    """The lines that begin with a turn, the first one and those that only go on where they have no name."""
    return [
        number
        for number, instruction in enumerate(told)
        if (number and instruction.maneuver is not Maneuver.CONTINUE) or not instruction.street
    ]
