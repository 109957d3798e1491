"""The API's description, made of the models that check requests and that answers are written by."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from planner import __version__
from planner.outputs.api import answer_models as answers
from planner.outputs.api.fit_models import DaysAnswer, SlotsAnswer
from planner.outputs.api.leg_models import LegAnswer
from planner.services.trust.once import LONGEST_KEY
from planner.web.api.once import AGAIN, HEADER
from planner.web.api.schemas.days import DaysRequest
from planner.web.api.schemas.matrix import MatrixRequest
from planner.web.api.schemas.parties import PartiesRequest
from planner.web.api.schemas.plan import PlanRequest
from planner.web.api.schemas.route import RouteRequest
from planner.web.api.schemas.slots import SlotsRequest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic.json_schema import JsonSchemaMode, JsonSchemaValue
    from pydantic_core.core_schema import TypedDictSchema

_NO_NETWORK = "No network is built yet"
_UNFIT = (
    "Something does not fit the schema, or a rule that a schema cannot say: a site that is not there, an id"
    " given twice, a time that the clock does not show. Details point at every fault"
)
_REF = "#/components/schemas/"

_REQUESTS = (RouteRequest, MatrixRequest, PlanRequest, PartiesRequest, SlotsRequest, DaysRequest)
_ANSWERS = (
    LegAnswer,
    answers.MatrixAnswer,
    answers.PlanAnswer,
    answers.PartiesAnswer,
    SlotsAnswer,
    DaysAnswer,
    answers.SitesAnswer,
    answers.AliveAnswer,
    answers.HealthAnswer,
    answers.DescriptionAnswer,
    answers.ErrorAnswer,
)
_LANG = {
    "name": "lang",
    "in": "query",
    "schema": {"enum": ["pl", "en"]},
    "description": "The language of messages and directions",
}
_KEY = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[ -~]+$"},
    "description": "Asked again with the same key and the same body within a day, the answer is the same,"
    f" with {AGAIN}: true; with another body it is a 422",
}


@cache
def description() -> answers.DescriptionAnswer:
    """The OpenAPI 3.1 document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Study-visit planner",
            "version": __version__,
            "description": "Positions are [lon, lat], lengths metres, durations seconds, local times HH:MM.",
        },
        "paths": {
            "/healthz": {"get": _get("State and versions", "Health", {"503": _NO_NETWORK})},
            "/healthz/ready": {"get": _get("Whether it can be used", "Health", {"503": _NO_NETWORK})},
            "/healthz/live": {"get": _get("Whether it answers at all", "Alive")},
            "/api/v1/openapi.json": {"get": _get("This description", "Description")},
            "/api/v1/sites": {"get": _get("The catalogue as GeoJSON", "Sites", kind="application/geo+json")},
            "/api/v1/route": {"post": _post("One leg between two places", "RouteRequest", "Leg")},
            "/api/v1/matrix": {"post": _post("Distances between all places", "MatrixRequest", "Matrix")},
            "/api/v1/plan": {"post": _post("The itinerary of one day", "PlanRequest", "Plan")},
            "/api/v1/parties": {"post": _post("A delegation in parties", "PartiesRequest", "Parties")},
            "/api/v1/slots": {"post": _post("Where a stop would fit, at what cost", "SlotsRequest", "Slots")},
            "/api/v1/days": {"post": _post("Stops shared among several days", "DaysRequest", "Days")},
        },
        "components": {"schemas": _components()},
    }


def _get(
    summary: str, answer: str, others: dict[str, str] | None = None, *, kind: str = "application/json"
) -> dict[str, Any]:
    responses: dict[str, Any] = {"200": _json(summary, {"$ref": _REF + answer}, kind)}
    for status, text in (others or {}).items():
        responses[status] = _json(text, {"$ref": _REF + answer})
    return {"summary": summary, "responses": responses}


def _post(summary: str, asked: str, answer: str) -> dict[str, Any]:
    error = {"$ref": _REF + "Error"}
    return {
        "summary": summary,
        "parameters": [_LANG, _KEY],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": _REF + asked}}},
        },
        "responses": {
            "200": _json(summary, {"$ref": _REF + answer}),
            "400": _json("The body is no JSON object", error),
            "409": _json("The same request with the same key is being answered", error),
            "413": _json("The body is larger than 1 MB", error),
            "415": _json("The body is declared to be something else than JSON", error),
            "422": _json(_UNFIT, error),
            "429": _json("Asked too often; Retry-After tells when to come again", error),
            "503": _json(f"{_NO_NETWORK}, or another search is under way", error),
        },
    }


def _json(text: str, schema: dict[str, Any], kind: str = "application/json") -> dict[str, Any]:
    return {"description": text, "content": {kind: {"schema": schema}}}


class _AnswerSchema(GenerateJsonSchema):
    """Calls the schema of `LegAnswer` Leg, and gives no other titles."""

    def normalize_name(self, name: str) -> str:
        """The name of a component."""
        return super().normalize_name(name.removesuffix("Answer"))

    def field_title_should_be_set(self, schema: Any) -> bool:
        """No field has a title beside its name."""
        _ = schema
        return False

    def typed_dict_schema(self, schema: TypedDictSchema) -> JsonSchemaValue:
        """The schema of an answer or a part of one."""
        made = super().typed_dict_schema(schema)
        made.pop("title", None)
        return made


def _components() -> dict[str, Any]:
    return {
        **_schemas(_ANSWERS, "serialization", _AnswerSchema),
        **_schemas(_REQUESTS, "validation", GenerateJsonSchema),
    }


def _schemas(
    kinds: Iterable[Any], mode: JsonSchemaMode, generator: type[GenerateJsonSchema]
) -> dict[str, Any]:
    """Return the schemas of models and of all that they refer to, by the names of the components."""
    models = [(kind.__name__, mode, TypeAdapter[Any](kind)) for kind in kinds]
    _, document = TypeAdapter.json_schemas(models, ref_template=_REF + "{model}", schema_generator=generator)
    schemas: dict[str, Any] = document["$defs"]
    return schemas
