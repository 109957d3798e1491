"""Tickets: which stops need some that nobody has bought yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.sites import Ticket

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planner.domain.sites import Site
    from planner.domain.visits import Day


def without_tickets(day: Day, sites: Mapping[str, Site]) -> Iterator[int]:
    """Yield the numbers, from 0, of the stops of a day whose site needs tickets that are not there yet."""
    for number, stop in enumerate(day.stops):
        site = sites.get(stop.place.site or "") if stop.place else None
        if site is not None and site.ticket is Ticket.NEEDED and not stop.tickets_got:
            yield number
