"""Other places in the order: of one stop, with a lock or an "only after" given up, or of all stops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.edits.remedies import Remedy, RemedyCode
from planner.domain.warnings.codes import Precedence, Warning
from planner.domain.warnings.severity import OF_TIME
from planner.services.remedies.subject import is_shut, near

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.domain.visits import Stop
    from planner.services.remedies.trials import RemedyTrials


def orders(trials: RemedyTrials, warning: Warning) -> Iterator[Remedy]:
    """Yield orders in which only the stop in question has moved, the shortest way first."""
    at = warning.leg if warning.stop is None else warning.stop
    if at is None or at >= len(trials.day.stops) or is_shut(trials, warning):
        return
    stop = trials.day.stops[at]
    if not stop.locked:
        for order in moved(trials.day.stops, stop.id):
            yield Remedy(RemedyCode.ORDER, order=order)


def unlocks(trials: RemedyTrials, warning: Warning) -> Iterator[Remedy]:
    """Yield orders in which a locked stop has moved: the one in question, then those before it."""
    if is_shut(trials, warning):
        return
    for stop in near(trials.day, warning):
        if stop.locked:
            for order in moved(trials.day.stops, stop.id):
                yield Remedy(RemedyCode.UNLOCK, stop=stop.id, order=order)


def afters(trials: RemedyTrials, warning: Warning) -> Iterator[Remedy]:
    """Yield what a stop need not come after any longer, in the order as it is, else further ahead."""
    stops = trials.day.stops
    if isinstance(warning, Precedence) and warning.stop is not None and warning.after is not None:
        yield Remedy(RemedyCode.AFTER, stop=stops[warning.stop].id, other=stops[warning.after - 1].id)
        return
    if warning.code not in OF_TIME or is_shut(trials, warning):
        return
    place = {stop.id: at for at, stop in enumerate(stops)}
    for stop in near(trials.day, warning):
        for other in stop.after:
            ahead = place.get(other, len(stops))
            orders_ahead = (order for order in moved(stops, stop.id) if order.index(stop.id) <= ahead)
            for order in orders_ahead if not stop.locked else ():
                yield Remedy(RemedyCode.AFTER, stop=stop.id, other=other, order=order)


def best_orders(trials: RemedyTrials, _warning: Warning) -> Iterator[Remedy]:
    """Yield the best order of all stops, with the cuts that it needs, where it is another one."""
    best = trials.best_order if len(trials.day.stops) > 1 else None
    order = tuple(stop.id for stop in best.day.stops) if best else ()
    if best is not None and order != tuple(stop.id for stop in trials.day.stops):
        yield Remedy(RemedyCode.ORDER, order=order, cuts=best.cuts)


def moved(stops: Sequence[Stop], stop: str) -> Iterator[tuple[str, ...]]:
    """Yield the orders in which one stop stands elsewhere, the nearest places first; the locked ones stay."""
    free = [other.id for other in stops if not other.locked or other.id == stop]
    at = free.index(stop)
    others = [*free[:at], *free[at + 1 :]]
    for place in sorted(range(len(free)), key=lambda place: abs(place - at)):
        if place != at:
            left = iter([*others[:place], stop, *others[place:]])
            yield tuple(other.id if other.locked and other.id != stop else next(left) for other in stops)
