"""Asking the API: every answer is held against the served OpenAPI document, or against the error shape."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask.testing import FlaskClient

from tests.kit.web.described import Described

if TYPE_CHECKING:
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
    def described(self) -> Described:
        """The served OpenAPI document, to hold answers against."""
        response = self.client.get("/api/v1/openapi.json")
        assert response.status_code == 200
        return Described(response.get_json())

    @property
    def description(self) -> dict[str, Any]:
        """The served OpenAPI document."""
        return self.described.document

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
        assert self.described.mismatches(json.loads(json.dumps(body)), asked) == []
        assert self.described.mismatches(answer, told) == []
        return answer

    def refused(self, call: str, body: Any, status: int = 422) -> dict[str, str]:
        """Post a request that does not fit; the code of every fault by its pointer."""
        response = self.send(call, body)
        assert response.status_code == status, response.get_data(as_text=True)
        error = error_of(response)
        told = self.description["paths"][f"/api/v1/{call}"]["post"]["responses"][str(status)]["content"][JSON]
        assert self.described.mismatches(response.get_json(), told["schema"]) == []
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
