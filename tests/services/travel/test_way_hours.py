"""Ways and gates with hours: a single leg at its minute, plans and tables by what is open all the day."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from planner.domain.budget import ENDLESS
from planner.domain.order.proposals import Objective
from planner.domain.schedule.group import Group
from planner.domain.visits import Day, DayStart, Mode, PlaceRef, Stop
from planner.domain.warnings.codes import GateWait, WayHoursUnread
from planner.services.order.find import find_order
from planner.services.planning.case import Case
from planner.services.planning.plan import plan_day
from planner.services.planning.route import LegQuestion, matrix, route
from tests.kit.streets.coach_town import coach_town
from tests.kit.streets.plain_search import tagged_node
from tests.kit.streets.small import FOOTWAY, Tags, Ways, small_town, spot

if TYPE_CHECKING:
    from pathlib import Path

    from planner.domain.itinerary import Leg
    from planner.services.travel.town import Town

NODES = {
    1: (0.0, 0.0), 2: (200.0, 0.0), 3: (400.0, 0.0), 4: (0.0, 300.0), 5: (400.0, 300.0), 6: (-200.0, 0.0),
    7: (600.0, 0.0),
}  # fmt: skip
STREET = {"highway": "residential"}
SHORT_M, LONG_M = 600.0, 1200.0
DAY = dt.date(2026, 12, 7)


def town_with(tmp: Path, way: Tags | None = None, gate: Tags | None = None) -> Town:
    """Two streets, a long way between them, and a short one: a way or a gate on it has hours."""
    ways: Ways = {
        10: ((6, 1), STREET), 11: ((3, 7), STREET), 12: ((1, 4, 5, 3), STREET),
        13: ((1, 2, 3), {**FOOTWAY, **(way or {})}),
    }  # fmt: skip
    nodes = {number: at for number, at in NODES.items() if number != 2 or not gate}
    return small_town(tmp, nodes, ways, tagged_node(2, NODES[2], gate) if gate else "")


def leg(town: Town, time: str, mode: Mode = Mode.WALK, *, back: bool = False, by: str = "") -> Leg:
    ends = PlaceRef(at=spot(-100.0)), PlaceRef(at=spot(500.0))
    start = town.clock.instant(DAY, time)
    arrive = town.clock.instant(DAY, by) if by else None
    origin, destination = ends[::-1] if back else ends
    return route(town, LegQuestion(origin, destination, start, arrive, mode), Group(), {})


def metres(found: Leg) -> float:
    assert found.distance_m is not None
    return found.distance_m


AT_TIMES = {"access": "private", "access:conditional": "yes @ (08:00-16:00)"}
BY_FOOT = {"foot": "yes", "access:conditional": "no @ (10:00-14:00)"}
GATE = {"barrier": "gate"}
SHUT_OR_OPEN: list[tuple[str, Tags | None, Tags | None, str, float]] = [
    ("shut in winter", {"access:conditional": "no @ (Nov-Mar)"}, None, "10:00", LONG_M),
    ("shut in summer", {"access:conditional": "no @ (Apr-Oct)"}, None, "10:00", SHORT_M),
    ("for walkers", {"foot:conditional": "no @ (22:00-06:00)"}, None, "23:00", LONG_M),
    ("for walkers, by day", {"foot:conditional": "no @ (22:00-06:00)"}, None, "12:00", SHORT_M),
    ("the more specific counts", BY_FOOT, None, "12:00", SHORT_M),
    ("private but at times", AT_TIMES, None, "10:00", SHORT_M),
    ("private at that time", AT_TIMES, None, "20:00", LONG_M),
    ("opening hours", {"opening_hours": "08:00-16:00"}, None, "22:00", LONG_M),
    ("opening hours, by day", {"opening_hours": "08:00-16:00"}, None, "10:00", SHORT_M),
    ("always open", {"opening_hours": "24/7"}, None, "22:00", SHORT_M),
    ("a park gate", None, {"barrier": "gate", "opening_hours": "06:00-22:00"}, "22:00", LONG_M),
    ("a park gate, by day", None, {"barrier": "gate", "opening_hours": "06:00-22:00"}, "21:00", SHORT_M),
    ("a gate for walkers", None, {**GATE, "foot:conditional": "no @ (sunset-sunrise)"}, "23:00", LONG_M),
    ("a private gate at times", None, {"barrier": "gate", **AT_TIMES}, "09:00", SHORT_M),
    ("locked at night", None, {**GATE, "locked:conditional": "yes @ (20:00-07:00)"}, "21:00", LONG_M),
    ("a locked gate", None, {"barrier": "gate", "locked": "yes"}, "10:00", LONG_M),
    ("a locked way", {"locked": "yes"}, None, "10:00", LONG_M),
    ("a node without a barrier", None, {"access": "no"}, "10:00", LONG_M),
    ("a node with hours", None, {"foot:conditional": "no @ (18:00-08:00)"}, "20:00", LONG_M),
    ("a crossing", None, {"highway": "crossing", "access": "no"}, "10:00", SHORT_M),
]  # fmt: skip


@pytest.mark.dear
@pytest.mark.parametrize(
    ("way", "gate", "time", "right_m"),
    [row[1:] for row in SHUT_OR_OPEN],
    ids=[row[0] for row in SHUT_OR_OPEN],
)
def test_a_single_leg_keeps_the_hours_of_its_minute(
    way: Tags | None, gate: Tags | None, time: str, right_m: float, tmp_path: Path
) -> None:
    assert metres(leg(town_with(tmp_path, way, gate), time)) == pytest.approx(right_m, abs=1.0)


def test_a_leg_waits_at_a_gate_where_that_is_quicker(tmp_path: Path) -> None:
    town = town_with(tmp_path, None, {"barrier": "gate", "opening_hours": "06:00-22:00"})
    early, at_open, much_earlier = leg(town, "05:55"), leg(town, "06:00"), leg(town, "04:00")
    assert metres(early) == pytest.approx(SHORT_M, abs=1.0)
    assert at_open.duration_s < early.duration_s < much_earlier.duration_s
    assert [warning for warning in early.warnings if isinstance(warning, GateWait)] == [
        GateWait(by_s=early.duration_s - at_open.duration_s, opens="06:00")
    ]
    assert metres(much_earlier) == pytest.approx(LONG_M, abs=1.0)


@pytest.mark.dear
@pytest.mark.parametrize(
    "tags", [{"opening_hours": "06:00-22:00"}, {"foot:conditional": "no @ (12:00-12:10)"}]
)
def test_who_leaves_later_never_arrives_earlier(tags: Tags, tmp_path: Path) -> None:
    town = town_with(tmp_path, tags)
    for hour in (5, 11, 12, 21):
        legs = [leg(town, f"{hour:02}:{minute:02}") for minute in range(60)]
        assert all(first.arrive <= second.arrive for first, second in pairwise(legs))


def test_a_leg_that_must_arrive_is_in_time(tmp_path: Path) -> None:
    town = town_with(tmp_path, {"opening_hours": "06:00-22:00"})
    for by in ("06:01", "06:08", "12:00", "22:03", "22:30"):
        found = leg(town, "00:00", by=by)
        assert found.arrive <= town.clock.instant(DAY, by)


def test_what_cannot_be_read_is_told_on_the_leg(tmp_path: Path) -> None:
    town = town_with(tmp_path, {"access:conditional": "no @ wet"})
    found = leg(town, "10:00")
    assert metres(found) == pytest.approx(SHORT_M, abs=1.0)
    assert WayHoursUnread(words="no @ wet") in found.warnings
    assert town.network.meta.left_out == {"hours that cannot be read": 1}


def test_a_town_without_hours_is_the_same_on_every_day(tmp_path: Path) -> None:
    town = town_with(tmp_path)
    assert town.on(DAY) is town


def planned(town: Town) -> Case:
    places = [spot(500.0), spot(-100.0, 10.0), spot(590.0)]
    stops = tuple(Stop(id=f"s{number}", place=PlaceRef(at=at)) for number, at in enumerate(places))
    start = DayStart(PlaceRef(at=spot(-190.0)), "09:00")
    return Case(town, Day(date=DAY, start=start, mode=Mode.WALK, stops=stops), Group(), {})


def test_tables_and_plans_use_what_is_open_all_the_day(tmp_path: Path) -> None:
    refs = [PlaceRef(at=spot(-100.0)), PlaceRef(at=spot(500.0))]
    for tags, right_m in (({"opening_hours": "06:00-22:00"}, LONG_M), ({"opening_hours": "24/7"}, SHORT_M)):
        folder = tmp_path / str(right_m)
        folder.mkdir()
        town = town_with(folder, tags)
        table = matrix(town, refs, Group(), {}, Mode.WALK, town.clock.instant(DAY, "10:00"))
        assert table.distances_m[0][1] == pytest.approx(right_m, abs=1.0)
        assert metres(plan_day(planned(town)).legs[0]) == pytest.approx(right_m + 90.0, abs=1.0)


def test_a_plan_of_a_proposed_order_is_the_proposal(tmp_path: Path) -> None:
    case = planned(town_with(tmp_path, {"opening_hours": "06:00-22:00"}))
    order = find_order(case, Objective.FINISH, ENDLESS)
    assert order.numbers == (1, 0, 2)
    legs = plan_day(case.with_day(order.day)).legs
    steps = [0, *(number + 1 for number in order.numbers)]
    proposed = [case.tables.walked.durations_s[a][b] for a, b in pairwise(steps)]
    assert [found.duration_s for found in legs] == proposed


def test_a_day_in_another_season_has_other_ways(tmp_path: Path) -> None:
    town = town_with(tmp_path, {"access:conditional": "no @ (Nov-Mar)"})
    refs = [PlaceRef(at=spot(-100.0)), PlaceRef(at=spot(500.0))]
    for date, right_m in ((DAY, LONG_M), (dt.date(2026, 7, 6), SHORT_M)):
        depart = town.clock.instant(date, "10:00")
        assert matrix(town, refs, Group(), {}, depart=depart).distances_m[0][1] == pytest.approx(
            right_m, abs=1
        )


def roads(tmp: Path, hours: str) -> Town:
    """A coach goes 2 km straight on while that is open, else 4 km round."""
    nodes = {
        1: (0.0, 0.0), 2: (2000.0, 0.0), 3: (0.0, 1000.0), 4: (2000.0, 1000.0), 5: (-300.0, 0.0),
        6: (2300.0, 0.0),
    }  # fmt: skip
    ways: Ways = {
        10: ((5, 1), STREET), 11: ((2, 6), STREET), 12: ((1, 3, 4, 2), STREET),
        13: ((1, 2), {**STREET, "motor_vehicle:conditional": hours}),
    }  # fmt: skip
    return coach_town(tmp, nodes, ways, {end: {"highway": "turning_circle"} for end in (5, 6)})


def by_coach(town: Town, time: str, *, by: str = "") -> Leg:
    start, arrive = town.clock.instant(DAY, time), town.clock.instant(DAY, by) if by else None
    ends = PlaceRef(at=spot(-200.0)), PlaceRef(at=spot(2200.0))
    return route(town, LegQuestion(*ends, start, arrive, Mode.COACH), Group(), {})


def test_a_coach_leg_keeps_the_hours_of_its_own_time(tmp_path: Path) -> None:
    town = roads(tmp_path, "no @ (22:00-06:00)")
    noon, night, late, early = (by_coach(town, time) for time in ("12:00", "23:00", "21:57", "02:00"))
    assert metres(noon) == pytest.approx(2400, abs=60)
    for found in (night, early, late):  # what shuts on the way is not driven
        assert metres(found) == pytest.approx(4400, abs=60)
    table = matrix(town, [PlaceRef(at=spot(-200.0)), PlaceRef(at=spot(2200.0))], Group(), {}, Mode.COACH)
    assert table.distances_m[0][1] == pytest.approx(4400, abs=60)


def test_a_coach_waits_where_that_is_quicker(tmp_path: Path) -> None:
    town = roads(tmp_path, "no @ (22:00-06:00)")
    waiting = by_coach(town, "05:58")
    assert metres(waiting) == pytest.approx(2400, abs=60)
    assert [one.opens for one in waiting.warnings if isinstance(one, GateWait)] == ["06:00"]
    assert waiting.parts[0].duration_s == 120
    assert sum(part.duration_s for part in waiting.parts) == waiting.duration_s
    for hour in (5, 21):
        legs = [by_coach(town, f"{hour:02}:{minute:02}") for minute in range(40, 60)]
        assert all(first.arrive <= second.arrive for first, second in pairwise(legs))
    for by in ("06:03", "06:20", "22:01", "22:40"):
        assert by_coach(town, "00:00", by=by).arrive <= town.clock.instant(DAY, by)


NIGHT = [
    ("00:00", False), ("02:00", False), ("05:59", False), ("06:00", True), ("21:59", True), ("22:00", False),
]  # fmt: skip


@pytest.mark.dear
@pytest.mark.parametrize(("time", "is_open"), NIGHT)
@pytest.mark.parametrize(
    "tags", [{"foot:conditional": "no @ (22:00-06:00)"}, {"opening_hours": "06:00-22:00"}]
)
def test_a_night_goes_past_midnight(tags: Tags, time: str, tmp_path: Path, *, is_open: bool) -> None:
    town = town_with(tmp_path, tags)
    at = town.clock.instant(DAY, time)
    assert (town.open_over(at, at + 1) is town) is is_open
