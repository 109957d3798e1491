"""Asking the API: every answer is held against the served OpenAPI document, or against the error shape."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask.testing import FlaskClient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.test import TestResponse

JSON = "application/json"


@dataclass
class Api:
    """A client for the API of one application."""

    app: Flask
    client: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        """Open a client that keeps no cookies."""
        self.client = self.app.test_client(use_cookies=False)

    @cached_property
    def description(self) -> dict[str, Any]:
        """The served OpenAPI document."""
        response = self.client.get("/api/v1/openapi.json")
        assert response.status_code == 200
        document: dict[str, Any] = response.get_json()
        return document

    def send(
        self, call: str, body: Any, *, lang: str = "en", content_type: str | None = JSON
    ) -> TestResponse:
        """Post a body, text and bytes as they are."""
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        return self.client.post(f"/api/v1/{call}?lang={lang}", data=data, content_type=content_type)

    def ask(self, call: str, body: Any, *, lang: str = "en") -> dict[str, Any]:
        """Post a request that fits; its answer, of the described shape."""
        response = self.send(call, body, lang=lang)
        assert response.status_code == 200, response.get_data(as_text=True)
        assert response.mimetype == JSON
        answer: dict[str, Any] = response.get_json()
        operation = self.description["paths"][f"/api/v1/{call}"]["post"]
        asked = operation["requestBody"]["content"][JSON]["schema"]
        told = operation["responses"]["200"]["content"][JSON]["schema"]
        assert list(mismatches(json.loads(json.dumps(body)), asked, self.description)) == []
        assert list(mismatches(answer, told, self.description)) == []
        return answer

    def refused(self, call: str, body: Any, status: int = 422) -> dict[str, str]:
        """Post a request that does not fit; the code of every fault by its pointer."""
        response = self.send(call, body)
        assert response.status_code == status, response.get_data(as_text=True)
        error = error_of(response)
        return {detail["pointer"]: detail["code"] for detail in error["details"]}


def error_of(response: TestResponse) -> dict[str, Any]:
    """The error of an answer, its shape checked."""
    assert 400 <= response.status_code < 500
    assert response.mimetype == JSON
    document = response.get_json()
    assert set(document) == {"error"}
    error: dict[str, Any] = document["error"]
    assert set(error) == {"code", "message", "details"}
    assert is_text(error["code"])
    assert is_text(error["message"])
    assert isinstance(error["details"], list)
    for detail in error["details"]:
        assert set(detail) == {"pointer", "code", "message"}
        assert detail["pointer"] == "" or detail["pointer"].startswith("/")
        assert is_text(detail["code"])
        assert is_text(detail["message"])
    return error


def is_text(value: object) -> bool:
    """Whether a value is a text with something in it."""
    return isinstance(value, str) and bool(value.strip())


KINDS: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
}
KNOWN = {
    "$ref", "type", "enum", "const", "anyOf", "required", "properties", "additionalProperties", "items",
    "prefixItems", "minItems", "maxItems", "minimum", "maximum", "minLength", "maxLength", "format",
    "pattern",
    "title", "description", "default",
}  # fmt: skip


def mismatches(value: Any, schema: dict[str, Any], root: dict[str, Any], at: str = "") -> Iterator[str]:
    """Where a value does not fit a schema, for the part of JSON Schema that the description uses."""
    assert set(schema) <= KNOWN, f"{at}: this checker does not know {set(schema) - KNOWN}"
    if "$ref" in schema:
        yield from mismatches(
            value, root["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]], root, at
        )
    if "anyOf" in schema and all(any(mismatches(value, one, root)) for one in schema["anyOf"]):
        yield f"{at}: fits none of {schema['anyOf']}"
    if not _is_of_type(value, schema.get("type", list(KINDS))):
        yield f"{at}: {value!r} is no {schema['type']}"
        return
    if value not in schema.get("enum", [value]) or value != schema.get("const", value):
        yield f"{at}: {value!r} is not one of the values"
    yield from _outside_limits(value, schema, at)
    is_instant = schema.get("format") == "date-time" and "offset" in schema.get("description", "")
    if is_instant and isinstance(value, str) and dt.datetime.fromisoformat(value).utcoffset() is None:
        yield f"{at}: {value} has no offset"
    if isinstance(value, dict):
        yield from _in_object(value, schema, root, at)
    if isinstance(value, list):
        first = schema.get("prefixItems", [])
        rest = [schema.get("items", {})] * (len(value) - len(first))
        for index, (item, one) in enumerate(zip(value, [*first, *rest], strict=False)):
            yield from mismatches(item, one, root, f"{at}/{index}")


def _is_of_type(value: Any, kinds: str | list[str]) -> bool:
    names = [kinds] if isinstance(kinds, str) else kinds
    if isinstance(value, bool):
        return "boolean" in names
    if isinstance(value, float) and value.is_integer() and "integer" in names:
        return True
    return any(isinstance(value, KINDS[name]) for name in names)


def _outside_limits(value: Any, schema: dict[str, Any], at: str) -> Iterator[str]:
    if isinstance(value, int | float) and not (
        schema.get("minimum", value) <= value <= schema.get("maximum", value)
    ):
        yield f"{at}: {value} is outside its limits"
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        yield f"{at}: {value!r} is not written as told"
    if isinstance(value, str | list):
        kind = "Length" if isinstance(value, str) else "Items"
        if not schema.get(f"min{kind}", 0) <= len(value) <= schema.get(f"max{kind}", len(value)):
            yield f"{at}: {len(value)} is outside its limits"


def _in_object(value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any], at: str) -> Iterator[str]:
    properties = schema.get("properties", {})
    for name in schema.get("required", []):
        if name not in value:
            yield f"{at}: {name} is missing"
    for name, inner in value.items():
        if name in properties:
            yield from mismatches(inner, properties[name], root, f"{at}/{name}")
        elif schema.get("additionalProperties") is False:
            yield f"{at}: {name} is unknown"
