"""Where a day is cut, who is where, and what is too many."""

from __future__ import annotations

from planner.domain.itinerary import Call, Itinerary, Totals
from planner.domain.parties.parties import Crowd, SplitStretch, apart, occupancy, over_capacity, stretches
from planner.domain.visits import PlaceRef, Stop, StopKind

HERE = PlaceRef(site="rynek")


def stop(name: str, *, together: bool | None = None, place: PlaceRef | None = HERE) -> Stop:
    return Stop(name, StopKind.SITE if place else StopKind.BREAK, place, together=together)


def itinerary(*stays: tuple[int, int, int]) -> Itinerary:
    calls = tuple(Call(index, str(index), start, start, end, 0, None) for index, start, end in stays)
    return Itinerary(0, 0, calls, (), Totals())


def test_all_meet_where_it_is_said_and_at_a_break_without_a_place() -> None:
    assert stop("talk", together=True).meets
    assert not stop("site").meets
    assert stop("break", place=None).meets
    assert not stop("break", together=False, place=None).meets


def test_a_day_is_cut_where_all_are_in_one_place() -> None:
    talk, lunch, site = stop("talk", together=True), stop("lunch", place=None), stop("site")
    assert stretches([]) == (SplitStretch((), None),)
    assert stretches([talk, site, site]) == (SplitStretch((), 0), SplitStretch((1, 2), None))
    assert stretches([talk, lunch, site]) == (
        SplitStretch((), 0),
        SplitStretch((), 1),
        SplitStretch((2,), None),
    )
    assert stretches([site, lunch, site, talk]) == (SplitStretch((0, 1, 2), 3), SplitStretch((), None))


def test_who_is_where_from_when_to_when() -> None:
    parties = [itinerary((0, 0, 60), (1, 90, 150)), itinerary((1, 30, 120), (0, 150, 200))]
    assert list(occupancy(parties, [10, 20])) == [
        Crowd(0, 0, 60, 10, (0,)),
        Crowd(0, 150, 200, 20, (1,)),
        Crowd(1, 30, 90, 20, (1,)),
        Crowd(1, 90, 120, 30, (1, 0)),
        Crowd(1, 120, 150, 10, (0,)),
    ]


def test_who_leaves_makes_room_in_the_same_second() -> None:
    parties = [itinerary((0, 0, 60)), itinerary((0, 60, 120)), itinerary((0, 59, 61))]
    assert over_capacity(parties[:2], [10, 10], {0: 10}) == ()
    assert over_capacity(parties, [10, 10, 10], {0: 20}) == ()
    assert over_capacity(parties, [10, 10, 10], {0: 19}) == (
        Crowd(0, 59, 60, 20, (0, 2)),
        Crowd(0, 60, 61, 20, (2, 1)),
    )


def test_a_stay_of_no_length_takes_no_room() -> None:
    assert list(occupancy([itinerary((0, 60, 60))], [10])) == []


def test_who_should_begin_together_and_does_not() -> None:
    stops = [stop("talk", together=True), stop("site")]
    parties = [itinerary((0, 0, 60), (1, 90, 120)), itinerary((0, 1, 61), (1, 120, 150))]
    assert apart(parties, stops) == (0,)
    assert apart(parties[:1] * 2, stops) == ()
