"""Stops shared among days, through the API, in the town of tests/kit/web/town.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.kit.web.calls import Api


def one_day(date: str, **other: Any) -> dict[str, Any]:
    return {"date": date, "start": {"place": {"site": "alfa"}, "time": "09:00"}, **other}


def stop(name: str, site: str, **other: Any) -> dict[str, Any]:
    return {"id": name, "place": {"site": site}, **other}


WEDNESDAY, THURSDAY = one_day("2026-12-02"), one_day("2026-12-03")


def test_what_lies_far_off_together_is_on_one_day(small: Api) -> None:
    """Two stops at delta and two near: without balance one way there and back is saved."""
    back = {"place": {"site": "alfa"}}
    days = [{**WEDNESDAY, "end": back}, {**THURSDAY, "end": back}]
    stops = [stop("d1", "delta"), stop("b", "beta"), stop("d2", "delta"), stop("g", "gamma")]
    answer = small.ask("days", {"days": days, "stops": stops, "balance": 0})
    shares = [set(day["itinerary"]["order"]) for day in answer["days"]]
    assert {0, 2} <= max(shares, key=len)
    assert (answer["left_over"], answer["proved_optimal"]) == ([], True)
    even = small.ask("days", {"days": days, "stops": stops, "balance": 5})
    assert even["spread_s"] <= answer["spread_s"]
    assert [call["id"] for day in even["days"] for call in day["itinerary"]["calls"]] != []


def test_doors_and_chosen_days_decide(small: Api) -> None:
    stops = [stop("shut", "beta", hours="Th 08:00-12:00"), stop("first", "gamma", days=[0])]
    answer = small.ask("days", {"days": [WEDNESDAY, THURSDAY], "stops": stops})
    assert [day["itinerary"]["order"] for day in answer["days"]] == [[1], [0]]


def test_what_no_day_has_room_for_is_told(small: Api) -> None:
    short = [{**day, "end": {"latest": "09:30"}} for day in (WEDNESDAY, THURSDAY)]
    stops = [stop("d", "delta"), stop("b", "beta"), stop("g", "gamma", dwell_min=60)]
    answer = small.ask("days", {"days": short, "stops": stops})
    assert answer["left_over"] == [2]
    assert sorted(n for day in answer["days"] for n in day["itinerary"]["order"]) == [0, 1]


def test_faults_point_at_their_places(small: Api) -> None:
    stops = [stop("a", "beta")]
    asked = {"days": [WEDNESDAY, WEDNESDAY], "stops": stops}
    assert small.refused("days", asked) == {"/days/1/date": "value_error"}
    asked = {"days": [WEDNESDAY, THURSDAY], "stops": [stop("a", "beta", locked=True, days=[2])]}
    assert set(small.refused("days", asked)) == {"/stops/0/locked", "/stops/0/days/0"}
    asked = {"days": [WEDNESDAY, THURSDAY], "stops": [stop("a", "nobody"), stop("a", "beta")]}
    assert set(small.refused("days", asked)) == {"/stops/1/id", "/stops/0/place/site"}
    asked = {"days": [WEDNESDAY], "stops": stops}
    assert set(small.refused("days", asked)) == {"/days"}
