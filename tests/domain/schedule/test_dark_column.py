"""A column on a carriageway in the dark, by the sun of 2 December in Skawina: it sets at 15:42:36."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.domain.itinerary import Itinerary, Leg, LegPart, PartKind, Totals
from planner.domain.schedule.column import is_on_carriageway, with_darkness
from planner.domain.visits import Mode
from planner.domain.warnings.codes import LongWalk, OnCarriageway
from planner.domain.weather.daylight import Daylight, daylight
from tests.kit.samples import at, sample_sites, sample_visit

[DAY] = sample_visit().days
LIGHT = daylight(DAY, sample_sites())
ROAD = OnCarriageway(metres=240, column_m=21)


def walk(depart: str, arrive: str, kind: PartKind = PartKind.WALK) -> LegPart:
    return LegPart(kind, 300.0, at(arrive) - at(depart), at(depart), at(arrive))


def told_dark(*parts: LegPart, light: Daylight = LIGHT) -> list[bool]:
    """Whether the warning of a leg says so: that of the leg, and its copy among those of the day."""
    depart, arrive = parts[0].depart, parts[-1].arrive
    leg = Leg(
        Mode.WALK, 300.0, arrive - depart, depart, arrive, parts=parts, warnings=(ROAD, LongWalk(metres=1800))
    )
    other = replace(leg, depart=at("10:00:00"), arrive=at("10:10:00"), parts=(walk("10:00:00", "10:10:00"),))
    day = Itinerary(
        at("10:00:00"),
        arrive,
        (),
        (other, leg),
        Totals(),
        warnings=(replace(ROAD, leg=0), replace(ROAD, leg=1)),
    )
    found = with_darkness(day, lambda: light)
    assert found.legs[0] == other
    assert found.warnings[0] == replace(ROAD, leg=0)
    assert found.legs[1].warnings[1] == LongWalk(metres=1800)
    told = (found.legs[1].warnings[0], found.warnings[1])
    return [warning.dark for warning in told if isinstance(warning, OnCarriageway)]


@pytest.mark.parametrize(
    ("parts", "is_dark"),
    [
        ((walk("15:30:00", "15:42:00"),), False),
        ((walk("15:38:00", "15:44:00"),), True),
        ((walk("16:00:00", "16:10:00"),), True),
        ((walk("07:00:00", "07:10:00"),), True),  # the sun rises at 07:18
        ((walk("07:30:00", "07:40:00"),), False),
        # what is driven in the dark is not walked
        ((walk("15:30:00", "15:40:00"), walk("15:40:00", "16:00:00", PartKind.DRIVE)), False),
        ((walk("15:30:00", "15:40:00", PartKind.DRIVE), walk("15:40:00", "15:50:00")), True),
    ],
)
def test_it_is_dark_where_any_of_the_walk_is(parts: tuple[LegPart, ...], *, is_dark: bool) -> None:
    assert told_dark(*parts) == [is_dark, is_dark]
    assert told_dark(*parts, light=Daylight()) == [False, False], "where the sun is not known nothing is said"


def test_a_leg_without_such_a_road_says_nothing() -> None:
    leg = Leg(Mode.WALK, 300.0, 600, at("16:00:00"), at("16:10:00"), warnings=(LongWalk(metres=1800),))
    day = Itinerary(leg.depart, leg.arrive, (), (leg,), Totals())
    assert not is_on_carriageway(leg)
    assert with_darkness(day, lambda: LIGHT) is day
