"""The best order of a day through the API, in a town that fits on paper (tests/kit/web/town.py).

One person gathers for 2 min. A to B is 301 s, B to C 701 s, A to C 1001 s.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from limits import parse

from planner.services.planning import case
from planner.services.planning.case import timed_day
from planner.web import create_app
from planner.web.api import views
from planner.web.frame import costly as guard
from planner.web.frame.context import services
from tests.kit.web.calls import Api
from tests.web.conftest import NOW, closed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.schedule.group import Group
    from planner.domain.schedule.timed import TimedDay
    from planner.domain.sites import Site
    from planner.domain.visits import Day
    from planner.services.travel.town import Town

DAY = "2026-12-02"


def day(*stops: dict[str, Any], **other: Any) -> dict[str, Any]:
    start = {"place": {"site": "alfa"}, "time": "09:00"}
    return {"date": DAY, "start": start, "stops": list(stops), "optimise": True, **other}


def stop(name: str, site: str, **other: Any) -> dict[str, Any]:
    return {"id": name, "place": {"site": site}, **other}


def clock(text: str) -> str:
    return f"{dt.datetime.fromisoformat(text):%H:%M:%S}"


FAR_FIRST = (stop("far", "delta"), stop("near", "beta", min_dwell_min=10))


def test_the_near_stop_comes_first(small: Api) -> None:
    """As asked it is over at 09:53: 09:02 -> 09:18:41, at 09:19 5 min, 09:26 -> 09:37:41, at 09:38 15 min.

    Near first: 09:02 -> 09:07:01, at 09:08 15 min, 09:25 -> 09:36:41, at 09:37 5 min -> 09:42.
    """
    plan = small.ask("plan", day(*FAR_FIRST))
    assert plan["order"] == [1, 0]
    assert [(call["stop"], call["id"], clock(call["arrive"])) for call in plan["calls"]] == [
        (1, "near", "09:07:01"),
        (0, "far", "09:36:41"),
    ]
    assert clock(plan["finish"]) == "09:42:00"
    assert (plan["objective"], plan["proved_optimal"], plan["cuts"], plan["conflict"]) == (
        "finish",
        True,
        [],
        None,
    )
    as_asked = small.ask("plan", day(*FAR_FIRST, optimise=False))
    assert (as_asked["order"], clock(as_asked["finish"])) == ([0, 1], "09:53:00")
    assert as_asked["proved_optimal"] is False


def test_a_locked_stop_stays_and_the_order_is_proved_all_the_same(small: Api) -> None:
    plan = small.ask("plan", day({**FAR_FIRST[0], "locked": True}, FAR_FIRST[1]))
    assert (plan["order"], plan["proved_optimal"]) == ([0, 1], True)


def test_stays_are_cut_by_as_few_minutes_as_will_do(small: Api) -> None:
    """Near first ends at 09:42; by 09:38 four minutes must go, and only the near stop can spare them."""
    plan = small.ask("plan", day(*FAR_FIRST, end={"latest": "09:38"}))
    assert plan["order"] == [1, 0]
    assert plan["cuts"] == [{"stop": 1, "minutes": 4, "id": "near"}]
    assert clock(plan["finish"]) == "09:38:00"
    assert plan["warnings"] == []


def test_two_fixed_times_too_near_each_other_are_named(small: Api) -> None:
    """From C to B it takes 2 min and 701 s, and the stay at C 5 min: 09:30 and 09:45 exclude each other."""
    asked = day(
        stop("far", "delta", fixed="09:30"), stop("near", "beta", fixed="09:45"), stop("last", "gamma")
    )
    plan = small.ask("plan", asked)
    assert plan["order"] == [0, 1, 2]
    assert plan["proved_optimal"] is False
    assert plan["conflict"]["demands"] == [{"kind": "fixed", "stop": 0}, {"kind": "fixed", "stop": 1}]
    assert (
        plan["conflict"]["message"]
        == "Delta, fixed at 09:30, and Beta, fixed at 09:45, exclude each other. About 4\xa0min too much."
    )
    assert plan["conflict"] == plan["conflicts"][0]
    assert (plan["conflict"]["too_much_min"], plan["conflict"]["proved"]) == (4, True)
    assert plan["outcome"] == "impossible"
    assert {warning["code"] for warning in plan["warnings"]} == {"late"}


def test_the_least_waiting_may_end_later_than_need_be(small: Api) -> None:
    """Gamma opens at 09:30: after beta, left at 09:23, one is there at 09:27, and done with delta at 09:54.

    Delta before gamma saves the wait of three minutes: delta is reached at 09:36:41 and left at 09:42, gamma
    is reached at 09:55:41 and done with at 10:01. What is left of a minute, 59, 19 and 19 s, is no waiting.
    """
    windows = [["09:30", "12:00"]]
    stops = stop("b", "beta"), stop("g", "gamma", dwell_min=5, windows=windows), stop("d", "delta")
    plan = small.ask("plan", day(*stops, objective="waiting"))
    assert (plan["order"], plan["totals"]["wait_s"], plan["objective"]) == (
        [0, 2, 1],
        59 + 19 + 19,
        "waiting",
    )
    assert (clock(plan["finish"]), plan["proved_optimal"]) == ("10:01:00", True)
    soonest = small.ask("plan", day(*stops))
    assert (soonest["order"], soonest["totals"]["wait_s"]) == ([0, 1, 2], 59 + 180 + 19)
    assert clock(soonest["finish"]) == "09:54:00"


def test_be_there_at_begins_as_late_as_it_can(small: Api) -> None:
    """Back by 10:30: leave beta by 10:22:59, so at 10:22, begin there at 10:07, leave alfa by 09:59:59."""
    end = {"place": {"site": "alfa"}, "arrive": "10:30"}
    plan = small.ask("plan", day(stop("near", "beta"), end=end, optimise=False))
    assert (clock(plan["start"]), clock(plan["finish"])) == ("09:59:00", "10:29:01")
    best = small.ask("plan", day(*FAR_FIRST, end=end))
    assert (best["objective"], best["proved_optimal"]) == ("latest_start", True)
    early = small.ask("plan", day(stop("near", "beta"), end={**end, "arrive": "09:20"}, optimise=False))
    assert clock(early["start"]) == "09:00:00"
    assert [(one["code"], one["by_s"]) for one in early["warnings"]] == [("late", 601)]


def test_talks_through_an_interpreter_and_reserves_take_their_time(small: Api) -> None:
    """There at 09:07:01, 5 min of reserve, so at 09:13 a talk of 15 min that takes 23."""
    asked = day(stop("t", "beta", talk=True), interpreter=1.5, buffers={"walk_min": 5}, optimise=False)
    (call,) = small.ask("plan", asked)["calls"]
    assert (clock(call["arrive"]), clock(call["start"]), clock(call["leave"])) == (
        "09:07:01",
        "09:13:00",
        "09:36:00",
    )


def test_a_long_matrix_by_coach_waits_in_the_same_line(small: Api) -> None:
    points = [{"site": "delta"}, {"site": "beta"}] * 12 + [{"site": "alfa"}]
    with guard._IN_LINE, guard._IN_LINE:
        refused = small.send("matrix", {"points": points, "mode": "coach"})
        assert small.send("matrix", {"points": points[:24], "mode": "coach"}).status_code == 200
        assert small.send("matrix", {"points": points, "mode": "walk"}).status_code == 200
    assert refused.status_code == 503


def test_matrices_count_by_what_they_take(small: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 30 hundredths of a second 10 points by coach take 20, and on foot 1."""
    monkeypatch.setattr(views, "WORK", parse("30 per minute"))
    with small.app.app_context():
        settings = replace(services().settings, rate_limits=True)
    api = Api(create_app(settings, now=lambda: NOW))
    points = [{"site": "delta"}, {"site": "beta"}] * 5
    asked = [("coach", 200), ("walk", 200), ("coach", 429), ("walk", 200)]
    for mode, status in asked:
        assert api.send("matrix", {"points": points, "mode": mode}).status_code == status
    closed(api.app)


@pytest.mark.slow
def test_thirty_searches_a_minute(small: Api) -> None:
    with small.app.app_context():
        settings = replace(services().settings, rate_limits=True)
    api = Api(create_app(settings, now=lambda: NOW))
    statuses = [api.send("plan", day(*FAR_FIRST)).status_code for _ in range(30)]
    refused = api.send("plan", day(*FAR_FIRST))
    assert statuses == [200] * 30
    assert (refused.status_code, refused.get_json()["error"]["code"]) == (429, "too_many_requests")
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert api.send("plan", day(*FAR_FIRST, optimise=False)).status_code == 200
    closed(api.app)


def test_who_comes_while_two_are_in_line_is_asked_to_come_again(small: Api) -> None:
    with guard._IN_LINE, guard._IN_LINE:
        refused = small.send("plan", day(*FAR_FIRST))
        assert small.send("plan", day(*FAR_FIRST, optimise=False)).status_code == 200
    assert refused.status_code == 503
    assert refused.get_json()["error"]["code"] == "busy"
    assert int(refused.headers["Retry-After"]) > 0
    assert small.send("plan", day(*FAR_FIRST)).status_code == 200


def test_a_meal_without_a_place_is_taken_wherever_the_group_is(small: Api) -> None:
    """Lunch of 30 min from 09:20 on: after the near stop, left at 09:23; the far one comes at 10:06:41."""
    lunch = {"id": "lunch", "kind": "meal", "dwell_min": 30, "windows": [["09:20", "10:00"]]}
    plan = small.ask("plan", day(lunch, *FAR_FIRST))
    assert [call["id"] for call in plan["calls"]] == ["near", "lunch", "far"]
    assert clock(plan["calls"][2]["arrive"]) == "10:06:41"


def test_what_begins_as_late_as_it_can_is_proved_for_its_start_alone(small: Api) -> None:
    end = {"place": {"site": "alfa"}, "arrive": "11:00"}
    proved = {
        objective: small.ask("plan", day(*FAR_FIRST, end=end, objective=objective))["proved_optimal"]
        for objective in ("finish", "walking", "waiting")
    }
    assert proved == {"finish": True, "walking": True, "waiting": False}


def test_the_day_asked_for_is_resolved_once(small: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """The search, the plan and the remedies share it; only other days are resolved besides."""
    resolved: list[Day] = []

    def counted(town: Town, asked: Day, group: Group, sites: Mapping[str, Site]) -> TimedDay:
        resolved.append(asked)
        return timed_day(town, asked, group, sites)

    monkeypatch.setattr(case, "timed_day", counted)
    shut = stop("shut", "beta", hours="Mo 08:00-10:00")
    plan = small.ask("plan", day(shut, stop("near", "beta"), remedies=True))
    assert plan["order"] == [0, 1]
    assert any(warning["remedies"] for warning in plan["warnings"])
    assert resolved.count(resolved[0]) == 1
    small.ask("plan", day(*FAR_FIRST, remedies=True))
    assert resolved[-2].stops == resolved[-1].stops[::-1]


def test_a_search_gives_its_memory_back(small: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[str] = []
    monkeypatch.setattr(guard, "give_back", lambda: given.append("back"))
    small.ask("plan", day(*FAR_FIRST))
    assert given == ["back"]
