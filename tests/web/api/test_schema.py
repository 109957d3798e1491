"""Requests made by the description alone: never a fault of ours, and every answer as it is described.

Each call stands for itself: the description has no links from one to the next, for nothing is kept that
another call could name. So there is nothing to ask in a row.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.conftest import FULL
from tests.kit.web.signing_in import sign_in

if TYPE_CHECKING:
    from flask import Flask
    from schemathesis import Case

    from tests.kit.web.calls import Api

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
PLAIN = {"Accept-Encoding": "identity"}
"""What is packed the schema's own client would not unpack."""

EXAMPLES = 12 if FULL else 3

POSTED = ("route", "matrix", "plan", "parties", "slots", "days")
WATCHED = ("/healthz", "/healthz/live", "/healthz/ready", "/api/v1/openapi.json", "/api/v1/sites")
CALLS = [
    *(("GET", path) for path in WATCHED),
    *(("POST", f"/api/v1/{call}") for call in POSTED),
]


@pytest.fixture(scope="module")
def local(api: Api) -> dict[str, Any]:
    """The description of the API in Skawina: with places and dates of which it knows something."""
    document = copy.deepcopy(api.description)
    models = document["components"]["schemas"]
    place = models["PlaceModel"]["properties"]
    place["site"]["anyOf"][0] = {"enum": ["rynek", "nowhere"]}
    place["at"]["anyOf"][0]["prefixItems"] = [
        {"type": "number", "minimum": 19.81, "maximum": 19.84},
        {"type": "number", "minimum": 49.96, "maximum": 49.98},
    ]
    for name in ("PlanRequest", "PartiesRequest", "SlotsRequest", "DayModel"):
        models[name]["properties"]["date"] = {"enum": ["2026-11-30", "2026-12-01", "2026-12-06"]}
    return document


@pytest.mark.dear
@pytest.mark.parametrize("is_signed_in", [False, True])
@pytest.mark.parametrize(("method", "path"), CALLS)
def test_what_the_description_allows_is_answered_as_described(
    app: Flask, local: dict[str, Any], method: str, path: str, *, is_signed_in: bool
) -> None:
    import schemathesis  # noqa: PLC0415 - half a second, which runs without this test need not spend

    schema = schemathesis.openapi.from_dict(local)
    schema.app = app
    headers = PLAIN | ({"Cookie": _cookie_of(app)} if is_signed_in else {})
    held = [getattr(schemathesis.checks, name) for name in CHECKS]
    answered = []

    @settings(
        max_examples=EXAMPLES,
        phases=[Phase.generate],
        derandomize=not FULL,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=schema[path][method].as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE))
    def ask(case: Case[Any]) -> None:
        answered.append(case.call_and_validate(headers=headers, checks=held).status_code)

    ask()
    assert answered


def test_every_call_that_is_described_is_asked(api: Api) -> None:
    described = [(method.upper(), path) for path, item in api.description["paths"].items() for method in item]
    assert sorted(described) == sorted(CALLS)


def _cookie_of(app: Flask) -> str:
    """The cookie of somebody who is signed in."""
    client = app.test_client()
    sign_in(app, client, "anna")
    cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    return f"{cookie.key}={cookie.value}"
