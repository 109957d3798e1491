"""Figures for Prometheus: who may read them, and that no secret stands in them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from planner.web import create_app
from planner.web.frame.context import services
from planner.web.frame.watched.metrics import count
from tests.web.conftest import closed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

KEY = "a key for the machine that watches"
ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}


@pytest.fixture(scope="module")
def watched(app: Flask) -> Iterator[Flask]:
    """The service with a key for its figures."""
    with app.app_context():
        settings = services().settings
    one = create_app(replace(settings, metrics_key=KEY))
    count(one)
    yield one
    closed(one)


def figure(text: str, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} ([\d.]+)$", text, re.MULTILINE)
    return float(found[1]) if found else 0.0


def test_an_answer_counts_under_its_route_without_its_token(watched: Flask) -> None:
    client = watched.test_client()
    name = 'planner_requests_total{method="GET",route="/v/<token>",status="404"}'
    before = figure(client.get("/metrics").text, name)
    assert client.get("/v/a-token-that-nobody-may-read-anywhere").status_code == 404
    text = client.get("/metrics").text
    assert figure(text, name) == before + 1
    assert "a-token-that" not in text
    assert figure(text, 'planner_request_seconds_count{route="/v/<token>"}') >= 1
    assert figure(text, "planner_ready") == 1


def test_only_this_machine_and_who_has_the_key_read_them(watched: Flask) -> None:
    client = watched.test_client()
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", environ_base=ELSEWHERE).status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 404
    for said, status in ((f"Bearer {KEY}", 200), ("Bearer wrong", 404), (KEY, 404), ("Bearer żółw", 404)):
        asked = client.get("/metrics", environ_base=ELSEWHERE, headers={"Authorization": said})
        assert asked.status_code == status, said


def test_without_a_key_nobody_elsewhere_reads_them(app: Flask) -> None:
    for said in ("Bearer ", "Bearer None", ""):
        asked = app.test_client().get("/metrics", environ_base=ELSEWHERE, headers={"Authorization": said})
        assert asked.status_code == 404
