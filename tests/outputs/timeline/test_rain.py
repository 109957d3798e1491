"""The rain version beside the day: what differs, worked out by hand on the sample of tests/kit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.visits import PlaceRef
from planner.domain.warnings.codes import WarningCode
from planner.outputs.board.rain import rain_days
from tests.kit.samples import at, sample_content
from tests.kit.translated_app import plain, translated_app
from tests.kit.warned import warned

if TYPE_CHECKING:
    from planner.domain.releases import ReleaseContent
    from planner.outputs.timeline.weather.rain import RainDay


def in_rain() -> tuple[ReleaseContent, ReleaseContent]:
    """The sample, and it with the tower's stop at the Sokół Palace, where the day ends.

    The museum is left at 11:42, one gathers until 11:45 and walks 600 m in 540 s: 11:54, a stay of 10 min,
    3 min to gather, and 2 min to the end of the day in the same house: 12:09.
    """
    dry = sample_content()
    [day], [plan] = dry.visit.days, dry.itineraries
    palace = replace(day.stops[4], place=PlaceRef("sokol"))
    there = replace(plan.legs[4], distance_m=600.0, duration_s=540, arrive=at("11:54:00"))
    last = replace(plan.legs[5], distance_m=0.0, duration_s=120, depart=at("12:07:00"), arrive=at("12:09:00"))
    call = replace(plan.calls[4], arrive=at("11:54:00"), start=at("11:54:00"), leave=at("12:04:00"))
    wet = replace(
        dry,
        visit=replace(dry.visit, days=(replace(day, stops=(*day.stops[:4], palace)),)),
        itineraries=(
            replace(
                plan,
                legs=(*plan.legs[:4], there, last),
                calls=(*plan.calls[:4], call),
                finish=at("12:09:00"),
                warnings=(*plan.warnings, warned(WarningCode.BY_APPOINTMENT, stop=4)),
            ),
        ),
    )
    return dry, wet


def told(dry: ReleaseContent, wet: ReleaseContent) -> RainDay:
    with translated_app().test_request_context():
        [day] = rain_days(dry, wet, 0, "en")
    return day


def test_the_stop_elsewhere_and_what_follows_from_it_differ() -> None:
    day = told(*in_rain())
    assert [row.number for row in day.rows] == [1, 2, 3, 4, 5, 0]
    assert [row.number for row in day.others] == [5, 0]
    palace, end = day.others
    assert (palace.name, palace.was) == ("Sokół Palace", "Brine graduation tower")
    assert (palace.times, palace.before, plain(palace.moved)) == ("11:54–12:04", "11:52–12:02", "2 min later")
    assert (plain(palace.way), plain(palace.way_before)) == ("On foot 9 min, 600 m", "7 min, 410 m")
    assert (end.times, end.before, plain(end.moved)) == ("12:09", "12:10", "1 min earlier")
    assert (plain(end.way), plain(end.way_before)) == ("On foot 2 min", "5 min, 330 m")
    assert (day.times, day.before) == ("09:00–12:09", "09:00–12:10")


def test_what_is_said_of_another_place_is_new_there() -> None:
    """The tower is visited by appointment, and so is the palace: they are two hosts to ask."""
    dry, wet = in_rain()
    asked = replace(dry.itineraries[0], warnings=wet.itineraries[0].warnings)
    museum, palace = told(replace(dry, itineraries=(asked,)), wet).rows[3:5]
    assert [one.is_new for one in palace.warnings] == [True]
    assert museum.warnings
    assert not any(one.is_new for one in museum.warnings)


def test_a_version_held_against_itself_differs_in_nothing_and_warns_of_nothing_new() -> None:
    dry = sample_content()
    day = told(dry, dry)
    assert day.others == ()
    assert day.before == ""
    warnings = [one for row in day.rows for one in row.warnings]
    assert warnings
    assert not any(one.is_new for one in (*warnings, *day.warnings))
