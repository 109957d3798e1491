"""The calendar, read back by icalendar: times, places, reminders, and what a newer release makes of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from planner.domain.sites import Location, Quality
from tests.kit.party_samples import party_content
from tests.kit.ride_samples import ride_content
from tests.kit.samples import lunch_stop, sample_content
from tests.kit.taken import MARK, ODD_NAMES, calendar_of, content_of, several_days

if TYPE_CHECKING:
    from planner.domain.releases import ReleaseContent
    from planner.outputs.files.calendar import CalendarFile

_NONE = Location(None, Quality.NONE)
SUMMER_ENDS, SUMMER_BEGINS = dt.date(2026, 10, 25), dt.date(2026, 3, 29)


def read(data: bytes) -> Calendar:
    calendar = Calendar.from_ical(data)
    assert isinstance(calendar, Calendar)
    return calendar


def events(data: bytes) -> list[Any]:
    return list(read(data).walk("VEVENT"))


def by_name(data: bytes) -> dict[str, Any]:
    return {str(event["SUMMARY"]): event for event in events(data)}


def test_each_stop_is_an_event_with_place_and_reminder() -> None:
    found = events(calendar_of(sample_content(), language="en").file())
    assert [str(event["SUMMARY"]) for event in found] == [
        "Market Square", "Town Hall", "Former synagogue (exterior)", "Regional Museum",
        "Brine graduation tower",
    ]  # fmt: skip
    hall = found[1]
    zone = ZoneInfo("Europe/Warsaw")
    assert hall.decoded("DTSTART") == dt.datetime(2026, 12, 2, 9, 45, tzinfo=zone)
    assert hall.decoded("DTEND") == dt.datetime(2026, 12, 2, 10, 35, tzinfo=zone)
    assert (hall["GEO"].latitude, hall["GEO"].longitude) == (49.97548, 19.82609)
    assert str(hall["LOCATION"]) == "Town Hall, Rynek 1"
    told = str(hall["DESCRIPTION"])
    assert "Entrance on the fountain side." in told
    assert "Open Database License (ODbL)" in told
    (alarm,) = hall.walk("VALARM")
    assert alarm.decoded("TRIGGER") == dt.timedelta(minutes=-10)


def test_the_first_stop_tells_of_the_meeting_and_reminds_before_it() -> None:
    first = events(calendar_of(sample_content(), language="en").file())[0]
    assert str(first["DESCRIPTION"]).startswith("Meeting point: 09:00, Station, main entrance")
    (alarm,) = first.walk("VALARM")
    before = first.decoded("DTSTART") + alarm.decoded("TRIGGER")
    assert before == dt.datetime(2026, 12, 2, 8, 30, tzinfo=ZoneInfo("Europe/Warsaw"))


def test_the_calendar_says_whose_it_is_and_when_to_look_again() -> None:
    followed = read(calendar_of(sample_content()).followed())
    assert str(followed["X-WR-CALNAME"]) == "Skawina się zmienia"
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in calendar_of(sample_content()).followed()
    assert str(followed["X-PUBLISHED-TTL"]) == "PT1H"
    assert str(followed["METHOD"]) == "PUBLISH"
    assert "OpenStreetMap" in str(followed["X-WR-CALDESC"])
    assert "REFRESH-INTERVAL" not in read(calendar_of(sample_content()).file())


@pytest.mark.parametrize("zone", ["Europe/Warsaw", "Europe/Helsinki"])
@pytest.mark.parametrize(("date", "first"), [(SUMMER_ENDS, "01:30"), (SUMMER_BEGINS, "01:30")])
def test_times_are_right_where_the_clock_changes(zone: str, date: dt.date, first: str) -> None:
    """Twelve stops over four hours; in the night in autumn some begin at the same time of the clock."""
    content = content_of([f"Postój {number}" for number in range(12)], zone=zone, date=date, time=first)
    found = events(calendar_of(content).file())
    starts = [int(event.decoded("DTSTART").timestamp()) for event in found]
    ends = [int(event.decoded("DTEND").timestamp()) for event in found]
    assert starts == [call.start for call in content.itineraries[0].calls]
    assert ends == [call.leave for call in content.itineraries[0].calls]
    shown = [f"{event.decoded('DTSTART').astimezone(ZoneInfo(zone)):%H:%M}" for event in found]
    assert (len(set(shown)) < len(shown)) == (date == SUMMER_ENDS)
    assert shown[0] == "01:40"


@pytest.mark.parametrize("count", [1, 12, 40])
def test_every_stop_is_there_once(count: int) -> None:
    found = events(calendar_of(content_of([f"Postój {number}" for number in range(count)])).file())
    assert len(found) == len({str(event["UID"]) for event in found}) == count


def test_names_of_every_kind_are_read_as_they_were_written() -> None:
    found = events(calendar_of(content_of(ODD_NAMES)).file())
    names = [str(event["SUMMARY"]) for event in found]
    assert names[0] == ODD_NAMES[0]
    assert names[6:8] == ["Музей міста", 'A & B < C > D "E"']
    assert names[8] == "Dwie linie i trzecia czwarta"
    assert names[9] == "Znaki sterujące"
    assert names[11] == "Ł" * 200
    data = calendar_of(content_of(ODD_NAMES)).file()
    assert max(map(len, data.split(b"\r\n"))) <= 75


def test_days_with_the_same_stops_have_events_of_their_own() -> None:
    found = events(calendar_of(several_days(sample_content(), 3)).file())
    assert len(found) == len({str(event["UID"]) for event in found}) == 15
    second = events(calendar_of(several_days(sample_content(), 3), day=1).file())
    assert [event["UID"] for event in second] == [event["UID"] for event in found[5:10]]


def test_parties_share_what_all_do_and_have_the_rest_to_themselves() -> None:
    everyone = events(calendar_of(party_content(), language="en").file())
    assert len(everyone) == 1 + 3 * 3 + 1
    assert [str(event["SUMMARY"]) for event in everyone].count("Regional Museum (Party A)") == 1
    own = events(calendar_of(party_content(), language="en", party="B").file())
    assert [str(event["SUMMARY"]) for event in own] == [
        "Town Hall", "Former synagogue (exterior) (Party B)", "Brine graduation tower (Party B)",
        "Regional Museum (Party B)", "Sokół Palace",
    ]  # fmt: skip
    assert {str(event["UID"]) for event in own} < {str(event["UID"]) for event in everyone}


def test_a_stop_without_a_place_has_none_and_says_so() -> None:
    sample = sample_content()
    visit = sample.visit
    stops = (replace(lunch_stop(), id="s1"), *visit.days[0].stops[1:])
    held = replace(sample, visit=replace(visit, days=(replace(visit.days[0], stops=stops),)))
    lunch = by_name(calendar_of(held, language="en").file())["Meal"]
    assert "here: Station and library" in str(lunch["DESCRIPTION"])
    nowhere = replace(sample, sites={**sample.sites, "rynek": replace(sample.sites["rynek"], location=_NONE)})
    square = by_name(calendar_of(nowhere, language="en").file())["Market Square"]
    assert "GEO" not in square
    assert "Not on the map." in str(square["DESCRIPTION"])


def test_a_ride_is_told_with_its_line_and_minutes_and_that_it_is_estimated() -> None:
    square = by_name(calendar_of(ride_content(), language="en").file())["Market Square"]
    told = str(square["DESCRIPTION"])
    assert "Take bus 253" in told
    assert "09:03" in told
    assert "Timetable: ZTP Kraków" in told


# What a newer release makes of it


def released(content: ReleaseContent, number: int) -> ReleaseContent:
    return replace(content, number=number, published=content.published + number * 3600)


def moved(content: ReleaseContent, index: int, seconds: int) -> ReleaseContent:
    """The release with one stay later."""
    day = content.itineraries[0]
    call = day.calls[index]
    later = replace(call, start=call.start + seconds, leave=call.leave + seconds)
    calls = (*day.calls[:index], later, *day.calls[index + 1 :])
    return replace(content, itineraries=(replace(day, calls=calls),))


def without_last(content: ReleaseContent) -> ReleaseContent:
    """The release without its last stop."""
    visit, day, way = content.visit, content.visit.days[0], content.itineraries[0]
    shorter = replace(visit, days=(replace(day, stops=day.stops[:-1]),))
    shortened = replace(way, calls=way.calls[:-1], legs=way.legs[:-1])
    return replace(content, visit=shorter, itineraries=(shortened,))


def state(calendar: CalendarFile) -> dict[str, tuple[int, str]]:
    found = by_name(calendar.followed())
    return {name: (int(event["SEQUENCE"]), str(event["UID"])) for name, event in found.items()}


def test_a_newer_release_updates_what_has_changed_and_nothing_else() -> None:
    first = released(sample_content(), 1)
    second = released(moved(first, 3, 600), 2)
    before, after = state(calendar_of(first)), state(calendar_of(first, second))
    assert {name: uid for name, (_, uid) in before.items()} == {name: uid for name, (_, uid) in after.items()}
    assert {name for name in before if before[name] != after[name]} == {"Muzeum Regionalne"}
    assert after["Muzeum Regionalne"][0] == 1
    third = state(calendar_of(first, second, released(second, 3)))
    assert third == after
    shortened = state(calendar_of(second, released(second, 3)))
    assert all(shortened[name][0] >= after[name][0] for name in after)


def test_a_dropped_stop_is_cancelled_where_one_follows_and_comes_back_as_itself() -> None:
    first = released(sample_content(), 1)
    second = released(without_last(first), 2)
    tower = by_name(calendar_of(first).followed())["Tężnia solankowa"]
    gone = by_name(calendar_of(first, second).followed())["Tężnia solankowa"]
    assert (str(gone["STATUS"]), gone["UID"]) == ("CANCELLED", tower["UID"])
    assert int(gone["SEQUENCE"]) > int(tower["SEQUENCE"])
    assert gone.decoded("DTSTART") == tower.decoded("DTSTART")
    assert "Tężnia solankowa" not in by_name(calendar_of(first, second).file())
    still = by_name(calendar_of(first, second, released(second, 3)).followed())["Tężnia solankowa"]
    assert still["SEQUENCE"] == gone["SEQUENCE"]
    back = by_name(calendar_of(first, second, released(first, 3)).followed())["Tężnia solankowa"]
    assert (str(back["STATUS"]), back["UID"]) == ("CONFIRMED", tower["UID"])
    assert int(back["SEQUENCE"]) > int(gone["SEQUENCE"])


def test_a_day_on_another_date_moves_its_events() -> None:
    first = released(sample_content(), 1)
    visit = first.visit
    later = replace(visit, days=(replace(visit.days[0], date=visit.days[0].date + dt.timedelta(days=7)),))
    second = released(replace(first, visit=later), 2)
    assert {uid for _, uid in state(calendar_of(first)).values()} == {
        uid for _, uid in state(calendar_of(first, second)).values()
    }


def test_calendars_of_two_visits_share_no_event() -> None:
    one = calendar_of(sample_content())
    other = replace(one, mark=MARK + "!")
    assert not {uid for _, uid in state(one).values()} & {uid for _, uid in state(other).values()}


def test_the_same_release_gives_the_same_bytes() -> None:
    assert calendar_of(party_content()).followed() == calendar_of(party_content()).followed()
