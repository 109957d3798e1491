"""A day under way, with numbers worked out by hand (tests/kit/live_days.py)."""

from __future__ import annotations

from dataclasses import replace

from planner.domain.hours.spans import HoursState, Span
from planner.domain.live.calls import StopState
from planner.domain.live.events import END, START, EventKind, LiveEvent
from planner.domain.live.remedies import is_choice_due, remedies
from planner.domain.live.together import live_parties, missing_at
from planner.domain.live.ways import ReleasedTravel
from planner.domain.schedule.schedule import schedule
from planner.domain.visits import Mode
from planner.domain.warnings.codes import WarningCode
from tests.kit.live_days import CLOCK, DAY, Line, at, faces, said, under_way

ARRIVED, LEFT, SHIFT, SKIP, STAY = (
    EventKind.ARRIVED,
    EventKind.LEFT,
    EventKind.SHIFT,
    EventKind.SKIP,
    EventKind.STAY,
)
RELEASED = ["09:10 09:10 09:30", "09:40 09:45 10:15", "10:25 10:25 10:45", "10:55 11:00 11:30"]


def after(*events: LiveEvent) -> list[str]:
    return faces(under_way().after(events).itinerary)


def test_nothing_said_is_the_release() -> None:
    live = under_way().after([])
    assert faces(live.itinerary) == RELEASED
    assert CLOCK.face(live.itinerary.finish) == "11:40"
    assert (live.late_s, live.end_late_s, live.warnings) == (0, 0, ())
    assert live.facts.position == 0


def test_a_wait_is_eaten_before_anything_moves() -> None:
    live = under_way().after([said(LEFT, "09:07", START)])
    assert faces(live.itinerary) == ["09:15 09:15 09:35", "09:45 09:45 10:15", *RELEASED[2:]]
    assert live.late_s == 300
    assert live.on_time_again
    assert live.on_time_again.id == "c"


def test_whoever_leaves_has_gathered_already() -> None:
    """Planned are two minutes of gathering, then eight of walking; who only stays longer still gathers."""
    legs = under_way().after([said(LEFT, "09:35", "b")]).itinerary.legs
    assert [CLOCK.face(leg.depart) for leg in legs[:2]] == ["09:02", "09:35"]
    assert CLOCK.face(legs[1].arrive) == "09:43"
    longer = under_way().after([said(STAY, "09:20", "b", minutes=5)]).itinerary.legs
    assert (CLOCK.face(longer[1].depart), CLOCK.face(longer[1].arrive)) == ("09:37", "09:45")


def test_a_fixed_time_stays_and_is_flagged_when_it_is_missed() -> None:
    live = under_way().after([said(ARRIVED, "09:22", "b")])
    assert faces(live.itinerary) == [
        "09:22 09:22 09:42",
        "09:52 09:52 10:22",
        "10:32 10:32 10:52",
        "11:02 11:02 11:32",
    ]
    late = [(warning.code, warning.stop, warning.by_s) for warning in live.warnings]
    assert late == [(WarningCode.LATE, 1, 420), (WarningCode.LATE, 3, 120)]
    assert live.late_s == 420
    assert CLOCK.face(live.itinerary.finish) == "11:42"


def test_a_fixed_time_pulls_the_rest_of_the_day_back() -> None:
    """Seven minutes late at D are five of waiting and two at E; who skips D waits at E as planned."""
    assert after(said(ARRIVED, "09:22", "b"), said(SKIP, "09:30", "d"))[-1] == "10:32 11:00 11:30"


def test_who_is_early_waits_for_the_time_that_others_reckon_with() -> None:
    assert after(said(LEFT, "09:22", "b"))[1:] == ["09:30 09:45 10:15", *RELEASED[2:]]


def test_five_minutes_more_lengthen_the_stay_that_has_begun_and_else_the_way() -> None:
    staying = [said(ARRIVED, "09:10", "b"), said(SHIFT, "09:20", "b", minutes=5)]
    assert after(*staying)[0] == "09:10 09:10 09:35"
    assert after(said(SHIFT, "09:03", "b", minutes=5))[0] == "09:15 09:15 09:35"
    lost = [said(LEFT, "09:02", START), said(SHIFT, "09:03", "b", minutes=5)]
    way = under_way().after(lost).itinerary.legs[0]
    assert (CLOCK.face(way.depart), CLOCK.face(way.arrive), way.duration_s) == ("09:02", "09:15", 480)
    assert after(said(SHIFT, "09:20", "b", minutes=5))[0] == "09:10 09:10 09:35"
    passed = [said(ARRIVED, "10:25", "d"), said(SHIFT, "10:26", "b", minutes=10)]
    assert after(*passed)[-1] == "11:05 11:05 11:35"


def test_a_shorter_stay_ends_earlier_but_never_before_it_begins() -> None:
    assert after(said(STAY, "09:00", "d", minutes=-10))[2] == "10:25 10:25 10:35"
    assert after(said(STAY, "09:00", "d", minutes=-90))[2] == "10:25 10:25 10:25"


def test_what_was_passed_without_a_word_is_done_by_then() -> None:
    live = under_way().after([said(ARRIVED, "09:55", "d")])
    assert [call.state for call in live.calls] == [
        StopState.DONE,
        StopState.DONE,
        StopState.HERE,
        StopState.COMING,
    ]
    assert faces(live.itinerary) == [
        "09:10 09:10 09:30",
        "09:40 09:45 09:55",
        "09:55 10:25 10:45",
        "10:55 11:00 11:30",
    ]


def test_who_says_to_be_where_one_has_been_is_not_heard() -> None:
    events = [said(ARRIVED, "10:25", "d"), said(ARRIVED, "10:30", "b"), said(LEFT, "10:31", "c")]
    assert after(*events) == after(events[0])


def test_a_skipped_stop_is_gone_and_one_where_one_is_ends_at_once() -> None:
    live = under_way().after([said(SKIP, "09:00", "c")])
    assert [call.id for call in live.itinerary.calls] == ["b", "d", "e"]
    assert len(live.itinerary.legs) == 4
    assert faces(live.itinerary)[1] == "09:40 10:25 10:45"
    here = under_way().after([said(ARRIVED, "09:40", "c"), said(SKIP, "09:50", "c")])
    assert faces(here.itinerary)[1] == "09:40 09:45 09:50"
    assert here.calls[1].state is StopState.SKIPPED


def test_the_end_is_reached_when_it_is_said() -> None:
    live = under_way().after([said(LEFT, "11:35", "e"), said(ARRIVED, "11:50", END)])
    assert CLOCK.face(live.itinerary.finish) == "11:50"
    assert live.end_late_s == 600


def test_closed_is_said_before_one_is_there() -> None:
    shut = (Span(at("00:00"), at("10:50"), HoursState.OPEN),)
    day = replace(DAY, stops=(*DAY.stops[:2], replace(DAY.stops[2], hours=shut), DAY.stops[3]))
    live = under_way(day).after([said(ARRIVED, "09:22", "b")])
    assert WarningCode.CLOSED in {warning.code for warning in live.warnings if warning.stop == 2}


def test_a_missed_bus_becomes_the_next_one() -> None:
    line = Line(buses=(at("09:32"), at("09:52"), at("10:12")))
    day = replace(DAY, stops=(DAY.stops[0], replace(DAY.stops[1], mode=Mode.BUS), *DAY.stops[2:]))
    released = schedule(day, line, CLOCK)
    asked = replace(under_way(day, line), travel=ReleasedTravel.of(day, released, line))
    line.asked.clear()
    assert faces(asked.after([]).itinerary)[1] == "09:40 09:45 10:15"
    assert line.asked == []
    late = asked.after([said(ARRIVED, "09:10", "b"), said(SHIFT, "09:12", "b", minutes=5)])
    assert faces(late.itinerary)[1] == "10:00 10:00 10:30"
    assert set(line.asked) == {("site:b", "site:c")}


def test_remedies_say_what_they_bring_and_are_tried_before() -> None:
    events = [said(ARRIVED, "09:22", "b"), said(LEFT, "09:45", "b"), said(ARRIVED, "09:55", "c")]
    offered = remedies(under_way(), events, essential={"e"})
    assert [(one.kind, one.stop, one.minutes, one.on_time_at, one.saves_s // 60) for one in offered] == [
        (STAY, "d", -10, "e", 5),
        (SKIP, "d", 0, "e", 5),
    ]
    assert remedies(under_way(), []) == ()


def test_whoever_leads_is_asked_once_and_again_when_it_gets_worse() -> None:
    """Ten minutes late at C; kept to as it is, one is asked again from fifteen on."""
    events = [said(ARRIVED, "09:22", "b"), said(LEFT, "09:45", "b"), said(ARRIVED, "09:55", "c")]
    assert is_choice_due(under_way().after(events), events)
    assert not is_choice_due(under_way().after([]), [])
    late_min = under_way().after(events).late_s // 60
    kept = [*events, said(EventKind.KEEP, "09:56", minutes=late_min)]
    assert not is_choice_due(under_way().after(kept), kept)
    assert under_way().after(kept) == under_way().after(events)
    worse = [*kept, said(SHIFT, "10:00", "c", minutes=5)]
    assert is_choice_due(under_way().after(worse), worse)


def test_a_fixed_end_is_flagged_and_a_shorter_stay_pulls_the_end_back() -> None:
    """All must be over at 11:40, five minutes after the plan; ten minutes over it, ten less at D cure it."""
    day = replace(DAY, stops=(*DAY.stops[:3], replace(DAY.stops[3], fixed=None)), end_limit=at("11:40"))
    asked = under_way(day)
    events = [said(ARRIVED, "09:55", "c"), said(LEFT, "10:32", "c")]
    live = asked.after(events)
    assert CLOCK.face(live.itinerary.finish) == "11:50"
    late = [(warning.code, warning.by_s) for warning in live.warnings]
    assert late == [(WarningCode.LATE, 600)]
    first = remedies(asked, events)[0]
    assert (first.kind, first.stop, first.minutes, first.on_time_at) == (STAY, "d", -10, END)
    cured = asked.after([*events, said(STAY, "10:33", "d", minutes=-10)])
    assert CLOCK.face(cured.itinerary.finish) == "11:40"
    assert cured.warnings == ()


def test_parties_wait_for_each_other_where_they_meet() -> None:
    asked = {"A": under_way(), "B": under_way()}
    events = {"A": [said(ARRIVED, "09:40", "c")], "B": [said(LEFT, "09:47", "b")]}
    lives = live_parties(asked, events, ["c"])
    assert [faces(live.itinerary)[1] for live in lives.values()] == ["09:40 09:55 10:25", "09:55 09:55 10:25"]
    assert missing_at(lives, "A", ["c"]) == ("B",)
    assert missing_at(lives, "B", ["c"]) == ()
