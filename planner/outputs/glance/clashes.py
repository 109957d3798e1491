"""Where on the day's axis something does not work: what is late, shut or too full, from when until when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from planner.domain.clock import Instant
from planner.domain.hours.spans import within
from planner.domain.itinerary import Call
from planner.domain.warnings.codes import Late, LateFor, OverCapacity, Warning, WarningCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.domain.hours.spans import Span
    from planner.domain.itinerary import Itinerary
    from planner.domain.schedule.timed import TimedDay, TimedStop


class ClashKind(StrEnum):
    """How it is drawn."""

    OVERLAP = "overlap"
    """A stay was agreed for a time at which the one before it still lasts."""
    MISSED = "missed"
    """A stay was agreed for a time at which the group is still on its way."""
    SHUT = "shut"
    """A stay, or a part of it, lies outside the opening hours or the windows of its stop."""
    FULL = "full"
    """More people come to a stay than there is room for."""
    END = "end"
    """The day goes on after its latest end."""


@dataclass(frozen=True)
class Clash:
    """A stretch [first, last) of the axis and the warning of it; `during` is the stay that still lasts."""

    kind: ClashKind
    first: Instant
    last: Instant
    warning: Warning
    during: Call | None = None


def clashes(itinerary: Itinerary, timed: TimedDay) -> Iterator[Clash]:
    """Yield what is wrong with the times of a day, in the order of its warnings."""
    position = {call.stop: at for at, call in enumerate(itinerary.calls)}
    for warning in itinerary.warnings:
        if isinstance(warning, Late) and warning.kind is LateFor.FINISH:
            if timed.end_limit is not None:
                yield Clash(ClashKind.END, timed.end_limit, itinerary.finish, warning)
        elif warning.stop in position:
            at = position[warning.stop]
            before = itinerary.calls[at - 1] if at else None
            yield from _of_stay(warning, timed.stops[warning.stop], itinerary.calls[at], before)


def _of_stay(warning: Warning, stop: TimedStop, call: Call, before: Call | None) -> Iterator[Clash]:
    if isinstance(warning, Late) and warning.kind is LateFor.FIXED:
        if stop.fixed is not None and stop.fixed < call.start:
            during = before if before and before.leave > stop.fixed else None
            kind = ClashKind.MISSED if during is None else ClashKind.OVERLAP
            yield Clash(kind, stop.fixed, call.start, warning, during)
    elif warning.code in {WarningCode.LATE, WarningCode.CLOSED}:
        for first, last in _outside(within(stop.hours, stop.windows), call):
            yield Clash(ClashKind.SHUT, first, last, warning)
    elif isinstance(warning, OverCapacity):
        yield Clash(ClashKind.FULL, call.start, call.leave, warning)


def _outside(spans: Sequence[Span], call: Call) -> Iterator[tuple[Instant, Instant]]:
    """The parts of a stay that no span holds; all of it where the spans hold it only piece by piece."""
    if not any(span.start < call.leave and (span.end is None or call.start < span.end) for span in spans):
        yield call.start, call.leave
        return
    at, is_outside = call.start, False
    for span in spans:
        if at < min(span.start, call.leave):
            yield at, min(span.start, call.leave)
            is_outside = True
        at = max(at, call.leave if span.end is None else span.end)
    if at < call.leave:
        yield at, call.leave
    elif not is_outside:
        yield call.start, call.leave
