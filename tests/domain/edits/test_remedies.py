from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.edits.remedies import Remedy, RemedyCode, applied
from planner.domain.edits.remedy_keys import key_of, remedy_of
from planner.domain.order.proposals import Cut
from planner.domain.visits import Day, DayEnd, DayStart, Mode, PlaceRef, Stop

DAY = Day(
    dt.date(2026, 12, 7),
    DayStart(PlaceRef(site="station"), "09:00"),
    DayEnd(PlaceRef(site="station"), latest="13:00"),
    stops=(
        Stop("s1", place=PlaceRef(site="a"), dwell_min=30, min_dwell_min=20),
        Stop("s2", place=PlaceRef(site="b"), dwell_min=20, after=("s1",)),
        Stop("s3", place=PlaceRef(site="c"), dwell_min=40, min_dwell_min=10, mode_to=Mode.COACH, locked=True),
    ),
)

WRITTEN = [
    (Remedy(RemedyCode.ORDER, order=("s2", "s1", "s3")), "order:s2,s1,s3"),
    (Remedy(RemedyCode.ORDER, order=("s2", "s1"), cuts=(Cut("s1", 5),)), "order:s2,s1;s1:5"),
    (Remedy(RemedyCode.START, time="09:40"), "start:09:40"),
    (Remedy(RemedyCode.START, time="00:10+1"), "start:00:10+1"),
    (Remedy(RemedyCode.CUT, cuts=(Cut("s3", 10), Cut("s4", 5))), "cut:s3:10,s4:5"),
    (Remedy(RemedyCode.MODE, stop="s2", mode=Mode.COACH), "mode:s2:coach"),
    (Remedy(RemedyCode.MODE, mode=Mode.WALK), "mode:*:walk"),
    (Remedy(RemedyCode.DATE, date=dt.date(2026, 12, 9)), "date:2026-12-09"),
    (Remedy(RemedyCode.DROP, stop="s4"), "drop:s4"),
    (Remedy(RemedyCode.DROP, stop="a:b,c*;ł"), "drop:a%3Ab%2Cc%2A%3B%C5%82"),
]


@pytest.mark.parametrize(("remedy", "key"), WRITTEN)
def test_a_remedy_is_written_as_a_key_and_read_again(remedy: Remedy, key: str) -> None:
    assert key_of(remedy) == key
    assert remedy_of(key) == remedy


@pytest.mark.parametrize(
    "key",
    [
        *("", "start", "start:", "start:9:40", "start:25:00", "start:09:40+2", "Start:09:40", " start:09:40"),
        *("cut:", "cut:s1", "cut:s1:0", "cut:s1:-5", "cut:s1:05", "cut:s1:1000", "cut:s1:٣", "cut::5"),
        *("cut:s1:5,", "cut:s1:5,s1:5", "mode:s1", "mode:s1:best", "mode:s1:swim", "mode::walk", "mode:walk"),
        *("date:2026-13-01", "date:20261201", "date:2026-12-01T00:00", "date:", "drop:", "drop:a:b"),
        *("drop:%zz", "drop:%FF", "drop:%61", "order:", "order:s1,,s2", "order:s1;", "order:s1;s1"),
        *("undo:s1", "drop:s1\n"),
    ],
)  # fmt: skip
def test_nonsense_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="remedy"):
        remedy_of(key)


@given(
    st.text(max_size=40)
    | st.sampled_from([key for _, key in WRITTEN]).flatmap(
        lambda key: st.tuples(st.integers(0, len(key)), st.text(max_size=3)).map(
            lambda edit: key[: edit[0]] + edit[1] + key[edit[0] :]
        )
    )
)
def test_whatever_is_sent_is_a_remedy_or_a_value_error(key: str) -> None:
    try:
        remedy = remedy_of(key)
    except ValueError:
        return
    assert key_of(remedy) == key


ids = st.text(min_size=1, max_size=6)
some_cuts = st.lists(
    st.builds(Cut, ids, st.integers(1, 720)), min_size=1, unique_by=lambda cut: cut.stop
).map(tuple)
remedies = st.one_of(
    st.builds(
        Remedy, st.just(RemedyCode.ORDER), order=st.lists(ids, min_size=1).map(tuple),
        cuts=st.just(()) | some_cuts,
    ),
    st.builds(Remedy, st.just(RemedyCode.START), time=st.times().map(lambda time: f"{time:%H:%M}")),
    st.builds(Remedy, st.just(RemedyCode.CUT), cuts=some_cuts),
    st.builds(
        Remedy, st.just(RemedyCode.MODE), stop=st.none() | ids,
        mode=st.sampled_from((Mode.WALK, Mode.BUS, Mode.COACH)),
    ),
    st.builds(Remedy, st.just(RemedyCode.DATE), date=st.dates()),
    st.builds(Remedy, st.just(RemedyCode.DROP), stop=ids),
)  # fmt: skip


@given(remedies)
def test_every_remedy_is_read_as_it_was_written(remedy: Remedy) -> None:
    assert remedy_of(key_of(remedy)) == remedy


def test_what_each_remedy_does_to_a_day() -> None:
    def after(key: str) -> Day:
        return applied(DAY, remedy_of(key))

    assert [stop.id for stop in after("order:s2,s1,s3").stops] == ["s2", "s1", "s3"]
    assert after("order:s2,s1,s3;s1:10").stops[1].dwell_min == 20
    assert after("start:08:40").start == DayStart(PlaceRef(site="station"), "08:40")
    assert [stop.dwell_min for stop in after("cut:s1:10,s3:1").stops] == [20, 20, 39]
    assert after("mode:s2:bus").stops[1].mode_to is Mode.BUS
    assert after("mode:s3:walk").stops[2].mode_to is None  # as on the whole day
    assert after("mode:*:coach").end == DayEnd(PlaceRef(site="station"), latest="13:00", mode_to=Mode.COACH)
    assert after("date:2026-12-09").date == dt.date(2026, 12, 9)
    assert [(stop.id, stop.after) for stop in after("drop:s1").stops] == [("s2", ()), ("s3", ())]


@pytest.mark.parametrize(
    "key",
    [
        *("order:s1,s2", "order:s1,s2,s3,s3", "order:s3,s2,s1", "order:s1,s3,s2", "order:s2,s1,s3;s1:11"),
        *("cut:s1:11", "cut:s2:1", "cut:s9:1", "mode:s9:walk", "drop:s9"),
    ],
)
def test_what_does_not_fit_the_day_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match=r"stop|stay"):
        applied(DAY, remedy_of(key))


def test_a_day_that_ends_at_its_last_stop_has_no_way_to_its_end() -> None:
    day = Day(DAY.date, DAY.start, DayEnd(latest="13:00"), stops=DAY.stops)
    with pytest.raises(ValueError, match="last stop"):
        applied(day, remedy_of("mode:*:walk"))
