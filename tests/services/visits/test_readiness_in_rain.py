"""What is open in the rain version alone: by hand, on the sample with its last stop moved to the palace."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.visits import PlaceRef
from planner.domain.warnings.codes import Warning, WarningCode
from planner.errors import Fault
from planner.services.visits.drafts import Draft
from planner.services.visits.readiness.find import open_points
from planner.services.visits.readiness.points import HostsSaid, Need, OpenKind, OpenPoint
from planner.words.readiness import OpenWords
from tests.kit.samples import at, sample_content
from tests.kit.translated_app import plain, translated_app
from tests.kit.warned import warned

if TYPE_CHECKING:
    from planner.domain.releases import ReleaseContent

LATE = warned(WarningCode.LATE, stop=1, by_s=600)
LONG = warned(WarningCode.LONG_WALK, leg=4, params={"metres": 1800})
UNSURE = warned(WarningCode.SITE_UNCONFIRMED, stop=4)


def content(*warnings: Warning) -> ReleaseContent:
    """The sample with its tower's stop in the palace when it rains, warned of nothing else."""
    made = sample_content()
    [day], [plan] = made.visit.days, made.itineraries
    wet = replace(day, stops=(*day.stops[:4], replace(day.stops[4], rain=PlaceRef("sokol"))))
    return replace(
        made,
        visit=replace(made.visit, days=(wet,)),
        itineraries=(replace(plan, warnings=warnings),),
    )


def rain_points(dry: ReleaseContent, wet: ReleaseContent, said: HostsSaid | None = None) -> list[OpenPoint]:
    plan = Draft(dry, rain=Draft(wet))
    return [one for one in open_points(dry.visit, plan, said or HostsSaid()).points if one.is_rain]


def told(*points: OpenPoint) -> list[tuple[str, str, int | None, int | None]]:
    return [(one.kind.value, one.need.value, one.stop, one.leg) for one in points]


def test_what_is_open_in_both_versions_is_told_once() -> None:
    both = content(LATE, LONG)
    assert rain_points(both, both) == []
    later = content(replace(LATE, by_s=1500), LONG)
    assert rain_points(both, later) == [], "by other minutes it is the same: mended without rain, it is told"
    assert told(*rain_points(content(LONG), later)) == [("warning", "mend", 1, None)]


def test_a_longer_way_and_another_host_are_told_again() -> None:
    dry = content(LONG, UNSURE)
    longer = warned(WarningCode.LONG_WALK, leg=4, params={"metres": 2400})
    assert told(*rain_points(dry, content(longer, UNSURE))) == [
        ("warning", "know", 4, 4),
        ("host", "confirm", 4, None),
    ]
    points = open_points(dry.visit, Draft(dry, rain=Draft(content(longer, UNSURE))))
    assert points.hosts == 2, "the host of the stop and that of its place for rain are both to be asked"


def test_a_host_who_confirmed_is_told_of_only_where_the_rain_moves_the_time() -> None:
    dry = content()
    [day], [plan] = dry.visit.days, dry.itineraries
    key = (day.date, "s2")
    said = HostsSaid(frozenset({key}), starts={key: at("09:45:00")})

    def begins(clock_time: str) -> ReleaseContent:
        calls = list(plan.calls)
        calls[1] = replace(calls[1], start=at(clock_time))
        return replace(dry, itineraries=(replace(plan, calls=tuple(calls), warnings=()),))

    assert rain_points(dry, begins("09:49:00"), said) == []
    [point] = rain_points(dry, begins("09:50:00"), said)
    assert (point.kind, point.need, point.stop) == (OpenKind.HOST_TIME, Need.CONFIRM, 1)
    assert point.times == ("09:45", "09:50")
    assert rain_points(begins("09:55:00"), begins("09:58:00"), said) == [], "the host is told of that anyway"


def test_the_host_of_a_place_for_rain_has_tasks_of_the_rain_version_alone() -> None:
    dry = content(UNSURE)
    [day], [plan] = dry.visit.days, dry.itineraries
    key = (day.date, "s5")
    calls = (*plan.calls[:4], replace(plan.calls[4], start=at("11:54:00")))
    wet = replace(dry, itineraries=(replace(plan, calls=calls),))
    assert told(*rain_points(dry, wet)) == [("host", "confirm", 4, None)]
    for said, expected in (
        (HostsSaid(asked=frozenset({key})), [("host_silent", "confirm", 4, None)]),
        (HostsSaid(declined=frozenset({key})), [("host_declined", "mend", 4, None)]),
        (HostsSaid(confirmed=frozenset({key}), starts={key: at("11:58:59")}), []),
        (
            HostsSaid(confirmed=frozenset({key}), starts={key: at("11:59:00")}),
            [("host_time", "confirm", 4, None)],
        ),
    ):
        assert told(*rain_points(dry, wet, HostsSaid(rain=said))) == expected
        points = open_points(dry.visit, Draft(dry, rain=Draft(wet)), HostsSaid(rain=said)).points
        assert told(*(one for one in points if not one.is_rain)) == told(
            *(one for one in open_points(dry.visit, Draft(dry, rain=Draft(wet))).points if not one.is_rain)
        )
    due = dt.date(2026, 11, 20)
    waited = HostsSaid(asked=frozenset({key}), due={key: due})
    assert [one.due for one in rain_points(dry, wet, HostsSaid(rain=waited))] == [due]
    [point] = rain_points(dry, wet, HostsSaid(rain=HostsSaid(starts={key: at("11:30:00")})))[-1:]
    assert point.times == ("11:30", "11:54")
    dry_said = HostsSaid(frozenset({key}), starts={key: at("11:30:00")})
    assert told(*rain_points(dry, wet, dry_said)) == [("host", "confirm", 4, None)]


def test_it_is_said_of_the_rain_version_and_at_the_place_for_rain() -> None:
    dry, wet = content(), content(warned(WarningCode.CLOSED, stop=4))
    [point] = rain_points(dry, wet)
    with translated_app().test_request_context():
        words = OpenWords(dry.visit, dry.sites, "en")
        assert words.place(point) == "Sokół Palace"
        assert plain(words.sentence(point)).startswith("In the rain version: ")
        assert OpenWords(dry.visit, dry.sites, "pl").sentence(point).startswith("W wersji na deszcz: ")


def test_a_rain_version_that_cannot_be_planned_is_to_mend_once() -> None:
    dry = content()
    fault = Fault("/days/0/stops/4/place", "unknown_site", "there is no such site")
    wet = Draft(None, (fault,))
    for plan, told_of in ((Draft(dry, rain=wet), [fault]), (Draft(None, (fault,), dry.sites, wet), [])):
        found = [one for one in open_points(dry.visit, plan).of(Need.MEND) if one.is_rain]
        assert [one.fault for one in found] == told_of


def test_without_a_rain_version_nothing_is_told_of_it() -> None:
    dry = content(LATE)
    assert [one for one in open_points(dry.visit, Draft(dry)).points if one.is_rain] == []
