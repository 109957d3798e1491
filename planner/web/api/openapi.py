"""The API's description: requests from the very models that check them, answers by hand."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from planner import __version__
from planner.domain.edits.remedies import RemedyCode
from planner.domain.itinerary import Maneuver, PartKind, WarningCode
from planner.domain.order.proposals import DemandKind, Objective
from planner.streets.landmarks import LandmarkKind
from planner.web.api import schemas
from planner.web.api.schemas_parties import PartiesRequest

if TYPE_CHECKING:
    from pydantic import BaseModel

_NO_NETWORK = "No network is built yet"
_REF = "#/components/schemas/"
_TIME = {"type": "string", "format": "date-time", "description": "ISO 8601 with offset"}
_METRES = {"type": "number", "minimum": 0}
_SECONDS = {"type": "integer"}
_LINE = {
    "type": ["object", "null"],
    "description": "GeoJSON LineString of [lon, lat]",
    "properties": {"type": {"const": "LineString"}, "coordinates": {"type": "array"}},
}

_LANG = {
    "name": "lang",
    "in": "query",
    "schema": {"enum": ["pl", "en"]},
    "description": "The language of messages and directions",
}


@cache
def description() -> dict[str, Any]:
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
            "/api/v1/openapi.json": {"get": _get("This description", "Description")},
            "/api/v1/sites": {"get": _get("The catalogue as GeoJSON", "Sites", kind="application/geo+json")},
            "/api/v1/route": {"post": _post("One leg between two places", "RouteRequest", "Leg")},
            "/api/v1/matrix": {"post": _post("Distances between all places", "MatrixRequest", "Matrix")},
            "/api/v1/plan": {"post": _post("The itinerary of one day", "PlanRequest", "Plan")},
            "/api/v1/parties": {"post": _post("A delegation in parties", "PartiesRequest", "Parties")},
        },
        "components": {"schemas": {**_requests(), **_answers()}},
    }


def _get(
    summary: str, answer: str, others: dict[str, str] | None = None, *, kind: str = "application/json"
) -> dict[str, Any]:
    responses: dict[str, Any] = {"200": _json(summary, {"$ref": _REF + answer}, kind)}
    for status, text in (others or {}).items():
        responses[status] = _json(text, {"type": "object"})
    return {"summary": summary, "responses": responses}


def _post(summary: str, asked: str, answer: str) -> dict[str, Any]:
    error = {"$ref": _REF + "Error"}
    return {
        "summary": summary,
        "parameters": [_LANG],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": _REF + asked}}},
        },
        "responses": {
            "200": _json(summary, {"$ref": _REF + answer}),
            "400": _json("The body is no JSON object", error),
            "413": _json("The body is larger than 1 MB", error),
            "415": _json("The body is declared to be something else than JSON", error),
            "422": _json("Something does not fit; details point at every fault", error),
            "429": _json("Asked too often; Retry-After tells when to come again", error),
            "503": _json(f"{_NO_NETWORK}, or another search is under way", error),
        },
    }


def _json(text: str, schema: dict[str, Any], kind: str = "application/json") -> dict[str, Any]:
    return {"description": text, "content": {kind: {"schema": schema}}}


def _requests() -> dict[str, Any]:
    models: tuple[type[BaseModel], ...] = (
        schemas.RouteRequest,
        schemas.MatrixRequest,
        schemas.PlanRequest,
        PartiesRequest,
    )
    found: dict[str, Any] = {}
    for model in models:
        schema = model.model_json_schema(ref_template=_REF + "{model}")
        found |= schema.pop("$defs", {})
        found[model.__name__] = schema
    return found


def _object(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": {**required, **optional}}


def _list(schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": schema}


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    return {**schema, "type": [schema["type"], "null"]}


def _answers() -> dict[str, Any]:
    warning = _object(
        {
            "code": {"enum": [code.value for code in WarningCode]},
            "message": {"type": "string"},
            "remedies": _list(_remedy()),
        },
        stop=_SECONDS,
        leg=_SECONDS,
        by_s=_SECONDS,
    )
    warnings = _list({"$ref": _REF + "Warning"})
    return {
        "Warning": warning,
        "Leg": _leg(warnings),
        "Matrix": _object(
            {
                "distances_m": {
                    **_list(_list(_nullable(_METRES))),
                    "description": "Null where there is no way; by bus and the best mode all are",
                },
                "durations_s": _list(_list(_nullable(_SECONDS))),
            },
            warnings=warnings,
        ),
        "Plan": _plan(warnings),
        "Parties": _parties(),
        "Sites": _object({"type": {"const": "FeatureCollection"}, "features": _list({"type": "object"})}),
        "Health": _object({"status": {"type": "string"}, "version": {"type": "string"}}),
        "Description": {"type": "object"},
        "Error": _object({"error": _error()}),
    }


def _remedy() -> dict[str, Any]:
    operation = _object(
        {"op": {"enum": ["add", "remove", "replace", "move"]}, "path": {"type": "string"}},
        **{"from": {"type": "string"}},
        value={"description": "Given unless the operation is to remove or to move"},
    )
    return _object(
        {
            "code": {"enum": [code.value for code in RemedyCode]},
            "message": {"type": "string"},
            "patch": {
                **_list(operation),
                "description": "JSON Patch (RFC 6902) of the request; the plan of what it makes is rid of "
                "the warning and has none as serious instead",
            },
        }
    )


def _leg(warnings: dict[str, Any]) -> dict[str, Any]:
    instruction = _object(
        {
            "maneuver": {"enum": [maneuver.value for maneuver in Maneuver]},
            "street": {"type": "string"},
            "distance_m": _METRES,
            "text": {"type": "string"},
        },
        way={"type": "string", "description": "the kind of way, told where it has no name"},
        bearing_deg=_nullable({"type": "number", "minimum": 0, "maximum": 360}),
        side={"enum": ["", "left", "right"], "description": "of the last way, at the arrival"},
        landmark={"type": "string", "description": "what stands where the line begins"},
        landmark_kind={"enum": ["", *(kind.word for kind in LandmarkKind)]},
        crosses={"type": "string", "description": "a main road crossed on the line"},
        steps={"enum": ["", "up", "down", "some"], "description": "steps on the line, as walked"},
        exit_number=_nullable({"type": "integer", "minimum": 1}),
        ref={"type": "string", "description": "the road number of a named street on a drive"},
    )
    moved = {"depart": _TIME, "arrive": _nullable(_TIME), "geometry": _LINE}
    part = _object(
        {
            "kind": {"enum": [kind.value for kind in PartKind]},
            "distance_m": _METRES,
            "duration_s": _SECONDS,
            **moved,
            "instructions": _list(instruction),
            "step_free": {
                **_nullable(_object(dict.fromkeys(("confirmed_m", "unknown_m", "bad_m"), _METRES))),
                "description": "What is known to a group that cannot climb steps; null unless asked for",
            },
            "slope": {
                **_object({"tagged_m": _METRES, "unknown_m": _METRES}),
                "description": "Metres whose slope is tagged, and those of which no height is known",
            },
        },
        **_ride(),
    )
    return _object(
        {
            "mode": {
                "enum": ["walk", "bus", "coach"],
                "description": "That which was chosen, if the best one was asked for",
            },
            "distance_m": _nullable(_METRES),
            "duration_s": _nullable(_SECONDS),
            **moved,
            "estimated_m": _METRES,
            "parts": _list(part),
            "choice": _choice(),
            "warnings": warnings,
        }
    )


def _ride() -> dict[str, Any]:
    """What only a part that is a ride has."""
    text, flag, times = {"type": "string"}, {"type": "boolean"}, _nullable(_TIME)
    at = {"type": ["array", "null"], "items": {"type": "number"}, "description": "[lon, lat]"}
    stop = _object({"name": text, "platform": text, "time": times, "at": at})
    return {
        "line": text,
        "vehicle": {"type": "string", "description": "bus, tram, rail, metro, ferry, ..."},
        "headsign": text,
        "board": stop,
        "alight": stop,
        "via": {**_list(stop), "description": "The calls between getting on and off"},
        "following": {**_list(_TIME), "description": "The next two departures"},
        "last_back": {**times, "description": "The day's last direct departure back, with offset"},
        "service_estimated": {**flag, "description": "No timetable speaks for the line"},
        "headway_s": {
            **_nullable(_SECONDS),
            "description": "Given where only the headway is known: times are the expected ones",
        },
        "on_request": flag,
        "over_room": {**flag, "description": "The group is larger than the line usually has room for"},
        "credit": text,
    }


def _choice() -> dict[str, Any]:
    choice = _object(
        {
            "mode": {"enum": ["walk", "bus", "coach"]},
            "saves_s": _nullable(_SECONDS),
            "over": {"enum": ["walk", "bus", "coach", None]},
            "next_in_s": _nullable(_SECONDS),
        }
    )
    return {**_nullable(choice), "description": "Why the best mode is this one; null unless asked for"}


def _timetable() -> dict[str, Any]:
    names = ("name", "kind", "credit", "url", "licence", "valid_from", "valid_to")
    source = _object({**{name: {"type": "string"} for name in names}, "indicative": {"type": "boolean"}})
    return _nullable(_object({"sources": _list(source)}))


def _plan(warnings: dict[str, Any]) -> dict[str, Any]:
    call = _object(
        {
            "stop": _SECONDS,
            "arrive": _TIME,
            "start": _TIME,
            "leave": _TIME,
            "wait_s": _SECONDS,
            "slack_s": _nullable(_SECONDS),
        },
        id={"type": ["string", "null"]},
    )
    return _object(
        {
            "order": _list(_SECONDS),
            "start": {**_TIME, "description": "Later than asked where the day is planned backward"},
            "objective": {"enum": [objective.value for objective in Objective]},
            "proved_optimal": {"type": "boolean", "description": "No order is better for the objective"},
            "cuts": {
                **_list(_object({"stop": _SECONDS, "minutes": _SECONDS}, id={"type": ["string", "null"]})),
                "description": "Stays made shorter, by the fewest minutes, where no order works otherwise",
            },
            "conflict": _conflict(),
            "calls": _list(call),
            "legs": _list({"$ref": _REF + "Leg"}),
            "totals": _object(
                {
                    **dict.fromkeys(("walk_m", "drive_m", "ride_m", "estimated_m"), _METRES),
                    **dict.fromkeys(("move_s", "dwell_s", "wait_s", "gather_s"), _SECONDS),
                }
            ),
            "finish": _TIME,
            "warnings": warnings,
            "remedies_complete": {
                "type": "boolean",
                "description": "False where the time was too short to look for all remedies",
            },
            "data": _object({"network": {"type": "object"}, "timetable": _timetable()}),
        }
    )


def _parties() -> dict[str, Any]:
    text, flag = {"type": "string"}, {"type": "boolean"}
    party = _object({"name": text, "itinerary": {"$ref": _REF + "Plan"}})
    objective = (
        "finish_waiting: every meeting, and so the finish of all, as early as can be, and then the least "
        "walking and queueing of people on their way there; finish: the former is proved, the latter good; "
        "latest_start: of a day to be over at a time, the start as late as was found"
    )
    return _object(
        {
            "parties": _list(party),
            "objective": {**text, "description": objective},
            "proved_optimal": {**flag, "description": "Nothing is better for the objective"},
            "bound": {**_TIME, "description": "No plan has all at the end before this time, with offset"},
            "conflict": {
                **_conflict(),
                "description": "Demands that exclude each other, as far as that was found out",
            },
            "finish": {**_TIME, "description": "When the last party is at the end, with offset"},
        }
    )


def _conflict() -> dict[str, Any]:
    demand = _object({"kind": {"enum": [kind.value for kind in DemandKind]}, "stop": _nullable(_SECONDS)})
    return {
        **_nullable(_object({"message": {"type": "string"}, "demands": _list(demand)})),
        "description": "Demands of which no order keeps all together; the order is then as it was",
    }


def _error() -> dict[str, Any]:
    text = {"type": "string"}
    return _object(
        {
            "code": text,
            "message": text,
            "details": _list(_object({"pointer": text, "code": text, "message": text})),
        }
    )
