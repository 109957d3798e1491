"""Edits of a visit: each takes a document and gives the next one. Nothing is changed in place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from planner.domain.limits import MOST_STOPS
from planner.domain.parties.routes import without_stop
from planner.domain.visits import Day, PlaceRef, Stop, StopKind, Visit
from planner.errors import EditRefusedError, Reason

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

_PREFIX = {StopKind.SITE: "s", StopKind.PLACE: "p", StopKind.MEAL: "m", StopKind.BREAK: "b"}


def new_stop_id(day: Day, kind: StopKind) -> str:
    """An id that no stop of the day has."""
    taken = {stop.id for stop in day.stops}
    prefix = _PREFIX[kind]
    return next(name for number in range(1, len(taken) + 2) if (name := f"{prefix}{number}") not in taken)


def with_day(visit: Visit, index: int, day: Day) -> Visit:
    """The visit with one of its days replaced."""
    return replace(visit, days=(*visit.days[:index], day, *visit.days[index + 1 :]))


def add_stop(day: Day, stop: Stop, position: int | None = None) -> Day:
    """The day with a stop put in at a position, by default at the end.

    Raises
    ------
    EditRefusedError
        If the day has as many stops as it may.
    """
    if len(day.stops) >= MOST_STOPS:
        msg = f"a day has at most {MOST_STOPS} stops"
        raise EditRefusedError(Reason.TOO_MANY_STOPS, msg, stops=MOST_STOPS)
    at = len(day.stops) if position is None else max(0, min(position, len(day.stops)))
    return replace(day, stops=(*day.stops[:at], stop, *day.stops[at:]))


def remove_stop(day: Day, stop_id: str) -> Day:
    """The day without a stop; what had to come after it no longer does, and no party goes there."""
    _find(day, stop_id)
    left = (stop for stop in day.stops if stop.id != stop_id)
    stops = tuple(
        replace(stop, after=tuple(earlier for earlier in stop.after if earlier != stop_id)) for stop in left
    )
    return replace(day, stops=stops, party_routes=without_stop(day.party_routes, stop_id))


def move_stop(day: Day, stop_id: str, position: int) -> Day:
    """The day with a stop moved to a position among the others."""
    moved = day.stops[_find(day, stop_id)]
    others = [stop for stop in day.stops if stop.id != stop_id]
    at = max(0, min(position, len(others)))
    return replace(day, stops=(*others[:at], moved, *others[at:]))


def change_stop(day: Day, stop_id: str, fields: Mapping[str, Any]) -> Day:
    """The day with some fields of a stop replaced."""
    at = _find(day, stop_id)
    return replace(day, stops=(*day.stops[:at], replace(day.stops[at], **fields), *day.stops[at + 1 :]))


def sound_after(day: Day, stop_id: str, after: Iterable[str]) -> tuple[str, ...] | None:
    """The stops of the day that a stop is to come after, in the day's order; None where two would exclude.

    Two exclude each other where one, through whatever stands between, comes after the other and back.
    """
    wanted = set(after) - {stop_id}
    before = {stop.id: set(stop.after) for stop in day.stops}
    seen: set[str] = set()
    ahead = list(wanted)
    while ahead:
        name = ahead.pop()
        if name == stop_id:
            return None
        if name not in seen:
            seen.add(name)
            ahead += before.get(name, ())
    return tuple(stop.id for stop in day.stops if stop.id in wanted)


def on_date(visit: Visit, date: dt.date) -> Visit:
    """The visit moved to begin on a date, its days as far apart as before."""
    first = visit.days[0].date
    return replace(visit, days=tuple(replace(day, date=date + (day.date - first)) for day in visit.days))


def place_of(site: str | None, at: tuple[float, float] | None, name: Mapping[str, str]) -> PlaceRef | None:
    """A reference to a site, else to a position, else none."""
    if site:
        return PlaceRef(site=site)
    return PlaceRef(at=at, name=dict(name)) if at else None


def _find(day: Day, stop_id: str) -> int:
    for index, stop in enumerate(day.stops):
        if stop.id == stop_id:
            return index
    msg = f"the day has no stop {stop_id!r}"
    raise EditRefusedError(Reason.NO_STOP, msg, stop=stop_id)
