"""Two parties of which one goes on with the other, with numbers worked out by hand (tests/kit/live_days.py).

The first goes B, C, D, E as the kit says. The second sees the same in another order, nothing of it fixed:

    09:10 D -> 09:30, 09:40 E -> 10:10, 10:20 B -> 10:40, 10:50 C -> 11:20, 11:30 the end
"""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.live.calls import LiveDay, StopState
from planner.domain.live.events import END, START, EventKind, LiveEvent, standing
from planner.domain.live.together import live_parties, missing_at
from planner.domain.live.whereabouts import whereabouts
from tests.kit.live_days import CLOCK, DAY, at, faces, said, under_way

ARRIVED, LEFT, SKIP, MERGE = EventKind.ARRIVED, EventKind.LEFT, EventKind.SKIP, EventKind.MERGE
B, C, D, E = DAY.stops
OTHER = replace(DAY, stops=(D, replace(E, fixed=None), B, replace(C, fixed=None)))
ASKED = {"1": under_way(), "2": under_way(OTHER), "3": under_way(OTHER)}
MANY = settings(max_examples=1000 if os.environ.get("PLANNER_FULL") == "1" else 20, deadline=None)


def lives(*events: LiveEvent) -> dict[str, LiveDay]:
    """The days of the three parties after what was said; nobody meets unless they are told to."""
    stands = standing(events)
    return live_parties(ASKED, {name: [one for one in stands if one.party == name] for name in ASKED}, [])


def merge(clock_time: str, party: str = "1", other: str = "2", stop: str = "") -> LiveEvent:
    """A party goes on with another one."""
    return said(MERGE, clock_time, stop, party=party, other=other, id=f"{clock_time}-{party}-merge")


def own(kind: EventKind, clock_time: str, stop: str, party: str = "1") -> LiveEvent:
    return said(kind, clock_time, stop, party=party, id=f"{clock_time}-{party}-{kind}")


HERE = own(ARRIVED, "09:10", "b")


@pytest.mark.parametrize(
    ("events", "times", "met"),
    [
        pytest.param(
            [HERE, merge("09:20")],
            ["09:10 09:10 09:20", "09:30 09:40 10:10", "10:20 10:20 10:40", "10:50 10:50 11:20"],
            ("e", "09:40"),
            id="where the other one comes next: at its present stop one would be too late",
        ),
        pytest.param(
            [HERE, own(LEFT, "09:32", "b"), merge("09:33")],
            [
                "09:10 09:10 09:32",
                "09:40 09:40 09:40",
                "09:50 09:50 10:10",
                "10:20 10:20 10:40",
                "10:50 10:50 11:20",
            ],
            ("e", "09:50"),
            id="who is on the way gets there first, and joins a stay of which much is left",
        ),
        pytest.param(
            [HERE, merge("09:20", stop="b")],
            ["09:10 09:10 09:20", "09:20 10:20 10:40", "10:50 10:50 11:20"],
            ("b", "10:20"),
            id="as agreed: one waits where one is",
        ),
        pytest.param(
            [HERE, own(LEFT, "09:32", "b"), merge("09:33", stop="c")],
            ["09:10 09:10 09:32", "09:40 10:50 11:20"],
            ("c", "10:50"),
            id="as agreed: one goes on to where one went",
        ),
        pytest.param(
            [merge("09:50")],
            [
                "09:10 09:10 09:30",
                "09:40 09:45 09:50",
                "10:00 10:00 10:10",
                "10:20 10:20 10:40",
                "10:50 10:50 11:20",
            ],
            ("e", "10:00"),
            id="of who has said nothing the clock tells where",
        ),
        pytest.param(
            [merge("08:30")],
            ["09:10 09:10 09:30", "09:40 09:40 10:10", "10:20 10:20 10:40", "10:50 10:50 11:20"],
            (START, "09:00"),
            id="before the day all begin together",
        ),
        pytest.param(
            [own(ARRIVED, "11:00", "e"), merge("11:20")],
            ["09:10 09:10 09:30", "09:40 09:45 10:15", "10:25 10:25 10:45", "11:00 11:00 11:20"],
            (END, "11:30"),
            id="where it is too late for all stops one goes to the end",
        ),
        pytest.param(
            [HERE, merge("09:20"), own(SKIP, "09:25", "e", "2")],
            ["09:10 09:10 09:20", "09:20 10:20 10:40", "10:50 10:50 11:20"],
            ("b", "10:20"),
            id="where the other one does not come one does not wait",
        ),
    ],
)
def test_a_party_has_the_times_of_the_one_it_goes_with(
    events: list[LiveEvent], times: list[str], met: tuple[str, str]
) -> None:
    live = lives(*events)["1"]
    assert faces(live.itinerary) == times
    assert live.joined
    assert (live.joined.party, live.joined.stop, CLOCK.face(live.joined.at)) == ("2", *met)
    assert live.joined.event == next(one.id for one in events if one.kind is MERGE)
    assert CLOCK.face(live.itinerary.finish) == "11:30"
    assert len(live.itinerary.legs) == len(live.itinerary.calls) + 1


def test_what_it_sees_no_more_is_left_out() -> None:
    live = lives(HERE, merge("09:20"))["1"]
    assert [(call.id, call.state) for call in live.calls] == [
        ("d", StopState.SKIPPED),
        ("b", StopState.DONE),
        ("e", StopState.COMING),
        ("b", StopState.COMING),
        ("c", StopState.COMING),
    ]


def test_a_delay_of_the_one_is_a_delay_of_the_other() -> None:
    live = lives(HERE, merge("09:20", stop="e"), own(ARRIVED, "09:25", "d", "2"))["1"]
    assert faces(live.itinerary)[1:] == ["09:30 09:55 10:25", "10:35 10:35 10:55", "11:05 11:05 11:35"]
    assert live.late_s == 900
    assert live.itinerary.finish == at("11:45")


def test_after_it_the_partys_own_presses_do_not_count_and_undone_it_is_as_if_never_said() -> None:
    alone = [HERE, own(ARRIVED, "09:50", "c")]
    told = merge("09:20")
    assert lives(*alone, told) == lives(HERE, told)
    undo = replace(told, id="undo", kind=EventKind.UNDO, other=told.id)
    assert lives(*alone, told, undo) == lives(*alone)


def test_the_other_party_goes_on_as_before_but_waits_at_a_meeting() -> None:
    assert lives(HERE, merge("09:20"))["2"] == lives(HERE)["2"]
    late = [own(ARRIVED, "09:40", "b"), merge("09:50", stop="e")]
    both = live_parties(ASKED, {"1": late, "2": [], "3": []}, ["e"])
    assert [faces(live.itinerary)[1] for live in both.values()] == [
        "10:00 10:00 10:30",
        "09:40 10:00 10:30",
        "09:40 10:00 10:30",
    ]
    assert missing_at(both, "2", ["e"]) == ()


def test_three_go_together_and_no_two_wait_for_each_other() -> None:
    chain = lives(HERE, merge("09:20"), merge("09:25", "2", "3"))
    assert [live.joined.party if live.joined else "" for live in chain.values()] == ["2", "3", ""]
    assert chain["1"].itinerary.finish == chain["3"].itinerary.finish
    circle = lives(HERE, merge("09:20"), merge("09:25", "2", "1"), merge("09:30", "1", "3"))
    assert [live.joined.party if live.joined else "" for live in circle.values()] == ["2", "", ""]


def test_whose_day_is_over_joins_nobody() -> None:
    over = own(ARRIVED, "11:40", END)
    assert lives(over, merge("11:45")) == lives(over)
    gone = own(ARRIVED, "11:30", END, "2")
    assert lives(HERE, gone, merge("11:35"))["1"].joined is None


@st.composite
def logs(draw: st.DrawFn) -> list[LiveEvent]:
    """Anything that three parties say, with a merge or two among it."""
    told = []
    for number in range(draw(st.integers(0, 7))):
        when = at("08:50") + 60 * draw(st.integers(0, 200))
        kind = draw(st.sampled_from([ARRIVED, LEFT, SKIP, EventKind.SHIFT, MERGE, MERGE]))
        stop = draw(st.sampled_from([*(() if kind is MERGE else (START, END)), "b", "c", "d", "e"]))
        told.append(
            LiveEvent(
                f"{draw(st.integers(0, 9))}-{number}",
                kind,
                when,
                when,
                "guide",
                party=draw(st.sampled_from("123")),
                stop=draw(st.sampled_from(["", stop])) if kind is MERGE else stop,
                minutes=draw(st.integers(-20, 30)),
                other=draw(st.sampled_from("123")),
            )
        )
    return told


@MANY
@given(logs(), st.randoms(use_true_random=False))
def test_whoever_merges_times_go_on_and_the_order_of_hearing_is_nothing(
    log: list[LiveEvent], random: object
) -> None:
    found = lives(*log)
    mixed = list(log)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert lives(*mixed) == found
    for live in found.values():
        now = live.itinerary.start
        for leg, call in zip(live.itinerary.legs, live.walked, strict=False):
            times = [now, leg.depart, leg.arrive, call.arrive, call.start, call.leave]
            assert times == sorted(times)
            now = call.leave
        assert live.itinerary.finish >= now
        assert len(live.itinerary.legs) == len(live.walked) + 1


@MANY
@given(logs())
def test_whoever_merges_what_has_happened_is_never_moved(log: list[LiveEvent]) -> None:
    for live in lives(*log).values():
        own_calls = {call.id: call for call in reversed(live.walked)}  # the first of each
        for known, name in ((live.facts.arrived, "arrive"), (live.facts.left, "leave")):
            for stop, when in known.items():
                if stop in own_calls and stop not in (START, END):
                    assert getattr(own_calls[stop], name) == when


def test_who_goes_on_with_another_party_is_where_the_clock_says() -> None:
    """At b until 09:20, with the second party at e from 09:40, at b again from 10:20, at c from 10:50."""
    live = lives(HERE, merge("09:20"))["1"]
    times = ("09:05", "09:25", "09:30", "10:20", "11:00", "11:30")
    assert [whereabouts(ASKED, "1", live, at(time)).stop for time in times] == [
        START,
        "b",
        "e",
        "b",
        "c",
        END,
    ]
