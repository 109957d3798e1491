"""The stops of a visit shared anew among its days, as one edit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from planner.domain.edits.stops import new_stop_id
from planner.domain.limits import MOST_STOPS
from planner.errors import EditRefusedError, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.visits import Day, Stop, Visit

Named = tuple[int, str]
"""A stop of a visit: the day that it is on, from 0, and its id there."""


def share_key(days: Sequence[Sequence[Named]]) -> str:
    """Return the stops of each day as a short text that a button can send: "0:s1,1:s2;1:s1"."""
    return ";".join(",".join(f"{day}:{quote(stop, safe='')}" for day, stop in stops) for stops in days)


def share_of(key: str) -> tuple[tuple[Named, ...], ...]:
    """Read such a text.

    Raises
    ------
    EditRefusedError
        If it is none.
    """
    try:
        return tuple(
            tuple(_named(name) for name in stops.split(",")) if stops else () for stops in key.split(";")
        )
    except ValueError as error:
        raise EditRefusedError(Reason.NO_ORDER) from error


def _named(text: str) -> Named:
    day, _, stop = text.partition(":")
    return int(day), unquote(stop)


def shared(visit: Visit, days: Sequence[Sequence[Named]]) -> Visit:
    """Return a visit with its stops on other days; what a stop comes after holds on one and the same day.

    Raises
    ------
    EditRefusedError
        If not every stop is named once, or a day would be too full.
    """
    every = {(at, stop.id): stop for at, day in enumerate(visit.days) for stop in day.stops}
    named = [name for stops in days for name in stops]
    if sorted(named) != sorted(every) or len(days) != len(visit.days):
        raise EditRefusedError(Reason.NO_ORDER)
    if any(len(stops) > MOST_STOPS for stops in days):
        raise EditRefusedError(Reason.DAY_FULL)
    made = (_day(day, at, stops, every) for at, (day, stops) in enumerate(zip(visit.days, days, strict=True)))
    return replace(visit, days=tuple(made))


def _day(day: Day, at: int, names: Sequence[Named], every: dict[Named, Stop]) -> Day:
    """One day; who comes from another one has an id that is free here."""
    own = replace(day, stops=tuple(every[name] for name in names if name[0] == at))
    ids: dict[Named, str] = {name: name[1] for name in names if name[0] == at}
    for name in names:
        if name[0] != at:
            stop = every[name]
            taken = {one.id for one in own.stops}
            ids[name] = new_stop_id(own, stop.kind) if stop.id in taken else stop.id
            own = replace(own, stops=(*own.stops, replace(stop, id=ids[name])))
    stops = tuple(
        replace(
            every[name],
            id=ids[name],
            after=tuple(ids[name[0], other] for other in every[name].after if (name[0], other) in ids),
        )
        for name in names
    )
    is_same = [stop.id for stop in stops] == [stop.id for stop in day.stops]
    return replace(day, stops=stops, party_routes=day.party_routes if is_same else ())
