"""What is open in a visit: every kind once, by what it asks for, and where it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from planner.domain.itinerary import PartyItinerary
from planner.domain.visits import Party, PartyCall, PartyRoute, PlaceRef, Visit
from planner.domain.warnings.codes import Warning, WarningCode
from planner.errors import Fault
from planner.services.visits.drafts import Draft
from planner.services.visits.readiness.find import need_of, open_points
from planner.services.visits.readiness.points import HostsSaid, Need, OpenKind, OpenPoints
from planner.words.readiness import OpenWords
from tests.kit.samples import lunch_stop, sample_content
from tests.kit.translated_app import plain, translated_app
from tests.kit.warned import warned

MEND = {
    "closed", "late", "no_way", "not_step_free", "precedence", "over_capacity", "not_placed",
    "group_too_big_for_bus", "no_service", "clock_change",
}  # fmt: skip
CONFIRM = {
    "site_unconfirmed", "hours_unknown", "by_appointment", "timetable_outdated", "service_estimated",
    "on_request", "no_food_near", "coach_unchecked", "coach_stop", "coach_turns", "step_free_unknown",
    "way_hours_unread", "driving_time", "interpreter_alone",
}  # fmt: skip


def open_in(visit: Visit | None = None, *warnings: Warning) -> OpenPoints:
    content = sample_content()
    (itinerary,) = content.itineraries
    content = replace(
        content, visit=visit or content.visit, itineraries=(replace(itinerary, warnings=warnings),)
    )
    return open_points(content.visit, Draft(content))


def told(points: OpenPoints) -> list[tuple[str, str, int | None, int | None]]:
    return [(one.kind.value, one.need.value, one.day, one.stop) for one in points.points]


@pytest.mark.parametrize("code", WarningCode)
def test_every_warning_asks_for_something(code: WarningCode) -> None:
    wanted = Need.MEND if code in MEND else Need.CONFIRM if code in CONFIRM else Need.KNOW
    assert need_of(warned(code)) is wanted


def test_the_sample_is_open_in_these_things() -> None:
    content = sample_content()
    points = open_points(content.visit, Draft(content))
    mend = {(one.warnings[0].code.value, one.stop, one.leg) for one in points.of(Need.MEND)}
    assert mend == {("over_capacity", 3, None), ("not_step_free", 4, 4), ("late", None, None)}
    hosts = [one.stop for one in points.points if one.kind is OpenKind.HOST]
    assert hosts == [1, 4]
    assert points.hosts == 2
    assert points.is_broken
    assert points.count(Need.MEND) == points.count(Need.MEND, day=0) == 3


def test_one_call_to_a_host_is_one_point_however_much_is_not_known() -> None:
    codes = (WarningCode.SITE_UNCONFIRMED, WarningCode.HOURS_UNKNOWN, WarningCode.BY_APPOINTMENT)
    points = open_in(None, *(warned(code, stop=1) for code in codes), warned(codes[0], stop=1))
    (host,) = (one for one in points.points if one.kind is OpenKind.HOST)
    assert [one.code for one in host.warnings] == list(codes)


def test_a_host_who_confirmed_is_asked_no_more_and_one_who_declined_is_to_mend() -> None:
    content = sample_content()
    (day,) = content.visit.days
    said = HostsSaid(frozenset({(day.date, day.stops[1].id)}), frozenset({(day.date, day.stops[4].id)}))
    points = open_points(content.visit, Draft(content), said)
    assert points.hosts == 0
    declined = [one for one in points.of(Need.MEND) if one.kind is OpenKind.HOST_DECLINED]
    assert [one.stop for one in declined] == [4]
    other_day = HostsSaid(frozenset({(day.date + dt.timedelta(days=1), day.stops[1].id)}))
    assert open_points(content.visit, Draft(content), other_day).hosts == 2


def test_a_host_who_was_asked_is_waited_for_whatever_the_catalogue_says() -> None:
    """The museum (s4) is confirmed in the catalogue, the Town Hall (s2) is not."""
    content = sample_content()
    (day,) = content.visit.days
    town_hall, museum = (day.date, "s2"), (day.date, "s4")
    due = {town_hall: dt.date(2026, 11, 20)}
    points = open_points(
        content.visit, Draft(content), HostsSaid(asked=frozenset({town_hall, museum}), due=due)
    )
    waited = [one for one in points.of(Need.CONFIRM) if one.kind is OpenKind.HOST_SILENT]
    assert [(one.stop, one.due, one.is_rain) for one in waited] == [
        (1, dt.date(2026, 11, 20), False),
        (3, None, False),
    ]
    assert [one.stop for one in points.points if one.kind is OpenKind.HOST] == [4], "asked is asked"
    assert points.hosts == 3, "of the two sites that are not confirmed, and of the museum"
    before = open_points(content.visit, Draft(content))
    assert points.count(Need.CONFIRM) == before.count(Need.CONFIRM) + 1
    assert points.count(Need.MEND) == before.count(Need.MEND)
    other_day = HostsSaid(asked=frozenset({(day.date + dt.timedelta(days=1), "s4")}))
    assert open_points(content.visit, Draft(content), other_day) == before


def test_who_is_waited_for_is_said_with_the_day_and_what_else_one_call_settles() -> None:
    codes = (WarningCode.SITE_UNCONFIRMED, WarningCode.HOURS_UNKNOWN)
    content = sample_content()
    [day], [plan] = content.visit.days, content.itineraries
    told = tuple(warned(code, stop=1) for code in codes)
    content = replace(content, itineraries=(replace(plan, warnings=told),))
    key = (day.date, "s2")
    said = HostsSaid(asked=frozenset({key}), due={key: dt.date(2026, 11, 20)})
    [point] = [
        one
        for one in open_points(content.visit, Draft(content), said).points
        if one.kind is OpenKind.HOST_SILENT
    ]
    assert [one.code for one in point.warnings] == list(codes)
    with translated_app().app_context():
        words = (OpenWords(content.visit, content.sites, code) for code in ("en", "pl"))
        sentences = {one.language: plain(one.sentence(point)) for one in words}
    assert sentences["en"].startswith("The host was asked to answer by Fri 20 Nov and has not answered yet. ")
    assert "ot confirmed" not in sentences["en"], "that is what is waited for"
    assert len(sentences["en"]) > 80, "the hours are not known"
    assert sentences["pl"].startswith("Gospodarz miał odpowiedzieć do: pt. 20 lis. Jeszcze nie odpowiedział.")


def test_what_a_document_lacks_is_open_too() -> None:
    content = sample_content()
    day = content.visit.days[0]
    bare = replace(
        content.visit,
        languages=("pl", "en"),
        title={"pl": "Wizyta"},
        coordinator="",
        meeting_point={},
        bring={},
        thanks={},
        days=(replace(day, stops=(lunch_stop(),), date=dt.date(2026, 11, 11)),),
    )
    content = replace(content, visit=bare, itineraries=(replace(content.itineraries[0], calls=(), legs=()),))
    assert told(open_points(bare, Draft(content)))[:3] == [
        ("no_coordinator", "confirm", None, None),
        ("no_meeting_point", "know", None, None),
        ("no_text", "know", None, None),
    ]
    points = open_in(bare, warned(WarningCode.NO_FOOD_NEAR, stop=0))
    assert told(points)[3:] == [("holiday", "know", 0, None), ("no_meal_place", "confirm", 0, 0)]
    assert [one.code for one in points.points[-1].warnings] == [WarningCode.NO_FOOD_NEAR]
    named = replace(lunch_stop(), place=PlaceRef(name={"pl": "Bar", "en": "Bar"}))
    assert told(open_in(replace(bare, days=(replace(day, stops=(named,)),))))[3:] == []
    empty = open_in(replace(bare, days=(replace(day, stops=()),)))
    assert told(empty)[3:] == [("no_stops", "mend", 0, None)]


def test_a_rotation_that_no_longer_fits_is_to_mend() -> None:
    content = sample_content()
    day = content.visit.days[0]
    routes = (PartyRoute("A", (PartyCall("s1"),)),)
    old = replace(content.visit, parties=(Party("A", 25),), days=(replace(day, party_routes=routes),))
    assert ("old_rotation", "mend", 0, None) in told(open_in(old))


def test_what_all_parties_meet_is_told_once_and_what_one_meets_names_it() -> None:
    content = sample_content()
    (itinerary,) = content.itineraries
    late, full = warned(WarningCode.LATE, stop=2, by_s=60), warned(WarningCode.OVER_CAPACITY, stop=3)
    ways = (
        PartyItinerary("A", replace(itinerary, warnings=(late, full))),
        PartyItinerary("B", replace(itinerary, warnings=(full,))),
    )
    content = replace(content, parties=(ways,))
    points = open_points(content.visit, Draft(content)).of(Need.MEND)
    assert [(one.stop, one.party) for one in points] == [(2, "A"), (3, "")]


def test_a_visit_that_cannot_be_planned_says_why_and_which_hosts_are_open() -> None:
    content = sample_content()
    fault = Fault("/days/0/stops/1/place", "unknown_site", "there is no such site")
    plan = Draft(None, (fault,), content.sites)
    points = open_points(content.visit, plan)
    assert [one.fault for one in points.of(Need.MEND)] == [fault]
    named = {stop.place.site for stop in content.visit.days[0].stops if stop.place}
    unsure = [site for site in named if site and not content.sites[site].is_confirmed]
    assert points.hosts == len(unsure) > 0
