"""What the API refuses: always a 4xx in the one shape, with a pointer to every fault, never a 500."""

from __future__ import annotations

import copy
import json
import math
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.web.api.body import MOST_LETTERS
from tests.conftest import FULL
from tests.kit.web.calls import error_of

if TYPE_CHECKING:
    from tests.kit.web.calls import Api

A, B = {"at": [19.82222, 49.97722]}, {"site": "rynek"}
ROUTE: Final[dict[str, Any]] = {"from": A, "to": B, "mode": "walk", "depart": "2026-12-02T09:00"}
MATRIX: Final[dict[str, Any]] = {"points": [A, B, {"site": "ratusz"}], "mode": "walk", "pace_kmh": 4.0}
PLAN: Final[dict[str, Any]] = {
    "date": "2026-12-02",
    "start": {"place": A, "time": "09:00"},
    "end": {"place": B, "latest": "13:00"},
    "mode": "walk",
    "group_size": 20,
    "pace_kmh": 4.0,
    "step_free": False,
    "stops": [
        {
            "id": "a",
            "kind": "site",
            "place": B,
            "dwell_min": 10,
            "min_dwell_min": 5,
            "windows": [["09:00", "12:00"]],
        },
        {"id": "b", "kind": "meal", "place": A, "fixed": "11:00", "after": ["a"], "mode_to": "walk"},
        {"kind": "break", "dwell_min": 15, "buffer_min": 5, "locked": True},
    ],
}
PARTIES: Final[dict[str, Any]] = {
    "date": "2026-12-02",
    "start": {"place": A, "time": "09:00"},
    "end": {"place": B},
    "group_size": 40,
    "parties": [{"name": "A", "size": 15}, {"name": "B", "size": 25}],
    "stops": [
        {"id": "talk", "place": B, "dwell_min": 30, "together": True},
        {"id": "a", "place": A, "dwell_min": 10, "capacity": 25},
        {"id": "b", "place": {"site": "ratusz"}, "dwell_min": 10, "capacity": 30, "after": ["talk"]},
        {"kind": "break", "dwell_min": 15},
    ],
}
MAY: Final[dict[str, Any]] = {
    **PLAN,
    "stops": [{**PLAN["stops"][0], "optional": True, "weight": 3}, *PLAN["stops"][1:]],
    "optimise": True,
    "robustness": {"seed": 4, "days": 100, "later_min": 3},
}
SLOTS: Final[dict[str, Any]] = {
    **PLAN,
    "stop": {"id": "new", "place": A},
    "times": ["10:00", "11:30"],
    "most": 3,
}
DAYS: Final[dict[str, Any]] = {
    "days": [
        {
            "date": "2026-12-02",
            "start": {"place": A, "time": "09:00"},
            "end": {"place": B, "latest": "13:00"},
        },
        {"date": "2026-12-03", "start": {"place": B, "time": "09:00"}},
    ],
    "stops": [
        {"id": "a", "place": B, "dwell_min": 10, "days": [0, 1]},
        {"id": "b", "place": A, "days": [1]},
    ],
    "balance": 1,
}
REQUESTS: Final = {"route": ROUTE, "matrix": MATRIX, "plan": PLAN, "parties": PARTIES}
SPOILT: Final = {**REQUESTS, "may": MAY, "slots": SLOTS, "days": DAYS}
CALLS: Final = {"may": "plan"}
"""The call of a request, where it is not its name."""
GONE: Final = object()
HUGE = 10**400


def changed(call: str, **values: Any) -> dict[str, Any]:
    """A valid request with other values at some pointers, each written with __ for /; GONE leaves one out."""
    document = copy.deepcopy(REQUESTS[call])
    for path, value in values.items():
        *outer, last = [int(step) if step.isdigit() else step for step in path.rstrip("_").split("__")]
        inner: Any = document
        for step in outer:
            inner = inner[step]
        if value is GONE:
            del inner[last]
        else:
            inner[last] = value
    return document


FAULTS: Final[list[tuple[str, dict[str, Any], set[str]]]] = [
    # Positions
    ("route", {"from_": {"at": [49.97722, 19.82222]}}, {"/from/at"}),
    ("route", {"from_": {"at": [math.nan, 49.9]}}, {"/from/at/0"}),
    ("route", {"from_": {"at": [math.inf, -math.inf]}}, {"/from/at/0", "/from/at/1"}),
    ("route", {"from_": {"at": [0, 0]}, "to": {"at": [180, 90]}}, {"/from/at", "/to/at"}),
    ("route", {"from_": {"at": [181, 91]}}, {"/from/at/0", "/from/at/1"}),
    ("route", {"from_": {"at": [HUGE, 49.97]}}, {"/from/at/0"}),
    ("route", {"from_": {"at": ["19.8", True]}}, {"/from/at/0", "/from/at/1"}),
    ("route", {"from_": {"at": [19.8]}}, {"/from/at/1"}),
    ("route", {"from_": {"at": [19.8, 49.9, 200]}}, {"/from/at"}),
    ("route", {"from_": {"at": {"lon": 19.8, "lat": 49.9}}}, {"/from/at"}),
    ("route", {"from_": {"at": "19.8,49.9"}}, {"/from/at"}),
    ("route", {"from_": {}}, {"/from"}),
    ("route", {"from_": {"at": [19.8, 49.97], "site": "rynek"}}, {"/from"}),
    ("route", {"from_": GONE, "to": GONE}, {"/from", "/to"}),
    ("route", {"from_": None}, {"/from"}),
    ("route", {"from_": [], "to": "rynek"}, {"/from", "/to"}),
    # Sites and modes
    ("route", {"from_": {"site": "atlantis"}, "to": {"site": "Rynek"}}, {"/from/site", "/to/site"}),
    ("route", {"from_": {"site": ""}}, {"/from/site"}),
    ("route", {"from_": {"site": "x" * 81}}, {"/from/site"}),
    ("route", {"from_": {"site": 7}}, {"/from/site"}),
    ("route", {"from_": {"site": "\x00"}}, {"/from/site"}),
    ("route", {"from_": {"site": "\ud800"}}, {"/from/site"}),
    ("route", {"from_": {"site": "rynek' OR 1=1 --"}}, {"/from/site"}),
    ("route", {"from_": {"at": [19.82, 49.97], "name": "\udfff"}}, {"/from/name"}),
    ("route", {"mode": "fly"}, {"/mode"}),
    ("route", {"mode": None}, {"/mode"}),
    ("route", {"mode": ["walk"]}, {"/mode"}),
    # Times
    ("route", {"depart": "2026-02-30T09:00"}, {"/depart"}),
    ("route", {"depart": "2026-12-02T25:61"}, {"/depart"}),
    ("route", {"depart": "2026-12-02"}, {"/depart"}),
    ("route", {"depart": "soon"}, {"/depart"}),
    ("route", {"depart": 1790000000}, {"/depart"}),
    ("route", {"depart": "1790000000"}, {"/depart"}),
    ("route", {"depart": HUGE}, {"/depart"}),
    ("route", {"depart": "1999-12-31T23:59"}, {"/depart"}),
    ("route", {"depart": "2101-01-01T00:00"}, {"/depart"}),
    ("route", {"depart": "9999-12-31T23:59:59"}, {"/depart"}),
    ("route", {"depart": "0001-01-01T00:00"}, {"/depart"}),
    ("route", {"depart": "2026-12-02T09:00+25:00"}, {"/depart"}),
    ("route", {"arrive": "2026-12-02T10:00"}, {"/arrive"}),
    # Numbers and switches
    ("route", {"pace_kmh": 0}, {"/pace_kmh"}),
    ("route", {"pace_kmh": -4}, {"/pace_kmh"}),
    ("route", {"pace_kmh": 1000}, {"/pace_kmh"}),
    ("route", {"pace_kmh": "4"}, {"/pace_kmh"}),
    ("route", {"pace_kmh": True}, {"/pace_kmh"}),
    ("route", {"pace_kmh": math.nan}, {"/pace_kmh"}),
    ("route", {"pace_kmh": HUGE}, {"/pace_kmh"}),
    ("route", {"group_size": 0}, {"/group_size"}),
    ("route", {"group_size": 2001}, {"/group_size"}),
    ("route", {"group_size": 2.5}, {"/group_size"}),
    ("route", {"group_size": "20"}, {"/group_size"}),
    ("route", {"group_size": True}, {"/group_size"}),
    ("route", {"group_size": HUGE}, {"/group_size"}),
    ("route", {"group_size": -math.inf}, {"/group_size"}),
    ("route", {"step_free": "yes"}, {"/step_free"}),
    ("route", {"step_free": 1}, {"/step_free"}),
    ("route", {"step_free": None}, {"/step_free"}),
    # Unknown fields, their names escaped as RFC 6901 says
    ("route", {"speed": 4}, {"/speed"}),
    ("route", {"a/b~c": 4}, {"/a~1b~0c"}),
    ("route", {"": 4}, {"/"}),
    ("route", {"from_": {"at": [19.82, 49.97], "lat": 1}}, {"/from/lat"}),
    ("plan", {"stops__0__dwell": 3}, {"/stops/0/dwell"}),
    # Tables
    ("matrix", {"points": GONE}, {"/points"}),
    ("matrix", {"points": {}}, {"/points"}),
    ("matrix", {"points": []}, {"/points"}),
    ("matrix", {"points__0": [19.8, 49.9], "points__2": None}, {"/points/0", "/points/2"}),
    ("matrix", {"points__1": {"site": "x"}, "points__2": {"at": [1, 2]}}, {"/points/1/site", "/points/2/at"}),
    ("matrix", {"points__1": {"site": "nix"}, "pace_kmh": 0}, {"/points/1/site", "/pace_kmh"}),
    # Days
    ("plan", {"date": "2026-02-30"}, {"/date"}),
    ("plan", {"date": "2027-02-29"}, {"/date"}),
    ("plan", {"date": "2026-13-01"}, {"/date"}),
    ("plan", {"date": "1999-12-31"}, {"/date"}),
    ("plan", {"date": "2101-01-01"}, {"/date"}),
    ("plan", {"date": "2026-12-02T00:00:00"}, {"/date"}),
    ("plan", {"date": "02.12.2026"}, {"/date"}),
    ("plan", {"date": 1796169600}, {"/date"}),
    ("plan", {"date": GONE, "stops": GONE, "start": GONE}, {"/date", "/stops", "/start"}),
    ("plan", {"start__time": "25:61"}, {"/start/time"}),
    ("plan", {"start__time": "1260"}, {"/start/time"}),
    ("plan", {"start__time": "09:00:00"}, {"/start/time"}),
    ("plan", {"start__time": "09:00\n"}, {"/start/time"}),
    ("plan", {"start__time": "٠٩:٠٠"}, {"/start/time"}),
    ("plan", {"start__time": "09:00+2"}, {"/start/time"}),
    ("plan", {"start__time": "24:01"}, {"/start/time"}),
    ("plan", {"date": "2027-03-28", "start__time": "02:30"}, {"/start/time"}),
    (
        "plan",
        {
            "date": "2027-03-28",
            "stops__0__fixed": "02:30",
            "stops__0__windows": [["02:00", "02:59"]],
            "end__latest": "02:45",
            "end__arrive": "02:45",
        },
        {
            "/stops/0/fixed",
            "/stops/0/windows/0/0",
            "/stops/0/windows/0/1",
            "/end/latest",
            "/end/arrive",
        },
    ),
    ("plan", {"date": "2027-03-27", "stops__0__fixed": "02:30 +1"}, {"/stops/0/fixed"}),
    ("plan", {"stops__0__fixed": "02:30+05:00"}, {"/stops/0/fixed"}),
    ("plan", {"stops__0__after": ["a"]}, {"/stops/0/after/0"}),
    ("plan", {"start__time": 540}, {"/start/time"}),
    ("plan", {"start": []}, {"/start"}),
    ("plan", {"end": []}, {"/end"}),
    ("plan", {"end__latest": "", "end__arrive": "noon"}, {"/end/latest", "/end/arrive"}),
    ("plan", {"stops": {}}, {"/stops"}),
    ("plan", {"stops": [[]]}, {"/stops/0"}),
    ("plan", {"stops": None}, {"/stops"}),
    ("plan", {"stops__0__dwell_min": -5}, {"/stops/0/dwell_min"}),
    ("plan", {"stops__0__dwell_min": 10_000}, {"/stops/0/dwell_min"}),
    ("plan", {"stops__0__dwell_min": 721}, {"/stops/0/dwell_min"}),
    ("plan", {"stops__0__dwell_min": "10"}, {"/stops/0/dwell_min"}),
    ("plan", {"stops__0__min_dwell_min": 11}, {"/stops/0/min_dwell_min"}),
    ("plan", {"stops__0__windows": [["12:00", "09:00"]]}, {"/stops/0/windows/0"}),
    ("plan", {"stops__0__windows": [["09:00", "09:00"]]}, {"/stops/0/windows/0"}),
    ("plan", {"stops__0__windows": [["09:00"]]}, {"/stops/0/windows/0/1"}),
    ("plan", {"stops__0__windows": "09:00-12:00"}, {"/stops/0/windows"}),
    ("plan", {"stops__0__windows": [["09:00", "10:00"]] * 21}, {"/stops/0/windows"}),
    ("plan", {"stops__0__kind": "museum"}, {"/stops/0/kind"}),
    ("plan", {"stops__0__place": GONE}, {"/stops/0/place"}),
    ("plan", {"stops__1__id": "a"}, {"/stops/1/id"}),
    ("plan", {"stops__1__after": ["c", "a", "d"]}, {"/stops/1/after/0", "/stops/1/after/2"}),
    ("plan", {"stops__1__after": "a"}, {"/stops/1/after"}),
    ("plan", {"stops__1__mode_to": "teleport"}, {"/stops/1/mode_to"}),
    ("plan", {"optimise": "yes"}, {"/optimise"}),
    ("plan", {"interpreter": 0.5, "buffers": {"bus_min": -1}}, {"/interpreter", "/buffers/bus_min"}),
    ("plan", {"objective": "beauty"}, {"/objective"}),
    # Faults of several kinds are told together
    ("plan", {"date": "2026-02-30", "start__time": "25:61"}, {"/date", "/start/time"}),
    ("plan", {"date": "2026-02-30", "start__place": {"site": "nix"}}, {"/date", "/start/place/site"}),
    (
        "plan",
        {"stops__0__dwell_min": -5, "stops__1__id": "a", "stops__1__place": {"at": [49.97, 19.82]}},
        {"/stops/0/dwell_min", "/stops/1/id", "/stops/1/place/at"},
    ),
    (
        "plan",
        {"stops__0__place": GONE, "stops__1__dwell_min": 10_000, "end__place": {"site": "nix"}, "x": 1},
        {"/stops/0/place", "/stops/1/dwell_min", "/end/place/site", "/x"},
    ),
    ("route", {"mode": "x", "from_": {"site": "x"}, "to": {"at": [0, 0]}}, {"/mode", "/from/site", "/to/at"}),
    # Parties
    ("parties", {"parties": GONE}, {"/parties"}),
    ("parties", {"parties": []}, {"/parties"}),
    ("parties", {"parties": {}}, {"/parties"}),
    ("parties", {"parties": [{"name": str(n), "size": 5} for n in range(9)]}, {"/parties"}),
    ("parties", {"parties__0": "A"}, {"/parties/0"}),
    ("parties", {"parties__0__name": ""}, {"/parties/0/name"}),
    ("parties", {"parties__0__name": "x" * 41}, {"/parties/0/name"}),
    ("parties", {"parties__0__name": "B"}, {"/parties/1/name"}),
    ("parties", {"parties__0__name": "\ud800"}, {"/parties/0/name"}),
    ("parties", {"parties__0__size": 0}, {"/parties/0/size"}),
    ("parties", {"parties__0__size": GONE}, {"/parties/0/size"}),
    ("parties", {"parties__0__size": "15"}, {"/parties/0/size"}),
    ("parties", {"parties__0__size": True}, {"/parties/0/size"}),
    ("parties", {"parties__0__size": HUGE}, {"/parties/0/size"}),
    ("parties", {"parties__0__guide": "Jan"}, {"/parties/0/guide"}),
    ("parties", {"parties__0__size": 16}, {"/parties"}),
    ("parties", {"parties__0__size": 2000, "group_size": GONE}, {"/parties"}),
    ("parties", {"stops__0__together": "yes"}, {"/stops/0/together"}),
    ("parties", {"stops__1__capacity": 0}, {"/stops/1/capacity"}),
    ("parties", {"stops__1__capacity": 2.5}, {"/stops/1/capacity"}),
    ("parties", {"stops__1__id": "talk", "parties__1__size": 26}, {"/stops/1/id", "/parties"}),
    ("parties", {"stops__1__place": {"site": "nix"}}, {"/stops/1/place/site"}),
    ("parties", {"stops__0__place": {"site": "x"}, "date": 1}, {"/stops/0/place/site", "/date"}),
]  # fmt: skip


@pytest.mark.dear
@pytest.mark.parametrize(("call", "change", "pointers"), FAULTS)
def test_every_fault_is_pointed_at(api: Api, call: str, change: dict[str, Any], pointers: set[str]) -> None:
    assert set(api.refused(call, changed(call, **change))) == pointers


@pytest.mark.dear
@pytest.mark.parametrize("name", SPOILT)
def test_the_requests_that_are_spoilt_here_fit_unspoilt(api: Api, name: str) -> None:
    api.ask(CALLS.get(name, name), SPOILT[name])


def test_a_whole_number_may_be_written_with_a_point(api: Api) -> None:
    assert api.ask("plan", changed("plan", stops__0__dwell_min=10, group_size=20.0))


def test_swapped_coordinates_are_called_so(api: Api) -> None:
    answer = api.send("route", changed("route", from_={"at": [49.97722, 19.82222]}))
    error = error_of(answer)
    assert error["code"] == "outside_network"
    assert "swapped" in error["message"]
    far = error_of(api.send("route", changed("route", from_={"at": [2.35, 48.86]})))
    assert far["code"] == "outside_network"
    assert "swapped" not in far["message"]


def test_five_hundred_stops_are_one_fault_and_a_thousand_faults_are_cut(api: Api) -> None:
    many = changed("plan", stops=[{"place": B}] * 500)
    assert api.refused("plan", many) == {"/stops": "too_long"}
    spoilt = changed("plan", stops=[{"dwell_min": -1, "x": 1, "after": ["y"] * 50}] * 60)
    error = error_of(api.send("plan", spoilt))
    assert len(error["details"]) == 50
    assert int(error["message"].split()[0]) > 1000


BROKEN: Final[list[tuple[str | bytes, int]]] = [
    ("", 400),
    (" ", 400),
    ("{", 400),
    ('{"from": }', 400),
    ("{'from': 1}", 400),
    ("[]", 400),
    ("null", 400),
    ("NaN", 400),
    ("1e999", 400),
    ('"text"', 400),
    ("true", 400),
    (json.dumps(ROUTE) + "x", 400),
    (json.dumps(ROUTE) * 2, 400),
    (b"\xff\xfe\x00", 400),
    (b"\x80abc", 400),
    (b"\x00" * 10, 400),
    ("[" * 200_000, 400),
    ('{"a":' * 100_000, 400),
    ('{"from": ' + "9" * 5_000 + "}", 400),
    ("{}", 422),
    ('{"a":' * 500 + "1" + "}" * 500, 422),
    ('{"from": 1, "from": 2, "to": 3}', 422),
    (r'{"\ud800": "\u0000"}', 422),
    ("x" * 1_000_001, 413),
    (json.dumps({**ROUTE, "x": "y" * 1_000_000}), 413),
]


@pytest.mark.dear
@pytest.mark.parametrize("call", REQUESTS)
@pytest.mark.parametrize(("body", "status"), BROKEN, ids=range(len(BROKEN)))
def test_a_broken_body_is_told(api: Api, call: str, body: str | bytes, status: int) -> None:
    answer = api.send(call, body)
    assert answer.status_code == status
    error = error_of(answer)
    assert status == 413 or error["details"]
    assert len(answer.data) < 10_000


def test_a_body_of_fifty_megabytes_is_not_read(api: Api) -> None:
    read = 0

    class Endless(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            nonlocal read
            count = size if size is not None and size > 0 else 65_536
            read += count
            return b" " * count

    answer = api.client.post(
        "/api/v1/plan",
        input_stream=Endless(),
        environ_overrides={"CONTENT_LENGTH": "50000000"},
        content_type="application/json",
    )
    assert answer.status_code == 413
    assert error_of(answer)["code"] == "too_large"
    assert read <= 2_000_000


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml"],
)
def test_a_body_of_another_type_is_refused(api: Api, content_type: str) -> None:
    answer = api.send("route", ROUTE, content_type=content_type)
    assert answer.status_code == 415
    assert error_of(answer)["code"] == "not_json"


@pytest.mark.parametrize(
    "content_type", ["application/json; charset=utf-8", "application/problem+json", None]
)
def test_json_by_any_of_its_names_is_read(api: Api, content_type: str | None) -> None:
    assert api.send("route", ROUTE, content_type=content_type).status_code == 200


# Anything anywhere

ANY_TEXT = st.text(st.characters(), max_size=12) | st.sampled_from(
    [
        "",
        "\x00",
        "\ud800",
        "09:00",
        "25:61",
        "2026-02-30",
        "walk",
        "rynek",
        "a",
        "+1",
        "9" * 400,
        "../",
        "<b>",
    ]
)
ANY_NUMBER = st.sampled_from(
    [0, -1, 1, 10**9, 10**30, HUGE, -HUGE, 1e308, math.nan, math.inf, -0.0, 19.8, 49.9]
)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | ANY_NUMBER | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(ANY_TEXT, inner, max_size=5),
    max_leaves=12,
)


def containers(value: Any) -> list[Any]:
    """Every object and list of a document."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    own = [value] if isinstance(value, dict | list) else []
    return own + [one for item in inner for one in containers(item)]


@st.composite
def spoilt_requests(draw: Any) -> tuple[str, Any]:
    """A valid request with random JSON in random places."""
    name = draw(st.sampled_from(sorted(SPOILT)))
    document = copy.deepcopy(SPOILT[name])
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.sampled_from(containers(document)))
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        action = draw(st.sampled_from(["set", "drop", "add", "repeat"] if keys else ["add"]))
        if action == "add":
            if isinstance(place, dict):
                place[draw(ANY_TEXT)] = draw(ANY_JSON)
            else:
                place.append(draw(ANY_JSON))
            continue
        key = draw(st.sampled_from(keys))
        if action == "set":
            place[key] = draw(ANY_JSON)
        elif action == "drop":
            del place[key]
        elif isinstance(place, list):
            place.extend([copy.deepcopy(place[key])] * draw(st.sampled_from([1, 70])))
    return CALLS.get(name, name), document


def resolves(document: Any, pointer: str) -> bool:
    """Whether a pointer leads to a place in a document, or to one missing in a place that is there.

    A step of a long key may be cut: then it leads to each key that begins so.
    """
    return _leads(document, [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]])


def _leads(document: Any, steps: list[str]) -> bool:
    for index, step in enumerate(steps):
        if isinstance(document, dict):
            if step not in document and step.endswith("…") and len(step) > MOST_LETTERS:
                cut = [value for key, value in document.items() if key.startswith(step[:-1])]
                return any(_leads(value, steps[index + 1 :]) for value in cut)
            if step not in document:
                return index == len(steps) - 1
            document = document[step]
        elif isinstance(document, list) and step.isdigit():
            if int(step) >= len(document):
                return index == len(steps) - 1
            document = document[int(step)]
        else:
            return False
    return True


def _as_sent(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys are as they can be sent back: half a letter cannot."""
    return {key.encode(errors="replace").decode(): value for key, value in pairs}


def check_spoilt(api: Api, call: str, document: Any) -> None:
    body = json.dumps(document)
    answer = api.send(call, body)
    assert answer.status_code in {200, 400, 413, 422}, answer.get_data(as_text=True)
    if answer.status_code == 200:
        json.loads(answer.data, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
        return
    error = error_of(answer)
    if answer.status_code == 422:
        assert error["details"]
    sent = json.loads(body, object_pairs_hook=_as_sent)
    for detail in error["details"]:
        assert resolves(sent, detail["pointer"]), f"{detail} points nowhere"


@settings(
    max_examples=250 if FULL else 40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(spoilt=spoilt_requests())
def test_anything_anywhere_is_answered_or_refused(api: Api, spoilt: tuple[str, Any]) -> None:
    check_spoilt(api, *spoilt)


@pytest.mark.full
@settings(max_examples=5_000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(spoilt=spoilt_requests())
def test_anything_anywhere_many_times(api: Api, spoilt: tuple[str, Any]) -> None:
    check_spoilt(api, *spoilt)


LONG = "long" * 30


def test_the_pointer_to_a_long_key_is_cut_and_leads_there(api: Api) -> None:
    check_spoilt(api, "route", {"from": {"site": "rynek"}, "to": {"site": "ratusz", LONG: {"x": "\0"}}})
    assert resolves({LONG: {"x": 1}}, f"/{LONG[:MOST_LETTERS]}…/x")
    assert not resolves({LONG: 1}, f"/{'other' * 16}…")


def test_days_of_one_date_are_told_where_they_are_with_no_day_between_them(api: Api) -> None:
    days = [{"date": "2026-12-02"}, None, {"date": "2026-12-02"}]
    refused = api.client.post("/api/v1/days", json={"days": days, "stops": []})
    told = [one["pointer"] for one in refused.get_json()["error"]["details"] if "same date" in one["message"]]
    assert told == ["/days/2/date"]


def test_thousands_of_unknown_keys_are_one_fault_and_a_huge_one_is_cut(api: Api) -> None:
    body = {"from": {"site": "rynek"}, "to": {"site": "ratusz", **{f"k{n}": n for n in range(5_000)}}}
    refused = api.client.post("/api/v1/route", json=body)
    assert refused.status_code == 422
    (told,) = refused.get_json()["error"]["details"]
    assert (told["pointer"], told["code"]) == ("/to", "too_many_keys")
    huge = api.client.post("/api/v1/route", json={"from": {}, "to": {}, "x" * 900_000: 1})
    assert huge.status_code == 422
    assert len(huge.data) < 2_000
