"""What a way is to somebody who cannot climb steps: confirmed, unknown, bad or closed, and why.

Sources: OSM wiki, "Key:wheelchair", "Key:kerb", "Key:incline",
"Key:smoothness", "Key:surface", "Key:ramp:wheelchair", "Wheelchair routing".
The numbers are in `foot_parameters`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.streets.build.foot.parameters import STEP_FREE
from planner.streets.build.rules import highway_class
from planner.streets.build.tag_values import incline_percent, is_yes, metres
from planner.streets.files import FreeState, Obstacle

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

WHEELS_WELCOME = {"yes", "designated"}
HIGH_KERBS = {"raised", "high", "regular"}
LOW_KERBS = {"flush", "lowered", "no", "none"}
_SMOOTH = {"excellent", "good", "intermediate"}
_ROUGH_CLOSED = {"very_bad", "horrible", "very_horrible", "impassable"}
_PAVED = {
    "paved", "asphalt", "concrete", "concrete:plates", "concrete:lanes", "paving_stones", "bricks", "brick",
    "chipseal", "metal", "wood", "rubber", "acrylic", "tiles", "tartan", "paving_stones:30",
}  # fmt: skip
_BAD_SURFACES = {
    "cobblestone", "unhewn_cobblestone", "gravel", "pebblestone", "ground",
    "dirt", "earth", "grass", "unpaved", "rock", "stone", "woodchips", "grass_paver", "metal_grid", "shells",
}  # fmt: skip
_UNEVEN_SURFACES = {"sett", "cobblestone:flattened", "compacted", "fine_gravel"}
_CLOSED_SURFACES = {"mud", "sand", "stepping_stones", "snow", "ice"}
ROUGH_TO_ALL = {"mud", "sand", "rock", "stepping_stones", "snow", "ice", "unhewn_cobblestone"}
"""Surfaces that every walker rather avoids."""

_BARE = {"path", "track", "bridleway"}


@dataclass(frozen=True)
class Judgement:
    """What is known of a way: `factor` on the walking cost, inf where closed, and `seconds` more."""

    state: FreeState
    obstacle: Obstacle = Obstacle.NONE
    factor: float = 1.0
    seconds: float = 0.0


def closed(obstacle: Obstacle) -> Judgement:
    """No way for wheels, and why."""
    return Judgement(FreeState.CLOSED, obstacle, float("inf"))


def bad(obstacle: Obstacle, factor: float = STEP_FREE.bad, seconds: float = 0.0) -> Judgement:
    """A way that hinders wheels."""
    return Judgement(FreeState.BAD, obstacle, factor, seconds)


def judge(tags: Mapping[str, str]) -> Judgement:
    """Return the worst that is said about a way, else what is known for it."""
    judgements = [judged for rule in _RULES if (judged := rule(tags)) is not None]
    if not judgements:
        return _unhindered(tags)
    worst = max(judgements, key=lambda judged: (judged.state == FreeState.CLOSED, judged.factor))
    if worst.state != FreeState.CLOSED and _is_stated_fit(tags) and worst.obstacle is not Obstacle.INCLINE:
        return Judgement(FreeState.CONFIRMED)
    return worst


@dataclass(frozen=True)
class EdgeSlope:
    """How steep an edge is by an elevation file: percent, 0 where it is not known, and whether for sure."""

    is_known: bool = False
    percent: float = 0.0
    is_sure: bool = False


NO_SLOPE = EdgeSlope()


def by_slope(judged: Judgement, tags: Mapping[str, str], slope: EdgeSlope) -> Judgement:
    """Return what a way is with its slope by heights; what people have seen there counts for more."""
    is_said = _is_stated_fit(tags) or incline_percent(tags.get("incline", "")) is not None
    if judged.state == FreeState.CLOSED or is_said or slope.percent <= STEP_FREE.steep_percent:
        return judged
    if slope.percent > STEP_FREE.closed_percent and slope.is_sure:
        return closed(Obstacle.INCLINE)
    return bad(Obstacle.INCLINE, max(judged.factor, STEP_FREE.steep), judged.seconds)


def _is_stated_fit(tags: Mapping[str, str]) -> bool:
    return tags.get("wheelchair") in WHEELS_WELCOME


def _unhindered(tags: Mapping[str, str]) -> Judgement:
    percent = incline_percent(tags.get("incline", ""))
    paved = tags.get("surface", "paved") in _PAVED
    smooth = tags.get("smoothness") in {"excellent", "good"} and percent is not None and paved
    if _is_stated_fit(tags) or smooth:
        return Judgement(FreeState.CONFIRMED)
    if tags.get("highway") == "elevator":
        return Judgement(FreeState.UNKNOWN, seconds=STEP_FREE.elevator_s)
    factor = STEP_FREE.unknown
    if highway_class(tags) in _BARE and not ({"surface", "smoothness"} & tags.keys()):
        factor = STEP_FREE.unknown_path
    if tags.get("incline") in {"up", "down"}:
        factor *= STEP_FREE.slope_unknown
    return Judgement(FreeState.UNKNOWN, factor=factor)


def _estimate(tags: Mapping[str, str]) -> Judgement | None:
    return closed(Obstacle.UNCONFIRMED) if tags.get("source") == "estimate" else None


def _steps(tags: Mapping[str, str]) -> Judgement | None:
    """Steps are closed, but for a ramp beside them that wheelchairs can use.

    `ramp=yes` alone may be a gutter for bicycles or prams; escalators carry no wheelchair.
    """
    if tags.get("highway") != "steps":
        return None
    if is_yes(tags.get("ramp:wheelchair")) or (_is_stated_fit(tags) and "conveying" not in tags):
        return Judgement(FreeState.CONFIRMED)
    if is_yes(tags.get("ramp")) and "ramp:wheelchair" not in tags and not _is_split_ramp(tags):
        return bad(Obstacle.STEPS)
    return closed(Obstacle.STEPS)


def _is_split_ramp(tags: Mapping[str, str]) -> bool:
    return any(is_yes(tags.get(key)) for key in ("ramp:bicycle", "ramp:stroller", "ramp:luggage"))


def _wheelchair(tags: Mapping[str, str]) -> Judgement | None:
    if tags.get("wheelchair") in {"no", "bad"}:
        return closed(Obstacle.WHEELCHAIR_NO)
    return bad(Obstacle.WHEELCHAIR_NO) if tags.get("wheelchair") == "limited" else None


def kerb(tags: Mapping[str, str]) -> Judgement | None:
    """What a kerb is to wheels, of a crossing or of a node; None where it is low or there is none."""
    value = tags.get("kerb", "" if tags.get("barrier") == "kerb" else "no")
    height = metres(tags.get("kerb:height", tags.get("height", "") if tags.get("barrier") == "kerb" else ""))
    if height is not None:
        return closed(Obstacle.KERB) if height > STEP_FREE.lowered_kerb_m else None
    if value in HIGH_KERBS:
        return closed(Obstacle.KERB)
    if value in LOW_KERBS or tags.get("wheelchair") in WHEELS_WELCOME:
        return None
    return bad(Obstacle.KERB, 1.0, STEP_FREE.kerb_s)


def _kerb_of_way(tags: Mapping[str, str]) -> Judgement | None:
    return kerb(tags) if "kerb" in tags or "kerb:height" in tags else None


def _incline(tags: Mapping[str, str]) -> Judgement | None:
    if tags.get("incline") == "steep":
        return bad(Obstacle.INCLINE, STEP_FREE.steep)
    percent = abs(incline_percent(tags.get("incline", "")) or 0.0)
    if percent > STEP_FREE.closed_percent:
        return closed(Obstacle.INCLINE)
    return bad(Obstacle.INCLINE, STEP_FREE.steep) if percent > STEP_FREE.steep_percent else None


def _surface(tags: Mapping[str, str]) -> Judgement | None:
    """Judge by `smoothness`, which says more than `surface`, which says more than `tracktype`."""
    smoothness, surface = tags.get("smoothness", ""), tags.get("surface", "")
    if smoothness in _ROUGH_CLOSED:
        return closed(Obstacle.SURFACE)
    if smoothness == "bad":
        return bad(Obstacle.SURFACE)
    if smoothness in _SMOOTH:
        return None
    if surface in _CLOSED_SURFACES:
        return closed(Obstacle.SURFACE)
    if surface in _BAD_SURFACES or (not surface and tags.get("tracktype") in {"grade4", "grade5"}):
        return bad(Obstacle.SURFACE)
    return bad(Obstacle.SURFACE, STEP_FREE.uneven) if surface in _UNEVEN_SURFACES else None


def width(tags: Mapping[str, str]) -> Judgement | None:
    """What the room to pass is to wheels, of a way or of a barrier."""
    room = [metres(tags.get(key, "")) for key in ("maxwidth:physical", "width", "est_width")]
    narrowest = min((value for value in room if value), default=float("inf"))
    if narrowest < STEP_FREE.closed_width_m:
        return closed(Obstacle.NARROW)
    return bad(Obstacle.NARROW) if narrowest < STEP_FREE.narrow_width_m else None


_RULES: tuple[Callable[[Mapping[str, str]], Judgement | None], ...] = (
    _estimate, _steps, _wheelchair, _kerb_of_way, _incline, _surface, width,
)  # fmt: skip
