"""What would cure the warnings of a day: remedies in a fixed ranking, each verified by planning with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from planner.domain.edits.remedies import Remedy, RemedyCode
from planner.domain.itinerary import Warning
from planner.domain.order.out_of_time import OutOfTimeError
from planner.domain.warnings.compare import complaint
from planner.domain.warnings.severity import is_curable
from planner.services.remedies import search as remedy_search
from planner.services.remedies.date_conflict import never_open_together
from planner.services.remedies.trials import Trials

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from planner.domain.itinerary import Itinerary
    from planner.domain.schedule.group import Group
    from planner.domain.sites import Site
    from planner.domain.visits import Day
    from planner.services.travel.town import Town

MOST = 4
"""More remedies for one warning are not read."""

MOST_DATES = 2


@dataclass(frozen=True)
class Offers:
    """The warnings that something cures, with what does; there may be more unless it `is_complete`.

    `reasons` are warnings of shut doors that no other date cures, with the stops that are never
    open together.
    """

    found: tuple[tuple[Warning, tuple[Remedy, ...]], ...] = ()
    is_complete: bool = True
    reasons: tuple[tuple[Warning, tuple[str, ...]], ...] = ()

    def of(self, warning: Warning) -> tuple[Remedy, ...]:
        """Return what cures a warning."""
        return next((remedies for one, remedies in self.found if one == warning), ())

    def reason(self, warning: Warning) -> tuple[str, ...]:
        """Return the stops, by their ids, that are never open on the date of that of a warning."""
        return next((stops for one, stops in self.reasons if one == warning), ())


def remedies_for(
    town: Town,
    day: Day,
    group: Group,
    sites: Mapping[str, Site],
    itinerary: Itinerary,
    budget_s: float,
    *,
    group_of: Callable[[Day], Group] | None = None,
    before: dt.date | None = None,
) -> Offers:
    """Return what would cure the serious warnings of a planned day.

    Each remedy removes its warning and adds none as serious. All warnings get their remedies of one
    kind before any gets those of the next.

    Parameters
    ----------
    budget_s
        How long to look, in seconds.
    group_of
        The group that an edited day has, where that depends on the day.
    before
        The date of the visit's next day, which this day cannot be moved to.
    """
    targets = {complaint(one, day): one for one in reversed(itinerary.warnings) if is_curable(one)}
    warnings = sorted(targets.values(), key=itinerary.warnings.index)
    if not warnings:
        return Offers()
    trials = Trials(town, (day, itinerary), group_of or (lambda _: group), sites, monotonic() + budget_s)
    found: list[list[Remedy]] = [[] for _ in warnings]
    try:
        for code, candidates in _ranking(before):
            for warning, remedies in zip(warnings, found, strict=True):
                most = min(MOST_DATES if code is RemedyCode.DATE else 1, MOST - len(remedies))
                _take(trials, warning, candidates(trials, warning), most, remedies)
    except OutOfTimeError:
        is_complete = False
    else:
        is_complete = True
    offers = list(zip(warnings, map(tuple, found), strict=True))
    undated = [one for one, remedies in offers if all(each.code is not RemedyCode.DATE for each in remedies)]
    reasons = ((one, never_open_together(trials, one)) for one in undated if is_complete)
    return Offers(
        tuple((one, remedies) for one, remedies in offers if remedies),
        is_complete,
        tuple((one, stops) for one, stops in reasons if stops),
    )


Search = Callable[[Trials, Warning], Iterator[Remedy]]


def _ranking(before: dt.date | None) -> tuple[tuple[RemedyCode, Search], ...]:
    """The kinds of remedies in the order of design.md section 4, with where to look for each."""
    return (
        (RemedyCode.ORDER, remedy_search.orders),
        (RemedyCode.START, remedy_search.starts),
        (RemedyCode.CUT, remedy_search.cuts),
        (RemedyCode.MODE, remedy_search.modes),
        (RemedyCode.DATE, partial(remedy_search.dates, before=before)),
        (RemedyCode.DROP, remedy_search.drops),
    )


def _take(
    trials: Trials, warning: Warning, candidates: Iterator[Remedy], most: int, taken: list[Remedy]
) -> None:
    """Take the first candidates that cure a warning."""
    for _ in range(most):
        remedy = next((one for one in candidates if trials.cures(one, warning)), None)
        if remedy is None:
            return
        taken.append(remedy)
