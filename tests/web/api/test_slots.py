"""Where a stop would fit, through the API, in the town of tests/kit/web/town.py.

Alfa to beta takes 2 min of gathering and 301 s, beta to delta 701 s, alfa to delta 1001 s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.kit.web.bodies import clock, day

if TYPE_CHECKING:
    from tests.kit.web.calls import Api


def stop(name: str, site: str, **other: Any) -> dict[str, Any]:
    return {"id": name, "place": {"site": site}, **other}


FAR = stop("far", "delta")
NEAR = stop("near", "beta")


def plan_of(small: Api, body: dict[str, Any], order: list[int], new: dict[str, Any]) -> dict[str, Any]:
    """The plan of a day whose stops, and a new one after them, are put in an order."""
    stops = [*body["stops"], new]
    asked = {key: value for key, value in body.items() if key not in {"stop", "times", "most"}}
    return small.ask("plan", {**asked, "stops": [stops[number] for number in order], "optimise": False})


def test_every_place_costs_what_its_own_plan_does(small: Api) -> None:
    """Against the plan of each order: finish, metres, waiting, and the stay itself."""
    late = stop("late", "gamma", fixed="10:00")
    body = day(FAR, late, end={"place": {"site": "alfa"}, "latest": "11:30"})
    before = small.ask("plan", {**body, "optimise": False})
    answer = small.ask("slots", {**body, "stop": NEAR, "most": 60})
    assert sorted(slot["position"] for slot in answer["slots"]) == [0, 1, 2]
    assert answer["complete"] is True
    told = []
    for slot in answer["slots"]:
        plan = plan_of(small, body, slot["order"], NEAR)
        call = next(call for call in plan["calls"] if call["id"] == "near")
        assert {**call, "stop": 2} == slot["call"]
        assert slot["walk_more_m"] == round(plan["totals"]["walk_m"] - before["totals"]["walk_m"], 1)
        assert slot["wait_more_s"] == plan["totals"]["wait_s"] - before["totals"]["wait_s"]
        late_now = {one.get("stop"): one["by_s"] for one in plan["warnings"] if one["code"] == "late"}
        assert bool(late_now) == bool(slot["breaks"])
        told.append((len(slot["breaks"]), sum(late_now.values()), slot["later_s"]))
    assert told == sorted(told)


def test_the_best_of_the_times_of_a_host_comes_first(small: Api) -> None:
    """The far stop is over at 09:24; at 09:20 beta is too late after it, and makes nothing late before it."""
    asked = {**day(FAR), "stop": NEAR, "times": ["09:20", "10:30", "09:10"], "most": 60}
    answer = small.ask("slots", asked)
    best = answer["slots"][0]
    assert (clock(best["call"]["start"]), best["position"], best["breaks"]) == ("09:10:00", 0, [])
    assert len(answer["slots"]) == 6
    broken = [slot for slot in answer["slots"] if slot["breaks"]]
    assert {slot["breaks"][0]["kind"] for slot in broken} == {"fixed"}
    assert all(slot["breaks"][0]["stop"] == 1 for slot in broken)


def test_what_breaks_is_told_in_both_languages(small: Api) -> None:
    """Near first makes the far stop late for 09:20: it is there at 09:36:41."""
    body = {**day(stop("far", "delta", fixed="09:20", locked=True)), "stop": NEAR, "position": 0}
    english, polish = (small.ask("slots", body, lang=lang)["slots"][0] for lang in ("en", "pl"))
    assert [one["kind"] for one in english["breaks"]] == ["fixed", "locked"]
    assert english["message"].startswith("First, 09:08–09:23: ")
    assert english["message"].endswith("does not work.")
    assert english["breaks"][1]["message"] == "Kept no more: Delta, locked as stop 1."
    assert polish["message"].startswith("Na początku, 09:08–09:23: ")


def test_why_not_first_tells_the_minutes_or_the_demand(small: Api) -> None:
    """Far first ends at 09:53, near first at 09:42."""
    body = {**day(FAR, NEAR), "move": "far", "position": 0}
    why = small.ask("slots", body)["why_not"]
    assert (why["later_s"], why["held"]["order"]) == (11 * 60, [0, 1])
    assert why["message"] == "Delta as stop 1: the day ends 11\xa0min later, 780\xa0m more on foot."
    shut = {**day(stop("far", "delta", hours="10:00-12:00"), stop("near", "beta", fixed="09:20"))}
    why = small.ask("slots", {**shut, "move": "far", "position": 0})["why_not"]
    assert (why["later_s"], why["held"]["proved_optimal"]) == (None, False)
    assert {demand["kind"] for demand in why["held"]["conflicts"][0]["demands"]} >= {"locked", "fixed"}
    assert why["message"].startswith("Delta cannot be stop 1.")
    taken = {**day(stop("near", "beta", locked=True), FAR), "move": "far", "position": 0}
    why = small.ask("slots", taken)["why_not"]
    assert [demand["kind"] for demand in why["held"]["conflicts"][0]["demands"]] == ["locked", "locked"]


def test_the_best_order_with_it_is_told_where_it_is_asked_for(small: Api) -> None:
    answer = small.ask("slots", {**day(FAR), "stop": NEAR, "optimise": True})
    assert answer["reordered"]["order"] == [1, 0]
    assert answer["reordered"]["proved_optimal"] is True
    assert clock(answer["reordered"]["finish"]) == "09:42:00"
    assert small.ask("slots", {**day(FAR), "stop": NEAR})["reordered"] is None


def test_faults_point_at_their_places(small: Api) -> None:
    body = day(FAR)
    assert small.refused("slots", body) == {"/stop": "value_error"}
    assert small.refused("slots", {**body, "move": "nobody"}) == {"/move": "value_error"}
    assert small.refused("slots", {**body, "stop": NEAR, "position": 2}) == {"/position": "value_error"}
    assert set(small.refused("slots", {**body, "stop": stop("n", "unknown")})) == {"/stop/place/site"}
    assert set(small.refused("slots", {**body, "stop": NEAR, "times": ["25 o'clock"]})) == {"/times/0"}
    assert small.refused("slots", {**body, "stop": FAR}) == {"/stop/id": "value_error"}
    full = day(*(stop(f"s{number}", "delta") for number in range(60)))
    assert small.refused("slots", {**full, "stop": NEAR}) == {"/stops": "value_error"}
