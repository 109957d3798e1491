"""What walking costs, edge by edge: the arrays of the two walking profiles.

Directed edge 2i leads along edge i from u to v, 2i + 1 back. A walker's cost in
seconds is metres / pace + seconds; inf closes an edge. `clock` is what the
clock shows, `walk` and `free` are what is searched for: the clock and what
people rather avoid.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planner.streets.build.foot.access import (
    ALLOWED,
    FIRST_HARD_SCALE,
    FORBIDDEN,
    hike_directions,
    hiking_scale,
    walk_directions,
)
from planner.streets.build.foot.barriers import passing
from planner.streets.build.foot.parameters import CLOCK, WALK
from planner.streets.build.foot.step_free import NO_SLOPE, ROUGH_TO_ALL, EdgeSlope, Judgement, by_slope, judge
from planner.streets.build.graph import components
from planner.streets.build.rules import highway_class, is_hiking, is_main_road, sidewalk
from planner.streets.build.tag_values import count, incline_percent, time_s
from planner.streets.files import WayKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from planner.streets.build.graph import Graph
    from planner.streets.build.height.slopes import Slopes
    from planner.streets.build.read.pieces import WayPiece

_HALF = 0.5


@dataclass(frozen=True)
class Walking:
    """What walking along a way means: open forward and backward, the clock's seconds by metre (those of a
    tagged slope apart) and at once, a factor of dislike on the length and seconds of dislike by metre, and
    the way without steps.
    """  # noqa: D205

    is_open: tuple[bool, bool]
    clock_s_per_m: float
    climb_s_per_m: float
    clock_s: float
    factor: float
    dislike_s_per_m: float
    free: Judgement


def walking(tags: Mapping[str, str]) -> Walking:
    """Return what walking along a way with these tags means."""
    is_steps = tags.get("highway") == "steps"
    is_escalator = is_steps and tags.get("conveying", "no") != "no"
    return Walking(
        is_open=walk_directions(tags),
        clock_s_per_m=_clock_s_per_m(tags, is_steps=is_steps, is_escalator=is_escalator),
        climb_s_per_m=0.0 if is_steps else _climb_s_per_m(tags),
        clock_s=CLOCK.elevator_s if tags.get("highway") == "elevator" else 0.0,
        factor=dislike(tags),
        dislike_s_per_m=WALK.steps_s_per_m if is_steps and not is_escalator else 0.0,
        free=judge(tags),
    )


def _clock_s_per_m(tags: Mapping[str, str], *, is_steps: bool, is_escalator: bool) -> float:
    if is_escalator:
        return CLOCK.escalator_s_per_m
    if is_steps:
        return CLOCK.step_s / CLOCK.tread_m
    return _hiking_s_per_m(tags)


def _climb_s_per_m(tags: Mapping[str, str]) -> float:
    return CLOCK.climb_s * abs(incline_percent(tags.get("incline", "")) or 0.0) / 100


_FAINT = {"bad", "horrible", "no"}


def _hiking_s_per_m(tags: Mapping[str, str]) -> float:
    if (scale := hiking_scale(tags)) >= FIRST_HARD_SCALE:
        return CLOCK.mountain_s_per_m[scale - FIRST_HARD_SCALE]
    if tags.get("trail_visibility") in _FAINT or tags.get("mtb:scale", "0")[:1] in {"3", "4", "5", "6"}:
        return CLOCK.faint_s_per_m
    return CLOCK.hiking_s_per_m if is_hiking(tags) else 0.0


def ferry_s(tags: Mapping[str, str], length_m: float) -> float:
    """Seconds that a ferry takes, half the time between two of them waited."""
    crossing = time_s(tags.get("duration", "")) or length_m / CLOCK.ferry_mps
    interval = time_s(tags.get("interval", ""))
    return crossing + (CLOCK.ferry_wait_s if interval is None else interval / 2)


def dislike(tags: Mapping[str, str]) -> float:
    """Return the factor on the length by which walkers rather avoid a way."""
    factor = 1.0
    beside = sidewalk(tags)
    if is_main_road(tags) and beside in {"", "no"}:
        factor *= WALK.main_road_without_sidewalk if beside == "no" else WALK.main_road_unknown
    if beside == "separate":
        factor *= WALK.sidewalk_separate
    if tags.get("service") in {"driveway", "parking_aisle", "drive-through"}:
        factor *= WALK.driveway
    foot = tags.get("foot", tags.get("access", "yes"))
    if foot not in ALLOWED | FORBIDDEN:
        factor *= WALK.unknown_access
    if foot == "customers" or tags.get("foot") == "destination":
        factor *= WALK.customers
    if foot in {"discouraged", "limited"}:
        factor *= WALK.discouraged
    if tags.get("surface") in ROUGH_TO_ALL:
        factor *= WALK.bad_surface
    return factor


def foot_arrays(graph: Graph, slopes: Slopes | None = None) -> dict[str, NDArray[np.generic]]:
    """Return walk_cost_m, walk_s, free_m, free_s, clock_m, clock_s by directed edge, free_state and obstacle
    by edge, comp_walk and comp_free by node, hike_scale and hike_m; with slopes theirs as well.
    """  # noqa: D205
    table = _table(graph, slopes)
    metres = np.repeat(graph.length, 2)
    is_open = table[:, :2].ravel() > 0
    clock_s, factor, dislike_s, free_factor, free_s = (np.repeat(table[:, 2 + n], 2) for n in range(5))
    if slopes is not None:
        clock_s = clock_s + slopes.seconds.ravel()
    # a ferry's metres are not walked: it costs what it takes
    walked_m = np.where(np.repeat(graph.kind == WayKind.FERRY, 2), 0.0, metres)
    walk_cost_m = np.where(is_open, walked_m * factor, np.inf)
    is_free = is_open & np.isfinite(free_factor)
    free_m = np.where(is_free, walk_cost_m, np.inf) * np.where(is_free, free_factor, 1.0)
    return {
        "walk_cost_m": walk_cost_m,
        "walk_s": clock_s + dislike_s,
        "free_m": free_m,
        "free_s": (clock_s + dislike_s) * np.where(is_free, free_factor, 1.0) + free_s,
        "clock_m": walked_m,
        "clock_s": clock_s,
        "free_state": table[:, 7].astype(np.uint8),
        "obstacle": table[:, 8].astype(np.uint8),
        "comp_walk": _parts(graph, walk_cost_m),
        "comp_free": _parts(graph, free_m),
        **_hiking(graph, metres * factor),
        **({} if slopes is None else slopes.arrays()),
    }


def _hiking(graph: Graph, cost_m: NDArray[np.float64]) -> dict[str, NDArray[np.generic]]:
    """Return `hike_scale` by edge, from 2 for T2 on and 0 for all others, and `hike_m`, the cost of those.

    They are shut to walks unless a group asks for such paths.
    """
    scale = np.zeros(len(graph.u), np.uint8)
    is_open = np.zeros((len(graph.u), 2), bool)
    for edge, piece in enumerate(graph.pieces):
        if "sac_scale" in piece.way.tags and (hard := hiking_scale(piece.way.tags)) >= FIRST_HARD_SCALE:
            scale[edge], is_open[edge] = hard, hike_directions(piece.way.tags)
    return {"hike_scale": scale, "hike_m": np.where(is_open.ravel(), cost_m, np.inf)}


def _table(graph: Graph, slopes: Slopes | None) -> NDArray[np.float64]:
    """Return a row of nine values for each edge, as `_row` tells them."""
    lengths = graph.length.tolist()
    ways: dict[int, Walking] = {}
    flights: dict[int, float] = defaultdict(float)
    for piece, length in zip(graph.pieces, lengths, strict=True):
        if piece.barrier is None:
            if id(piece.way) not in ways:
                ways[id(piece.way)] = walking(piece.way.tags)
            flights[id(piece.way)] += length
    percents = [NO_SLOPE] * len(lengths) if slopes is None else slopes.judged()
    rows = [
        _barrier_row(piece)
        if piece.barrier is not None
        else _row(piece, length, ways[id(piece.way)], flights[id(piece.way)], slope)
        for piece, length, slope in zip(graph.pieces, lengths, percents, strict=True)
    ]
    return np.array(rows, float).reshape(-1, 9)


def _row(
    piece: WayPiece, length: float, way: Walking, flight_m: float, slope: EdgeSlope
) -> tuple[float, ...]:
    """Return open forward and backward, clock s, factor, dislike s, free factor, free s, state, obstacle.

    The seconds of a slope that is known by heights are not in it: they differ by direction.
    """
    by_metre = way.clock_s_per_m + (0.0 if slope.is_known else way.climb_s_per_m)
    free = by_slope(way.free, piece.way.tags, slope)
    return (
        *map(float, way.is_open),
        way.clock_s + length * (_counted_s_per_m(piece.way.tags, flight_m) or by_metre),
        way.factor,
        length * way.dislike_s_per_m,
        free.factor,
        free.seconds,
        float(free.state),
        float(free.obstacle),
    )


def _counted_s_per_m(tags: Mapping[str, str], flight_m: float) -> float | None:
    """The clock's seconds by metre of a ferry, or of a flight whose steps are counted; else None."""
    if highway_class(tags) == "ferry":
        return ferry_s(tags, flight_m) / max(flight_m, 1.0)
    steps = count(tags.get("step_count", "")) if tags.get("highway") == "steps" else None
    if not steps or "conveying" in tags or flight_m < steps * CLOCK.least_tread_m:
        return None
    return steps * CLOCK.step_s / flight_m


def _barrier_row(piece: WayPiece) -> tuple[float, ...]:
    """The same for a barrier: half of it where it stands between more than two ways."""
    pass_ = passing(piece.way.tags)
    share = _HALF if piece.is_half else 1.0
    judged = pass_.free
    return (
        float(pass_.is_open),
        float(pass_.is_open),
        pass_.clock_s * share,
        1.0,
        0.0,
        judged.factor,
        judged.seconds * share,
        float(judged.state),
        float(judged.obstacle),
    )


def _parts(graph: Graph, cost: NDArray[np.float64]) -> NDArray[np.int32]:
    """Number the parts of the network that hang together for a profile, the largest first."""
    usable = np.isfinite(cost.reshape(-1, 2)).any(axis=1)
    return components(graph.u[usable], graph.v[usable], len(graph.nodes))
