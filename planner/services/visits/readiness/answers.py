"""What hosts have answered, in place of what would be asked of them: who has confirmed need not be asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.services.visits.readiness.points import HostsSaid, Need, OpenKind, OpenPoint

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Iterator

    from planner.domain.visits import Visit
    from planner.domain.warnings.codes import Warning


def with_answers(
    visit: Visit, points: Iterable[OpenPoint], said: HostsSaid, *, is_rain: bool = False
) -> Iterator[OpenPoint]:
    """Return the open points with what hosts answered, or have not answered, in place of their own.

    A host who was asked is waited for whatever the catalogue says of the site. With `is_rain` the answers
    are those of the places for rain: of stops that have none any more they are passed over.
    """

    def stops(named: Collection[tuple[dt.date, str]]) -> set[tuple[int, int]]:
        return {*_stops_of(visit, named, is_rain=is_rain)}

    silent, declined = stops(said.asked), stops(said.declined)
    answered = stops(said.confirmed) | declined | silent
    doubts: dict[tuple[int | None, int | None], tuple[Warning, ...]] = {}
    for point in points:
        at = point.day, point.stop
        if point.kind is OpenKind.HOST and at in answered:
            doubts[at] = point.warnings
        else:
            yield point
    for at in declined:
        yield OpenPoint(OpenKind.HOST_DECLINED, Need.MEND, *at, is_rain=is_rain)
    for day, stop in silent:
        due = said.due.get((visit.days[day].date, visit.days[day].stops[stop].id))
        waited = OpenPoint(OpenKind.HOST_SILENT, Need.CONFIRM, day, stop, due=due, is_rain=is_rain)
        yield replace(waited, warnings=doubts.get((day, stop), ()))


def _stops_of(
    visit: Visit, named: Collection[tuple[dt.date, str]], *, is_rain: bool
) -> Iterator[tuple[int, int]]:
    """Where stops named by date and id are, as day and number from 0; with `is_rain` of two places alone."""
    for index, day in enumerate(visit.days):
        for number, stop in enumerate(day.stops):
            if (day.date, stop.id) in named and (stop.rain is not None or not is_rain):
                yield index, number
