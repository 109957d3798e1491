"""The map of one day of a release: stops, legs and the piece of town around them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from math import cos, radians
from typing import TYPE_CHECKING

from planner.domain.clock import TownClock
from planner.domain.geo import METRES_PER_DEGREE, distance_m
from planner.domain.itinerary import PartKind
from planner.domain.sites import Quality
from planner.domain.visits import StopKind
from planner.outputs.look import LEG_MODES
from planner.outputs.maps.content import MapContent, MapEnd, MapHalt, MapLeg, MapStop, bounds_of
from planner.outputs.maps.ground import Asked, remembered_ground
from planner.outputs.maps.lanes import beside_each_other
from planner.outputs.timeline.phrases import sources_of
from planner.outputs.timeline.rows import EndRow
from planner.words.formats import DayClock
from planner.words.rides import ON_RAILS, by_vehicles, rides_of
from planner.words.translation import force_locale, gettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planner.domain.geo import LonLat
    from planner.domain.itinerary import LegPart
    from planner.domain.releases import ReleaseContent
    from planner.domain.rides import Ride
    from planner.domain.visits import PlaceRef
    from planner.outputs.look import LegMode, StopTone
    from planner.outputs.timeline.rows import LegRow, StopRow, Timeline
    from planner.streets.query.layers import Bounds, Layers

LOOKS: dict[PartKind, LegMode] = {
    PartKind.WALK: "walk",
    PartKind.WAIT: "walk",
    PartKind.RIDE: "bus",
    PartKind.DRIVE: "coach",
}
"""How the parts of a leg are drawn: a walk to the coach is a walk; what runs on rails is drawn as "ride"."""

SAME_PLACE_M = 30.0
"""A day whose start and end are as near as this ends where it began."""

SAME_HALT_M = 150.0
"""Stops of one name as near as this are one marker: the two sides of a street."""


def visit_map(content: ReleaseContent, timeline: Timeline, layers: Layers) -> MapContent | None:
    """Return what the map of a day shows, None when nothing of the day has a position."""
    stops = tuple(map_stops(content, timeline))
    legs = beside_each_other(tuple(map_legs(content, timeline)))
    drawn = map_around(content, (stops, legs), timeline.language, layers)
    return drawn and replace(
        drawn,
        labels=map_labels(timeline.language, day_rides(content, timeline)),
        halts=tuple(map_halts(content, timeline)),
        more_credit=more_credit_of(content, timeline.day),
        ends=tuple(map_ends(content, timeline)),
        unplaced=tuple(unplaced_stops(content, timeline)),
    )


def map_around(
    content: ReleaseContent,
    drawn: tuple[tuple[MapStop, ...], tuple[MapLeg, ...]],
    language: str,
    layers: Layers,
) -> MapContent | None:
    """Return a map of stops and legs with the town around them; None without any."""
    stops, legs = drawn
    if not stops and not legs:
        return None
    near = bounds_of(stops, legs)
    return MapContent(
        stops=stops,
        legs=legs,
        surroundings=partial(remembered_ground, layers, Asked(near, lines_of(stops, legs), language)),
        bounds=near,
        credit_text=content.network.credit,
        credit_url=content.network.credit_url,
        language=language,
        labels=map_labels(language),
        pace_kmh=content.visit.pace_kmh,
    )


def lines_of(stops: Iterable[MapStop], legs: Iterable[MapLeg]) -> tuple[tuple[LonLat, ...], ...]:
    """What a map is about: its ways, and its stops as points."""
    return (*(leg.geometry for leg in legs if leg.geometry), *((stop.at,) for stop in stops))


def map_labels(language: str, rides: Iterable[Ride] = ()) -> dict[str, str]:
    """The texts of the map's own controls and of its legend."""
    with force_locale(language):
        on_rails = [ride.vehicle for ride in rides if ride.vehicle in ON_RAILS]
        return {
            "map": gettext("Map of the visit"),
            "zoom_in": gettext("Zoom in"),
            "zoom_out": gettext("Zoom out"),
            "close": gettext("Close"),
            "touch_hint": gettext("Two fingers move the map, a tap frees it"),
            "wheel_hint": gettext("Ctrl and wheel, or a click first, to zoom"),
            "walk": gettext("On foot"),
            "bus": gettext("By bus"),
            "coach": gettext("By coach"),
            "ride": by_vehicles(on_rails or ["rail"]),
            "halt": gettext("Get on or off here"),
            "legend": gettext("How the lines are drawn"),
            "five_minutes": gettext("5 min on foot"),
            "one_minute": gettext("1 min on foot"),
            "approximate": gettext("somewhere in this circle"),
        }


def widened(bounds: Bounds, metres: float) -> Bounds:
    """The bounds with so many metres added on every side."""
    west, south, east, north = bounds
    high = metres / METRES_PER_DEGREE
    wide = high / cos(radians((south + north) / 2))
    return (west - wide, south - high, east + wide, north + high)


def map_stops(content: ReleaseContent, timeline: Timeline) -> Iterator[MapStop]:
    """The stops of a day that have a position, and the meals without one where the group is then."""
    day = content.visit.days[timeline.day]
    start = day.start.place
    here = _position(content, start)
    for row in timeline.stops:
        place = day.stops[row.index].place
        site = content.sites.get(place.site) if place and place.site else None
        at = _position(content, place)
        here = here if place is None or not place.is_somewhere else at
        if at is None:
            if row.here and here is not None:
                told = (row.number, row.name, here, row.times, (row.here,), _tone(row))
                yield MapStop(*told, is_meal=True, here=True)
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
            is_meal=day.stops[row.index].kind is StopKind.MEAL,
        )


def unplaced_stops(content: ReleaseContent, timeline: Timeline) -> Iterator[str]:
    """Number and name of each stop that is somewhere, but not on the map."""
    day = content.visit.days[timeline.day]
    for row in timeline.stops:
        place = day.stops[row.index].place
        if place and place.is_somewhere and _position(content, place) is None:
            yield f"{row.number}. {row.name}"


def map_ends(content: ReleaseContent, timeline: Timeline) -> Iterator[MapEnd]:
    """Where the day begins, with its meeting point, and where it ends; one mark where both are one place."""
    day = content.visit.days[timeline.day]
    begins = _position(content, day.start.place)
    ends = _position(content, day.end.place if day.end else None)
    last = timeline.rows[-1]
    said = {
        "time": timeline.meeting_time.text,
        "end": timeline.summary.finish,
        "name": timeline.meeting_point,
    }
    with force_locale(timeline.language):
        if begins and ends and distance_m(begins, ends) <= SAME_PLACE_M:
            yield MapEnd("both", begins, gettext("Start %(time)s, end %(end)s, %(name)s", **said))
            return
        if begins:
            yield MapEnd("start", begins, gettext("Start %(time)s, %(name)s", **said))
        if ends and isinstance(last, EndRow) and last.name:
            end = gettext("End %(time)s, %(name)s", time=timeline.summary.finish, name=last.name)
            yield MapEnd("end", ends, end)


def _position(content: ReleaseContent, place: PlaceRef | None) -> LonLat | None:
    site = content.sites.get(place.site) if place and place.site else None
    return site.location.at if site else (place.at if place else None)


def _tone(row: StopRow) -> StopTone:
    tones = {notice.tone for notice in row.alerts}
    return "fail" if "fail" in tones else "warn" if tones else "ok"


def map_legs(content: ReleaseContent, timeline: Timeline) -> Iterator[MapLeg]:
    """The legs of a day, cut where their look changes."""
    ways = content.itineraries[timeline.day].legs
    for row in timeline.legs:
        for part in ways[row.index].parts:
            for line, is_estimated in pieces(part):
                yield MapLeg(row.index, _look(part), line, is_estimated, _label(row))


def _look(part: LegPart) -> LegMode:
    return "ride" if part.ride is not None and part.ride.vehicle in ON_RAILS else LOOKS[part.kind]


def day_rides(content: ReleaseContent, timeline: Timeline) -> list[Ride]:
    """The rides of a day."""
    return [ride for leg in content.itineraries[timeline.day].legs for ride in rides_of(leg)]


def map_halts(content: ReleaseContent, timeline: Timeline) -> Iterator[MapHalt]:
    """The stops of getting on and off, each once, with all minutes at which the group is there."""
    clock = DayClock(TownClock(content.network.timezone), content.visit.days[timeline.day].date)
    halts: list[tuple[str, LonLat, list[str]]] = []
    for ride in day_rides(content, timeline):
        for call, shown in ((ride.board, clock.departure), (ride.alight, clock.arrival)):
            if call.at is None:
                continue
            time = "" if call.time is None else shown(call.time).text
            for name, at, times in halts:
                if name == call.name and distance_m(at, call.at) <= SAME_HALT_M:
                    times.append(time)
                    break
            else:
                halts.append((call.name, call.at, [time]))
    for name, at, times in halts:
        minutes = ", ".join(dict.fromkeys(time for time in times if time))
        yield MapHalt(at, " ".join(text for text in (minutes, name) if text))


def more_credit_of(content: ReleaseContent, day: int) -> str:
    """The sources of the day's departures beside that of the map."""
    credits_ = dict.fromkeys(source.credit for source in sources_of(content, day))
    return ", ".join(credit for credit in credits_ if credit != content.network.credit)


def lines_drawn(content: MapContent) -> list[tuple[LegMode, str]]:
    """The kinds of line that a map shows, each with its words, for a legend on paper."""
    shown = {leg.mode for leg in content.legs}
    return [(mode, content.labels[mode]) for mode in LEG_MODES if mode in shown]


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
