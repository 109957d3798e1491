"""Stops that two people added under the same id."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.edits.merging.values import Three

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.visits import Day, Stop


def stops_of(day: Day) -> dict[str, Stop]:
    """The stops of a day by their ids, in their order."""
    return {stop.id: stop for stop in day.stops}


def with_other_ids(all_of: Three[Day]) -> Three[Day]:
    """Give one of two stops that were added under the same id another: that of the side that sorts later."""
    base, theirs, mine = (stops_of(one) for one in all_of.each)
    taken = {*base, *theirs, *mine}
    renamed: dict[str, dict[str, str]] = {"theirs": {}, "mine": {}}
    for name in sorted((theirs.keys() & mine.keys()) - base.keys()):
        if theirs[name] == mine[name]:
            continue
        side = "theirs" if repr(theirs[name]) > repr(mine[name]) else "mine"
        new = next(one for number in range(1, len(taken) + 2) if (one := f"{name[:1]}{number}") not in taken)
        renamed[side][name] = new
        taken.add(new)
    return Three(
        all_of.base, _renamed(all_of.theirs, renamed["theirs"]), _renamed(all_of.mine, renamed["mine"])
    )


def _renamed(day: Day, names: Mapping[str, str]) -> Day:
    if not names:
        return day
    stops = tuple(
        replace(
            stop,
            id=names.get(stop.id, stop.id),
            after=tuple(names.get(one, one) for one in stop.after),
        )
        for stop in day.stops
    )
    routes = tuple(
        replace(
            route,
            calls=tuple(replace(call, stop=names.get(call.stop, call.stop)) for call in route.calls),
        )
        for route in day.party_routes
    )
    return replace(day, stops=stops, party_routes=routes)
