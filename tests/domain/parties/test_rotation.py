"""Parties that rotate: times worked out by hand, and what holds for any orders."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.parties.bound import best_alone, least_meeting
from planner.domain.parties.rotation import BEFORE, Meeting, OwnStop, Rotated, Rotation, misplaced, rotate
from planner.domain.parties.search import in_turns, search_orders
from tests.kit.rotations import ALWAYS, NINE, Ways, at, small, told

LUNCH = Meeting(ALWAYS)
TWO = Ways(((0, 300, 240), (300, 0, 360), (120, 180, 60)), (120, 120), 240)
"""Two stops five minutes apart; two and three from the meeting before, four and six to the next."""


def stop(minutes: int, capacity: int | None = 15, **other: object) -> OwnStop:
    return OwnStop(ALWAYS, minutes * 60, capacity=capacity, **other)  # type: ignore[arg-type]


def starts(found: Rotated) -> list[list[tuple[int, str, bool]]]:
    return [[(stay.stop, told(stay.start), stay.held) for stay in stays] for stays in found.stays]


def test_two_parties_change_places() -> None:
    """All gather for four minutes, each party for two; nobody waits but for the meeting."""
    found = rotate(small(stop(20), stop(20), meeting=LUNCH), [[0, 1], [1, 0]], TWO)
    assert starts(found) == [
        [(0, "09:06:00", False), (1, "09:33:00", False)],
        [(1, "09:07:00", False), (0, "09:34:00", False)],
    ]
    assert [told(one) for one in found.ready] == ["10:01:00", "10:00:00"]
    assert (told(found.meet), found.misfits) == ("10:01:00", 0)


def test_stays_begin_at_whole_minutes_and_who_finds_a_site_full_waits() -> None:
    """A is ready at 9:06:01 and leaves at 9:27; from there it is seven minutes and a second."""
    late = Ways(((0, 301, 240), (300, 0, 360), (121, 180, 60)), (120, 120), 240)
    found = rotate(small(stop(20), stop(20), meeting=LUNCH), [[0, 1], [0, 1]], late)
    assert starts(found) == [
        [(0, "09:07:00", False), (1, "09:35:00", False)],
        [(0, "09:27:00", True), (1, "09:55:00", False)],
    ]
    assert told(found.meet) == "10:23:00"
    assert told(max(found.ready)) == "10:23:00"


def test_room_for_two_of_three() -> None:
    """At six minutes past nine A and B come in and fill the site; C, no larger than A, comes after them."""
    found = rotate(
        small(stop(20, 30), sizes=(10, 20, 10)), [[0], [0], [0]], Ways(((0, 60), (120, 60)), (60,) * 3, 240)
    )
    assert [told(stays[0].start) for stays in found.stays] == ["09:06:00", "09:06:00", "09:26:00"]
    assert told(found.meet) == "09:48:00"


def test_a_party_larger_than_a_site_has_it_for_itself() -> None:
    found = rotate(small(stop(20, 12), sizes=(20, 10)), [[0], [0]], Ways(((0, 60), (120, 60)), (60, 60), 240))
    assert [told(stays[0].start) for stays in found.stays] == ["09:06:00", "09:26:00"]
    assert found.misfits == 0


def test_hours_are_waited_for_without_an_appointment() -> None:
    doors = OwnStop(((at("09:30"), at("09:40")), (at("11:00"), None)), 1200, capacity=15)
    found = rotate(small(doors, sizes=(15, 15)), [[0], [0]], Ways(((0, 60), (120, 60)), (60, 60), 240))
    assert starts(found) == [[(0, "09:30:00", False)], [(0, "11:00:00", True)]]


def test_what_fits_nowhere_begins_at_once_and_counts() -> None:
    doors = OwnStop(((at("08:00"), at("08:40")),), 1200)
    found = rotate(small(doors), [[0], [0]], Ways(((0, 60), (120, 60)), (60, 60), 240))
    assert [told(stays[0].start) for stays in found.stays] == ["09:06:00", "09:06:00"]
    assert found.misfits == 2
    missed = rotate(
        small(stop(20, None), meeting=Meeting(((NINE, NINE),))),
        [[0], [0]],
        Ways(((0, 60), (120, 60)), (60, 60), 240),
    )
    assert (missed.misfits, told(missed.meet)) == (1, "09:28:00")


def test_a_meeting_keeps_its_buffer_and_its_time() -> None:
    noon = Meeting(((at("12:00"), at("12:00")),), buffer_s=300)
    found = rotate(small(stop(20), stop(20), meeting=noon), [[0, 1], [1, 0]], TWO)
    assert (told(found.meet), found.misfits) == ("12:00:00", 0)


def test_turns_keep_what_is_locked_and_what_comes_before() -> None:
    locked = small(stop(5, position=0), stop(5, after=(2,)), stop(5), sizes=(15,) * 3)
    ways = Ways(((60,) * 4,) * 4, (60,) * 3, 60)
    assert in_turns(locked, ways) == [[0, 2, 1]] * 3
    assert misplaced(locked, [0, 1, 2]) == 1
    orders, _ = search_orders(locked, ways)
    assert orders == [[0, 2, 1]] * 3


def test_the_bound_is_the_best_a_party_can_do_alone() -> None:
    rotation = small(stop(20), stop(20), meeting=LUNCH)
    assert told(least_meeting(rotation, TWO)) == "10:00:00"
    assert best_alone(small(OwnStop(((0, 60),), 60)), [[0, 60], [60, 60]]) is None


# What holds for any orders

SECONDS = st.integers(30, 1500)


@st.composite
def rotations(draw: st.DrawFn, parties: int = 4, most: int = 4) -> tuple[Rotation, Ways]:
    count, people = draw(st.integers(1, most)), draw(st.integers(1, parties))
    rows = tuple(tuple(draw(SECONDS) for _ in range(count + 1)) for _ in range(count + 1))
    gathers = tuple(draw(st.integers(60, 200)) for _ in range(people))
    stops = tuple(_stop(draw) for _ in range(count))
    meeting = draw(
        st.none() | st.builds(Meeting, _starts(), st.integers(0, 5).map(lambda minutes: 60 * minutes))
    )
    sizes = tuple(draw(st.lists(st.integers(5, 20), min_size=people, max_size=people)))
    return Rotation(NINE + draw(st.integers(0, 59)), sizes, stops, meeting), Ways(rows, gathers, 300)


def _starts() -> st.SearchStrategy[tuple[tuple[int, int | None], ...]]:
    opens = st.integers(0, 240).map(lambda minutes: at("08:30") + 60 * minutes)
    spans = st.tuples(opens, st.integers(0, 200)).map(lambda pair: ((pair[0], pair[0] + 60 * pair[1]),))
    return st.just(ALWAYS) | spans


def _stop(draw: st.DrawFn) -> OwnStop:
    return OwnStop(
        starts=draw(st.just(ALWAYS) | _starts()),
        dwell_s=60 * draw(st.integers(1, 40)),
        buffer_s=60 * draw(st.sampled_from([0, 0, 3])),
        capacity=draw(st.sampled_from([None, 10, 20, 30])),
    )


@given(rotations(), st.data())
def test_nobody_is_early_and_no_site_too_full(case: tuple[Rotation, Ways], data: st.DataObject) -> None:
    rotation, ways = case
    count = len(rotation.stops)
    orders = [data.draw(st.permutations(range(count))) for _ in rotation.sizes]
    found = rotate(rotation, orders, ways)
    assert [[stay.stop for stay in stays] for stays in found.stays] == orders
    misfits = 0
    for party, stays in enumerate(found.stays):
        leave, here = rotation.leave, BEFORE
        for stay in stays:
            stop_ = rotation.stops[stay.stop]
            ready = ways.ready(party, here, stay.stop, leave, first=here == BEFORE) + stop_.buffer_s
            assert stay.start >= ready
            assert not stay.held or stay.start % 60 == 0
            misfits += not any(a <= stay.start and (b is None or stay.start <= b) for a, b in stop_.starts)
            leave, here = stay.start + stop_.dwell_s, stay.stop
        assert found.ready[party] == ways.ready(party, here, count, leave, first=False)
    for number, stop_ in enumerate(rotation.stops):
        assert not too_full(rotation, found, number, stop_)
    if rotation.meeting:
        misfits += not any(
            a <= found.meet and (b is None or found.meet <= b) for a, b in rotation.meeting.starts
        )
    assert found.misfits == misfits
    assert found.misfits or found.meet >= least_meeting(rotation, ways)
    assert rotate(rotation, orders, ways) == found


def too_full(rotation: Rotation, found: Rotated, number: int, stop_: OwnStop) -> bool:
    """Look at every second at which somebody comes: whoever is in must fit, if not alone."""
    stays = [
        (stay.start, stay.start + stop_.dwell_s, rotation.sizes[party])
        for party, line in enumerate(found.stays)
        for stay in line
        if stay.stop == number
    ]
    for now, _, _ in stays:
        inside = [size for begins, over, size in stays if begins <= now < over]
        if stop_.capacity is not None and len(inside) > 1 and sum(inside) > stop_.capacity:
            return True
    return False
