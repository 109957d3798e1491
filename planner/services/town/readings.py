"""Which published visits would read differently if they were published again over another town."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.clock import minute_from, minute_until, moved_minutes
from planner.domain.text import LocalText
from planner.errors import InvalidInputError
from planner.services.planning.case import Case
from planner.services.visits.publish import shown_release
from planner.services.visits.releasing import released_draft
from planner.store import visits as store

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant
    from planner.domain.itinerary import Call, Itinerary, Leg
    from planner.domain.releases import ReleaseContent
    from planner.services.travel.town import Town
    from planner.store.models import VisitRow

SAME_M = 5.0
"""Pages tell metres in tens: less is no other text."""

MOST_WAYS = 12
"""So many ways of one visit are told."""


@dataclass(frozen=True)
class WayReading:
    """A way of a visit as it stands in the release, and as it would; None minutes: no way is known.

    `modes` are those of before and after, `day` counts from 1.
    """

    day: int
    party: str
    origin: LocalText
    destination: LocalText
    modes: tuple[str, str]
    minutes: tuple[int, int]
    metres: tuple[float | None, float | None]


@dataclass(frozen=True)
class VisitReading:
    """A published visit that would read differently; one that could not be planned at all has no ways.

    `more` are the ways that are not among these.
    """

    visit: int
    title: LocalText
    first_date: str
    ways: tuple[WayReading, ...] = ()
    more: int = 0
    has_other_times: bool = False
    cannot_be_planned: bool = False


def compare_readings(session: Session, town: Town, now: Instant) -> tuple[VisitReading, ...]:
    """Plan the published visits of today and later over a town, and tell which would read differently."""
    today = town.clock.local(now).date()
    ahead = (_reading(session, town, row, now, today) for row in store.visit_rows(session, None))
    return tuple(reading for reading in ahead if reading is not None)


def _reading(
    session: Session, town: Town, row: VisitRow, now: Instant, today: dt.date
) -> VisitReading | None:
    release = shown_release(session, row)
    if release is None or release.visit.days[-1].date < today:
        return None
    title, first = release.visit.title, release.visit.days[0].date.isoformat()
    try:
        plan = released_draft(session, town, release.visit, release.to_follow, now)
    except InvalidInputError:
        return VisitReading(row.id, title, first, cannot_be_planned=True)
    if plan.content is None:
        return VisitReading(row.id, title, first, cannot_be_planned=True)
    ways = tuple(_ways(town, release, plan.content))
    others = _has_other_times(release, plan.content)
    if plan.rain is not None and plan.rain.content is not None and release.rain is not None:
        others |= any(_ways(town, release.rain, plan.rain.content))
    if not ways and not others:
        return None
    return VisitReading(row.id, title, first, ways[:MOST_WAYS], len(ways[MOST_WAYS:]), others)


def _ways(town: Town, before: ReleaseContent, after: ReleaseContent) -> Iterator[WayReading]:
    for day, party, old, new in _both(before, after):
        case = Case.of_visit(town, after.visit, day, after.sites)
        names = _names(case, new)
        for number, (was, will) in enumerate(zip(old.legs, new.legs, strict=False)):
            if _reads_differently(was, will):
                yield WayReading(
                    day=day + 1,
                    party=party,
                    origin=names[number],
                    destination=names[number + 1],
                    modes=(was.mode.value, will.mode.value),
                    minutes=(_minutes(was), _minutes(will)),
                    metres=(was.distance_m, will.distance_m),
                )


def _both(before: ReleaseContent, after: ReleaseContent) -> Iterator[tuple[int, str, Itinerary, Itinerary]]:
    """Each day and party that is in both, with its itineraries."""
    for day, (old, new) in enumerate(zip(before.itineraries, after.itineraries, strict=False)):
        ways = before.parties[day] if day < len(before.parties) else ()
        others = {way.name: way.itinerary for way in after.parties[day]} if day < len(after.parties) else {}
        if not ways:
            yield day, "", old, new
        for way in ways:
            if way.name in others:
                yield day, way.name, way.itinerary, others[way.name]


def _names(case: Case, itinerary: Itinerary) -> list[LocalText]:
    """The names of where the legs of a day begin and end, in their order; a meal may be anywhere."""
    timed = case.released
    stops = [timed.stops[call.stop].place for call in itinerary.calls]
    places = [timed.start_place, *stops, timed.end_place]
    return [place.name if place else {} for place in places]


def _minutes(leg: Leg) -> int:
    """Minutes as they are shown."""
    return max(1, moved_minutes(leg.depart, leg.depart + leg.duration_s)) if leg.duration_s else 0


def _reads_differently(was: Leg, will: Leg) -> bool:
    if (was.mode, _minutes(was)) != (will.mode, _minutes(will)):
        return True
    if was.distance_m is None or will.distance_m is None:
        return was.distance_m is not will.distance_m
    return abs(was.distance_m - will.distance_m) >= SAME_M


def _has_other_times(before: ReleaseContent, after: ReleaseContent) -> bool:
    """Whether a stay or an end has other minutes."""
    for _, _, old, new in _both(before, after):
        if minute_from(old.finish) != minute_from(new.finish):
            return True
        if [_shown(call) for call in old.calls] != [_shown(call) for call in new.calls]:
            return True
    return False


def _shown(call: Call) -> tuple[str | None, Instant, Instant, Instant]:
    return call.id, minute_from(call.arrive), minute_from(call.start), minute_until(call.leave)
