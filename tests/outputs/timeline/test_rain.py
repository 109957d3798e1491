"""The rain version beside the day: what differs, worked out by hand on the sample of tests/kit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.outputs.board.rain import rain_days
from tests.kit.rain_sample import rain_sample
from tests.kit.samples import sample_content
from tests.kit.translated_app import plain, translated_app

if TYPE_CHECKING:
    from planner.domain.releases import ReleaseContent
    from planner.outputs.timeline.weather.rain import RainDay


def told(dry: ReleaseContent, wet: ReleaseContent) -> RainDay:
    with translated_app().test_request_context():
        [day] = rain_days(dry, wet, 0, "en")
    return day


def test_the_stop_elsewhere_and_what_follows_from_it_differ() -> None:
    day = told(*rain_sample())
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
    dry, wet = rain_sample()
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
