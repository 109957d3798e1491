"""What would cure the warnings of a day: remedies in a fixed ranking, each verified by planning with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from planner.domain.budget import OutOfTimeError
from planner.domain.edits.remedies import Remedy, RemedyCode
from planner.domain.order.conflicts import minimal_conflict
from planner.domain.warnings.codes import Warning
from planner.domain.warnings.compare import complaint
from planner.domain.warnings.severity import is_curable
from planner.services.remedies import search as remedy_search
from planner.services.remedies.search import DAYS_AHEAD, is_open, is_shut
from planner.services.remedies.trials import RemedyTrials

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.budget import Budget
    from planner.domain.itinerary import Itinerary
    from planner.services.planning.case import Case

MOST = 4
"""More remedies for one warning are not read."""

MOST_DATES = 2


@dataclass(frozen=True)
class Offers:
    """The warnings that something cures, with what does; there may be more unless it `is_complete`.

    `reasons` are warnings of shut doors that no other date cures, with the stops that are never
    open together.
    """

    cured: tuple[tuple[Warning, tuple[Remedy, ...]], ...] = ()
    is_complete: bool = True
    reasons: tuple[tuple[Warning, tuple[str, ...]], ...] = ()

    def of(self, warning: Warning) -> tuple[Remedy, ...]:
        """Return what cures a warning."""
        return next((remedies for known, remedies in self.cured if known == warning), ())

    def reason(self, warning: Warning) -> tuple[str, ...]:
        """Return the ids of stops that are never open together, so that no other date cures the warning."""
        return next((stops for known, stops in self.reasons if known == warning), ())


def remedies_for(
    case: Case, itinerary: Itinerary, budget: Budget, *, before: dt.date | None = None
) -> Offers:
    """Return what would cure the serious warnings of a planned day.

    Each remedy removes its warning and adds none as serious. All warnings get their remedies of one
    kind before any gets those of the next.

    Parameters
    ----------
    budget
        How long to look.
    before
        The date of the visit's next day, which this day cannot be moved to.
    """
    targets = {
        complaint(warning, case.day): warning
        for warning in reversed(itinerary.warnings)
        if is_curable(warning)
    }
    warnings = sorted(targets.values(), key=itinerary.warnings.index)
    if not warnings:
        return Offers()
    trials = RemedyTrials(case, itinerary, budget)
    cures: list[list[Remedy]] = [[] for _ in warnings]
    try:
        for code, candidates in _ranking(before):
            for warning, remedies in zip(warnings, cures, strict=True):
                most = min(MOST_DATES if code is RemedyCode.DATE else 1, MOST - len(remedies))
                _take(trials, warning, candidates(trials, warning), most, remedies)
    except OutOfTimeError:
        is_complete = False
    else:
        is_complete = True
    offers = list(zip(warnings, map(tuple, cures), strict=True))
    undated = [
        warning for warning, remedies in offers if all(each.code is not RemedyCode.DATE for each in remedies)
    ]
    reasons = ((warning, _never_open_together(trials, warning)) for warning in undated if is_complete)
    return Offers(
        tuple((warning, remedies) for warning, remedies in offers if remedies),
        is_complete,
        tuple((warning, stops) for warning, stops in reasons if stops),
    )


Search = Callable[[RemedyTrials, Warning], Iterator[Remedy]]


def _ranking(before: dt.date | None) -> tuple[tuple[RemedyCode, Search], ...]:
    """The kinds of remedies in the order of what they cost people, with where to look for each."""
    return (
        (RemedyCode.ORDER, remedy_search.orders),
        (RemedyCode.START, remedy_search.starts),
        (RemedyCode.CUT, remedy_search.cuts),
        (RemedyCode.MODE, remedy_search.modes),
        (RemedyCode.DATE, partial(remedy_search.dates, before=before)),
        (RemedyCode.DROP, remedy_search.drops),
    )


def _take(
    trials: RemedyTrials, warning: Warning, candidates: Iterator[Remedy], most: int, taken: list[Remedy]
) -> None:
    """Take the first candidates that cure a warning."""
    for _ in range(most):
        remedy = next((candidate for candidate in candidates if trials.cures(candidate, warning)), None)
        if remedy is None:
            return
        taken.append(remedy)


def _never_open_together(trials: RemedyTrials, warning: Warning) -> tuple[str, ...]:
    """Return the ids of stops that no date of two weeks finds open together, the shut one among them.

    It is alone where it is never open for the stay. There are none where some date would do
    as far as doors go, or where the warning is about something else.
    """
    if warning.stop is None or not is_shut(trials, warning):
        return ()
    own = trials.day.stops[warning.stop].id
    dates = [trials.day.date + dt.timedelta(days=later) for later in range(DAYS_AHEAD + 1)]
    timed = [trials.timed_with(Remedy(RemedyCode.DATE, date=date)) for date in dates]
    open_on = [{stop.id for stop in day.stops if is_open(stop)} for day in timed]

    def is_feasible(stops: Sequence[str]) -> bool:
        return any(open_ids.issuperset(stops) for open_ids in open_on)

    others = [stop.id for stop in trials.day.stops if stop.id != own]
    conflict = minimal_conflict([*others, own], is_feasible)
    return tuple(stop.id for stop in trials.day.stops if stop.id in conflict) if own in conflict else ()
