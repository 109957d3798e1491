"""Orders that were found of a day before: what one objective came upon is known when another is asked for.

So that of many stops, where nothing is proved, the earliest finish is never later than that of an order
which another objective came upon.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.services.planning.remembered import mark_of

if TYPE_CHECKING:
    from planner.domain.order.proposals import Objective
    from planner.services.planning.case import Case

REMEMBERED_DAYS = 200

Found = dict["Objective", tuple[int, ...]]
"""The order that was found last for each objective."""


def known_orders(case: Case) -> tuple[tuple[int, ...], ...]:
    """Return the orders found of this very day, group and these sites."""
    return tuple(dict.fromkeys(_found(case).values()))


def keep_order(case: Case, objective: Objective, order: tuple[int, ...]) -> None:
    """Keep an order for who asks for another objective, or for the same once more."""
    found: Found = {**_found(case), objective: order}
    case.town.found_orders.put("orders", {mark_of(case): found}, keep=REMEMBERED_DAYS)


def _found(case: Case) -> Found:
    found: Found = case.town.found_orders.get("orders", mark_of(case), dict, keep=REMEMBERED_DAYS)
    return found
