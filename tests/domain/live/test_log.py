"""The log of a day: what holds whatever is said, and in whatever order it comes in."""

from __future__ import annotations

import os
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.live.events import (
    DESK,
    END,
    START,
    EventKind,
    LiveEvent,
    happened_at,
    standing,
)
from planner.domain.live.heads import head_counts
from tests.kit.live_days import at, said, under_way

MANY = settings(max_examples=1000 if os.environ.get("PLANNER_FULL") == "1" else 20, deadline=None)
KINDS = [EventKind.ARRIVED, EventKind.LEFT, EventKind.SHIFT, EventKind.STAY, EventKind.SKIP]
ASKED = under_way()


@st.composite
def events(draw: st.DrawFn, number: int) -> LiveEvent:
    """Anything that can be pressed, at any minute of the day, also twice in one."""
    when = at("08:50") + 60 * draw(st.integers(0, 200))
    return LiveEvent(
        id=f"{draw(st.integers(0, 9))}-{number}",
        kind=draw(st.sampled_from(KINDS)),
        at=when,
        received=when,
        by=draw(st.sampled_from(["guide", "second"])),
        stop=draw(st.sampled_from([START, "b", "c", "d", "e", END, "gone"])),
        minutes=draw(st.integers(-20, 30)),
    )


@st.composite
def logs(draw: st.DrawFn) -> list[LiveEvent]:
    count = draw(st.integers(0, 8))
    told = [draw(events(number)) for number in range(count)]
    undone = draw(st.lists(st.sampled_from(told), max_size=2)) if told else []
    return [
        *told,
        *(
            replace(event, id=f"undo-{n}", kind=EventKind.UNDO, other=event.id)
            for n, event in enumerate(undone)
        ),
    ]


@MANY
@given(logs())
def test_times_never_go_backwards(log: list[LiveEvent]) -> None:
    live = ASKED.after(standing(log))
    now = live.itinerary.start
    for leg, call in zip(live.itinerary.legs, live.itinerary.calls, strict=False):
        times = [now, leg.depart, leg.arrive, call.arrive, call.start, call.leave]
        assert times == sorted(times)
        now = call.leave
    assert live.itinerary.finish >= now
    assert len(live.itinerary.legs) == len(live.itinerary.calls) + 1


@MANY
@given(logs())
def test_what_has_happened_is_never_moved(log: list[LiveEvent]) -> None:
    live = ASKED.after(standing(log))
    for call in live.calls:
        if call.id in live.facts.arrived:
            assert call.arrive == live.facts.arrived[call.id]
        if call.id in live.facts.left:
            assert call.leave == live.facts.left[call.id]


@MANY
@given(logs(), st.randoms(use_true_random=False))
def test_no_answer_depends_on_the_order_in_which_events_come_in(log: list[LiveEvent], random: object) -> None:
    mixed = list(log)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert ASKED.after(standing(mixed)) == ASKED.after(standing(log))
    assert standing([*log, *log]) == standing(log)


@MANY
@given(logs(), events(99))
def test_undo_restores(log: list[LiveEvent], event: LiveEvent) -> None:
    undo = replace(event, id="undo", kind=EventKind.UNDO, other=event.id)
    assert standing([*log, event, undo]) == standing(log)


def test_two_guides_do_not_undo_each_other_but_the_desk_does() -> None:
    event = said(EventKind.SKIP, "09:00", "c")
    undo = said(EventKind.UNDO, "09:01", other=event.id)
    assert standing([event, replace(undo, by="second")]) == [event]
    assert standing([event, undo]) == []
    assert standing([event, replace(undo, by=DESK)]) == []


def test_a_phone_is_believed_twelve_hours_back_and_never_ahead() -> None:
    now = at("12:00")
    assert happened_at(at("11:50"), 120, now) == at("11:52")
    assert happened_at(at("13:00"), 0, now) == now
    assert happened_at(at("12:00") - 86_400, 0, now) == at("00:00")


def test_a_count_is_held_against_the_one_before() -> None:
    counted = [
        said(EventKind.HEADS, "09:00", START, people=25),
        said(EventKind.HEADS, "09:30", "b", people=23),
        said(EventKind.HEADS, "10:15", "c", people=23),
    ]
    assert [(one.people, one.missing) for one in head_counts(counted, 25)] == [(25, 0), (23, 2), (23, 0)]
