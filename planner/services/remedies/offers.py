"""What would cure the warnings of a day: remedies in a fixed ranking, each verified by planning with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from math import inf
from typing import TYPE_CHECKING

from planner.domain.budget import OutOfTimeError
from planner.domain.edits.remedies import Remedy, RemedyCode
from planner.domain.hosts.kept import AskedAgain
from planner.domain.order.conflicts import minimal_conflict
from planner.domain.warnings.codes import Warning
from planner.domain.warnings.compare import complaint
from planner.domain.warnings.severity import is_curable, is_trouble
from planner.services.remedies.kinds import BEST, Kind, quick
from planner.services.remedies.pairs import cured_by, pairs_for
from planner.services.remedies.stays import DAYS_AHEAD
from planner.services.remedies.subject import is_open, is_shut
from planner.services.remedies.trials import RemedyTrials

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.budget import Budget
    from planner.domain.hosts.kept import KeptTime
    from planner.domain.itinerary import Itinerary
    from planner.services.planning.case import Case

MOST = 4
"""More remedies for one warning are not read."""

DEAR = 100.0
"""Where every single edit that is enough costs people more, a pair may be better."""


@dataclass(frozen=True)
class Offers:
    """The warnings that something cures, with what does, the cheapest for people first.

    There may be more single edits unless it `is_complete`, more pairs unless `has_all_pairs`. `left`
    tells of each remedy how many things do not work on the day with it, `asks` which hosts who have confirmed
    a time have to be asked again. `reasons` are warnings of
    shut doors that no other date cures, with the stops that are never open together.
    """

    cured: tuple[tuple[Warning, tuple[Remedy, ...]], ...] = ()
    is_complete: bool = True
    has_all_pairs: bool = True
    left: Mapping[Remedy, int] = field(default_factory=dict)
    asks: Mapping[Remedy, tuple[AskedAgain, ...]] = field(default_factory=dict)
    reasons: tuple[tuple[Warning, tuple[str, ...]], ...] = ()

    def of(self, warning: Warning) -> tuple[Remedy, ...]:
        """Return what cures a warning."""
        return next((remedies for cured, remedies in self.cured if cured == warning), ())

    def reason(self, warning: Warning) -> tuple[str, ...]:
        """Return the stops, by their ids, that are never open on the date of that of a warning."""
        return next((stops for told, stops in self.reasons if told == warning), ())


def remedies_for(
    case: Case,
    itinerary: Itinerary,
    budget: Budget,
    *,
    before: dt.date | None = None,
    kept: tuple[KeptTime, ...] = (),
) -> Offers:
    """Return what would cure the serious warnings of a planned day.

    Each remedy removes its warning, adds none as serious and breaks no demand. All warnings get their
    remedies of one kind before any gets those of the next, and what takes long to look for comes last.
    Where no single edit leaves a day on which everything works, or only a dear one, pairs are looked for.

    Parameters
    ----------
    budget
        How long to look.
    before
        The date of the visit's next day, which this day cannot be moved to.
    kept
        The times of the day that hosts have confirmed, with and without rain: to ask one of them again
        costs, and is told.
    """
    targets = {
        complaint(warning, case.day): warning
        for warning in reversed(itinerary.warnings)
        if is_curable(warning)
    }
    warnings = sorted(targets.values(), key=itinerary.warnings.index)
    if not warnings:
        return Offers()
    trials = RemedyTrials(case, itinerary, budget, kept=kept)
    cures: list[list[Remedy]] = [[] for _ in warnings]
    is_complete = _look_for_singles(trials, warnings, cures, before)
    pairs: tuple[Remedy, ...] = ()
    has_all_pairs = True
    whole = [*dict.fromkeys(cure for some in cures for cure in some if trials.left(cure) == 0)]
    _share(trials, whole, warnings, cures)
    if trials.troubles and all(trials.cost(cure) > DEAR for cure in whole):
        below = min((trials.cost(cure) for cure in whole), default=inf)
        pairs, has_all_pairs = pairs_for(trials, trials.troubles, before, below)
    offered = [
        (warning, _cheapest(trials, some, [pair for pair in pairs if cured_by(trials, [warning], pair)]))
        for warning, some in zip(warnings, cures, strict=True)
    ]
    undated = [warning for warning, some in offered if all(cure.code is not RemedyCode.DATE for cure in some)]
    reasons = ((warning, _never_open_together(trials, warning)) for warning in undated if is_complete)
    told = [cure for _, some in offered for cure in some]
    return Offers(
        tuple((warning, some) for warning, some in offered if some),
        is_complete,
        has_all_pairs,
        {cure: _left(trials, cure) for cure in told},
        {cure: trials.asks_again(cure) for cure in told},
        tuple((warning, stops) for warning, stops in reasons if stops),
    )


def _look_for_singles(
    trials: RemedyTrials, warnings: Sequence[Warning], cures: Sequence[list[Remedy]], before: dt.date | None
) -> bool:
    """Look for single edits of every kind; return whether there was time for all."""
    try:
        for kind in (*quick(before), BEST):
            for warning, some in zip(warnings, cures, strict=True):
                tries = (cure for cure in kind.search(trials, warning) if not _is_told(cure, some, kind))
                some.extend(islice((cure for cure in tries if trials.cures(cure, warning)), kind.most))
    except OutOfTimeError:
        return False
    return True


def _is_told(cure: Remedy, some: Sequence[Remedy], kind: Kind) -> bool:
    """Whether an edit is no news, as a plainer one of its parts is enough already.

    An order of all stops beside another place for one, or a cut; another mode for the day with such a place.
    """
    if kind.code is RemedyCode.DAY_MODE and cure.order:
        return any(known.code is RemedyCode.ORDER for known in some)
    like = {RemedyCode.ORDER, RemedyCode.CUT} if cure.cuts else {RemedyCode.ORDER}
    return kind is BEST and any(known.code in like for known in some)


def _share(
    trials: RemedyTrials, whole: Sequence[Remedy], warnings: Sequence[Warning], cures: Sequence[list[Remedy]]
) -> None:
    """What leaves nothing that does not work cures every such warning, whichever it was found for."""
    for warning, some in zip(warnings, cures, strict=True):
        if is_trouble(warning):
            enough = [cure for cure in some if trials.left(cure) == 0]
            known = {cure.code for cure in some if enough}
            some.extend(cure for cure in whole if cure.code not in known and trials.cures(cure, warning))


def _left(trials: RemedyTrials, remedy: Remedy) -> int:
    """How many things do not work on the day with a remedy: none with a pair."""
    return 0 if remedy.code is RemedyCode.PAIR else trials.left(remedy)


def _cheapest(trials: RemedyTrials, singles: Sequence[Remedy], pairs: Sequence[Remedy]) -> tuple[Remedy, ...]:
    """What is told, the cheapest first; a pair is among it where one is needed."""
    cost = trials.cost
    kept = sorted(singles, key=cost)[: MOST - bool(pairs)]
    enough = sorted((cure for cure in singles if trials.left(cure) == 0), key=cost)
    if enough and not pairs and all(trials.left(cure) for cure in kept):
        kept[-1] = enough[0]
    return tuple(sorted([*kept, *pairs[: MOST - len(kept)]], key=cost))


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
