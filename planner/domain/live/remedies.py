"""What helps a party that is late: each remedy is tried on the day before it is offered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.clock import MINUTE_S
from planner.domain.live.calls import StopState
from planner.domain.live.events import END, EventKind, LiveEvent
from planner.domain.warnings.codes import Late, LateFor

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from planner.domain.live.calls import LiveDay
    from planner.domain.live.day import DayUnderWay

WORTH_S = 5 * MINUTE_S
"""Nobody is advised to leave something out for a smaller delay than this, nor for a smaller gain."""

MOST_OFFERED = 2
"""So many of each kind."""


@dataclass(frozen=True)
class LiveRemedy:
    """What to do with a stop, skip it or shorten it by so many minutes, and what it brings.

    `on_time_at` is the first stop ahead that begins on time with it, END where only the end is, '' where
    nothing is; `saves_s` is how much less late that stop begins, or the day ends.
    """

    kind: EventKind
    stop: str
    minutes: int
    on_time_at: str
    saves_s: int


def remedies(
    asked: DayUnderWay, events: Sequence[LiveEvent], essential: Collection[str] = ()
) -> tuple[LiveRemedy, ...]:
    """Return what makes up for a delay, shorter stays before stops left out; nothing for a small delay."""
    before = asked.after(events)
    if max(before.late_s, before.end_late_s) < WORTH_S or not before.coming:
        return ()
    found = []
    for tried in _tries(asked, before, essential):
        after = asked.after([*events, tried])
        remedy = _brought(before, after, tried)
        if remedy is not None:
            found.append((_given_up_s(before, tried), remedy))
    ranked = sorted(found, key=lambda one: (not one[1].on_time_at, one[0]))
    shorter, left_out = (
        [remedy for _, remedy in ranked if remedy.kind is kind][:MOST_OFFERED]
        for kind in (EventKind.STAY, EventKind.SKIP)
    )
    return (*shorter, *left_out)


def is_choice_due(live: LiveDay, events: Sequence[LiveEvent]) -> bool:
    """Whether whoever leads is to choose: asked once for a delay, again when it has grown as much again."""
    kept = [event.minutes * MINUTE_S for event in events if event.kind is EventKind.KEEP]
    return max(live.late_s, live.end_late_s) >= (kept[-1] if kept else 0) + WORTH_S


def _tries(asked: DayUnderWay, before: LiveDay, essential: Collection[str]) -> Iterator[LiveEvent]:
    """Every shorter stay within its least, and every stop that may be left out."""
    known = before.facts.latest or before.itinerary.start
    least = {stop.id: stop.min_dwell_s for stop in asked.day.stops}
    model = LiveEvent("try", EventKind.SKIP, known, known, "")
    for call in before.calls:
        if call.state not in (StopState.HERE, StopState.COMING):
            continue
        spare_s = call.leave - call.start - (least[call.id] or 0)
        if least[call.id] is not None and spare_s >= MINUTE_S:
            minutes = -(spare_s // MINUTE_S)
            yield replace(model, kind=EventKind.STAY, stop=call.id, minutes=minutes)
        if call.state is StopState.COMING and call.id not in essential:
            yield replace(model, stop=call.id)


def _given_up_s(before: LiveDay, tried: LiveEvent) -> int:
    call = next(call for call in before.calls if call.id == tried.stop)
    return -tried.minutes * MINUTE_S if tried.minutes else call.leave - call.start


def _brought(before: LiveDay, after: LiveDay, tried: LiveEvent) -> LiveRemedy | None:
    """What a trial brings, None for too little, and for one that warns of more than before."""
    if len(after.warnings) > len(before.warnings):
        return None
    late = {call.id: call.late_s for call in before.coming}
    cured = next((call for call in after.coming if call.late_s == 0 and late.get(call.id, 0)), None)
    saves_s = late[cured.id] if cured else before.end_late_s - after.end_late_s
    if saves_s < WORTH_S:
        return None
    is_end_kept = not after.end_late_s or (_is_over_end(before) and not _is_over_end(after))
    on_time_at = cured.id if cured else (END if is_end_kept else "")
    return LiveRemedy(tried.kind, tried.stop, tried.minutes, on_time_at, saves_s)


def _is_over_end(live: LiveDay) -> bool:
    """Whether the day ends after the time by which it must."""
    return any(isinstance(one, Late) and one.kind is LateFor.FINISH for one in live.warnings)
