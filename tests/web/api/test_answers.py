"""What the API answers: shapes as described, numbers worked out on paper (see `town.py`)."""

from __future__ import annotations

import datetime as dt
import json
from math import ceil
from typing import TYPE_CHECKING, Any

import pytest

from planner import __version__
from planner.paths import ROOT
from planner.store.catalogue import replace_site, stored_site
from planner.web import create_app
from planner.web.api import views
from planner.web.frame.context import services
from tests.kit.web.bodies import DAY, PLAN, clock, codes, day, stop
from tests.kit.web.calls import error_of
from tests.kit.web.town import A_TO_B_M, A_TO_C_M, A, B, C
from tests.web.conftest import settings_in

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

    from tests.kit.web.calls import Api

START = "2026-12-02T09:00:00+01:00"
STATION, TOWN_HALL = {"site": "dworzec-biblioteka"}, {"site": "ratusz"}
LEG = {
    "unseated_m",
    "mode", "distance_m", "duration_s", "depart", "arrive", "geometry", "estimated_m", "assumed", "parts",
    "choice", "warnings",
}  # fmt: skip
PART = {"kind", "distance_m", "duration_s", "depart", "arrive", "geometry", "instructions"}
CALL = {"stop", "id", "arrive", "start", "leave", "wait_s", "slack_s", "toilet_m", "water_m"}


# State, description, catalogue


def test_health_says_version_and_streets(api: Api) -> None:
    response = api.client.get("/healthz")
    assert response.status_code == 200
    document = response.get_json()
    assert document["status"] == "ok"
    assert document["version"] == __version__
    assert document["network"]["name"] == "Skawina"
    assert document["network"]["credit_url"] == "https://www.openstreetmap.org/copyright"


@pytest.mark.dear
def test_without_a_network_health_and_calls_say_503_not_500(tmp_path: Path) -> None:
    app = create_app(settings_in(tmp_path), now=lambda: 0)
    with app.app_context():
        services().database.upgrade()
    client = app.test_client()
    health = client.get("/healthz")
    assert health.status_code == 503
    assert health.get_json()["status"] == "no network"
    answer = client.post("/api/v1/route", json={"from": {"at": A}, "to": {"at": B}})
    assert answer.status_code == 503
    assert answer.get_json()["error"]["code"] == "no_network"
    assert client.get("/api/v1/sites").get_json() == {"type": "FeatureCollection", "features": []}
    with app.app_context():
        services().database.close()


@pytest.mark.dear
def test_the_description_describes_every_call_there_is(api: Api) -> None:
    served = {
        (rule.rule, method.lower())
        for rule in api.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith(("/api/", "/healthz"))
    }
    told = {(path, method) for path, item in api.description["paths"].items() for method in item}
    assert told == served
    assert api.description["openapi"].startswith("3.1")


def test_every_reference_of_the_description_leads_somewhere(api: Api) -> None:
    def references(value: Any) -> set[str]:
        if isinstance(value, dict):
            own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
            return own.union(*map(references, value.values()))
        return set().union(*map(references, value)) if isinstance(value, list) else set()

    known = {f"#/components/schemas/{name}" for name in api.description["components"]["schemas"]}
    assert references(api.description["paths"]) <= known
    assert references(api.description["components"]) <= known


def test_the_catalogue_is_geojson_and_answers_conditionally(api: Api) -> None:
    response = api.client.get("/api/v1/sites")
    assert response.status_code == 200
    assert response.mimetype == "application/geo+json"
    document = response.get_json()
    assert document["type"] == "FeatureCollection"
    told = api.description["paths"]["/api/v1/sites"]["get"]["responses"]["200"]["content"]
    assert api.described.mismatches(document, told["application/geo+json"]["schema"]) == []
    features = {feature["id"]: feature for feature in document["features"]}
    assert len(features) == len(document["features"])
    own = json.loads((ROOT / "data" / "sites.geojson").read_text(encoding="utf-8"))["features"]
    assert len(own) == 40
    assert {feature["id"] for feature in own} <= set(features)  # other tests may have added some
    assert features["rynek"]["geometry"] == {"type": "Point", "coordinates": [19.82609, 49.97548]}
    assert features["rynek"]["properties"]["name"]["pl"]
    assert features["stadion"]["geometry"] is None


def test_who_has_the_catalogue_is_told_so_before_it_is_written(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = api.client.get("/api/v1/sites").headers["ETag"]
    monkeypatch.setattr(views, "to_geojson", None)  # writing it would fail
    again = api.client.get("/api/v1/sites", headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    monkeypatch.undo()
    with api.app.app_context(), services().database.writing() as session:
        site = stored_site(session, "stadion")
        assert site is not None
        assert replace_site(session, site.site, site.version, 1)
    assert api.client.get("/api/v1/sites", headers={"If-None-Match": tag}).status_code == 200


# One leg


@pytest.mark.dear
def test_a_leg_on_paper(small: Api) -> None:
    leg = small.ask("route", {"from": {"at": A}, "to": {"at": B}, "depart": "2026-12-02T09:00"})
    assert set(leg) == LEG
    assert leg["mode"] == "walk"
    assert leg["distance_m"] == pytest.approx(A_TO_B_M, abs=0.06)
    assert leg["duration_s"] == 301  # 333.585 m at 4.0 km/h is 300.23 s
    assert (leg["depart"], leg["arrive"]) == (START, "2026-12-02T09:05:01+01:00")
    assert leg["geometry"] == {"type": "LineString", "coordinates": [list(A), list(B)]}
    assert leg["estimated_m"] == 0
    assert leg["warnings"] == []
    (part,) = leg["parts"]
    assert set(part) >= PART
    assert (part["kind"], part["duration_s"], part["arrive"]) == ("walk", 301, leg["arrive"])
    first, last = part["instructions"][0], part["instructions"][-1]
    assert (first["maneuver"], first["street"], last["maneuver"]) == ("depart", "Długa", "arrive")
    assert first["distance_m"] == pytest.approx(A_TO_B_M, abs=0.06)


@pytest.mark.parametrize(
    ("pace", "seconds"),
    [(4, 301), (5, 241), (5.5, 219), (3.6, 334), (10, 121), (0.5, 2402)],
)
def test_a_walk_takes_length_by_pace_rounded_up(small: Api, pace: float, seconds: int) -> None:
    leg = small.ask("route", {"from": {"at": A}, "to": {"at": B}, "pace_kmh": pace})
    assert seconds == ceil(A_TO_B_M * 3.6 / pace)
    assert leg["duration_s"] == seconds


def test_arriving_by_a_time_leaves_that_much_earlier(small: Api) -> None:
    leg = small.ask("route", {"from": {"at": A}, "to": {"at": B}, "arrive": "2026-12-02T09:05:01"})
    assert (leg["depart"], leg["arrive"]) == (START, "2026-12-02T09:05:01+01:00")


def test_without_a_time_the_walk_begins_now(small: Api) -> None:
    leg = small.ask("route", {"from": {"at": A}, "to": {"at": B}})
    assert leg["depart"] == "2026-11-16T10:00:00+01:00"


def test_two_sites_at_one_point_are_two_minutes_apart_and_one_site_none(small: Api) -> None:
    leg = small.ask("route", {"from": {"site": "beta"}, "to": {"site": "gamma"}})
    assert (leg["distance_m"], leg["duration_s"]) == (0, 120)
    assert small.ask("route", {"from": {"site": "beta"}, "to": {"site": "beta"}})["duration_s"] == 0
    assert small.ask("route", {"from": {"at": B}, "to": {"at": B}})["duration_s"] == 0


def test_the_way_to_a_site_without_a_position_is_assumed(small: Api) -> None:
    asked = {"from": {"site": "alfa"}, "to": {"site": "nowhere"}, "depart": "2026-12-02T09:00"}
    leg = small.ask("route", asked)
    assert (leg["distance_m"], leg["geometry"], leg["parts"]) == (None, None, [])
    assert (leg["duration_s"], leg["arrive"], leg["assumed"]) == (600, "2026-12-02T09:10:00+01:00", True)


def test_far_from_the_streets_is_a_warning_and_two_kilometres_outside_a_refusal(small: Api) -> None:
    inside = {"at": [20.0, 49.99]}  # 1.1 km south of A
    assert codes(small.ask("route", {"from": inside, "to": {"at": B}})) == {"far_from_streets"}
    outside = {"at": [20.0, 49.98]}  # 2.2 km south
    assert small.refused("route", {"from": outside, "to": {"at": B}}) == {"/from/at": "outside_network"}


def test_a_walk_of_more_than_two_kilometres_is_told(api: Api) -> None:
    leg = api.ask("route", {"from": STATION, "to": {"site": "pr-zelczyna"}})
    assert leg["distance_m"] > 2000
    assert "long_walk" in codes(leg)


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("2026-03-29T01:59", "2026-03-29T01:59:00+01:00"),
        ("2026-03-29T02:30", "2026-03-29T03:30:00+02:00"),  # skipped: read with the offset before
        ("2026-03-29T03:00", "2026-03-29T03:00:00+02:00"),
        ("2026-10-25T02:30", "2026-10-25T02:30:00+02:00"),  # repeated: the earlier one
        ("2026-10-25T03:00", "2026-10-25T03:00:00+01:00"),
        ("2026-10-25T02:30+01:00", "2026-10-25T02:30:00+01:00"),
        ("2026-12-02T09:00Z", "2026-12-02T10:00:00+01:00"),
        ("2028-02-29T09:00", "2028-02-29T09:00:00+01:00"),
        ("2000-01-01T00:00", "2000-01-01T00:00:00+01:00"),
        ("2100-12-31T23:59", "2100-12-31T23:59:00+01:00"),
    ],
)
def test_local_times_on_odd_days(small: Api, asked: str, answered: str) -> None:
    leg = small.ask("route", {"from": {"at": A}, "to": {"at": B}, "depart": asked})
    assert leg["depart"] == answered
    took = dt.datetime.fromisoformat(leg["arrive"]) - dt.datetime.fromisoformat(leg["depart"])
    assert took == dt.timedelta(seconds=301)


def test_a_walk_across_the_change_takes_as_long_as_on_any_day(small: Api) -> None:
    leg = small.ask("route", {"from": {"at": A}, "to": {"at": B}, "depart": "2026-03-29T01:58"})
    assert leg["arrive"] == "2026-03-29T03:03:01+02:00"
    leg = small.ask("route", {"from": {"at": A}, "to": {"at": B}, "depart": "2026-10-25T02:58"})
    assert leg["arrive"] == "2026-10-25T02:03:01+01:00"


# Tables


def test_a_table_on_paper(small: Api) -> None:
    points = [{"at": A}, {"site": "beta"}, {"site": "gamma"}, {"at": C}, {"site": "nowhere"}]
    found = small.ask("matrix", {"points": points, "mode": "walk"})
    assert set(found) == {"distances_m", "durations_s"}
    ab, ac, bc = 333.6, 1112.0, 778.4
    assert found["distances_m"] == [
        [0, ab, ab, ac, None],
        [ab, 0, 0, bc, None],
        [ab, 0, 0, bc, None],
        [ac, bc, bc, 0, None],
        [None] * 5,
    ]
    assert found["durations_s"] == [
        [0, 301, 301, 1001, None],  # 1111.95 m is 1000.76 s
        [301, 0, 120, 701, None],
        [301, 120, 0, 701, None],
        [1001, 701, 701, 0, None],
        [None] * 5,
    ]
    assert ceil(A_TO_C_M * 0.9) == 1001


@pytest.mark.dear
def test_a_table_and_a_leg_say_the_same(api: Api) -> None:
    names = ("dworzec-biblioteka", "ratusz", "muzeum", "teznia", "rynek")
    points = [{"site": name} for name in names]
    table = api.ask("matrix", {"points": points})
    for i, origin in enumerate(points):
        for j, target in enumerate(points):
            leg = api.ask("route", {"from": origin, "to": target})
            assert leg["distance_m"] == pytest.approx(table["distances_m"][i][j], abs=0.11)
            assert leg["duration_s"] == pytest.approx(table["durations_s"][i][j], abs=1)


@pytest.mark.dear
def test_a_table_of_a_hundred_points_and_of_one(small: Api) -> None:
    points = [{"at": [20.0, 50.0 + index / 10_000]} for index in range(100)]
    found = small.ask("matrix", {"points": points})
    assert [len(row) for row in found["durations_s"]] == [100] * 100
    assert found["distances_m"][0][99] == pytest.approx(99 * 11.11950, abs=0.06)
    assert small.ask("matrix", {"points": points[:1]}) == {"distances_m": [[0]], "durations_s": [[0]]}
    one_more = [*points, {"at": A}]
    assert small.refused("matrix", {"points": one_more}) == {"/points": "too_long"}
    assert small.refused("matrix", {"points": []}) == {"/points": "too_short"}


# Days


def test_a_day_on_paper(small: Api) -> None:
    """Twenty people gather for 3 min; A to B is 301 s; B to its neighbour 2 min; the talk is at 09:45.

    09:00:00 start, gather -> 09:03:00 -> 09:08:01 beta, 15 min from 09:09 on -> 09:24:00
    gather -> 09:27:00 -> 09:29:00 gamma, waits 16 min for 09:45, 25 min (its own) -> 10:10:00
    no way: a break of 10 min -> 10:20:00
    gather -> 10:23:00 -> 10:28:01 back at alfa, 119 s before the latest
    """
    asked = day(
        stop("beta", id="b"),
        stop("gamma", id="g", fixed="09:45"),
        {"kind": "break", "dwell_min": 10},
        end={"place": {"site": "alfa"}, "latest": "10:30"},
        mode="walk",
        group_size=20,
    )
    plan = small.ask("plan", asked)
    assert set(plan) == PLAN
    assert plan["order"] == [0, 1, 2]
    assert plan["objective"] == "finish"
    assert [set(call) for call in plan["calls"]] == [CALL] * 3
    times = [(clock(call["arrive"]), clock(call["start"]), clock(call["leave"])) for call in plan["calls"]]
    assert times == [
        ("09:08:01", "09:09:00", "09:24:00"),
        ("09:29:00", "09:45:00", "10:10:00"),
        ("10:10:00", "10:10:00", "10:20:00"),
    ]
    assert [(call["stop"], call["id"], call["wait_s"]) for call in plan["calls"]] == [
        (0, "b", 59), (1, "g", 960), (2, None, 0),
    ]  # fmt: skip
    assert [call["slack_s"] for call in plan["calls"]] == [1019, 960, 60]
    assert [set(leg) for leg in plan["legs"]] == [LEG] * 4
    assert [leg["duration_s"] for leg in plan["legs"]] == [301, 120, 0, 301]
    assert [clock(leg["depart"]) for leg in plan["legs"]] == ["09:03:00", "09:27:00", "10:10:00", "10:23:00"]
    assert clock(plan["finish"]) == "10:28:01"
    assert plan["warnings"] == []
    totals = plan["totals"]
    assert totals["walk_m"] == pytest.approx(2 * A_TO_B_M, abs=0.06)
    assert (totals["move_s"], totals["dwell_s"], totals["wait_s"], totals["gather_s"]) == (
        722,
        3000,
        1019,
        540,
    )
    assert plan["data"]["network"]["name"] == "Testowo"
    assert plan["data"]["network"]["comforts"] == [], "the map of the town has none: nothing is known"
    told = [call["toilet_m"] for call in plan["calls"]] + [leg["unseated_m"] for leg in plan["legs"]]
    assert told == [None] * 7
    assert plan["data"]["timetable"] is None


def test_without_an_end_there_is_a_leg_for_every_call_and_no_more(small: Api) -> None:
    plan = small.ask("plan", day(stop("beta"), stop("delta")))
    assert (len(plan["calls"]), len(plan["legs"])) == (2, 2)
    assert plan["finish"] == plan["calls"][-1]["leave"]
    ending = small.ask("plan", day(stop("beta"), stop("delta"), end={"place": {"at": A}}))
    assert (len(ending["calls"]), len(ending["legs"])) == (2, 3)
    assert ending["finish"] == ending["legs"][-1]["arrive"]


def test_a_day_without_stops_is_a_day(small: Api) -> None:
    plan = small.ask("plan", day())
    assert (plan["order"], plan["calls"], plan["legs"], plan["finish"]) == ([], [], [], START)
    plan = small.ask("plan", day(end={"place": {"site": "beta"}}))
    assert (plan["calls"], len(plan["legs"])) == ([], 1)
    assert clock(plan["finish"]) == "09:07:01"  # one person gathers for 2 min


@pytest.mark.dear
def test_sixty_stops_and_not_one_more(small: Api) -> None:
    stops = [{"id": f"s{index}", "place": {"at": [20.0, 50.0 + index / 10_000]}} for index in range(61)]
    plan = small.ask("plan", day(*stops[:60], end={"place": {"at": A}}))
    assert plan["order"] == list(range(60))
    assert len(plan["legs"]) == 61
    arrivals = [call["arrive"] for call in plan["calls"]]
    assert arrivals == sorted(arrivals)
    assert small.refused("plan", day(*stops)) == {"/stops": "too_long"}
    assert small.refused("plan", day(*([stop("beta")] * 500))) == {"/stops": "too_long"}


def test_a_stop_without_a_dwell_takes_its_sites(small: Api) -> None:
    plan = small.ask("plan", day(stop("beta"), {"place": {"at": C}}, stop("gamma", dwell_min=0)))
    stays = [
        (dt.datetime.fromisoformat(call["leave"]) - dt.datetime.fromisoformat(call["start"])).total_seconds()
        / 60
        for call in plan["calls"]
    ]
    assert stays == [15, 20, 0]


def test_dwell_windows_and_buffer_are_kept(small: Api) -> None:
    """One person: 09:02 -> 09:07:01 beta, 10 min early by its buffer, window from 09:30."""
    plan = small.ask("plan", day(stop("beta", windows=[["09:30", "10:00"]], buffer_min=10, dwell_min=20)))
    (call,) = plan["calls"]
    assert (clock(call["arrive"]), clock(call["start"])) == ("09:07:01", "09:30:00")
    assert call["wait_s"] == 1379
    late = small.ask("plan", day(stop("beta", windows=[["09:00", "09:20"]], dwell_min=15)))
    (warning,) = late["warnings"]
    assert (warning["code"], warning["stop"], warning["by_s"]) == ("late", 0, 180)  # from 09:08 to 09:23
    messages = [one["message"] for one in warning["remedies"]]
    assert messages[:2] == ["Start 08:55 instead", "Allow 09:00–09:25"]


def test_a_late_fixed_time_and_a_late_finish_say_by_how_much(small: Api) -> None:
    """There at 09:07:01 the stay begins at 09:08 and ends at 09:23."""
    plan = small.ask("plan", day(stop("beta", fixed="09:05"), end={"latest": "09:20"}))
    found = [(warning["code"], warning.get("stop"), warning["by_s"]) for warning in plan["warnings"]]
    assert found == [("late", 0, 180), ("late", None, 180)]


def test_a_stop_before_the_one_it_must_follow_is_told(small: Api) -> None:
    plan = small.ask("plan", day(stop("beta", id="x", after=["y"]), stop("gamma", id="y")))
    assert [(warning["code"], warning["stop"]) for warning in plan["warnings"]] == [("precedence", 0)]
    plan = small.ask("plan", day(stop("beta", id="x"), stop("gamma", id="y", after=["x"])))
    assert plan["warnings"] == []


def test_an_id_that_was_not_given_is_not_met(small: Api) -> None:
    """`after` names what was given; what the service calls a stop without an id is its own affair."""
    plan = small.ask("plan", day(stop("beta", id="#1"), stop("gamma"), stop("delta", after=["#1"])))
    assert [call["id"] for call in plan["calls"]] == ["#1", None, None]
    assert plan["warnings"] == []
    assert small.refused("plan", day(stop("beta"), stop("gamma", after=["#0"]))) == {
        "/stops/1/after/0": "value_error"
    }


def test_past_midnight_and_on_days_with_a_change(small: Api) -> None:
    asked = day(stop("beta", fixed="00:30+1"), end={"place": {"site": "alfa"}, "latest": "02:30+1"})
    night = small.ask("plan", {**asked, "start": {"place": {"site": "alfa"}, "time": "23:50"}})
    assert night["calls"][0]["start"] == "2026-12-03T00:30:00+01:00"
    assert night["warnings"] == []
    asked["end"] = {"latest": "03:30+1"}
    spring = small.ask("plan", {**asked, "date": "2026-03-28", "start": asked["start"]})
    assert spring["calls"][0]["start"] == "2026-03-29T00:30:00+01:00"
    autumn = {**day(stop("beta", fixed="02:30"), stop("gamma", fixed="03:30")), "date": "2026-10-25"}
    autumn["start"] = {"place": {"site": "alfa"}, "time": "01:00"}
    starts = [call["start"] for call in small.ask("plan", autumn)["calls"]]
    assert starts == ["2026-10-25T02:30:00+02:00", "2026-10-25T03:30:00+01:00"]


def test_a_time_that_the_clock_shows_twice_is_the_first_unless_it_says_otherwise(small: Api) -> None:
    asked = {"date": "2026-10-25", "start": {"place": {"site": "alfa"}, "time": "01:00"}}
    for fixed, start, told in (
        ("02:30", "02:30:00+02:00", ["clock_change"]),
        ("2:30 +02:00", "02:30:00+02:00", []),
        ("02:30+01:00", "02:30:00+01:00", []),
    ):
        plan = small.ask("plan", {**asked, "stops": [stop("beta", fixed=fixed)]})
        assert plan["calls"][0]["start"] == f"2026-10-25T{start}"
        assert [warning["code"] for warning in plan["warnings"]] == told
    quiet = small.ask("plan", {**asked, "stops": [stop("beta", fixed="02:30")]})["warnings"][0]
    assert quiet["stop"] == 0
    assert "02:30+01:00" in quiet["message"]


@pytest.mark.parametrize("spelling", ["9:30", "930", "0930", "9.30", "9h30", " 09:30 "])
def test_times_are_read_as_people_write_them(small: Api, spelling: str) -> None:
    body = day(stop("beta", fixed=spelling, windows=[["8h", "24:00"]]), end={"latest": "1130"})
    canonical = day(stop("beta", fixed="09:30", windows=[["08:00", "00:00+1"]]), end={"latest": "11:30"})
    assert small.ask("plan", body) == small.ask("plan", canonical)


@pytest.mark.dear
def test_what_is_meant_after_midnight_is_told(small: Api) -> None:
    asked = day(
        stop("beta", fixed="00:30"), stop("gamma", windows=[["00:45", "01:30"]]), end={"latest": "02:00"}
    )
    asked |= {"start": {"place": {"site": "alfa"}, "time": "23:30"}, "remedies": False}
    told = [one for one in small.ask("plan", asked)["warnings"] if one["code"] == "late"]
    assert [one["past_midnight"] for one in told] == ["00:30+1", "01:30+1", "02:00+1"]
    assert (
        told[0]["message"] == "00:30 is before the day’s start at 23:30. After midnight write 00:30\u00a0+1."
    )
    parties = {**asked, "parties": [{"name": "A", "size": 5}, {"name": "B", "size": 5}]}
    ways = small.ask("parties", parties)["parties"]
    assert "00:30+1" in {one.get("past_midnight") for one in ways[0]["itinerary"]["warnings"]}


@pytest.mark.parametrize("date", ["2000-01-01", "2100-12-31", "2028-02-29", "2026-03-29", "2026-10-25"])
def test_days_at_the_limits_are_days(api: Api, date: str) -> None:
    asked = {
        "date": date,
        "start": {"place": STATION, "time": "23:59"},
        "stops": [{"place": TOWN_HALL}, {"place": {"site": "muzeum"}, "windows": [["23:00", "23:59+1"]]}],
        "end": {"place": STATION, "latest": "23:59+1"},
        "remedies": False,
    }
    plan = api.ask("plan", asked)
    assert plan["legs"][0]["depart"].startswith(date[:4] if date != "2100-12-31" else "2101")


def test_opening_hours_are_those_of_the_day(api: Api) -> None:
    """The museum opens Monday to Friday from nine to four, not on public holidays."""
    asked = {"start": {"place": STATION, "time": "10:00"}, "stops": [{"place": {"site": "muzeum"}}]}
    assert "closed" not in codes(api.ask("plan", {**asked, "date": "2026-12-02"}))
    assert "closed" in codes(api.ask("plan", {**asked, "date": "2026-12-05"}))  # a Saturday
    assert "closed" in codes(api.ask("plan", {**asked, "date": "2026-11-11"}))  # Independence Day


def test_nobody_waits_at_a_door_until_the_next_morning(api: Api) -> None:
    """The museum has closed at four; only who names a time past midnight means the next day."""
    asked = {"date": "2026-12-01", "start": {"place": STATION, "time": "16:30"}}
    plan = api.ask("plan", {**asked, "stops": [{"place": {"site": "muzeum"}}]})
    assert "closed" in codes(plan)
    assert plan["calls"][0]["wait_s"] < 60
    tomorrow = api.ask("plan", {**asked, "stops": [{"place": {"site": "muzeum"}, "fixed": "09:30+1"}]})
    assert "closed" not in codes(tomorrow)
    assert tomorrow["calls"][0]["start"] == "2026-12-02T09:30:00+01:00"


# Languages


def test_messages_and_directions_speak_the_language_asked(api: Api) -> None:
    asked = {"from": STATION, "to": TOWN_HALL}
    texts = {}
    for lang in ("en", "pl"):
        leg = api.ask("route", asked, lang=lang)
        (sketch,) = [one["message"] for one in leg["warnings"] if one["code"] == "sketch_data"]
        texts[lang] = [sketch, *(line["text"] for part in leg["parts"] for line in part["instructions"])]
    assert texts["en"][0].startswith("The street data is a sketch")
    assert texts["pl"][0].startswith("Dane o ulicach to szkic")
    assert len(texts["en"]) == len(texts["pl"]) > 3
    assert all(english != polish for english, polish in zip(texts["en"], texts["pl"], strict=True))


def test_the_language_is_asked_for_else_the_browsers_else_polish(api: Api) -> None:
    body = {"from": STATION, "to": TOWN_HALL}

    def message(query: str = "", **headers: str) -> str:
        answer = api.client.post(f"/api/v1/route{query}", json=body, headers=headers)
        found = {one["code"]: one["message"] for one in answer.get_json()["warnings"]}
        assert "Set-Cookie" not in answer.headers
        assert {"Accept-Language", "Cookie"} <= set(answer.vary.as_set(preserve_casing=True))
        return str(found["sketch_data"])[:8]

    assert message() == message("?lang=xx") == message("?lang=pl") == "Dane o u"
    assert message("?lang=en") == "The stre"
    assert message(**{"Accept-Language": "en-GB,en;q=0.9"}) == "The stre"
    assert message("?lang=pl", **{"Accept-Language": "en"}) == "Dane o u"


def test_the_same_question_gets_the_same_bytes(api: Api) -> None:
    body = {"date": DAY, "start": {"place": STATION, "time": "09:00"}, "stops": [{"place": TOWN_HALL}]}
    assert api.send("plan", body).data == api.send("plan", body).data


def test_wrong_methods_and_addresses_are_told_as_json(app: Flask, api: Api) -> None:
    del app
    for method in ("GET", "PUT", "PATCH", "DELETE", "HEAD"):
        answer = api.client.open("/api/v1/plan", method=method)
        assert answer.status_code == 405
        if method != "HEAD":
            assert error_of(answer)["code"] == "method_not_allowed"
    for path in ("/api/v1/nothing", "/api/v1/", "/api/v2/plan", "/api/v1/plan/extra"):
        answer = api.client.get(path)
        assert answer.status_code == 404
        assert error_of(answer)["code"] == "not_found"
    assert api.client.post("/healthz").status_code == 405
    options = api.client.options("/api/v1/plan")
    assert options.status_code == 200
    assert "POST" in options.headers["Allow"]
