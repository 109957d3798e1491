"""Stops that may be left out, through the API: which are kept, which are not and why.

In the town of tests/kit/web/town.py alfa to beta takes 301 s after 2 min of gathering, beta to delta 701 s.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from planner.domain.edits.remedies import Remedy, RemedyCode
from planner.domain.visits import Day, DayStart, PlaceRef, Stop
from planner.domain.warnings.codes import ShutAllDay
from planner.outputs.api.remedy_patch import RemedyPatches, patched
from planner.words.places import PlaceWords
from planner.words.remedies import RemedyWriter
from tests.kit.translated_app import translated_app
from tests.kit.web.bodies import PLAN, clock, day

if TYPE_CHECKING:
    from tests.kit.web.calls import Api

STORED = json.loads(Path(__file__).with_name("plan_44264cf.json").read_text(encoding="utf-8"))
"""Bodies without `optional`, and what they were answered before there was such a word."""


def stop(name: str, site: str, **other: Any) -> dict[str, Any]:
    return {"id": name, "place": {"site": site}, **other}


def may(name: str, site: str, weight: int = 1, **other: Any) -> dict[str, Any]:
    return stop(name, site, optional=True, weight=weight, **other)


def three(latest: str) -> dict[str, Any]:
    """Near alfa a stay of 15 min and one of 25, and 5 min far off: the last weighs most."""
    stops = may("b", "beta"), may("g", "gamma", 2), may("d", "delta", 4)
    return day(stop("a", "alfa"), *stops, optimise=True, end={"latest": latest})


@pytest.mark.dear
@pytest.mark.parametrize("number", range(len(STORED)))
def test_a_body_without_the_word_is_answered_as_before(small: Api, number: int) -> None:
    """But for words that answers have since: the outcome, what is near, what the map knows."""
    case = STORED[number]
    assert known_of(small.ask("plan", case["asked"]), case["answer"]) == case["answer"]


def known_of(answer: Any, stored: Any) -> Any:
    """What an answer says in the words that a stored one has."""
    if isinstance(answer, dict) and isinstance(stored, dict):
        return {key: known_of(value, stored[key]) for key, value in answer.items() if key in stored}
    if isinstance(answer, list) and isinstance(stored, list) and len(answer) == len(stored):
        return [known_of(*pair) for pair in zip(answer, stored, strict=True)]
    return answer


def test_a_longer_day_keeps_more_and_what_weighs_most_first(small: Api) -> None:
    """At alfa until 09:10. Delta alone is over at 09:34 (09:12 + 1001 s, from 09:29); gamma alone at 09:43.

    Gamma and delta: gamma from 09:18 to 09:43, delta from 09:57 to 10:02. All three: beta first adds 15 + 4.
    """
    kept = {latest: small.ask("plan", three(latest)) for latest in ("09:33", "09:50", "10:05", "10:30")}
    assert {latest: {call["id"] for call in plan["calls"]} for latest, plan in kept.items()} == {
        "09:33": {"a", "b"},
        "09:50": {"a", "d"},
        "10:05": {"a", "g", "d"},
        "10:30": {"a", "b", "g", "d"},
    }
    assert all(plan["proved_optimal"] for plan in kept.values())
    assert [left["id"] for left in kept["10:05"]["left_out"]] == ["b"]
    assert kept["10:30"]["left_out"] == []
    assert clock(kept["10:05"]["finish"]) == "10:02:00"


def test_what_is_left_out_is_told_with_what_might_go_in_its_place(small: Api) -> None:
    plan = small.ask("plan", three("10:05"))
    (left,) = plan["left_out"]
    assert set(plan) == PLAN | {"left_out"}
    assert sorted(plan["order"]) == [0, 2, 3]
    assert (left["stop"], left["proved"]) == (1, True)
    assert {demand["kind"] for demand in left["demands"]} == {"visit", "finish"}
    assert left["reason"].endswith("Leave out one of these: Beta, Gamma, Delta.")
    in_polish = small.ask("plan", three("10:05"), lang="pl")["left_out"][0]["reason"]
    assert in_polish.endswith("Pomiń jeden z tych przystanków: Beta, Gamma, Delta.")


def test_doors_that_stay_shut_are_the_reason(small: Api) -> None:
    shut = may("shut", "beta", hours="Mo 08:00-10:00")
    plan = small.ask("plan", day(shut, stop("near", "gamma"), optimise=True))
    (left,) = plan["left_out"]
    assert [call["id"] for call in plan["calls"]] == ["near"]
    assert left["demands"] == [{"kind": "hours", "stop": 0}]
    assert "Leave out" not in left["reason"]
    assert plan["warnings"] == []


def test_stays_are_not_cut_so_that_more_fits(small: Api) -> None:
    """The far stop must be cut from 30 to 27 min; nothing else is put in, though 10 min would do for it."""
    far = stop("far", "delta", dwell_min=30, min_dwell_min=10)
    plan = small.ask("plan", day(far, may("near", "beta"), optimise=True, end={"latest": "09:46"}))
    assert [call["id"] for call in plan["calls"]] == ["far"]
    assert [cut["minutes"] for cut in plan["cuts"]] == [3]
    assert [left["id"] for left in plan["left_out"]] == ["near"]


def test_where_not_even_the_rest_fits_the_day_stays_as_it_is(small: Api) -> None:
    asked = day(
        stop("far", "delta", fixed="09:30"),
        may("g", "gamma"),
        stop("b", "beta", fixed="09:45"),
        optimise=True,
    )
    plan = small.ask("plan", asked)
    assert plan["order"] == [0, 1, 2]
    assert plan["left_out"] == []
    assert {demand["stop"] for demand in plan["conflict"]["demands"]} == {0, 2}


def test_a_cure_is_a_patch_of_the_body_without_what_was_left_out() -> None:
    """What was left out goes first, also where others come after it; then the rest moves."""
    body = day(stop("a", "alfa"), stop("b", "beta", optional=True), stop("c", "delta", after=["b", "a"]))
    asked = Day(
        dt.date(2026, 12, 2),
        DayStart(PlaceRef(site="alfa"), "09:00"),
        stops=(Stop("a"), Stop("b", optional=True), Stop("c", after=("b", "a"))),
    )
    ordered = replace(asked, stops=(Stop("c", after=("a",)), Stop("a")))
    remedy = Remedy(RemedyCode.START, time="08:30")
    writer = RemedyWriter(ordered, PlaceWords({}, "en"))
    with translated_app().app_context():
        (answer,) = RemedyPatches(body, asked, ordered).answers([(remedy, 0)], ShutAllDay(stop=0), writer)
    made = patched(body, answer["patch"])
    assert [(one["id"], one.get("after")) for one in made["stops"]] == [("c", ["a"]), ("a", None)]
    assert (made["optimise"], made["start"]["time"]) == (False, "08:30")


def test_a_day_that_must_be_over_by_a_time_begins_as_late_with_what_fits(small: Api) -> None:
    """Of two stops as weighty that one is kept with which the day begins later: the near one."""
    stops = may("d", "delta", dwell_min=25), may("b", "beta")
    end = {"place": {"site": "alfa"}, "arrive": "09:45"}
    plan = small.ask("plan", day(*stops, optimise=True, end=end))
    assert [call["id"] for call in plan["calls"]] == ["b"]
    assert (plan["objective"], clock(plan["start"])) == ("latest_start", "09:14:00")


def test_what_does_not_go_together_is_refused(small: Api) -> None:
    both = stop("a", "beta", optional=True, essential=True)
    assert small.refused("plan", day(both)) == {"/stops/0/optional": "value_error"}
    assert set(small.refused("plan", day(stop("a", "beta", weight=0)))) == {"/stops/0/weight"}
    parties = day(may("a", "beta"), parties=[{"name": "A", "size": 5}])
    assert small.refused("parties", parties) == {"/stops/0/optional": "value_error"}
