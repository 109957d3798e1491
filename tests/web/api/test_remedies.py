"""Remedies in the answer of POST /plan: each is a patch of the request, and keeps what it promises."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from planner.domain.warnings.codes import WarningCode
from planner.domain.warnings.severity import LOUDER, tone_of

if TYPE_CHECKING:
    from tests.kit.web.calls import Api

STATION = {"site": "dworzec-biblioteka"}


def stop(site: str, dwell: int | None = 30, **more: object) -> dict[str, Any]:
    own = {} if dwell is None else {"dwell_min": dwell}
    return {"place": {"site": site}, **own, **more}


def body(*stops: dict[str, Any], start: str = "09:00", **more: object) -> dict[str, Any]:
    day = {"date": "2026-11-30", "start": {"place": STATION, "time": start}, "group_size": 22}
    return {**day, **more, "stops": list(stops)}


def patched(document: dict[str, Any], patch: list[dict[str, Any]]) -> dict[str, Any]:
    """Apply a JSON Patch as RFC 6902 has it, as far as objects, lists and four operations go."""
    made = copy.deepcopy(document)

    def holder(path: str) -> tuple[Any, Any]:
        assert path.startswith("/")
        steps = [step.replace("~1", "/").replace("~0", "~") for step in path[1:].split("/")]
        here: Any = made
        for step in steps[:-1]:
            here = here[int(step)] if isinstance(here, list) else here[step]
        return here, int(steps[-1]) if isinstance(here, list) else steps[-1]

    def put(path: str, value: Any) -> None:
        here, at = holder(path)
        if isinstance(here, list):
            assert 0 <= at <= len(here)
            here.insert(at, value)
        else:
            here[at] = value

    def take(path: str) -> Any:
        here, at = holder(path)
        assert at in (range(len(here)) if isinstance(here, list) else here), f"nothing at {path}"
        return here.pop(at)

    for one in patch:
        if one["op"] == "replace":
            take(one["path"])
            put(one["path"], one["value"])
        elif one["op"] == "move":
            put(one["path"], take(one["from"]))
        elif one["op"] == "remove":
            take(one["path"])
        else:
            assert one["op"] == "add"
            put(one["path"], one["value"])
    return made


def about(warning: dict[str, Any], asked: dict[str, Any]) -> tuple[str, str, str]:
    """What a warning is about, whatever the order of the stops is."""
    sites = [one.get("place", {"site": "-"})["site"] for one in asked["stops"]] + ["end"]
    where = ["" if warning.get(key) is None else sites[warning[key]] for key in ("stop", "leg")]
    return warning["code"], where[0], where[1]


DAYS = {
    "late for a closing door": body(
        stop("rynek", 40, min_dwell_min=10), stop("muzeum", 60, min_dwell_min=30), start="14:20"
    ),
    "the dwell of the site": body(stop("rynek", None, min_dwell_min=5), stop("muzeum", None), start="15:00"),
    "closed on Saturdays": body(stop("rynek"), stop("muzeum"), start="10:00", date="2026-12-05"),
    "before the doors open": body(stop("pszok", fixed="08:30"), stop("rynek"), start="08:00"),
    "late at the end": body(
        stop("rynek", id="r", min_dwell_min=20),
        stop("park-miejski", 50, id="p", after=["r"], min_dwell_min=35),
        end={"place": STATION, "latest": "10:30"},
    ),
    "after another": body(
        stop("rynek", id="r", after=["t"]), stop("muzeum", id="m"), stop("teznia", id="t")
    ),
    "far away": body(stop("muzeum"), stop("dwor-radziszow", mode_to="walk"), start="14:10"),
    "far from the end": body(stop("dwor-radziszow", mode_to="coach"), end={"place": STATION}),
    "a fixed time": body(
        stop("park-miejski", 30, min_dwell_min=10), stop("ratusz", 50, fixed="09:50", mode_to=None),
        start="09:30",
    ),
}  # fmt: skip


QUICK = ("late for a closing door", "late at the end", "after another", "far from the end")


@pytest.mark.dear
@pytest.mark.parametrize(
    "name", [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in DAYS]
)
def test_the_patched_request_gives_the_promised_plan(api: Api, name: str) -> None:
    asked = DAYS[name]
    answer = api.ask("plan", asked)
    assert answer["remedies_complete"]
    before = {about(one, asked) for one in answer["warnings"]}
    offered = 0
    for warning in answer["warnings"]:
        for remedy in warning["remedies"]:
            offered += 1
            edited = patched(asked, remedy["patch"])
            after = api.ask("plan", edited)
            assert about(warning, asked) not in {about(one, edited) for one in after["warnings"]}
            least = LOUDER.index(tone_of(WarningCode(warning["code"])))
            new = [
                one
                for one in after["warnings"]
                if about(one, edited) not in before
                and not one["message"].startswith("No departures are known")
            ]
            assert [one for one in new if LOUDER.index(tone_of(WarningCode(one["code"]))) >= least] == []
    assert offered


def told(api: Api, name: str, code: str, lang: str = "en") -> list[tuple[str, str, list[dict[str, Any]]]]:
    answer = api.ask("plan", DAYS[name], lang=lang)
    (warning,) = [one for one in answer["warnings"] if one["code"] == code]
    return [(one["code"], one["message"].replace("\u00a0", " "), one["patch"]) for one in warning["remedies"]]


def test_what_stands_in_an_answer(api: Api) -> None:
    assert told(api, "before the doors open", "closed") == [
        (
            "fixed",
            "Agree on 10:00 instead of 08:30",
            [{"op": "replace", "path": "/stops/0/fixed", "value": "10:00"}],
        ),
        ("date", "On Saturday 5 December", [{"op": "replace", "path": "/date", "value": "2026-12-05"}]),
        ("date", "On Saturday 12 December", [{"op": "replace", "path": "/date", "value": "2026-12-12"}]),
        ("drop", "Without this stop", [{"op": "remove", "path": "/stops/0"}]),
    ]


def test_what_the_request_lacks_is_added_and_what_it_has_replaced(api: Api) -> None:
    operations = {
        operation["path"]: operation["op"]
        for name in ("the dwell of the site", "far away", "far from the end")
        for warning in api.ask("plan", DAYS[name])["warnings"]
        for remedy in warning["remedies"]
        for operation in remedy["patch"]
        if operation["path"].endswith(("dwell_min", "mode_to")) and remedy["code"] != "day_mode"
    }
    assert operations["/stops/0/dwell_min"] == "add"
    assert operations["/stops/1/mode_to"] == "replace"
    assert operations["/end/mode_to"] == "add"


@pytest.mark.dear
def test_who_leaves_out_a_stop_forgets_what_was_to_come_after_it(api: Api) -> None:
    asked = body(
        stop("muzeum", id="m"),
        stop("rynek", id="r", after=["m", "p"]),
        stop("park-miejski", id="p", after=["m"]),
        start="10:00", date="2026-12-05",
    )  # fmt: skip
    closed = next(one for one in api.ask("plan", asked)["warnings"] if one["code"] == "closed")
    patch = next(one["patch"] for one in closed["remedies"] if one["code"] == "drop")
    edited = patched(asked, patch)
    assert [(one["id"], one["after"]) for one in edited["stops"]] == [("r", ["p"]), ("p", [])]


def test_programs_may_leave_remedies_out(api: Api) -> None:
    with_them = api.ask("plan", DAYS["closed on Saturdays"])
    without = api.ask("plan", {**DAYS["closed on Saturdays"], "remedies": False})
    assert any(one["remedies"] for one in with_them["warnings"])
    assert without["warnings"] == [{**one, "remedies": []} for one in with_them["warnings"]]
    assert {**without, "warnings": []} == {**with_them, "warnings": []}
