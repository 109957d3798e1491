"""What is missing of trains, coaches and meals, worked out by hand; and who reads what of them."""

from __future__ import annotations

from dataclasses import replace

from planner.domain.booked.gaps import Gap, GapKind, gaps
from planner.domain.booked.readers import for_copies
from planner.domain.booked.things import Arrival, Carrier, CoachBooking, MealBooking
from planner.domain.edits.changes import changes
from planner.domain.visits import Mode, Visit
from planner.domain.warnings.audience import Audience, release_for
from planner.store.documents import from_json, to_json
from tests.kit.samples import CLOCK, at, lunch_stop, sample_content, sample_visit

TRAIN = Arrival(Carrier.TRAIN, "SKA1 33621", "08:55", {"en": "Platform 1"}, {"en": "Wait for the next one"})
COACH = CoachBooking("PKS Example", "08:40", {"en": "Car park"}, "d1")
MEAL = MealBooking("Example Inn", 25, {"en": "3 vegetarian"}, confirmed=True)


def booked_visit(
    arrival: Arrival | None = TRAIN, coach: CoachBooking | None = COACH, meal: MealBooking | None = MEAL
) -> Visit:
    """The sample's day of 25 people, with lunch as its last stop; it begins at 09:00."""
    visit = sample_visit()
    [day] = visit.days
    stops = (*day.stops, replace(lunch_stop(), booking=meal))
    return replace(visit, days=(replace(day, stops=stops, arrival=arrival, coach_booking=coach),))


def found(visit: Visit) -> list[Gap]:
    return list(gaps(visit, visit.days[0], at("09:00:00"), CLOCK))


def test_a_day_that_is_booked_as_a_whole_lacks_nothing() -> None:
    assert found(booked_visit()) == []
    assert found(booked_visit(None, None, None)) == []


def test_a_driver_whose_telephone_was_removed_is_missing() -> None:
    visit = booked_visit()
    for drivers, is_missing in ((None, False), ({COACH.driver}, False), ({"other"}, True)):
        told = gaps(visit, visit.days[0], at("09:00:00"), CLOCK, drivers)
        assert any(gap.kind is GapKind.NO_DRIVER for gap in told) is is_missing


def test_a_train_after_the_start_is_said_one_on_the_minute_is_not() -> None:
    assert found(booked_visit(replace(TRAIN, time="09:00"))) == []
    [gap] = found(booked_visit(replace(TRAIN, time="09:01")))
    assert gap == Gap(GapKind.ARRIVES_LATE, None, ("09:01", "09:00"))


def test_a_coach_has_a_driver_that_can_be_called() -> None:
    assert [gap.kind for gap in found(booked_visit(coach=replace(COACH, driver="")))] == [GapKind.NO_DRIVER]
    visit = booked_visit(coach=None)
    driven = replace(visit, days=(replace(visit.days[0], mode=Mode.COACH),))
    assert [gap.kind for gap in found(driven)] == [GapKind.NO_DRIVER], "nothing is booked yet"


def test_getting_in_comes_before_setting_out_where_the_first_way_is_driven() -> None:
    visit = booked_visit(coach=replace(COACH, boarding="09:05"))
    assert found(visit) == [], "the coach takes them later in the day"
    driven = replace(visit, days=(replace(visit.days[0], mode=Mode.COACH),))
    assert found(driven) == [Gap(GapKind.BOARDS_LATE, None, ("09:05", "09:00"))]


def test_a_meal_is_confirmed_and_for_all() -> None:
    open_meal = found(booked_visit(meal=replace(MEAL, confirmed=False, covers=24)))
    assert open_meal == [Gap(GapKind.MEAL_OPEN, 5), Gap(GapKind.FEW_COVERS, 5, ("24", "25"))]


def test_participants_read_what_they_need_to_be_in_time_and_guides_all_of_it() -> None:
    content = replace(sample_content(), visit=booked_visit())
    assert release_for(content, Audience.GUIDE).visit == content.visit
    [day] = release_for(content, Audience.PARTICIPANT).visit.days
    assert day.arrival == replace(TRAIN, if_late={})
    assert day.coach_booking == CoachBooking(boarding="08:40", waits={"en": "Car park"})
    assert day.stops[-1].booking == MealBooking("Example Inn")


def test_a_copy_names_no_driver() -> None:
    visit = booked_visit()
    copied = for_copies(visit)
    assert copied.days[0].coach_booking == replace(COACH, driver="")
    assert for_copies(copied) == copied


def test_documents_keep_it_and_older_ones_are_read() -> None:
    visit = booked_visit()
    stored = to_json(visit)
    assert from_json(Visit, stored) == visit
    del (
        stored["days"][0]["arrival"],
        stored["days"][0]["coach_booking"],
        stored["days"][0]["stops"][5]["booking"],
    )
    assert from_json(Visit, stored) == booked_visit(None, None, None)


def test_what_is_booked_is_a_change() -> None:
    told = {
        (one.field, one.stop.id if one.stop else "")
        for one in changes(booked_visit(None, None, None), booked_visit())
    }
    assert told == {("arrival", ""), ("coach_booking", ""), ("booking", "lunch")}
