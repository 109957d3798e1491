"""The map of one day of a release: stops, legs and the piece of town around them."""

from __future__ import annotations

from math import cos, radians
from typing import TYPE_CHECKING, Literal

from planner.domain.geo import METRES_PER_DEGREE
from planner.domain.itinerary import PartKind
from planner.domain.sites import Quality
from planner.outputs.background import background_features, detail_for
from planner.outputs.map_content import MapContent, MapLeg, MapStop, bounds_of
from planner.outputs.translation import force_locale, gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.geo import LonLat
    from planner.domain.itinerary import LegPart
    from planner.domain.releases import ReleaseContent
    from planner.outputs.timeline_rows import LegRow, StopRow, Timeline
    from planner.streets.query.layers import Bounds, Layers

MARGIN_M = 450.0
"""The town drawn around the visit: enough to look about, little enough for a phone."""

Tone = Literal["ok", "warn", "fail"]
LegMode = Literal["walk", "bus", "coach", "ride"]

LOOKS: dict[PartKind, LegMode] = {
    PartKind.WALK: "walk",
    PartKind.WAIT: "walk",
    PartKind.RIDE: "bus",
    PartKind.DRIVE: "coach",
}
"""How the parts of a leg are drawn: a walk to the coach is a walk."""


def visit_map(content: ReleaseContent, timeline: Timeline, layers: Layers) -> MapContent | None:
    """Return what the map of a day shows, None when nothing of the day has a position."""
    stops = tuple(_stops(content, timeline))
    legs = tuple(_legs(content, timeline))
    if not stops and not legs:
        return None
    near = bounds_of(stops, legs)
    bounds = widened(near, MARGIN_M)
    return MapContent(
        stops=stops,
        legs=legs,
        background=background_features(layers, bounds, detail_for(bounds, near)),
        bounds=near,
        credit_text=content.network.credit,
        credit_url=content.network.credit_url,
        language=timeline.language,
        labels=map_labels(timeline.language),
    )


def map_labels(language: str) -> dict[str, str]:
    """The texts of the map's own controls."""
    with force_locale(language):
        return {
            "map": gettext("Map of the visit"),
            "zoom_in": gettext("Zoom in"),
            "zoom_out": gettext("Zoom out"),
            "close": gettext("Close"),
            "touch_hint": gettext("Two fingers move the map, a tap frees it"),
            "wheel_hint": gettext("Ctrl and wheel, or a click first, to zoom"),
            "walk": gettext("On foot"),
            "coach": gettext("By coach"),
            "legend": gettext("How the lines are drawn"),
        }


def widened(bounds: Bounds, metres: float) -> Bounds:
    """The bounds with so many metres added on every side."""
    west, south, east, north = bounds
    high = metres / METRES_PER_DEGREE
    wide = high / cos(radians((south + north) / 2))
    return (west - wide, south - high, east + wide, north + high)


def _stops(content: ReleaseContent, timeline: Timeline) -> Iterator[MapStop]:
    day = content.visit.days[timeline.day]
    for row in timeline.stops:
        place = day.stops[row.index].place
        site = content.sites.get(place.site) if place and place.site else None
        at = site.location.at if site else (place.at if place else None)
        if at is None:
            continue
        is_area = site is not None and site.location.quality is Quality.AREA
        yield MapStop(
            number=row.number,
            name=row.name,
            at=at,
            times=row.times,
            lines=tuple(text for text in (row.summary, row.address) if text),
            tone=_tone(row),
            approximate_m=site.location.error_m if site and is_area else None,
        )


def _tone(row: StopRow) -> Tone:
    tones = {notice.tone for notice in row.alerts}
    return "fail" if "fail" in tones else "warn" if tones else "ok"


def _legs(content: ReleaseContent, timeline: Timeline) -> Iterator[MapLeg]:
    legs = content.itineraries[timeline.day].legs
    for row in timeline.legs:
        for part in legs[row.index].parts:
            for line, is_estimated in pieces(part):
                yield MapLeg(row.index, LOOKS[part.kind], line, is_estimated, _label(row))


def _label(row: LegRow) -> str:
    return ", ".join(text for text in (row.mode_name, row.minutes, row.distance, row.in_parts) if text)


def pieces(part: LegPart) -> Iterator[tuple[tuple[LonLat, ...], bool]]:
    """Cut a part's line into stretches that are confirmed, and ones that are not."""
    done = 0
    for first, last in part.estimated:
        if first > done:
            yield part.geometry[done : first + 1], False
        yield part.geometry[first : last + 1], True
        done = last
    if done < len(part.geometry) - 1:
        yield part.geometry[done:], False
