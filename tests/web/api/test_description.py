"""The served description: sound, and keeping all that it said when answers were described by hand."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from planner.domain.clock import CLOCK_TIME_PATTERN, canonical_time
from planner.domain.limits import CLOCK_TIME_LENGTH
from planner.web.api.schemas.fields import CLOCK_TIME as TOLD
from tests.kit.web.described import Described, lost

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.kit.web.calls import Api

CLOCK_TIME = {**TOLD, "maxLength": CLOCK_TIME_LENGTH}
STRICT_TIME = r"^([01][0-9]|2[0-3]):[0-5][0-9](\+1)?$"


def _with_more_times(schema: Any) -> Any:
    """A schema whose local times are described as they are now: more spellings are read, none is lost."""
    if isinstance(schema, list):
        return [_with_more_times(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    now = CLOCK_TIME if schema.get("pattern") == STRICT_TIME else {}
    return {key: _with_more_times(value) for key, value in schema.items()} | now


BEFORE = Described(
    _with_more_times(json.loads(Path(__file__).with_name("openapi_a95df47.json").read_text(encoding="utf-8")))
)


@given(st.from_regex(STRICT_TIME.replace("$", r"\Z")))
def test_every_time_that_was_valid_is(text: str) -> None:
    assert re.search(f"^{CLOCK_TIME_PATTERN}$", text)
    assert canonical_time(text) == text


@pytest.mark.dear
def test_every_component_is_a_schema(api: Api) -> None:
    for schema in api.description["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


MORE = (
    *("demands/-/kind: enum", "remedies/-/patch: descriptions", "remedies_complete: descriptions"),
    *("/post/parameters: ", "/responses/422/description: "),
)
"""Where it may say more than it did: a stop that must be visited is a demand too, a call may have a key, and
of what is refused it tells which rules no schema says."""

ADDED = frozenset(
    {
        "essential",
        "optional",
        "weight",
        "robustness",
        "assumed_leg_min",
        "hardest_path",
        "interpreters",
        "confirmed",
        "ask_again",
    }
)
"""Fields that a request may have since; none of them must be there."""


def test_every_path_field_type_and_limit_is_still_described(api: Api) -> None:
    told = [line for line in lost(BEFORE, api.described) if not any(part in line for part in MORE)]
    assert told == []


def test_what_is_asked_is_described_as_before(api: Api) -> None:
    """An answer may be told in more detail; of a request anything more would be another demand."""
    for path, item in BEFORE.document["paths"].items():
        if "post" in item:
            asked = [one.document["paths"][path]["post"]["requestBody"] for one in (BEFORE, api.described)]
            schemas = [body["content"]["application/json"]["schema"] for body in asked]
            assert BEFORE.meaning(schemas[0]) == _without_added(api.described.meaning(schemas[1]))


def test_a_place_needs_a_site_or_a_position(api: Api) -> None:
    place = {"$ref": "#/components/schemas/PlaceModel"}
    assert api.described.mismatches({"site": "rynek"}, place) == []
    assert api.described.mismatches({"at": [19.8, 49.9], "name": "x"}, place) == []
    assert api.described.mismatches({"site": "rynek", "at": None}, place) == []
    both = {"site": "rynek", "at": [19.8, 49.9]}
    for refused in ({"name": "x"}, {"site": None}, {"at": None, "name": "x"}, both):
        assert api.described.mismatches(refused, place) != []


@pytest.mark.parametrize("model", ["StopModel", "PartyStopModel", "SharedStopModel"])
def test_a_stop_needs_a_place_unless_it_is_a_meal_or_a_break(api: Api, model: str) -> None:
    stop = {"$ref": f"#/components/schemas/{model}"}
    at = {"place": {"site": "rynek"}}
    for fits in (at, {"kind": "site", **at}, {"kind": "meal"}, {"kind": "break", "place": None}):
        assert api.described.mismatches(fits, stop) == []
    for refused in ({}, {"kind": "site"}, {"place": None}, {"kind": "site", "place": None}):
        assert api.described.mismatches(refused, stop) != []


def _without_added(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_without_added(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    fields = schema.get("properties")
    kept = {key: _without_added(value) for key, value in schema.items()}
    if isinstance(fields, dict):
        kept["properties"] = {name: value for name, value in kept["properties"].items() if name not in ADDED}
    return kept


def _without_a_field(schemas: dict[str, Any]) -> None:
    del schemas["StopCall"]["properties"]["platform"]


def _no_longer_required(schemas: dict[str, Any]) -> None:
    schemas["Call"]["required"].remove("slack_s")


def _of_another_type(schemas: dict[str, Any]) -> None:
    schemas["Totals"]["properties"]["wait_s"]["type"] = "number"


def _without_a_limit(schemas: dict[str, Any]) -> None:
    del schemas["StopModel"]["properties"]["buffer_min"]["maximum"]


def _with_an_open_request(schemas: dict[str, Any]) -> None:
    del schemas["PlaceModel"]["additionalProperties"]


def _never_null(schemas: dict[str, Any]) -> None:
    schemas["Leg"]["properties"]["arrive"] = {"type": "string", "format": "date-time"}


def _with_a_word_less(schemas: dict[str, Any]) -> None:
    schemas["WarningCode"]["enum"].remove("closed")


@pytest.mark.parametrize(
    "spoil",
    [
        _without_a_field,
        _no_longer_required,
        _of_another_type,
        _without_a_limit,
        _with_an_open_request,
        _never_null,
        _with_a_word_less,
    ],
)
def test_a_loss_is_found(api: Api, spoil: Callable[[dict[str, Any]], None]) -> None:
    document = copy.deepcopy(api.description)
    spoil(document["components"]["schemas"])
    assert list(lost(BEFORE, Described(document)))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"more": 1}, "'more' was unexpected"),
        ({"wait_s": None}, "None is not of type 'integer'"),
        ({"arrive": "2026-12-02T09:00:00"}, "is not a 'date-time'"),
    ],
)
def test_an_answer_that_is_not_as_described_is_found(api: Api, change: dict[str, Any], told: str) -> None:
    at = "2026-12-02T09:00:00+01:00"
    call = {"stop": 0, "id": None, "arrive": at, "start": at, "leave": at, "wait_s": 0, "slack_s": None}
    call |= {"toilet_m": 120, "water_m": None}
    schema = {"$ref": "#/components/schemas/Call"}
    assert api.described.mismatches(call, schema) == []
    (mismatch,) = api.described.mismatches({**call, **change}, schema)
    assert told in mismatch
