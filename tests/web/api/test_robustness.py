"""How sure a day is, through the API, in the town of tests/kit/web/town.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.web.bodies import PLAN, clock, day

if TYPE_CHECKING:
    from tests.kit.web.calls import Api


def stop(name: str, site: str, **other: Any) -> dict[str, Any]:
    return {"id": name, "place": {"site": site}, **other}


TIGHT = day(stop("near", "beta"), stop("far", "delta", fixed="09:37"), stop("last", "gamma"))
"""Beta until 09:23, at delta at 09:36:41: 79 s until the minute of 09:37 is over."""


def test_it_is_off_unless_it_is_asked_for(small: Api) -> None:
    assert set(small.ask("plan", TIGHT)) == PLAN
    assert set(small.ask("plan", {**TIGHT, "robustness": {}})) == PLAN | {"robustness"}


def test_the_same_seed_gives_the_same_answer_and_another_one_nearly_it(small: Api) -> None:
    told = [small.ask("plan", {**TIGHT, "robustness": {"seed": seed}})["robustness"] for seed in (5, 5, 6)]
    assert told[0] == told[1]
    assert told[2]["now"]["on_time"] == pytest.approx(told[0]["now"]["on_time"], abs=0.06)
    assert told[0]["now"] != told[2]["now"]


def test_each_stop_has_its_chance_and_every_number_its_source(small: Api) -> None:
    """Half of the stays at beta are longer, in a fifth of the days by 79 s or more; and the walk differs."""
    sure = small.ask("plan", {**TIGHT, "robustness": {"days": 2000}})["robustness"]
    chances = {one["id"]: one["on_time"] for one in sure["now"]["stops"]}
    assert chances["near"] == chances["last"] == 1.0
    assert 0.5 < chances["far"] < 0.85
    assert sure["now"]["on_time"] == chances["far"]
    assert [one["stop"] for one in sure["now"]["stops"]] == [0, 1, 2, None]
    assert (sure["days"], sure["seed"], sure["later_s"]) == (2000, 1, 0)
    sources = {one["name"]: one["source"] for one in sure["assumptions"]}
    assert "Bohannon" in sources["pace"]
    assert "bus services running on time" in sources["bus_s"]
    in_polish = small.ask("plan", {**TIGHT, "robustness": {}}, lang="pl")["robustness"]["assumptions"]
    assert in_polish[0]["message"].startswith("Jednego dnia grupa idzie")


def test_a_sturdier_order_may_end_later_by_what_is_allowed(small: Api) -> None:
    """The far stop first is there at 09:18:41, long before 09:37, and ends the day later."""
    body = {**TIGHT, "optimise": True, "stops": [*TIGHT["stops"][:2]]}
    soon = small.ask("plan", {**body, "robustness": {}})
    later = small.ask("plan", {**body, "robustness": {"later_min": 30}})
    assert (soon["order"], later["order"]) == ([0, 1], [1, 0])
    assert later["robustness"]["now"]["on_time"] == 1.0
    assert later["robustness"]["before"]["on_time"] < 0.9
    assert later["robustness"]["before"]["order"] == [0, 1]
    assert (later["proved_optimal"], later["robustness"]["complete"]) == (False, True)
    assert 0 < later["robustness"]["later_s"] <= 1800
    assert (clock(soon["finish"]), soon["robustness"]["later_s"]) == ("09:42:00", 0)


def test_stops_that_were_left_out_have_no_chance(small: Api) -> None:
    body = day(
        stop("b", "beta", optional=True),
        stop("g", "gamma", optional=True, weight=2),
        stop("d", "delta", fixed="09:50"),
        optimise=True,
        end={"latest": "09:55"},
        robustness={},
    )
    plan = small.ask("plan", body)
    assert [left["id"] for left in plan["left_out"]] == ["b"]
    assert [one["id"] for one in plan["robustness"]["now"]["stops"]] == ["g", "d", None]


def test_limits_are_told(small: Api) -> None:
    split = {**TIGHT, "robustness": {}, "parties": [{"name": "A", "size": 5}]}
    assert set(small.refused("parties", split)) == {"/robustness"}
    asked = {**TIGHT, "robustness": {"days": 10, "seed": -1, "later_min": 100, "what": 1}}
    assert set(small.refused("plan", asked)) == {
        f"/robustness/{name}" for name in ("days", "seed", "later_min", "what")
    }
