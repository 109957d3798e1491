"""A release as JSON, for programs: what its reader may see, in the language asked for.

It says which that is, and in which others the visit can be asked for. A day `is_rain` where it is the version
for rain; `if_it_rains` is that version of a day, where it is not in force.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from planner.domain.clock import TownClock

if TYPE_CHECKING:
    from planner.domain.clock import Instant
    from planner.domain.geo import LonLat
    from planner.outputs.files.content.plan import FileDay, FileEnd, FileLeg, FilePlan, FileStop


def release_file(plan: FilePlan) -> bytes:
    """Return the file."""
    text = json.dumps(_Writer(plan).document(), ensure_ascii=False, indent=1, allow_nan=False)
    return (text + "\n").encode()


class _Writer:
    """Writes one plan; metres and seconds, positions as [lon, lat]."""

    def __init__(self, plan: FilePlan) -> None:
        self.plan = plan
        self.clock = TownClock(plan.timezone)

    def document(self) -> dict[str, Any]:
        plan = self.plan
        told = {
            "title": plan.title,
            "town": plan.town,
            "language": plan.language,
            "languages": list(plan.languages),
            "timezone": plan.timezone,
            "release": plan.number,
            "published": self._time(plan.published),
            "people": plan.people,
            "party": plan.party or None,
            "to_follow": [{"date": one.date or None, "party": one.party or None} for one in plan.to_follow],
            "credit": list(plan.rests.lines),
            "days": [self._day(day) for day in plan.days],
        }
        return told | ({"coordinator": plan.coordinator} if plan.is_guides else {})

    def _day(self, day: FileDay) -> dict[str, Any]:
        return {
            "date": day.date.isoformat(),
            "starts": [self._end(one) for one in day.starts],
            "stops": [self._stop(stop) for stop in day.stops],
            "legs": [self._leg(leg) for leg in day.legs],
            "ends": [self._end(one) for one in day.ends],
            "warnings": list(day.doubts),
            "booked": [f"{what}: {told}" for what, told in day.booked],
            "is_rain": day.is_rain,
            "if_it_rains": self._day(day.rain) if day.rain else None,
        }

    def _stop(self, stop: FileStop) -> dict[str, Any]:
        told = {
            "id": stop.key.stop,
            "number": stop.number,
            "kind": stop.kind,
            "name": stop.name,
            "party": stop.party or None,
            "arrive": self._time(stop.arrive),
            "start": self._time(stop.start),
            "leave": self._time(stop.leave),
            "at": _position(stop.at),
            "within_m": stop.within_m,
            "is_here": stop.is_here,
            "address": stop.address,
            "facts": list(stop.facts),
            "note": stop.note,
            "booked": stop.booked,
            "about": list(stop.about),
            "warnings": list(stop.doubts),
        }
        return told | ({"for_the_guide": stop.aside} if self.plan.is_guides else {})

    def _leg(self, leg: FileLeg) -> dict[str, Any]:
        return {
            "party": leg.party or None,
            "to": leg.to,
            "mode": leg.mode,
            "depart": self._time(leg.depart),
            "arrive": self._time(leg.arrive),
            "duration_s": leg.arrive - leg.depart,
            "distance_m": None if leg.distance_m is None else round(leg.distance_m, 1),
            "estimated_m": round(leg.estimated_m, 1),
            "is_assumed": leg.is_assumed,
            "text": list(leg.told),
            "pieces": [
                {
                    "look": piece.look,
                    "is_estimated": piece.is_estimated,
                    "line": [_position(at) for at in piece.geometry],
                }
                for piece in leg.pieces
            ],
        }

    def _end(self, end: FileEnd) -> dict[str, Any]:
        told = {
            "name": end.name,
            "address": end.address,
            "time": self._time(end.time),
            "at": _position(end.at),
        }
        return {"party": end.party or None, **told}

    def _time(self, instant: Instant) -> str:
        return self.clock.local(instant).isoformat()


def _position(at: LonLat | None) -> list[float] | None:
    return None if at is None else [round(at[0], 6), round(at[1], 6)]
