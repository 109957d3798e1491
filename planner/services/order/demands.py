"""What a day demands of its order, and the day without some of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.hours.spans import HoursState, Span
from planner.domain.order.moves import NEVER
from planner.domain.order.proposals import Demand, DemandKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.clock import TownClock
    from planner.domain.schedule.timed import TimedDay, TimedStop


def demands_of(timed: TimedDay, clock: TownClock) -> Iterator[Demand]:
    """Yield every demand of the day that an order may break; those that are easiest to give up come first."""
    for stop in timed.stops:
        if stop.locked:
            yield Demand(DemandKind.LOCKED, stop.id)
        if stop.after:
            yield Demand(DemandKind.AFTER, stop.id)
        if stop.windows and stop.fixed is None:
            yield Demand(DemandKind.WINDOW, stop.id)
        if stop.fixed is not None:
            yield Demand(DemandKind.FIXED, stop.id)
        if (
            any(span.state is not HoursState.OPEN or span.end is not None for span in stop.hours)
            or not stop.hours
        ):
            yield Demand(DemandKind.HOURS, stop.id, _doors(stop, clock))
    if timed.end_limit is not None:
        yield Demand(DemandKind.FINISH)


def with_only(timed: TimedDay, kept: set[tuple[DemandKind, str | None]]) -> TimedDay:
    """The day without the demands that are not kept."""
    stops = tuple(_relaxed(stop, kept) for stop in timed.stops)
    limit = timed.end_limit if (DemandKind.FINISH, None) in kept else None
    return replace(timed, stops=stops, end_limit=limit, ready_by=None)


def _relaxed(stop: TimedStop, kept: set[tuple[DemandKind, str | None]]) -> TimedStop:
    always = (Span(-NEVER, None, HoursState.OPEN),)
    return replace(
        stop,
        hours=stop.hours if (DemandKind.HOURS, stop.id) in kept else always,
        windows=stop.windows if (DemandKind.WINDOW, stop.id) in kept else (),
        fixed=stop.fixed if (DemandKind.FIXED, stop.id) in kept else None,
        locked=stop.locked and (DemandKind.LOCKED, stop.id) in kept,
        after=stop.after if (DemandKind.AFTER, stop.id) in kept else (),
    )


def _doors(stop: TimedStop, clock: TownClock) -> dict[str, str | int]:
    """From when to when the doors are open on the day, by the clock; nothing where they stay shut."""
    ends = [span.end for span in stop.hours]
    if not stop.hours or ends[-1] is None:
        return {}
    return {"from": clock.face(stop.hours[0].start), "to": clock.face(ends[-1])}
