"""What is still open in a visit's draft: what is to mend, to confirm and good to know.

The one place that says so and counts it: the page "Ready?", the counts beside its name, the sentence of the
editor and the question asked before publishing all go by `open_points`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.booked.gaps import GapKind, gaps
from planner.domain.booked.tickets import without_tickets
from planner.domain.clock import TownClock
from planner.domain.hours.spans import is_public_holiday
from planner.domain.parties.routes import routes_fit
from planner.domain.visits import StopKind
from planner.domain.warnings.codes import SiteUnconfirmed, Warning, WarningCode
from planner.domain.warnings.severity import Tone, is_trouble, tone_of_warning
from planner.domain.weather.rain import has_rain_plan, left_outdoors, rain_visit
from planner.services.visits.readiness.answers import with_answers
from planner.services.visits.readiness.points import (
    NOTHING_SAID,
    HostsSaid,
    Need,
    OpenKind,
    OpenPoint,
    OpenPoints,
)
from planner.services.visits.readiness.rain import only_in_rain, other_times, times_elsewhere

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from planner.domain.itinerary import Itinerary
    from planner.domain.releases import ReleaseContent
    from planner.domain.sites import Site
    from planner.domain.text import LocalText
    from planner.domain.visits import Day, Stop, Visit
    from planner.services.visits.drafts import Draft


OF_HOSTS = frozenset({WarningCode.SITE_UNCONFIRMED, WarningCode.HOURS_UNKNOWN, WarningCode.BY_APPOINTMENT})
"""What one call to the host of a stop settles; it makes one point a stop."""

_TO_MEND = frozenset({WarningCode.OVER_CAPACITY, WarningCode.NOT_PLACED, WarningCode.GROUP_TOO_BIG_FOR_BUS})

_TO_CONFIRM = frozenset(
    {
        WarningCode.TIMETABLE_OUTDATED,
        WarningCode.SERVICE_ESTIMATED,
        WarningCode.ON_REQUEST,
        WarningCode.NO_FOOD_NEAR,
        WarningCode.COACH_UNCHECKED,
        WarningCode.COACH_STOP,
        WarningCode.COACH_TURNS,
        WarningCode.STEP_FREE_UNKNOWN,
        WarningCode.WAY_HOURS_UNREAD,
        WarningCode.DRIVING_TIME,
        WarningCode.INTERPRETER_ALONE,
    }
)

_GAPS_TO_MEND = frozenset({GapKind.ARRIVES_LATE, GapKind.BOARDS_LATE})

_LOUD = frozenset({WarningCode.NO_SERVICE, WarningCode.CLOCK_CHANGE})
"""Faults of the day where they are loud, and facts where they are quiet."""


def open_points(
    visit: Visit,
    plan: Draft,
    said: HostsSaid = NOTHING_SAID,
    drivers: Collection[str] | None = None,
) -> OpenPoints:
    """Return what is open in a visit, given its planned draft (`services/visits/drafts.py`).

    `drivers` are the ids of those whose telephone is kept, where that is known.
    """
    dry = list(_points(visit, plan, drivers))
    found = [*with_answers(visit, dry, said), *_in_rain(visit, plan, dry, said, drivers)]
    return OpenPoints(tuple(sorted(dict.fromkeys(found), key=_place)))


def _in_rain(
    visit: Visit, plan: Draft, dry: list[OpenPoint], said: HostsSaid, drivers: Collection[str] | None
) -> Iterator[OpenPoint]:
    """What is open in the rain version alone."""
    wet_visit, rain = rain_visit(visit), said.rain or NOTHING_SAID
    if plan.rain is None or wet_visit is None:
        return
    wet = only_in_rain(visit, dry, _points(wet_visit, plan.rain, drivers), tuple(Need))
    yield from with_answers(visit, wet, rain, is_rain=True)
    if plan.content is not None and plan.rain.content is not None:
        both = plan.content, plan.rain.content
        for day, stop, times in (*other_times(*both, said.starts), *times_elsewhere(*both, rain.starts)):
            yield OpenPoint(OpenKind.HOST_TIME, Need.CONFIRM, day, stop, times=times, is_rain=True)


def _place(point: OpenPoint) -> tuple[int, int]:
    """Where a point stands among all: what is of a whole comes before what is of its parts."""
    return -1 if point.day is None else point.day, -1 if point.stop is None else point.stop


def need_of(warning: Warning) -> Need:
    """Return what a warning asks for."""
    if is_trouble(warning) or warning.code in _TO_MEND:
        return Need.MEND
    if warning.code in _LOUD:
        return Need.KNOW if tone_of_warning(warning) is Tone.NOTE else Need.MEND
    return Need.CONFIRM if warning.code in _TO_CONFIRM | OF_HOSTS else Need.KNOW


def _points(visit: Visit, plan: Draft, drivers: Collection[str] | None) -> Iterator[OpenPoint]:
    yield from (OpenPoint(OpenKind.FAULT, Need.MEND, fault=fault) for fault in plan.faults)
    if not visit.coordinator:
        yield OpenPoint(OpenKind.NO_COORDINATOR, Need.CONFIRM)
    if not visit.meeting_point:
        yield OpenPoint(OpenKind.NO_MEETING_POINT, Need.KNOW)
    texts = {"title": visit.title, "meeting_point": visit.meeting_point, "bring": visit.bring}
    yield from _untranslated(visit, texts | {"thanks": visit.thanks})
    for index, day in enumerate(visit.days):
        of_day = (
            _of_unplanned(visit, day, plan.sites)
            if plan.content is None
            else _of_planned(plan.content, index, drivers)
        )
        sites = plan.sites if plan.content is None else plan.content.sites
        tickets = [OpenPoint(OpenKind.TICKETS, Need.CONFIRM, stop=at) for at in without_tickets(day, sites)]
        yield from (replace(point, day=index) for point in (*of_day, *tickets))


def _of_planned(content: ReleaseContent, index: int, drivers: Collection[str] | None) -> Iterator[OpenPoint]:
    """What is open on a day: what planning warns of, and what the document lacks."""
    visit, day = content.visit, content.visit.days[index]
    if is_public_holiday(day.date, content.network.country):
        yield OpenPoint(OpenKind.HOLIDAY, Need.KNOW)
    begins, clock = content.itineraries[index].start, TownClock(content.network.timezone)
    for gap in gaps(visit, day, begins, clock, drivers):
        need = Need.MEND if gap.kind in _GAPS_TO_MEND else Need.CONFIRM
        yield OpenPoint(OpenKind.GAP, need, stop=gap.stop, gap=gap)
    if has_rain_plan(day):
        outdoors = left_outdoors(day, content.sites)
        yield from (OpenPoint(OpenKind.NO_RAIN_PLACE, Need.KNOW, stop=number) for number in outdoors)
    warned = list(_warned(content, index))
    food = {one.stop: one.warnings for one in warned if _codes(one) == {WarningCode.NO_FOOD_NEAR}}
    for point in _of_day(visit, day):
        is_meal = point.kind is OpenKind.NO_MEAL_PLACE
        yield replace(point, warnings=food.pop(point.stop, ())) if is_meal else point
    yield from (one for one in warned if _codes(one) != {WarningCode.NO_FOOD_NEAR} or one.stop in food)


def _codes(point: OpenPoint) -> set[WarningCode]:
    return {warning.code for warning in point.warnings}


def _of_unplanned(visit: Visit, day: Day, sites: Mapping[str, Site]) -> Iterator[OpenPoint]:
    """What is known to be open on a day of a visit that cannot be planned."""
    for number, stop in enumerate(day.stops):
        site = sites.get(stop.place.site or "") if stop.place else None
        if site is not None and not site.is_confirmed:
            told = SiteUnconfirmed(stop=number)
            yield OpenPoint(OpenKind.HOST, Need.CONFIRM, stop=number, warnings=(told,))
    yield from _of_day(visit, day)


def _of_day(visit: Visit, day: Day) -> Iterator[OpenPoint]:
    """What a day's document lacks, whether it can be planned or not."""
    if not day.stops:
        yield OpenPoint(OpenKind.NO_STOPS, Need.MEND)
    if day.party_routes and not routes_fit(day, visit.parties):
        yield OpenPoint(OpenKind.OLD_ROTATION, Need.MEND)
    for number, stop in enumerate(day.stops):
        if stop.kind is StopKind.MEAL and not _has_place(stop):
            yield OpenPoint(OpenKind.NO_MEAL_PLACE, Need.CONFIRM, stop=number)
        texts = {"note": stop.note, "place": stop.place.name if stop.place else {}}
        yield from (replace(point, stop=number) for point in _untranslated(visit, texts))


def _has_place(stop: Stop) -> bool:
    return stop.place is not None and (stop.place.is_somewhere or bool(stop.place.name))


def _untranslated(visit: Visit, texts: dict[str, LocalText]) -> Iterator[OpenPoint]:
    """Texts that are written in a language, and not in another one of the visit's."""
    for name, text in texts.items():
        if any(text.values()):
            missing = (code for code in visit.languages if not text.get(code))
            yield from (OpenPoint(OpenKind.NO_TEXT, Need.KNOW, field=name, language=code) for code in missing)


def _warned(content: ReleaseContent, index: int) -> Iterator[OpenPoint]:
    """What planning warns of: of all together, or of each party once; one point for the host of a stop."""
    ways = content.parties[index] if index < len(content.parties) else ()
    whose = [(way.name, way.itinerary) for way in ways] or [("", content.itineraries[index])]
    found: dict[tuple[int | None, bool, Warning], OpenPoint] = {}
    of_hosts: dict[int, list[Warning]] = {}
    for party, itinerary in whose:
        for warning, leg in _told_once(itinerary):
            stop = warning.stop if leg is None else _stop_after(itinerary, leg)
            if warning.code in OF_HOSTS and stop is not None:
                told = of_hosts.setdefault(stop, [])
                told += [] if warning in told else [warning]
                continue
            key = (stop, leg is not None, replace(warning, stop=None, leg=None))
            point = OpenPoint(OpenKind.WARNING, need_of(warning), None, stop, leg, party, (warning,))
            found[key] = replace(found[key], party="") if key in found else point
    yield from found.values()
    for stop, warnings in sorted(of_hosts.items()):
        yield OpenPoint(OpenKind.HOST, Need.CONFIRM, stop=stop, warnings=tuple(warnings))


def _told_once(itinerary: Itinerary) -> Iterable[tuple[Warning, int | None]]:
    """The warnings of an itinerary, those of its legs knowing their leg."""
    told = dict.fromkeys((warning, warning.leg) for warning in itinerary.warnings)
    for index, leg in enumerate(itinerary.legs):
        for warning in leg.warnings:
            if (warning, None) not in told:
                told[replace(warning, leg=index), index] = None
    return told


def _stop_after(itinerary: Itinerary, leg: int) -> int | None:
    """The stop that a leg leads to, None for the way to the end of the day."""
    return itinerary.calls[leg].stop if leg < len(itinerary.calls) else None
