"""Where a stop would fit: every place in the order as it is, planned leg by leg, the best first.

The stop is new to the day, or one of it that is moved. The order of the others stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.edits.stops import add_stop, move_stop
from planner.domain.itinerary import Itinerary
from planner.domain.order.proposals import Demand, DemandKind
from planner.domain.schedule.schedule import schedule
from planner.domain.visits import Day, Stop
from planner.domain.warnings.codes import Closed, Late, LateFor, Precedence, Warning
from planner.services.travel.remembered import RememberedTravel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planner.domain.budget import Budget
    from planner.services.planning.case import Case

SLOTS_S = 2.0
"""Places are tried for so long; what was not tried is said."""

_LATE = {
    LateFor.FIXED: DemandKind.FIXED,
    LateFor.WINDOW: DemandKind.WINDOW,
    LateFor.FINISH: DemandKind.FINISH,
}


@dataclass(frozen=True)
class Broken:
    """A demand that is kept no more, or by less: the warning that says so, none where a lock is meant."""

    demand: Demand
    by_s: int = 0
    warning: Warning | None = None

    @property
    def key(self) -> tuple[DemandKind, str | None]:
        """What tells demands apart."""
        return self.demand.kind, self.demand.stop


@dataclass(frozen=True)
class Slot:
    """A place in the order, at a time that a host offers or at any; `position` counts from 0.

    Costs are against the day as it is: seconds that it ends later and begins earlier, metres more on foot,
    seconds more of waiting.
    """

    position: int
    time: str | None
    day: Day
    itinerary: Itinerary
    later_s: int
    earlier_s: int
    walk_more_m: float
    wait_more_s: int
    breaks: tuple[Broken, ...] = ()

    @property
    def rank(self) -> tuple[float, ...]:
        """The smaller the better: what breaks nothing comes first, then the fewest minutes and metres."""
        broken_s = sum(broken.by_s for broken in self.breaks)
        minutes = self.later_s + self.earlier_s
        return len(self.breaks), broken_s, minutes, self.walk_more_m, self.wait_more_s, self.position


@dataclass(frozen=True)
class SlotQuestion:
    """A stop to be put into a day, at one of some times or at any; one of the day is moved.

    With `positions` only those are tried, counted from 0 among the stops of the day with it.
    """

    stop: Stop
    times: Sequence[str] = ()
    positions: Sequence[int] | None = None


@dataclass(frozen=True)
class Slots:
    """The places for a stop, the best first, and the day as it is; `complete` tells that all were tried."""

    before: Itinerary
    found: tuple[Slot, ...]
    complete: bool = True


def is_of(day: Day, stop: Stop) -> bool:
    """Whether a stop is one of a day, to be moved in it."""
    return any(one.id == stop.id for one in day.stops)


def with_stop(day: Day, stop: Stop, position: int) -> Day:
    """Return a day with a stop at a position: put in, or moved there."""
    if not is_of(day, stop):
        return add_stop(day, stop, position)
    moved = move_stop(day, stop.id, position)
    return replace(moved, stops=tuple(stop if one.id == stop.id else one for one in moved.stops))


def slots(case: Case, question: SlotQuestion, budget: Budget) -> Slots:
    """Return the places of a stop in the order of a day, and what each costs.

    Raises
    ------
    InvalidInputError
        For unknown sites, positions outside the network, unreadable times.
    EditRefusedError
        If the day is full.
    """
    travel = RememberedTravel(case.streets, case.group, stand_ins=case.day.stand_in_timetable)
    before = _planned(case, travel)
    known = {broken.key: broken.by_s for broken in _broken(before, case.day)}
    most = len(case.day.stops) - is_of(case.day, question.stop)
    asked = range(most + 1) if question.positions is None else question.positions
    found: list[Slot] = []
    for position in asked:
        for time in question.times or (question.stop.fixed,):
            if found and budget.is_over():
                return Slots(before, _ranked(found), complete=False)
            stop = replace(question.stop, fixed=time)
            day = with_stop(case.day, stop, position)
            found.append(_slot(case, (before, known), _Placed(day, stop, position), travel))
    return Slots(before, _ranked(found))


_AsItIs = tuple["Itinerary", dict[tuple[DemandKind, str | None], int]]
"""The plan of the day as it is, and by how much it breaks which demands."""


@dataclass(frozen=True)
class _Placed:
    day: Day
    stop: Stop
    position: int


def _ranked(found: Iterable[Slot]) -> tuple[Slot, ...]:
    return tuple(sorted(found, key=lambda slot: slot.rank))


def _planned(case: Case, travel: RememberedTravel) -> Itinerary:
    return schedule(case.timed, travel, case.town.clock)


def _slot(case: Case, as_it_is: _AsItIs, placed: _Placed, travel: RememberedTravel) -> Slot:
    before, known = as_it_is
    plan = _planned(case.with_day(placed.day), travel)
    broken = _broken(plan, placed.day)
    breaks = [one for one in broken if one.key not in known or one.by_s > known[one.key]]
    return Slot(
        position=placed.position,
        time=placed.stop.fixed,
        day=placed.day,
        itinerary=plan,
        later_s=plan.finish - before.finish,
        earlier_s=before.start - plan.start,
        walk_more_m=round(plan.totals.walk_m - before.totals.walk_m, 1),
        wait_more_s=plan.totals.wait_s - before.totals.wait_s,
        breaks=(*breaks, *_unlocked(case.day, placed.day)),
    )


def _broken(plan: Itinerary, day: Day) -> Iterator[Broken]:
    """The demands that a plan does not keep, each once."""
    told: set[tuple[DemandKind, str | None]] = set()
    for warning in plan.warnings:
        kind = _kind(warning)
        if kind is None:
            continue
        stop = None if warning.stop is None else day.stops[warning.stop].id
        if (kind, stop) not in told:
            told.add((kind, stop))
            yield Broken(Demand(kind, stop), warning.by_s or 0, warning)


def _kind(warning: Warning) -> DemandKind | None:
    if isinstance(warning, Late):
        return _LATE.get(warning.kind or LateFor.FINISH)
    if isinstance(warning, Precedence):
        return DemandKind.AFTER
    return DemandKind.HOURS if isinstance(warning, Closed) else None


def _unlocked(before: Day, after: Day) -> Iterator[Broken]:
    """Stops that stand locked elsewhere than they stood."""
    was = {stop.id: at for at, stop in enumerate(before.stops)}
    for at, stop in enumerate(after.stops):
        if stop.locked and was.get(stop.id, at) != at:
            yield Broken(Demand(DemandKind.LOCKED, stop.id))
