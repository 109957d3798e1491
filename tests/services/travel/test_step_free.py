"""What a leg says to a group that cannot climb steps, and to one whose end goes nowhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from planner.domain.clock import TownClock
from planner.domain.itinerary import Climb, StepFreeMetres
from planner.domain.schedule.group import Group
from planner.domain.visits import PlaceRef
from planner.domain.warnings.codes import WarningCode
from planner.outputs.api.answers import Answers
from planner.services.planning.route import LegQuestion, matrix, route
from planner.services.travel.town import Town
from planner.streets.files import EdgeFlag, FreeState
from tests.kit.streets.small import FOOTWAY, Ways, small_town, spot
from tests.kit.warned import told_of, warned

if TYPE_CHECKING:
    from pathlib import Path

    from planner.domain.geo import LonLat
    from planner.domain.itinerary import Leg

CAREFUL = Group(step_free=True, pace_kmh=3.6)


def asked(town: Town, a: LonLat, b: LonLat, group: Group = CAREFUL) -> Leg:
    return route(town, LegQuestion(PlaceRef(at=a), PlaceRef(at=b), 0), group, {})


@pytest.fixture(name="street")
def one_street_in_three_pieces(tmp_path: Path) -> Town:
    """100 m each; the first confirmed, the second unknown, the third bad and of a known slope."""
    nodes = {1: (0.0, 0.0), 2: (100.0, 0.0), 3: (200.0, 0.0), 4: (300.0, 0.0)}
    ways: Ways = {number: ((number, number + 1), FOOTWAY) for number in (1, 2, 3)}
    network = small_town(tmp_path, nodes, ways).network
    states = [FreeState.CONFIRMED, FreeState.UNKNOWN, FreeState.BAD]
    arrays: dict[str, Any] = {
        "free_state": np.array(states, np.uint8),
        "flags": np.array([0, 0, EdgeFlag.INCLINE_TAGGED], np.uint32),
        "clock_s": np.array([0.0, 0.0, 0.0, 0.0, 30.4, 30.4]),
    }
    return Town(replace(network, **arrays))


def test_unknown_metres_are_warned_of_and_confirmed_ones_are_not(street: Town) -> None:
    known, half = asked(street, spot(10), spot(90)), asked(street, spot(10), spot(160))
    assert known.warnings == ()
    assert half.warnings == (warned(WarningCode.STEP_FREE_UNKNOWN, params={"metres": 60}),)
    assert asked(street, spot(10), spot(160), Group()).warnings == ()


def test_a_leg_tells_metres_by_what_is_known(street: Town) -> None:
    (part,) = asked(street, spot(10), spot(250)).parts
    assert part.step_free is not None
    told = (part.step_free.confirmed_m, part.step_free.unknown_m, part.step_free.bad_m)
    assert told == pytest.approx((90, 100, 50), abs=0.2)
    assert part.incline_tagged_m == pytest.approx(50, abs=0.2)
    assert asked(street, spot(10), spot(250), Group()).parts[0].step_free is None


def test_the_answer_says_that_height_is_unknown_except_where_tagged(street: Town) -> None:
    answers = Answers(TownClock("Europe/Warsaw"), "en")
    leg = asked(street, spot(10), spot(250))
    part = replace(
        leg.parts[0], distance_m=240.0, incline_tagged_m=50.04, step_free=StepFreeMetres(90, 100, 50)
    )
    told = answers.leg(replace(leg, parts=(part,)))["parts"][0]
    nothing = dict.fromkeys(("ascent_m", "descent_m", "steepest_percent"))
    assert told["slope"] == {"tagged_m": 50.0, "unknown_m": 190.0, "height_m": 0.0, **nothing}
    climb = Climb(known_m=200.0, ascent_m=12.04, descent_m=3.0, steepest_percent=7.25)
    told = answers.leg(replace(leg, parts=(replace(part, climb=climb),)))["parts"][0]
    assert told["slope"] == {
        "tagged_m": 50.0, "unknown_m": 40.0, "height_m": 200.0, "ascent_m": 12.0, "descent_m": 3.0,
        "steepest_percent": 7.2,
    }  # fmt: skip
    assert told["step_free"] == {"confirmed_m": 90, "unknown_m": 100, "bad_m": 50}
    plain = answers.leg(asked(street, spot(10), spot(250), Group()))["parts"][0]
    assert plain["step_free"] is None


def test_the_clock_counts_what_metres_do_not(street: Town) -> None:
    """At a metre a second: 290 m and 30.4 s for 90 m of the last piece, 27.36 s."""
    leg = asked(street, spot(0), spot(290))
    table = matrix(street, [PlaceRef(at=spot(0)), PlaceRef(at=spot(290))], CAREFUL, {})
    assert leg.duration_s == table.durations_s[0][1] == 318
    assert table.distances_m[0][1] == pytest.approx(290, abs=0.2)


def test_stairs_without_a_way_round_are_named_with_their_place(tmp_path: Path) -> None:
    nodes = {1: (0.0, 0.0), 2: (200.0, 0.0), 3: (240.0, 0.0), 4: (400.0, 0.0)}
    ways: Ways = {1: ((1, 2), FOOTWAY), 2: ((2, 3), {"highway": "steps"}), 3: ((3, 4), FOOTWAY)}
    town = small_town(tmp_path, nodes, ways)
    leg = asked(town, spot(50), spot(350))
    (warning,) = leg.warnings
    assert warning.code is WarningCode.NOT_STEP_FREE
    lon, lat = spot(200)
    where = (round(lon, 7), round(lat, 7))
    assert told_of(warning) == {"obstacle": "steps", "metres": 150, "at": where}
    assert leg.distance_m is None
    assert asked(town, spot(50), spot(350), Group()).warnings == ()


def test_an_end_on_an_island_is_warned_of(tmp_path: Path) -> None:
    nodes = {1: (0.0, 0.0), 2: (100.0, 0.0), 3: (0.0, 400.0), 4: (100.0, 400.0), 5: (300.0, 0.0)}
    ways: Ways = {1: ((1, 2, 5), FOOTWAY), 2: ((3, 4), FOOTWAY), 3: ((2, 5), FOOTWAY)}
    town = small_town(tmp_path, nodes, ways)
    assert asked(town, spot(0, 400), spot(90, 400), Group()).warnings == (
        warned(WarningCode.OFF_MAIN_NETWORK),
    )
    assert [warning.code for warning in asked(town, spot(0, 400), spot(90), Group()).warnings] == [
        WarningCode.NO_WAY
    ]
