"""Getting a group into a coach and out of it: what it takes, and when a hop is better walked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.schedule.walking import MIN_MOVE_S
from planner.streets.query.drive.boarding import boarding_s
from planner.streets.query.drive.find import Driver
from planner.streets.query.walk.find import Walker
from tests.kit.streets.coach_town import COACH, coach_town
from tests.kit.streets.small import spot

if TYPE_CHECKING:
    from planner.streets.query.network import Network

# A road of two kilometres with a loop at each end, where a coach turns.
NODES = {1: (0.0, 0.0), 2: (2000.0, 0.0), 3: (2000.0, 200.0), 4: (0.0, 200.0)}
WAYS = {1: ((1, 2, 3, 4, 1), {"highway": "tertiary"})}
HOP, AFAR = (spot(400, 0), spot(700, 0)), (spot(100, 0), spot(1900, 0))


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Network:
    return coach_town(tmp_path_factory.mktemp("road"), NODES, WAYS).network


def test_what_it_takes_by_hand() -> None:
    """Two minutes for counting, and 2.5 and 3.3 seconds a person: 126 s for one, 381 s for 45."""
    assert [boarding_s(people) for people in (1, 10, 45)] == [126, 178, 381]


@given(people=st.integers(1, 2000))
def test_it_takes_longer_than_the_least_move_and_more_people_take_longer(people: int) -> None:
    """Else the table could not tell a drive from a walk by the seconds (`DayTables.steady`)."""
    assert boarding_s(people) > MIN_MOVE_S
    assert boarding_s(people + 1) > boarding_s(people)


def test_a_hop_of_300_m_with_45_people_is_walked(network: Network) -> None:
    """300 m at 4 km/h take 270 s; getting in and out alone takes 381 s."""
    ride = Driver(network, COACH, Walker(network, pace_kmh=4.0)).leg(*HOP, people=45)
    assert ride is not None
    assert ride.drive is None
    assert ride.duration_s == pytest.approx(270, abs=1)


@pytest.mark.parametrize("people", [1, 12, 45, 90])
def test_the_leg_and_the_table_take_what_the_size_of_the_group_says(network: Network, people: int) -> None:
    """1800 m: half an hour's walk is 27 min, so even ninety people are driven; only getting in differs."""
    driver = Driver(network, COACH, Walker(network, pace_kmh=4.0))
    alone, ride = driver.leg(*AFAR), driver.leg(*AFAR, people=people)
    assert alone is not None
    assert ride is not None
    assert ride.drive is not None
    assert ride.duration_s - alone.duration_s == pytest.approx(boarding_s(people) - boarding_s(1), abs=1e-6)
    assert driver.table(AFAR, people=people).durations_s[0][1] == pytest.approx(ride.duration_s)
