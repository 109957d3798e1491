"""Confirmed times in a search for an order: kept as fixed ones, and what it costs to ask again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.clock import ClockTime, Instant
from planner.domain.hosts.kept import AskedAgain, KeptTime, asked_again, starts_of
from planner.domain.hosts.keys import host_stops
from planner.domain.order.proposals import Proposal
from planner.services.order.find import propose
from planner.services.planning.remembered import remembered_plan

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from planner.domain.budget import Budget
    from planner.domain.clock import TownClock
    from planner.domain.hosts.arrangement import Arrangement
    from planner.domain.order.proposals import Objective
    from planner.domain.visits import Visit
    from planner.services.planning.case import Case


def local_text(clock: TownClock, date: dt.date, start: Instant) -> str:
    """An instant as a document has it; with its offset where the clock shows that time twice."""
    local = clock.local(start)
    offset = local.utcoffset() if clock.is_repeated(start) else None
    return str(ClockTime((local.date() - date).days, local.time().replace(second=0), offset))


def kept_times(
    visit: Visit, day: int, arranged: Mapping[str, Arrangement], clock: TownClock
) -> tuple[KeptTime, ...]:
    """Return the times of a day that hosts have confirmed, to be fixed; not where a stop has one already."""
    own = {stop.id for stop in visit.days[day].stops if stop.fixed}
    return tuple(one for one in confirmed_times(visit, day, arranged, clock) if one.stop not in own)


def confirmed_times(
    visit: Visit, day: int, arranged: Mapping[str, Arrangement], clock: TownClock, *, is_rain: bool = False
) -> tuple[KeptTime, ...]:
    """Return the times of a day that hosts have confirmed, or those of its other places for rain.

    Not of parties that come apart, or of another day than was agreed.
    """
    found = []
    for one in host_stops(visit):
        kept = arranged[one.key].kept if one.key in arranged else None
        if one.day != day or one.is_rain is not is_rain or kept is None or kept.date != visit.days[day].date:
            continue
        start = kept.stays[0].start
        found.append(KeptTime(one.stop.id, local_text(clock, kept.date, start), start, is_rain))
    return tuple(found)


def all_kept(
    visit: Visit, arranged: Mapping[str, Arrangement], clock: TownClock
) -> tuple[tuple[KeptTime, ...], ...]:
    """Return the same of each day of a visit."""
    return tuple(kept_times(visit, day, arranged, clock) for day in range(len(visit.days)))


def all_in_rain(
    visit: Visit, arranged: Mapping[str, Arrangement], clock: TownClock
) -> tuple[tuple[KeptTime, ...], ...]:
    """Return of each day what hosts have confirmed for when it rains."""
    days = range(len(visit.days))
    return tuple(confirmed_times(visit, day, arranged, clock, is_rain=True) for day in days)


@dataclass(frozen=True)
class HostOrder:
    """A proposal of another order, and what it means for hosts who have confirmed.

    `again` are those who would have to be asked again, `in_rain` those of its rain version. `best_kept` is
    the best order that asks nobody again, None where that was not looked for.
    """

    proposal: Proposal
    kept: tuple[KeptTime, ...] = ()
    again: tuple[AskedAgain, ...] = ()
    best_kept: Proposal | None = None
    in_rain: tuple[AskedAgain, ...] = ()


def propose_with_hosts(
    cases: tuple[Case, Case],
    kept: tuple[KeptTime, ...],
    objective: Objective,
    budget: Budget,
    *,
    may_ask: bool,
) -> HostOrder:
    """Propose another order that keeps what hosts have confirmed; or with `may_ask` any, beside such a one.

    `cases` are the day as it is and the day with the kept times fixed: the same where none are kept.

    Raises
    ------
    InvalidInputError
        For unknown sites, positions outside the network, unreadable times.
    """
    free, bound = cases
    if not kept:
        return HostOrder(propose(free, objective, budget))
    keeping = replace(
        propose(bound, objective, budget.share(1 / 2 if may_ask else 1)), before=remembered_plan(free)
    )
    if not may_ask:
        return judged(keeping, kept)
    return replace(judged(propose(free, objective, budget), kept), best_kept=keeping)


def judged(proposal: Proposal, kept: tuple[KeptTime, ...]) -> HostOrder:
    """Return a proposal with the hosts whose times it keeps, and those who would be asked again."""
    again = asked_again(kept, starts_of(proposal.day, proposal.itinerary))
    moved = {one.kept for one in again}
    return HostOrder(proposal, tuple(one for one in kept if one not in moved), again)
