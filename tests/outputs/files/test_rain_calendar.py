"""The calendar of a day that was switched to its rain version: the same events, at its times and places."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from icalendar import Calendar

from planner.domain.weather.switches import Switches, with_rain_on
from tests.kit.rain_sample import rain_sample, with_rain
from tests.kit.samples import at
from tests.kit.taken import calendar_of

if TYPE_CHECKING:
    from planner.outputs.files.calendar import CalendarFile

RELEASE = with_rain(*rain_sample())
DRY = calendar_of(RELEASE, language="en")
VERSION = re.compile(rb"^(SEQUENCE|DTSTAMP|LAST-MODIFIED):.*\r\n", re.MULTILINE)


def switched(count: int, *, is_rain: bool) -> CalendarFile:
    """After so many switches, the newest at 09:00 on the day."""
    rainy = frozenset({0}) if is_rain else frozenset()
    plan = calendar_of(with_rain_on(RELEASE, rainy), language="en").plan
    return replace(DRY, plan=plan, switched=Switches(rainy, count, at("09:00:00")))


def events(calendar: CalendarFile) -> list[Any]:
    return list(Calendar.from_ical(calendar.followed()).walk("VEVENT"))


def test_in_the_rain_the_same_events_have_its_times_and_places_and_are_newer() -> None:
    before, now = events(DRY), events(switched(1, is_rain=True))
    assert [str(event["UID"]) for event in now] == [str(event["UID"]) for event in before]
    *_, tower, palace = before[-1], now[-1]
    assert (str(tower["SUMMARY"]), str(palace["SUMMARY"])) == ("Brine graduation tower", "Sokół Palace")
    assert palace.decoded("DTSTART").timestamp() == at("11:54:00")
    assert tower.decoded("DTSTART").timestamp() == at("11:52:00")
    assert palace["SEQUENCE"] == tower["SEQUENCE"] + 1
    assert palace.decoded("DTSTAMP").timestamp() == at("09:00:00") > tower.decoded("DTSTAMP").timestamp()
    assert "It rains: the rain version" in str(palace["DESCRIPTION"])


def test_back_again_it_is_the_same_calendar_in_a_newer_version() -> None:
    back = switched(2, is_rain=False)
    assert VERSION.sub(b"", back.followed()) == VERSION.sub(b"", DRY.followed())
    assert [event["SEQUENCE"] for event in events(back)] == [event["SEQUENCE"] + 2 for event in events(DRY)]
    assert switched(0, is_rain=False).file() != back.file()


def test_a_release_afterwards_never_makes_an_event_older() -> None:
    """A stop is dropped and the others change after two switches: no version gets smaller."""
    newest = replace(RELEASE, number=RELEASE.number + 1, published=at("09:30:00"), rain=None)
    [day], [plan] = newest.visit.days, newest.itineraries
    dropped = replace(
        newest,
        visit=replace(newest.visit, days=(replace(day, stops=day.stops[:-1]),)),
        itineraries=(replace(plan, calls=plan.calls[:-1]),),
    )
    back = {str(event["UID"]): event["SEQUENCE"] for event in events(switched(2, is_rain=False))}
    later = replace(calendar_of(RELEASE, dropped, language="en"), switched=Switches(frozenset(), 2, 0))
    assert len(events(later)) == len(back)
    assert all(event["SEQUENCE"] >= back[str(event["UID"])] for event in events(later))
    assert [str(one["STATUS"]) for one in events(later)].count("CANCELLED") == 1
