"""Public transport through the API, every answer held against the served description."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from planner.web import create_app
from planner.web.frame.context import services
from tests.kit.web.calls import Api
from tests.web.conftest import NOW, bus_application, closed, settings_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STATION, MANOR = {"site": "dworzec-biblioteka"}, {"site": "dwor-radziszow"}
ROUTE: dict[str, Any] = {
    "from": STATION, "to": MANOR, "mode": "best", "depart": "2026-11-30T10:40", "group_size": 22,
}  # fmt: skip
RIDE = {
    "line", "vehicle", "headsign", "board", "alight", "via", "following", "last_back", "service_estimated",
    "headway_s", "on_request", "over_room", "credit",
}  # fmt: skip


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """Skawina with its buses, as the first run makes it."""
    folder = tmp_path_factory.mktemp("web_buses")
    app = bus_application(folder)
    yield Api(app)
    closed(app)


def minute(answer_time: str) -> str:
    return f"{dt.datetime.fromisoformat(answer_time):%H:%M}"


def ride_of(leg: dict[str, Any]) -> dict[str, Any]:
    ride: dict[str, Any]
    (ride,) = [part for part in leg["parts"] if part["kind"] == "ride"]
    return ride


def codes(answer: dict[str, Any]) -> list[str]:
    return [warning["code"] for warning in answer["warnings"]]


@pytest.mark.dear
def test_a_leg_by_bus_has_line_stop_minute_and_a_way_back(town: Api) -> None:
    leg = town.ask("route", ROUTE)
    assert leg["mode"] == "bus"
    assert [part["kind"] for part in leg["parts"]] == ["walk", "wait", "ride", "walk"]
    assert sum(part["duration_s"] for part in leg["parts"]) == leg["duration_s"]
    ride = ride_of(leg)
    assert set(ride) >= RIDE
    assert (ride["line"], ride["vehicle"]) == ("253", "bus")
    assert (ride["board"]["name"], minute(ride["board"]["time"])) == ("Skawina Centrum Sportowe", "11:26")
    assert ride["board"]["time"] == ride["depart"]
    assert ride["alight"]["name"] == "Radziszów Centrum"
    assert minute(ride["last_back"]) > "22:00"
    assert [minute(call["time"]) for call in ride["via"]] == sorted(minute(c["time"]) for c in ride["via"])
    assert leg["choice"]["mode"] == "bus"
    assert leg["choice"]["over"] == "walk"
    assert all(RIDE.isdisjoint(part) for part in leg["parts"] if part["kind"] != "ride")


def test_a_leg_that_was_asked_for_by_its_mode_has_no_choice(town: Api) -> None:
    leg = town.ask("route", {**ROUTE, "mode": "bus"})
    assert (leg["mode"], leg["choice"]) == ("bus", None)
    walk = town.ask("route", {**ROUTE, "mode": "walk"})
    assert walk["choice"] is None
    assert leg["duration_s"] < walk["duration_s"]


def test_to_be_there_at_noon(town: Api) -> None:
    asked = {key: value for key, value in ROUTE.items() if key != "depart"}
    leg = town.ask("route", {**asked, "arrive": "2026-11-30T12:00"})
    assert leg["mode"] == "bus"
    assert minute(leg["arrive"]) <= "12:00"
    assert minute(leg["depart"]) > "11:00"


def test_a_coach_is_best_only_where_one_is_named(town: Api) -> None:
    assert town.ask("route", ROUTE)["mode"] == "bus"
    leg = town.ask("route", {**ROUTE, "coach": {}})
    assert (leg["mode"], leg["choice"]["over"]) == ("coach", "bus")


def test_stand_ins_are_taken_only_if_asked_for(town: Api) -> None:
    later = {**ROUTE, "depart": "2028-01-03T10:40"}
    leg = town.ask("route", later)
    assert leg["mode"] == "walk"
    assert codes(leg).count("timetable_outdated") == 1
    guess = town.ask("route", {**later, "stand_in_timetable": True})
    assert guess["mode"] == "bus"
    assert "timetable_outdated" in codes(guess)
    assert set(town.refused("route", {**ROUTE, "stand_in_timetable": "yes"})) == {"/stand_in_timetable"}


def test_a_table_at_a_time_is_what_the_routes_take(town: Api) -> None:
    points = [STATION, MANOR, {"site": "stadion"}]
    asked = {"points": points, "mode": "best", "depart": "2026-11-30T10:40", "group_size": 22}
    found = town.ask("matrix", asked)
    there, back = (
        town.ask("route", {**ROUTE, "from": a, "to": b}) for a, b in ((STATION, MANOR), (MANOR, STATION))
    )
    assert found["durations_s"] == [[0, there["duration_s"], None], [back["duration_s"], 0, None], [None] * 3]
    assert found["distances_m"] == [[None] * 3] * 3
    at_night = town.ask("matrix", {**asked, "depart": "2026-11-30T23:40"})
    assert at_night["durations_s"][0][1] > there["duration_s"]
    without_time = {key: value for key, value in asked.items() if key != "depart"}
    now = town.ask("matrix", without_time)["durations_s"]  # a Monday, ten o'clock
    assert now == town.ask("matrix", {**asked, "depart": "2026-11-16T10:00"})["durations_s"]


def day(**more: Any) -> dict[str, Any]:
    stops = [{"id": "manor", "place": MANOR, "dwell_min": 60}]
    start = {"place": STATION, "time": "10:37"}
    return {"date": "2026-11-30", "start": start, "end": {"place": STATION}, "stops": stops, **more}


def test_a_day_by_bus_says_what_its_times_rest_on(town: Api) -> None:
    plan = town.ask("plan", day(mode="best", group_size=22))
    out, back = plan["legs"]
    assert (out["mode"], back["mode"]) == ("bus", "bus")
    assert minute(ride_of(out)["board"]["time"]) == "11:26"
    ridden = ride_of(out)["distance_m"] + ride_of(back)["distance_m"]
    assert plan["totals"]["ride_m"] == pytest.approx(ridden, abs=0.2)
    walked = [part["distance_m"] for leg in (out, back) for part in leg["parts"] if part["kind"] == "walk"]
    assert plan["totals"]["walk_m"] == pytest.approx(sum(walked), abs=0.3)
    builtin, *lines = plan["data"]["timetable"]["sources"]
    assert (builtin["kind"], builtin["indicative"]) == ("builtin", True)
    assert (builtin["valid_from"], builtin["valid_to"]) == ("2026-03-25", "2027-12-31")
    assert builtin["credit"] == ride_of(out)["credit"]
    assert {source["kind"] for source in lines} <= {"osm"}
    assert "service_estimated" in codes(plan)


@pytest.mark.dear
def test_45_people_are_told_in_every_language(town: Api) -> None:
    for lang in ("en", "pl"):
        plan = town.ask("plan", day(mode="bus", group_size=45), lang=lang)
        (first, _) = [one for one in plan["warnings"] if one["code"] == "group_too_big_for_bus"]
        assert first["leg"] == 0
        assert "253" in first["message"]


def test_a_town_without_buses_plans_on_foot_and_says_so(small: Api) -> None:
    leg = small.ask("route", {**ROUTE, "from": {"site": "alfa"}, "to": {"site": "delta"}})
    assert (leg["mode"], leg["choice"]["over"], codes(leg)) == ("walk", None, [])
    by_bus = small.ask("route", {**ROUTE, "from": {"site": "alfa"}, "to": {"site": "delta"}, "mode": "bus"})
    assert (by_bus["mode"], [part["kind"] for part in by_bus["parts"]]) == ("bus", ["walk"])
    plan = small.ask(
        "plan",
        {
            "date": "2026-11-30",
            "start": {"place": {"site": "alfa"}, "time": "09:00"},
            "stops": [],
            "mode": "bus",
        },
    )
    assert plan["data"]["timetable"] is None


@pytest.mark.dear
def test_what_is_described_is_answered_somewhere(town: Api, small: Api, tmp_path: Path) -> None:
    """No field stands in the description alone. That none is answered alone is held for every answer."""
    empty = Api(create_app(settings_in(tmp_path), now=lambda: NOW))
    with empty.app.app_context():
        services().database.upgrade()
    start = {"place": {"site": "alfa"}, "time": "09:00"}
    far = {"id": "far", "place": {"site": "delta"}}
    near = {"id": "near", "place": {"site": "beta"}, "min_dwell_min": 10}
    on_paper = {"date": "2026-12-02", "start": start, "stops": [far, near]}
    one_room = {"place": {"site": "beta"}, "capacity": 14}
    too_short = {**one_room, "dwell_min": 15, "windows": [["09:00", "09:30"]]}
    parties = [{"name": "A", "size": 14}, {"name": "B", "size": 14}]
    fixed = [{**far, "fixed": "09:30"}, {**near, "fixed": "09:45"}]
    calls: list[tuple[Api, str, dict[str, Any] | None]] = [
        (town, "/healthz", None),
        (empty, "/healthz", None),
        (town, "/api/v1/openapi.json", None),
        (town, "/api/v1/sites", None),
        (town, "/api/v1/route", {**ROUTE, "step_free": True}),
        (town, "/api/v1/route", {"from": STATION}),
        (town, "/api/v1/route", {**ROUTE, "mode": "coach"}),
        (town, "/api/v1/matrix", {"points": [STATION, MANOR], "mode": "coach"}),
        (town, "/api/v1/plan", day(mode="bus", group_size=45)),
        (small, "/api/v1/plan", {**on_paper, "optimise": True, "end": {"latest": "09:38"}}),
        (small, "/api/v1/plan", {**on_paper, "optimise": True, "stops": fixed}),
        (small, "/api/v1/plan", {**on_paper, "end": {"latest": "09:45"}}),
        (
            small,
            "/api/v1/plan",
            {
                **on_paper,
                "optimise": True,
                "end": {"latest": "09:33"},
                "stops": [{**far, "optional": True}, {**near, "optional": True}],
            },
        ),
        (
            small,
            "/api/v1/plan",
            {
                **on_paper,
                "optimise": True,
                "stops": [near, {**far, "fixed": "09:37"}],
                "robustness": {"later_min": 30},
            },
        ),
        (small, "/api/v1/plan", {**on_paper, "stops": [{**near, "confirmed": "09:00"}, fixed[0]]}),
        (
            small,
            "/api/v1/plan",
            {**on_paper, "start": {**start, "time": "23:30"}, "stops": [{**far, "fixed": "00:30"}]},
        ),
        (small, "/api/v1/parties", {**on_paper, "stops": [one_room], "parties": parties}),
        (small, "/api/v1/parties", {**on_paper, "stops": [too_short], "parties": parties}),
    ]
    seen: set[str] = set()
    described: set[str] = set()
    for api, path, body in calls:
        response = api.client.get(path) if body is None else api.client.post(path, json=body)
        ((_, operation),) = api.description["paths"][path].items()
        told = operation["responses"][str(response.status_code)]["content"][response.mimetype]["schema"]
        assert api.described.mismatches(response.get_json(), told) == []
        described |= api.described.fields(told)
        seen |= set(api.described.answered(response.get_json(), told))
    assert described - seen == set()
    closed(empty.app)
