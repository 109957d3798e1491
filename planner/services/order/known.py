"""Orders that were found of a day before: what one objective came upon is known when another is asked for.

So that of many stops, where nothing is proved, the earliest finish is never later than that of an order
which another objective came upon, in whichever worker of the machine.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from planner.buses.files import current_timetable
from planner.services.planning.remembered import mark_of
from planner.shared_files import SharedFiles

if TYPE_CHECKING:
    from planner.domain.order.proposals import Objective
    from planner.services.planning.case import Case

REMEMBERED_DAYS = 200
SHARED_DAYS = 1000

Found = dict[str, tuple[int, ...]]
"""The order that was found last for each objective."""


def known_orders(case: Case) -> tuple[tuple[int, ...], ...]:
    """Return the orders found of this very day, group and these sites, over these streets and timetable."""
    return tuple(dict.fromkeys(_found(case).values()))


def keep_order(case: Case, objective: Objective, order: tuple[int, ...]) -> None:
    """Keep an order for who asks for another objective, or for the same once more."""
    mark, found = mark_of(case), _found(case)
    if found.get(objective.value) == order:
        return
    found = {**found, objective.value: order}
    case.town.found_orders.put("orders", {mark: found}, keep=REMEMBERED_DAYS)
    shared = _shared(case)
    if shared is not None:
        shared.put(_key(case, mark), found)


def _found(case: Case) -> Found:
    """What this worker knows and what the others have written down."""
    mark = mark_of(case)
    mine: Found = case.town.found_orders.get("orders", mark, dict, keep=REMEMBERED_DAYS)
    shared = _shared(case)
    theirs = None if shared is None else shared.get(_key(case, mark))
    return {**mine, **_orders(theirs, len(case.day.stops))}


def _orders(written: object, stops: int) -> Found:
    """The orders of a file, those that are orders of so many stops."""
    if not isinstance(written, dict):
        return {}
    every = list(range(stops))
    return {
        objective: tuple(order)
        for objective, order in written.items()
        if isinstance(order, list) and all(isinstance(stop, int) for stop in order) and sorted(order) == every
    }


def _shared(case: Case) -> SharedFiles | None:
    folder = case.town.orders_dir
    return None if folder is None else SharedFiles(folder, SHARED_DAYS)


def _key(case: Case, mark: str) -> str:
    """A file's name: the day's mark with what names the town."""
    town = case.town
    timetable = current_timetable(town.data_dir) if town.data_dir else None
    meta = town.network.meta
    names = (town.network_folder and town.network_folder.name, timetable and timetable.name)
    return hashlib.sha256(repr((mark, *names, meta.timezone, meta.country)).encode()).hexdigest()
