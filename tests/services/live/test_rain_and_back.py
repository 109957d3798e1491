"""The rain version and back, in the town on paper: the day without rain is then exactly what it was.

Twenty people gather for 3 min and walk at 4 km/h. Without rain they set out from alfa at 09:03, need 1001 s
to delta and are there from 09:20 to 09:35; from 09:38 it is 701 s back to beta: 09:50. When it rains the
first stop is at beta, 301 s away: from 09:09 to 09:24; from 09:27 it is 2 min to gamma at the same point:
09:29.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain.clock import TownClock
from planner.domain.live.events import END, START, EventKind, LiveEvent
from planner.domain.releases import ReleaseContent
from planner.domain.visits import Day, DayEnd, DayStart, PlaceRef, Stop, Visit
from planner.domain.weather.rain import rain_visit
from planner.domain.weather.switches import switchings, with_rain_on
from planner.services.live.state import LiveState
from planner.services.planning.case import Case
from planner.services.planning.plan import plan_day
from planner.services.travel.town import Town, TownKeeper
from planner.streets.build.build import TownSettings
from tests.conftest import built
from tests.kit.web.town import OSM, SITES

if TYPE_CHECKING:
    from planner.domain.itinerary import Itinerary

DATE = dt.date(2026, 12, 7)
CLOCK = TownClock("Europe/Warsaw")
STOPS = (
    Stop("s1", place=PlaceRef("delta"), dwell_min=15, rain=PlaceRef("beta")),
    Stop("s2", place=PlaceRef("gamma"), dwell_min=15),
)
DAY = Day(DATE, DayStart(PlaceRef("alfa"), "09:00"), end=DayEnd(PlaceRef("alfa")), stops=STOPS)
VISIT = Visit({"pl": "Próba"}, (DAY,), group_size=20)
SITES_BY_ID = {site.id: site for site in SITES}
PRESSED = [EventKind.ARRIVED, EventKind.LEFT, EventKind.SHIFT, EventKind.STAY, EventKind.SKIP, EventKind.NOTE]
SWITCHED = [EventKind.RAIN, EventKind.DRY]


def at(clock_time: str) -> int:
    """The instant of a time of the day."""
    return CLOCK.instant(DATE, clock_time)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """The town on paper."""
    file = tmp_path_factory.mktemp("rain") / "town.osm"
    file.write_text(OSM, encoding="utf-8")
    return TownKeeper(built(file, TownSettings("Testowo"))).town()


@pytest.fixture(scope="module")
def content(town: Town) -> ReleaseContent:
    """The release with both versions."""
    wet = rain_visit(VISIT)
    assert wet is not None
    dry, rain = (
        ReleaseContent(
            1,
            at("08:00"),
            visit,
            SITES_BY_ID,
            (plan_day(Case.of_visit(town, visit, 0, SITES_BY_ID)),),
            town.facts,
        )
        for visit in (VISIT, wet)
    )
    return replace(dry, rain=rain)


def said(kind: EventKind, when: int, number: int, **more: object) -> LiveEvent:
    return LiveEvent(f"event-{number:03}", kind, when, when, "1:", **more)  # type: ignore[arg-type]


def starts(itinerary: Itinerary) -> list[str]:
    return [CLOCK.face(call.start) for call in itinerary.calls]


def test_both_versions_and_what_is_said_in_each_by_hand(town: Town, content: ReleaseContent) -> None:
    """At 09:40 they leave the first stop: 701 s to beta without rain, 09:52; 2 min in it, 09:42."""
    assert content.rain is not None
    assert starts(content.itineraries[0]) == ["09:20", "09:50"]
    assert starts(content.rain.itineraries[0]) == ["09:09", "09:29"]
    rain, dry = said(EventKind.RAIN, at("09:02"), 1), said(EventKind.DRY, at("09:41"), 3)
    left = said(EventKind.LEFT, at("09:40"), 2, stop="s1")
    for log, begins in (([left], "09:52"), ([rain, left], "09:42"), ([rain, left, dry], "09:52")):
        state = LiveState.of(town, content, 0, log)
        assert starts(state.live_content.itineraries[0])[1] == begins
        assert state.is_rain == (begins == "09:42")


def test_what_is_near_a_stop_stays_so_while_the_day_is_under_way(town: Town, content: ReleaseContent) -> None:
    [planned] = content.itineraries
    calls = tuple(replace(call, toilet_m=120.0 + call.stop) for call in planned.calls)
    near = replace(content, itineraries=(replace(planned, calls=calls),), rain=None)
    live = LiveState.of(town, near, 0, [said(EventKind.LEFT, at("09:40"), 2, stop="s1")]).live_content
    assert [call.toilet_m for call in live.itineraries[0].calls] == [call.toilet_m for call in calls]


@st.composite
def days(draw: st.DrawFn) -> tuple[list[LiveEvent], list[LiveEvent]]:
    """Anything that is pressed on a day, and switches in between of which the last that stands is back."""
    pressed, switched = [], []
    for number in range(draw(st.integers(0, 7))):
        when = at("08:55") + 60 * draw(st.integers(0, 120))
        if draw(st.booleans()):
            switched.append(said(draw(st.sampled_from(SWITCHED)), when, number))
            continue
        stop = draw(st.sampled_from([START, "s1", "s2", END]))
        minutes = draw(st.integers(-10, 20))
        kind = draw(st.sampled_from(PRESSED))
        pressed.append(said(kind, when, number, stop=stop, minutes=minutes, text="deszcz"))
    if draw(st.booleans()):
        switched.append(said(EventKind.DRY, at("11:00"), 50))
    else:
        switched += [
            said(EventKind.UNDO, event.at, 60 + number, other=event.id)
            for number, event in enumerate(switched)
        ]
    return pressed, switched


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days())
def test_there_and_back_is_exactly_the_day_without_rain(
    town: Town, content: ReleaseContent, drawn: tuple[list[LiveEvent], list[LiveEvent]]
) -> None:
    pressed, switched = drawn
    never = LiveState.of(town, content, 0, pressed)
    back = LiveState.of(town, content, 0, [*pressed, *switched])
    assert back.content is never.content is content
    assert not back.is_rain
    assert back.live_content == never.live_content
    assert [one.live.facts for one in back.parties] == [one.live.facts for one in never.parties]
    assert len(switchings([*pressed, *switched])) == len(switched)
    assert with_rain_on(content, frozenset()) is content
