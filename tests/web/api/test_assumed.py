"""What a leg to a site without a position is assumed to take, through the API.

The town is that of tests/kit/web/town.py: a walk from A to B takes 301 s, one person gathers for 2 min.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.web.bodies import clock, day, stop

if TYPE_CHECKING:
    from tests.kit.web.calls import Api

TO_BETA = stop("beta", dwell_min=15)
TO_NOWHERE = stop("nowhere", dwell_min=15)


@pytest.mark.parametrize(("asked", "minutes"), [({}, 10), ({"assumed_leg_min": 25}, 25)])
def test_legs_to_and_from_it_keep_a_number_that_says_it_is_assumed(
    small: Api, asked: dict[str, Any], minutes: int
) -> None:
    plan = small.ask("plan", day(TO_NOWHERE, TO_BETA, **asked))
    told = [(leg["assumed"], leg["duration_s"], leg["distance_m"]) for leg in plan["legs"]]
    assert told == [(True, minutes * 60, None)] * 2
    there = plan["legs"][0]
    assert (clock(there["depart"]), there["geometry"], there["parts"]) == ("09:02:00", None, [])
    assert clock(there["arrive"]) == f"09:{2 + minutes:02}:00"
    (warning,) = [one for one in plan["warnings"] if one["code"] == "not_placed"]
    assert warning["stop"] == 0
    assert warning["message"].replace("\u00a0", " ") == (
        f"Not on the map yet: ways here and from here are assumed to take {minutes} min."
    )


def test_a_leg_between_places_is_not_assumed(small: Api) -> None:
    plan = small.ask("plan", day(TO_BETA, assumed_leg_min=25))
    assert [(leg["assumed"], leg["duration_s"]) for leg in plan["legs"]] == [(False, 301)]


@pytest.mark.parametrize("objective", ["finish", "finish_walking", "walking", "waiting"])
def test_no_order_of_such_a_day_is_proved(small: Api, objective: str) -> None:
    asked = {"optimise": True, "objective": objective}
    assert small.ask("plan", day(TO_BETA, stop("gamma"), **asked))["proved_optimal"] is True
    assert small.ask("plan", day(TO_BETA, TO_NOWHERE, **asked))["proved_optimal"] is False


def test_a_reason_that_rests_on_an_assumed_way_is_not_proved(small: Api) -> None:
    """A stay until 09:15 and the next at 09:18: two minutes to gather, one for a way of ten."""
    stops = (
        stop("beta", id="b", fixed="09:08", dwell_min=7),
        stop("nowhere", id="nowhere", fixed="09:18", dwell_min=5),
    )
    plan = small.ask("plan", day(*stops, optimise=True))
    (reason,) = plan["conflicts"]
    assert (reason["proved"], reason["too_much_min"]) == (False, 9)
    assert reason["message"].endswith("Not proved: ways to a place that is not on the map are only assumed.")
    later = small.ask("plan", day(*stops, optimise=True, assumed_leg_min=1))
    assert later["conflicts"] == []


@pytest.mark.parametrize("minutes", [0, 121, -1, 10.5, "10", True, None])
def test_what_is_no_number_of_minutes_is_refused(small: Api, minutes: object) -> None:
    assert small.refused("plan", day(TO_BETA, assumed_leg_min=minutes)).keys() == {"/assumed_leg_min"}
