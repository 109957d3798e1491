"""Times that hosts have confirmed, through the API: kept by what is proposed, or told as to be asked again.

In the town of tests/kit/web/town.py: alfa to beta takes 2 min of gathering and 301 s, beta to delta 701 s,
alfa to delta 1001 s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import FULL
from tests.kit.web.bodies import DAY, clock, day

if TYPE_CHECKING:
    from tests.kit.web.calls import Api

MINUTES = st.integers(0, 12).map(lambda ticks: f"{9 + ticks // 6:02d}:{ticks % 6 * 10:02d}")


def stop(name: str, site: str, **other: Any) -> dict[str, Any]:
    return {"id": name, "place": {"site": site}, "dwell_min": 15, **other}


def kept_or_told(asked: dict[str, Any], starts: dict[str, str], again: list[dict[str, Any]]) -> None:
    """Each confirmed time is that of the stay, or the host is told as to be asked again; nobody else is."""
    told = {one["id"]: one for one in again}
    for one in asked["stops"]:
        confirmed, start = one.get("confirmed"), starts.get(one["id"])
        if confirmed is None or (start is not None and clock(start)[:5] == confirmed):
            assert one["id"] not in told
        else:
            assert told[one["id"]]["start"] == start
            assert clock(told[one["id"]]["confirmed"])[:5] == confirmed


@pytest.mark.dear
@settings(max_examples=100 if FULL else 8)
@given(st.lists(st.none() | MINUTES, min_size=3, max_size=3), st.booleans(), st.booleans())
def test_a_confirmed_time_survives_a_plan_or_is_told(
    small: Api,
    times: list[str | None],
    optimise: bool,  # noqa: FBT001
    ask_again: bool,  # noqa: FBT001
) -> None:
    stops = [
        stop(name, site, **({"confirmed": time} if time else {}), optional=number == 2)
        for number, (name, site, time) in enumerate(
            zip("abc", ("beta", "delta", "gamma"), times, strict=True)
        )
    ]
    chances = {"robustness": {"days": 100}} if ask_again else {}
    asked = day(*stops, optimise=optimise, ask_again=ask_again, remedies=False, **chances)
    answer = small.ask("plan", asked)
    starts = {call["id"]: call["start"] for call in answer["calls"]}
    kept_or_told(asked, starts, answer.get("asked_again", []))
    assert ("asked_again" in answer) is any(times)
    if optimise and not ask_again and answer["outcome"] == "found":
        assert {one["id"] for one in answer.get("asked_again", [])} <= {"c"}  # left out, if at all


def test_an_order_keeps_what_is_confirmed_unless_hosts_may_be_asked(small: Api) -> None:
    """Near first would end at 09:53 - but delta has confirmed 09:20, when near first is there at 09:42."""
    body = day(stop("near", "beta"), stop("far", "delta", confirmed="09:20"), optimise=True)
    kept = small.ask("plan", body)
    assert (kept["order"], kept["asked_again"]) == ([1, 0], [])
    free = small.ask("plan", {**body, "ask_again": True})
    assert free["order"] == [0, 1]
    (again,) = free["asked_again"]
    assert (again["id"], clock(again["confirmed"])) == ("far", "09:20:00")
    assert again["message"] == f"Delta: {clock(again['start'])[:5]} instead of 09:20"
    assert small.ask("plan", {**body, "optimise": False})["asked_again"] == [again]


def test_a_remedy_tells_whom_it_asks_again(small: Api) -> None:
    """The last stop is late for 09:50; an earlier start would make all others earlier too."""
    body = day(stop("near", "beta", confirmed="09:08"), stop("far", "delta", fixed="09:30"))
    cures = [one for warning in small.ask("plan", body)["warnings"] for one in warning["remedies"]]
    told = {one["code"]: [again["id"] for again in one["asked_again"]] for one in cures}
    assert told["start"] == ["near"]
    assert told["fixed"] == []


def test_a_place_for_a_stop_keeps_what_others_have_confirmed(small: Api) -> None:
    """The far stop is there at 09:19; with near first at 09:36, too late for 09:20."""
    body = {**day(stop("far", "delta", confirmed="09:20")), "stop": stop("near", "beta")}
    first, last = sorted(small.ask("slots", body)["slots"], key=lambda slot: slot["position"])
    assert [one["id"] for one in first["asked_again"]] == ["far"]
    assert first["breaks"][0]["kind"] == "fixed"
    assert (last["asked_again"], last["breaks"]) == ([], [])
    moved = {**day(stop("far", "delta", confirmed="09:20"), stop("near", "beta")), "move": "far"}
    places = small.ask("slots", moved)["slots"]
    assert {slot["position"]: bool(slot["asked_again"]) for slot in places} == {0: False, 1: True}


def test_days_that_are_shared_keep_it_as_a_fixed_time(small: Api) -> None:
    days = [
        {"date": date, "start": {"place": {"site": "alfa"}, "time": "09:00"}} for date in (DAY, "2026-12-03")
    ]
    body = {"days": days, "stops": [stop("far", "delta", confirmed="11:00"), stop("near", "beta")]}
    answer = small.ask("days", body)
    calls = [call for one in answer["days"] for call in one["itinerary"]["calls"] if call["id"] == "far"]
    assert [call["start"][11:16] for call in calls] == ["11:00"]


@pytest.mark.parametrize("time", ["kwadrans", 9, ""])
def test_a_confirmed_time_that_is_none_is_refused(small: Api, time: object) -> None:
    answer = small.send("plan", day(stop("far", "delta", confirmed=time)))
    assert answer.status_code == 422
    assert answer.get_json()["error"]["details"][0]["pointer"] == "/stops/0/confirmed"


def test_a_confirmed_time_that_the_clock_skips_is_refused(small: Api) -> None:
    body = {**day(stop("far", "delta", confirmed="02:30+1")), "date": "2026-03-28"}
    answer = small.send("plan", body)
    assert answer.get_json()["error"]["details"][0]["pointer"] == "/stops/0/confirmed"
