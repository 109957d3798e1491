"""What does not work, from when until when: a morning worked out by hand, in minutes after nine."""

from __future__ import annotations

from planner.domain.hours.day import HoursState
from planner.domain.hours.spans import Span
from planner.domain.itinerary import Call, Itinerary, Totals
from planner.domain.schedule.timed import Place, TimedDay, TimedStop
from planner.domain.warnings.codes import Closes, Late, LateFor, OverCapacity, ShutAllDay, Tight, Warning
from planner.outputs.glance.clashes import ClashKind, clashes

Drawn = tuple[ClashKind, int, int, int | None]


def drawn(
    warning: Warning,
    *,
    stays: tuple[tuple[int, int], ...] = ((0, 30), (40, 60)),
    hours: tuple[tuple[int, int], ...] = (),
    fixed: int | None = None,
) -> list[Drawn]:
    """The clashes of a day whose second stop has these hours or this agreed time, with who is still where."""
    spans = tuple(Span(first * 60, last * 60, HoursState.OPEN) for first, last in hours)
    stops = tuple(
        TimedStop(str(at), None, (last - first) * 60, spans, fixed=fixed * 60 if at and fixed else None)
        for at, (first, last) in enumerate(stays)
    )
    calls = tuple(
        Call(at, str(at), first * 60, first * 60, last * 60, 0, None)
        for at, (first, last) in enumerate(stays)
    )
    itinerary = Itinerary(0, calls[-1].leave, calls, (), Totals(), (warning,))
    timed = TimedDay(Place("", None, {}), 0, 0, stops, end_limit=50 * 60)
    return [
        (clash.kind, clash.first // 60, clash.last // 60, clash.during.stop if clash.during else None)
        for clash in clashes(itinerary, timed)
    ]


def test_an_agreed_time_is_missed_from_then_to_when_the_stay_begins() -> None:
    late = Late(stop=1, kind=LateFor.FIXED)
    assert drawn(late, fixed=20) == [(ClashKind.OVERLAP, 20, 40, 0)]
    assert drawn(late, fixed=30) == [(ClashKind.MISSED, 30, 40, None)]  # the first has ended: it is the way


def test_of_a_stay_the_parts_outside_its_hours_are_told() -> None:
    closes = Closes(stop=1)
    assert drawn(closes, hours=((0, 50),)) == [(ClashKind.SHUT, 50, 60, None)]
    assert drawn(closes, hours=((45, 55),)) == [
        (ClashKind.SHUT, 40, 45, None),
        (ClashKind.SHUT, 55, 60, None),
    ]
    assert drawn(closes, hours=((0, 20),)) == [(ClashKind.SHUT, 40, 60, None)]
    assert drawn(ShutAllDay(stop=1)) == [(ClashKind.SHUT, 40, 60, None)]


def test_a_stay_that_hours_hold_only_piece_by_piece_is_told_whole() -> None:
    assert drawn(Closes(stop=1), hours=((0, 50), (50, 90))) == [(ClashKind.SHUT, 40, 60, None)]


def test_too_many_people_are_told_for_the_stay_and_the_end_from_the_limit() -> None:
    assert drawn(OverCapacity(stop=1)) == [(ClashKind.FULL, 40, 60, None)]
    assert drawn(Late(kind=LateFor.FINISH)) == [(ClashKind.END, 50, 60, None)]


def test_what_only_is_to_watch_is_no_clash() -> None:
    assert drawn(Tight(stop=1, by_s=60), hours=((0, 61),)) == []
