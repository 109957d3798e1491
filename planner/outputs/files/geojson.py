"""A visit as GeoJSON (RFC 7946): stops as points, ways as lines; what is not on the map has no geometry.

How its days go if it rains is a collection of its own in it, `if_it_rains`, so that no program draws both.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from planner.domain.clock import TownClock
from planner.outputs.files.content.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.geo import LonLat
    from planner.outputs.files.content.plan import FileDay, FileLeg, FilePlan, FileStop

DIGITS = 6


def geojson_file(plan: FilePlan) -> bytes:
    """Return the file."""
    clock = TownClock(plan.timezone)
    collection: dict[str, Any] = {
        "type": "FeatureCollection",
        "name": one_line(plan.title),
        "version": plan.version,
        "credit": list(plan.rests.lines),
        "features": [feature for day in plan.days for feature in _features(day, clock)],
    }
    wet = [feature for day in plan.days if day.rain for feature in _features(day.rain, clock)]
    if wet:
        collection["if_it_rains"] = {"type": "FeatureCollection", "features": wet}
    return (
        json.dumps(collection, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"
    ).encode()


def _features(day: FileDay, clock: TownClock) -> Iterator[dict[str, Any]]:
    yield from (_stop(day, stop, clock) for stop in day.stops)
    for leg in day.legs:
        yield from _ways(day, leg, clock)


def _stop(day: FileDay, stop: FileStop, clock: TownClock) -> dict[str, Any]:
    told = {
        "kind": "stop",
        "day": day.date.isoformat(),
        "is_rain": day.is_rain,
        "party": stop.party,
        "number": stop.number,
        "name": stop.name,
        "stop_kind": stop.kind,
        "start": clock.local(stop.start).isoformat(),
        "leave": clock.local(stop.leave).isoformat(),
        "address": stop.address,
        "within_m": stop.within_m,
        "is_here": stop.is_here,
        "note": stop.note,
        "warnings": list(stop.doubts),
    }
    point = {"type": "Point", "coordinates": _position(stop.at)} if stop.at else None
    return {"type": "Feature", "geometry": point, "properties": told}


def _ways(day: FileDay, leg: FileLeg, clock: TownClock) -> Iterator[dict[str, Any]]:
    """Yield a leg's confirmed and its unconfirmed part; one without a line all the same once."""
    told = {
        "kind": "leg",
        "day": day.date.isoformat(),
        "is_rain": day.is_rain,
        "party": leg.party,
        "to": leg.to,
        "mode": leg.mode,
        "depart": clock.local(leg.depart).isoformat(),
        "arrive": clock.local(leg.arrive).isoformat(),
        "distance_m": None if leg.distance_m is None else round(leg.distance_m, 1),
        "estimated_m": round(leg.estimated_m, 1),
        "is_assumed": leg.is_assumed,
        "text": list(leg.told),
    }
    lines = [piece for piece in leg.pieces if len(piece.geometry) > 1]
    for is_estimated in (False, True):
        own = [list(map(_position, piece.geometry)) for piece in lines if piece.is_estimated is is_estimated]
        if own:
            line = {"type": "MultiLineString", "coordinates": own}
            yield {"type": "Feature", "geometry": line, "properties": {**told, "is_estimated": is_estimated}}
    if not lines:
        yield {"type": "Feature", "geometry": None, "properties": {**told, "is_estimated": leg.is_assumed}}


def _position(at: LonLat) -> list[float]:
    return [round(at[0], DIGITS), round(at[1], DIGITS)]
