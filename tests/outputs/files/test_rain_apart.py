"""Parties that rain takes apart at a common stop: no event is lost from a followed calendar."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from icalendar import Calendar

from planner.domain.visits import PlaceRef
from planner.domain.weather.switches import Switches, with_rain_on
from planner.links import PARTICIPANT
from planner.outputs.files.calendar import CalendarFile
from planner.outputs.files.content.build import Wanted, file_plan
from planner.outputs.files.content.history import history_of
from tests.kit.rain_sample import apart_in_rain
from tests.kit.samples import at
from tests.kit.taken import MARK

if TYPE_CHECKING:
    from planner.domain.releases import ReleaseContent

FIRST = replace(apart_in_rain(), number=1)
TOGETHER, LATER = "10:35–11:20", "10:40–11:25"
"""Lunch at 11:35 for all, and at 11:40 for C when it rains; UTC, which is an hour less."""


def calendar(*releases: ReleaseContent, count: int, is_rain: bool = False, party: str = "") -> CalendarFile:
    """The calendar after some switches, the newest at 09:00 on the day."""
    rainy = frozenset({0}) if is_rain else frozenset[int]()
    touched = frozenset({0}) if count else frozenset[int]()
    plan = file_plan(with_rain_on(releases[-1], rainy), Wanted("en", PARTICIPANT, None, party), rainy)
    switched = Switches(rainy, count, at("09:00:00") if count else 0, touched)
    return CalendarFile(plan, history_of(releases), MARK, switched)


def lunches(made: CalendarFile) -> dict[str, list[Any]]:
    """The events of lunch by their UID: name, state, version, when."""
    events = (told(one) for one in Calendar.from_ical(made.followed()).walk("VEVENT"))
    return {uid: rest for uid, *rest in events if rest[3] in {TOGETHER, LATER}}


def told(event: Any) -> tuple[str, str, str, int, str]:
    begin, end = (f"{event.decoded(name):%H:%M}" for name in ("DTSTART", "DTEND"))
    name, state = str(event["SUMMARY"]), str(event["STATUS"])
    return str(event["UID"]), name, state, int(event["SEQUENCE"]), f"{begin}–{end}"


def test_in_the_rain_the_common_event_is_cancelled_and_each_party_has_its_own() -> None:
    before, rainy = lunches(calendar(FIRST, count=0)), lunches(calendar(FIRST, count=1, is_rain=True))
    assert list(before.values()) == [["Sokół Palace", "CONFIRMED", 0, TOGETHER]]
    [common] = before
    assert rainy[common] == ["Sokół Palace", "CANCELLED", 1, TOGETHER]
    assert sorted(one for uid, one in rainy.items() if uid != common) == [
        ["Regional Museum (Party A)", "CONFIRMED", 1, TOGETHER],
        ["Regional Museum (Party B)", "CONFIRMED", 1, TOGETHER],
        ["Regional Museum (Party C)", "CONFIRMED", 1, LATER],
    ]


def test_back_again_the_parties_events_are_cancelled_and_the_common_one_stands() -> None:
    rainy, back = (lunches(calendar(FIRST, count=count, is_rain=count == 1)) for count in (1, 2))
    assert back.keys() == rainy.keys()
    states = {uid: (one[1], one[2]) for uid, one in back.items()}
    for uid, (_, state, *_) in rainy.items():
        assert states[uid] == ("CONFIRMED" if state == "CANCELLED" else "CANCELLED", 2)


def test_a_party_is_told_of_its_own_events_alone() -> None:
    rainy = lunches(calendar(FIRST, count=1, is_rain=True, party="C"))
    assert sorted(one[:2] for one in rainy.values()) == [
        ["Regional Museum (Party C)", "CONFIRMED"],
        ["Sokół Palace", "CANCELLED"],
    ]


def test_a_day_that_was_not_switched_cancels_nothing() -> None:
    untouched = replace(calendar(FIRST, count=1), switched=Switches(frozenset(), 1, 0, frozenset({3})))
    assert len(lunches(untouched)) == 1


def test_over_releases_and_switches_no_event_gets_older_or_is_lost() -> None:
    """Rain, back, a release without rain places, one with them again, rain: every UID is told each time."""
    dry = replace(FIRST, number=2, rain=None, visit=FIRST.rain.visit if FIRST.rain else FIRST.visit)
    third, fourth = replace(FIRST, number=3), replace(FIRST, number=4, rain=elsewhere(FIRST))
    steps = [
        calendar(FIRST, count=0),
        calendar(FIRST, count=1, is_rain=True),
        calendar(FIRST, count=2),
        calendar(FIRST, dry, count=2),
        calendar(FIRST, dry, third, count=2),
        calendar(FIRST, dry, third, count=3, is_rain=True),
        calendar(FIRST, dry, third, fourth, count=3, is_rain=True),
        calendar(FIRST, dry, third, fourth, count=4),
    ]
    seen: dict[str, tuple[int, str]] = {}
    for step in steps:
        events = {str(one["UID"]): one for one in Calendar.from_ical(step.followed()).walk("VEVENT")}
        assert seen.keys() <= events.keys()
        for uid, event in events.items():
            sequence, said = version(event), content_line(event)
            if uid in seen and seen[uid][1] != said:
                assert sequence > seen[uid][0], said
            assert uid not in seen or sequence >= seen[uid][0], said
            seen[uid] = sequence, said


def elsewhere(release: ReleaseContent) -> ReleaseContent:
    """Its rain version with lunch at the Town Hall."""
    wet = release.rain
    assert wet is not None
    [day] = wet.visit.days
    lunch = replace(day.stops[4], place=PlaceRef("ratusz"))
    return replace(wet, visit=replace(wet.visit, days=(replace(day, stops=(*day.stops[:4], lunch)),)))


def version(event: Any) -> int:
    return int(event["SEQUENCE"])


def content_line(event: Any) -> str:
    """All that an event says beside its version."""
    kept = event.copy()
    for name in ("SEQUENCE", "DTSTAMP", "LAST-MODIFIED"):
        kept.pop(name, None)
    return str(kept.to_ical())
