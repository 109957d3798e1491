"""A visit as GPX 1.1: stops as waypoints, and for each day and party a route from stop to stop and a track.

Apps follow the route or the track, whichever they know. A way that is only assumed has no segment. How a day
goes if it rains is a further route and track, and its other places further waypoints, all named so.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from gpxpy.gpx import GPX, GPXRoute, GPXRoutePoint, GPXTrack, GPXTrackPoint, GPXTrackSegment, GPXWaypoint

from planner.outputs.files.content.text import one_line
from planner.outputs.files.content.told import if_it_rains, stop_lines
from planner.words.translation import force_locale, gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.geo import LonLat
    from planner.outputs.files.content.plan import FileDay, FileEnd, FilePlan, FileStop

DIGITS = 6


def gpx_file(plan: FilePlan) -> bytes:
    """Return the file; needs an application context."""
    gpx = GPX()
    gpx.creator = "Study-visit planner"
    gpx.name = one_line(plan.title)
    gpx.description = "\n".join((plan.version, *plan.rests.lines))
    gpx.time = dt.datetime.fromtimestamp(plan.published, dt.UTC)
    gpx.copyright_author = plan.rests.credit
    gpx.copyright_license = plan.rests.credit_url
    with force_locale(plan.language):
        for day in plan.days:
            gpx.waypoints.extend(_waypoints(day))
            for one in (day, day.rain) if day.rain else (day,):
                for party in one.parties:
                    gpx.routes.append(_route(one, party))
                    gpx.tracks.append(_track(one, party))
    return (gpx.to_xml(version="1.1") + "\n").encode()


def _name(day: FileDay, party: str) -> str:
    return " – ".join((day.label, gettext("Party %(name)s", name=party))) if party else day.label


def _waypoints(day: FileDay) -> Iterator[GPXWaypoint]:
    for start in day.starts[:1]:
        if start.at:
            yield GPXWaypoint(*_lat_lon(start.at), name=one_line(start.name), description=day.label)
    yield from (_waypoint(day, stop, stop.at) for stop in day.stops if stop.at)
    if day.rain:
        yield from (_waypoint(day.rain, stop, stop.at) for stop in day.elsewhere if stop.at)


def _waypoint(day: FileDay, stop: FileStop, at: LonLat) -> GPXWaypoint:
    name = if_it_rains(day, one_line(f"{stop.number}. {stop.name}"))
    told = "\n".join((f"{day.label}, {_times(stop)}", *stop_lines(stop)))
    return GPXWaypoint(*_lat_lon(at), name=name, description=told)


def _times(stop: FileStop) -> str:
    return f"{stop.times} ({gettext('Party %(name)s', name=stop.party)})" if stop.party else stop.times


def _route(day: FileDay, party: str) -> GPXRoute:
    ends: list[FileEnd | FileStop] = [
        *(one for one in day.starts if one.party == party),
        *(stop for stop in day.stops if stop.party in {"", party}),
        *(one for one in day.ends if one.party == party),
    ]
    told = "\n".join((day.version, *_rainy_times(day, party))) if day.version else None
    route = GPXRoute(name=_name(day, party), description=told)
    for one in ends:
        if one.at:
            route.points.append(GPXRoutePoint(*_lat_lon(one.at), name=one_line(one.name)))
    return route


def _rainy_times(day: FileDay, party: str) -> Iterator[str]:
    """The times of a party if it rains: waypoints tell them only of other places."""
    if day.is_only_if:
        for stop in day.stops:
            if stop.party in {"", party}:
                yield one_line(f"{stop.times} {stop.number}. {stop.name}")


def _track(day: FileDay, party: str) -> GPXTrack:
    legs = day.legs_of(party)
    lines = (line for leg in legs for line in leg.told)
    told = "\n".join((day.version, *lines) if day.version else lines)
    track = GPXTrack(name=_name(day, party), description=told)
    for leg in legs:
        points = [at for piece in leg.pieces for at in piece.geometry]
        if points:
            segment = GPXTrackSegment([GPXTrackPoint(*_lat_lon(at)) for at in _once(points)])
            track.segments.append(segment)
    return track


def _once(points: list[LonLat]) -> Iterator[LonLat]:
    """Yield points without those that say the same place again: pieces share their ends."""
    last: LonLat | None = None
    for at in points:
        if at != last:
            yield at
        last = at


def _lat_lon(at: LonLat) -> tuple[float, float]:
    return round(at[1], DIGITS), round(at[0], DIGITS)
