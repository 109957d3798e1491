"""The walk to where a guide calls to, in the town of tests/kit/web/town.py with steps and an island added.

At 4 km/h: A to B is 333.585 m, 301 s. Along Krótka, 0.002 degrees on 50.003 N, it is 142.944 m more to the
foot of the steps. Whoever takes none goes round by ulica Okrężna: from A to C 1111.951 m, 0.002 degrees on
50.01 N 142.924 m, and back down 0.007 degrees 778.366 m: 2033.241 m.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from planner.domain.clock import TownClock
from planner.domain.live.events import EventKind, LiveEvent
from planner.domain.releases import ReleaseContent
from planner.domain.visits import Day, DayEnd, DayStart, PlaceRef, Stop, StopKind, Visit
from planner.services.live.state import LiveState
from planner.services.live.walk_there import WalkThere, walk_there
from planner.services.planning.case import Case
from planner.services.planning.plan import plan_day
from planner.services.travel.town import Town, TownKeeper
from planner.streets.build.build import TownSettings
from tests.conftest import built
from tests.kit.web.town import OSM, SITES, A, B, C

DATE = dt.date(2026, 12, 7)
CLOCK = TownClock("Europe/Warsaw")
FOOT = (20.002, 50.003)
ISLAND, OFF = (20.02, 50.0), (20.0, 49.995)
MORE = """
  <node id="5" lat="50.01" lon="20.002"/>
  <node id="6" lat="50.0" lon="20.02"/>
  <node id="7" lat="50.001" lon="20.02"/>
  <way id="12"><nd ref="3"/><nd ref="5"/><nd ref="4"/>
    <tag k="highway" v="residential"/><tag k="name" v="Okrężna"/></way>
  <way id="13"><nd ref="6"/><nd ref="7"/><tag k="highway" v="residential"/></way>
</osm>"""
STEPS = OSM.replace('v="residential"/><tag k="name" v="Krótka"', 'v="steps"/><tag k="name" v="Krótka"')

STOPS = (
    Stop("s1", place=PlaceRef("beta"), dwell_min=15),
    Stop("lunch", StopKind.MEAL, dwell_min=30),
    Stop("s2", place=PlaceRef("delta"), dwell_min=10),
)
DAY = Day(DATE, DayStart(PlaceRef("alfa"), "09:00"), end=DayEnd(PlaceRef("alfa")), stops=STOPS)
VISIT = Visit({"pl": "Próba"}, (DAY,), group_size=20)


def at(clock_time: str) -> int:
    """The instant of a time of the day."""
    return CLOCK.instant(DATE, clock_time)


def said(kind: EventKind, clock_time: str, stop: str = "", **more: object) -> LiveEvent:
    """Something that the guide says."""
    when = at(clock_time)
    return LiveEvent(f"{kind}-{clock_time}", kind, when, when, "1:", stop=stop, **more)  # type: ignore[arg-type]


def called(place: tuple[float, float] | None, clock_time: str = "09:00") -> LiveEvent:
    """A call to meet at a point."""
    return said(EventKind.MEET, clock_time, place=place, until=at("12:00"))


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """The town with steps in ulica Krótka, another way to their foot, and a street that joins no other."""
    file = tmp_path_factory.mktemp("walk_there") / "steps.osm"
    file.write_text(STEPS.replace("\n</osm>", MORE), encoding="utf-8")
    return TownKeeper(built(file, TownSettings("Testowo"))).town()


def state_of(town: Town, *log: LiveEvent, visit: Visit = VISIT) -> LiveState:
    """The visit released, and what was said."""
    sites = {site.id: site for site in SITES}
    planned = plan_day(Case.of_visit(town, visit, 0, sites))
    content = ReleaseContent(1, at("08:00"), visit, sites, (planned,), town.facts)
    return LiveState.of(town, content, 0, log)


def walked(town: Town, call: LiveEvent, *log: LiveEvent, visit: Visit = VISIT) -> WalkThere | None:
    """The walk to a call, after all that was said."""
    return walk_there(state_of(town, *log, call, visit=visit), "", call)


def test_before_the_first_stop_it_leads_from_the_days_start(town: Town) -> None:
    walk = walked(town, called(B))
    assert walk
    assert (walk.here.stop, walk.seconds) == ("*start", 301)
    assert walk.metres == pytest.approx(333.585, abs=0.01)
    assert (walk.line[0], walk.line[-1]) == (A, B)


SKIPPED = said(EventKind.SKIP, "09:05", "s1")


@pytest.mark.parametrize(
    ("log", "stop", "metres"),
    [
        ([said(EventKind.ARRIVED, "09:10", "s1")], "s1", 778.366),
        ([said(EventKind.LEFT, "09:20", "s1")], "s1", 778.366),
        ([said(EventKind.ARRIVED, "09:20", "lunch")], "s1", 778.366),
        ([said(EventKind.ARRIVED, "09:10", "s1"), said(EventKind.SKIP, "09:11", "s1")], "s1", 778.366),
        ([SKIPPED, said(EventKind.ARRIVED, "09:06", "lunch")], "*start", 1111.951),
        ([said(EventKind.ARRIVED, "10:30", "*end")], "*end", 1111.951),
    ],
    ids=["here", "on the way", "at lunch", "left at once", "left out", "at the end"],
)
def test_it_leads_from_where_the_party_was_last(
    town: Town, log: list[LiveEvent], stop: str, metres: float
) -> None:
    walk = walked(town, called(C, "11:00"), *log)
    assert walk
    assert walk.here.stop == stop
    assert walk.metres == pytest.approx(metres, abs=0.01)


def test_of_a_party_that_says_nothing_the_clock_tells(town: Town) -> None:
    """It leaves at 09:03 and is at beta at 09:08:01, from 09:09 for 15 min, for lunch until 09:54. It leaves
    at 09:57 and is at delta at 10:08:41, from 10:09 to 10:19; it leaves at 10:22 and is at alfa at 10:38:41.
    """
    stops = [
        walk.here.stop
        for time in ("09:08", "09:09", "10:08", "10:09", "10:38", "10:39")
        if (walk := walked(town, called(FOOT, time)))
    ]
    assert stops == ["*start", "s1", "s1", "s2", "s2", "*end"]


def test_who_takes_no_steps_goes_round_and_who_is_slow_takes_longer(town: Town) -> None:
    plain = walked(town, called(FOOT))
    free = walked(town, called(FOOT), visit=replace(VISIT, step_free=True))
    slow = walked(town, called(B), visit=replace(VISIT, pace_kmh=2.0))
    assert plain
    assert free
    assert slow
    assert plain.metres == pytest.approx(333.585 + 142.944, abs=0.1)
    assert free.metres == pytest.approx(2033.241, abs=0.1)
    assert slow.seconds == 601


def test_who_is_there_has_no_way(town: Town) -> None:
    assert walked(town, called(C, "10:15"), said(EventKind.ARRIVED, "10:10", "s2")) is None


@pytest.mark.parametrize("place", [ISLAND, OFF, (19.0, 52.0), None])
def test_where_no_way_is_known_there_is_none(town: Town, place: tuple[float, float] | None) -> None:
    assert walked(town, called(place)) is None


def test_it_is_not_searched_for_again_when_more_is_said(town: Town) -> None:
    call = called(C)
    first = walked(town, call)
    again = walked(town, call, said(EventKind.SHIFT, "09:01", "s1", minutes=5))
    assert first
    assert again
    assert again.line is first.line


def test_where_the_town_is_not_in_force_any_more_there_is_none(town: Town) -> None:
    meta = replace(town.network.meta, bounds=(17.0, 51.0, 17.1, 51.1))
    elsewhere = Town(replace(town.network, meta=meta))
    call = called(B)
    state = LiveState.of(elsewhere, state_of(town).content, 0, [call])
    assert walk_there(state, "", call) is None
