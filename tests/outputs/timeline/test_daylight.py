"""From when a day is dark, on the pages of days that end about then; worked out in tests/domain/weather."""

from __future__ import annotations

from dataclasses import replace

from planner.domain.visits import PlaceRef
from planner.domain.weather.daylight import daylight
from planner.outputs.timeline.build import build_timeline
from tests.kit.samples import at, sample_content
from tests.kit.translated_app import plain, translated_app


def told(finish: str, last_leaves: str) -> tuple[str, tuple[str, ...]]:
    """The summary's words and the facts of the last stop, the brine tower outdoors, on 2 December."""
    content = sample_content()
    [itinerary] = content.itineraries
    last = replace(itinerary.calls[-1], leave=at(last_leaves))
    moved = replace(itinerary, finish=at(finish), calls=(*itinerary.calls[:-1], last))
    with translated_app().test_request_context():
        timeline = build_timeline(replace(content, itineraries=(moved,)), 0, "en")
    return plain(timeline.summary.dark), timeline.stops[-1].practical


def test_it_is_told_from_an_hour_before_sunset_on() -> None:
    assert told("14:30:00", "14:20:00")[0] == ""
    assert told("14:50:00", "14:20:00")[0] == "dark from 15:42 (sunset)"
    assert "after dark" not in told("14:50:00", "14:20:00")[1]
    assert "after dark" in told("16:30:00", "16:10:00")[1]


def test_without_a_position_nothing_is_told() -> None:
    content = sample_content()
    [day] = content.visit.days
    nowhere = PlaceRef(name={"en": "Somewhere"})
    lost = replace(day, end=None, stops=(), start=replace(day.start, place=nowhere))
    assert daylight(day, content.sites).sets is not None
    assert daylight(lost, content.sites).sets is None


def test_ways_say_from_when_they_are_walked_in_the_dark() -> None:
    """The sample's last way, moved to about sunset and sunrise.

    By the sums of tests/domain/weather/test_sun.py the sun sets at 15:42:36, and rises 720 - 4 (19.826 +
    63.061) - 10.34 = 378 min after midnight UTC: at 07:18.
    """
    content = sample_content()
    [itinerary] = content.itineraries

    def dark(depart: str, arrive: str) -> str:
        leg = itinerary.legs[-1]
        part = replace(leg.parts[0], depart=at(depart), arrive=at(arrive))
        late = replace(leg, depart=at(depart), arrive=at(arrive), parts=(part,))
        made = replace(itinerary, legs=(*itinerary.legs[:-1], late))
        with translated_app().test_request_context():
            rows = build_timeline(replace(content, itineraries=(made,)), 0, "en").legs
        assert {row.dark for row in rows[:-1]} == {""}
        return plain(rows[-1].dark)

    assert dark("15:35:00", "15:42:00") == ""
    assert dark("15:38:00", "15:44:00") == "dark from 15:42"
    assert dark("15:43:00", "15:50:00") == "after dark"
    assert dark("07:15:00", "07:25:00") == "dark until 07:18"
