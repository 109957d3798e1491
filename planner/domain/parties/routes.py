"""The accepted ways of the parties of a day: whether they still fit it, and how they follow its edits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.domain.visits import Day, Party, PartyRoute, Visit


def routes_fit(day: Day, parties: Sequence[Party]) -> bool:
    """Whether every party has a route that takes every stop of the day once; False where there are none."""
    stops = sorted(stop.id for stop in day.stops)
    names = [route.party for route in day.party_routes]
    return (
        bool(names)
        and sorted(names) == sorted(party.name for party in parties)
        and all(sorted(call.stop for call in route.calls) == stops for route in day.party_routes)
    )


def without_stop(routes: tuple[PartyRoute, ...], stop_id: str) -> tuple[PartyRoute, ...]:
    """The routes without a stop; the others keep their order and their times."""
    return tuple(
        replace(route, calls=tuple(call for call in route.calls if call.stop != stop_id)) for route in routes
    )


def rename_parties(visit: Visit, names: Mapping[str, str]) -> Visit:
    """The visit with the routes of its days following parties to their new names."""
    days = tuple(
        replace(
            day,
            party_routes=tuple(
                replace(route, party=names.get(route.party, route.party)) for route in day.party_routes
            ),
        )
        for day in visit.days
    )
    return replace(visit, days=days)


def keep_together(visit: Visit) -> Visit:
    """The visit without parties; which stops are for all, and their capacities, are kept."""
    days = tuple(replace(day, party_routes=()) for day in visit.days)
    return replace(visit, days=days, parties=())


def even_sizes(people: int, count: int) -> tuple[int, ...]:
    """Sizes of so many parties that differ by one at most, the larger ones first."""
    size, rest = divmod(people, count)
    return tuple(size + (1 if index < rest else 0) for index in range(count))
