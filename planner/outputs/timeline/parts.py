"""A leg told part by part: to the coach, by coach, from the coach, and where the coach stops."""

from __future__ import annotations

from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from planner.domain.clock import MINUTE_S, minute_from, moved_minutes
from planner.domain.itinerary import Maneuver, PartKind
from planner.domain.visits import Mode
from planner.outputs.timeline.rows import PartRow
from planner.words.directions import route_lines, street_text
from planner.words.formats import distance_text, minutes_text
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.domain.geo import LonLat
    from planner.domain.itinerary import Leg, LegPart


def part_rows(leg: Leg, language: str, country: str) -> tuple[PartRow, ...]:
    """Return the directions of a leg by part; a leg with nowhere to go has none."""
    if not any(part.kind is PartKind.DRIVE for part in leg.parts):
        lines = route_lines([step for part in leg.parts for step in part.instructions], language, country)
        return (PartRow("", lines),) if lines else ()
    return tuple(_coach_rows(leg.parts, language, country))


def in_parts(leg: Leg, language: str) -> str:
    """Return "Walk 80 m to the coach, drive 3.2 km, walk 40 m; boarding 4 min"; '' for a leg on foot."""
    drive = next((part for part in leg.parts if part.kind is PartKind.DRIVE), None)
    if drive is None:
        return _walked_instead(leg)
    return _with_boarding(_in_parts(leg, drive, language), drive, language)


def _with_boarding(way: str, drive: LegPart, language: str) -> str:
    """A way with the minutes in which the group gets in and out, where that is known."""
    if not drive.boarding_s:
        return way
    minutes = minutes_text(ceil(drive.boarding_s / MINUTE_S), language)
    return gettext("%(way)s; boarding %(minutes)s", way=way, minutes=minutes)


def _in_parts(leg: Leg, drive: LegPart, language: str) -> str:
    words = {"drive": distance_text(drive.distance_m, language)}
    before, after = _walk_before(leg.parts), _walk_after(leg.parts)
    if before:
        words["first"] = distance_text(before.distance_m, language)
    if after:
        words["last"] = distance_text(after.distance_m, language)
    if before and after:
        return gettext("Walk %(first)s to the coach, drive %(drive)s, walk %(last)s", **words)
    if before:
        return gettext("Walk %(first)s to the coach, drive %(drive)s", **words)
    if after:
        return gettext("Drive %(drive)s, walk %(last)s", **words)
    return gettext("Drive %(drive)s, from door to door", **words)


def is_walk_instead(leg: Leg) -> bool:
    """Whether a leg that was to go by coach or bus is better walked."""
    rides = leg.mode in {Mode.COACH, Mode.BUS}
    return rides and bool(leg.parts) and all(part.kind is PartKind.WALK for part in leg.parts)


def _walked_instead(leg: Leg) -> str:
    if not is_walk_instead(leg):
        return ""
    is_bus = leg.mode is Mode.BUS
    return gettext("No slower than by bus") if is_bus else gettext("No slower than by coach")


def _walk_before(parts: Sequence[LegPart]) -> LegPart | None:
    return next((a for a, b in pairwise(parts) if a.kind is PartKind.WALK and b.kind is PartKind.DRIVE), None)


def _walk_after(parts: Sequence[LegPart]) -> LegPart | None:
    return next((b for a, b in pairwise(parts) if a.kind is PartKind.DRIVE and b.kind is PartKind.WALK), None)


def _coach_rows(parts: Sequence[LegPart], language: str, country: str) -> Iterator[PartRow]:
    for number, part in enumerate(parts):
        is_last = number == len(parts) - 1
        steps = [step for step in part.instructions if is_last or step.maneuver is not Maneuver.ARRIVE]
        lines = route_lines(steps, language, country)
        words = {"distance": distance_text(part.distance_m, language)}
        if part.kind is PartKind.DRIVE:
            minutes = moved_minutes(minute_from(part.depart), part.arrive)
            words["minutes"] = minutes_text(max(1, minutes), language)
            streets = [street for step in part.instructions if (street := street_text(step.street, country))]
            first, last = (part.geometry[0], part.geometry[-1]) if part.geometry else (None, None)
            yield PartRow(
                _with_boarding(gettext("By coach: %(distance)s, %(minutes)s", **words), part, language),
                lines,
                before=gettext("The coach waits: %(where)s", where=_where(streets[:1], first)),
                after=gettext("The coach stops: %(where)s", where=_where(streets[-1:], last)),
            )
        elif is_last:
            yield PartRow(gettext("On foot from the coach: %(distance)s", **words), lines)
        else:
            yield PartRow(gettext("On foot to the coach: %(distance)s", **words), lines)


def _where(streets: Sequence[str], at: LonLat | None) -> str:
    """Return the street and the position as drivers type it, latitude first."""
    position = f"{at[1]:.5f}, {at[0]:.5f}" if at else ""
    return " · ".join(text for text in (*streets, position) if text)
