"""What is open in the rain version of a draft and not without rain: only that is told a second time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.clock import TownClock
from planner.domain.warnings.codes import WarningCode
from planner.domain.warnings.compare import complaint

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planner.domain.clock import Instant
    from planner.domain.releases import ReleaseContent
    from planner.domain.visits import Visit
    from planner.domain.warnings.compare import Complaint
    from planner.services.visits.readiness.points import OpenPoint

OF_PLACE = frozenset(
    {
        WarningCode.CLOSED,
        WarningCode.HOURS_UNKNOWN,
        WarningCode.BY_APPOINTMENT,
        WarningCode.SITE_UNCONFIRMED,
        WarningCode.OVER_CAPACITY,
        WarningCode.NOT_PLACED,
        WarningCode.LOCATION_APPROXIMATE,
        WarningCode.FAR_FROM_STREETS,
        WarningCode.NO_FOOD_NEAR,
    }
)
"""What is true of a place: of two places it is two things, though the words be the same."""

HOST_WAITS_S = 300
"""A host who confirmed a time does not mind less (design rule)."""


def only_in_rain(
    visit: Visit, dry: Sequence[OpenPoint], wet: Iterable[OpenPoint], urgency: Sequence[str]
) -> Iterator[OpenPoint]:
    """Return what is open in the rain version of a visit and not without rain.

    `urgency` are the needs, the most pressing first: what presses more in the rain is told.
    """
    for point in wet:
        if _is_of_other_place(visit, point) or not any(
            _covers(visit, before, point, urgency) for before in dry
        ):
            yield replace(point, is_rain=True)


def _is_of_other_place(visit: Visit, point: OpenPoint) -> bool:
    """Whether a point is about the place that a stop has for rain, and not about the stop or the way."""
    if point.day is None or point.stop is None or point.leg is not None:
        return False
    if visit.days[point.day].stops[point.stop].rain is None:
        return False
    return point.field == "place" or any(warning.code in OF_PLACE for warning in point.warnings)


def _covers(visit: Visit, before: OpenPoint, point: OpenPoint, urgency: Sequence[str]) -> bool:
    """Whether a point without rain says the same: of a way word for word, else be it by other minutes."""
    if before.party and before.party != point.party:
        return False
    if replace(before, party="") == replace(point, party=""):
        return True
    is_same = (before.kind, before.day, before.stop, before.leg) == (
        point.kind,
        point.day,
        point.stop,
        point.leg,
    )
    if not is_same or point.leg is not None or not point.warnings:
        return False
    if urgency.index(before.need) > urgency.index(point.need):
        return False
    return _complaints(visit, point) <= _complaints(visit, before)


def _complaints(visit: Visit, point: OpenPoint) -> set[Complaint]:
    day = visit.days[point.day or 0]
    return {complaint(warning, day) for warning in point.warnings}


def other_times(
    dry: ReleaseContent, wet: ReleaseContent, agreed: Mapping[tuple[dt.date, str], Instant]
) -> Iterator[tuple[int, int, tuple[str, str]]]:
    """Return the stops, as day and number from 0, where rain brings the group at another time.

    `agreed` are the starts that hosts have confirmed, by date and the stop's id. With each stop comes the
    time agreed and that of the rain version; not where the day without rain has another time as well, which
    the host is told anyway, nor where the stop is somewhere else.
    """
    clock = TownClock(dry.network.timezone)
    for number, (day, before, now) in enumerate(
        zip(dry.visit.days, dry.itineraries, wet.itineraries, strict=True)
    ):
        starts = {call.stop: call.start for call in now.calls}
        for call in before.calls:
            stop = day.stops[call.stop]
            time = agreed.get((day.date, stop.id))
            start = starts.get(call.stop, call.start)
            if time is None or stop.rain is not None or _is_other(time, call.start):
                continue
            if _is_other(time, start):
                yield number, call.stop, (clock.face(time), clock.face(start))


def times_elsewhere(
    dry: ReleaseContent, wet: ReleaseContent, agreed: Mapping[tuple[dt.date, str], Instant]
) -> Iterator[tuple[int, int, tuple[str, str]]]:
    """Return the same of stops that are somewhere else when it rains, by what the hosts there confirmed."""
    clock = TownClock(wet.network.timezone)
    for number, (day, now) in enumerate(zip(dry.visit.days, wet.itineraries, strict=True)):
        for call in now.calls:
            stop = day.stops[call.stop]
            time = agreed.get((day.date, stop.id))
            if stop.rain is not None and time is not None and _is_other(time, call.start):
                yield number, call.stop, (clock.face(time), clock.face(call.start))


def _is_other(agreed: Instant, start: Instant) -> bool:
    return abs(start - agreed) >= HOST_WAITS_S
