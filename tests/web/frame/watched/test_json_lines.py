"""The log as JSON: one object a line, with the request's number, without tokens and names."""

from __future__ import annotations

import json
import logging
import sys
from typing import TYPE_CHECKING

from planner.web.frame.watched.json_lines import JsonLines, formatter
from tests.kit.web.signing_in import sign_in

if TYPE_CHECKING:
    import pytest
    from flask import Flask

    from tests.kit.web.releases import Links


def test_a_request_is_one_object(app: Flask, sample: Links, caplog: pytest.LogCaptureFixture) -> None:
    client = app.test_client()
    number = sign_in(app, client, "liczona")
    caplog.set_level(logging.INFO, "planner.access")
    caplog.handler.setFormatter(JsonLines())
    client.get("/sites?q=kto")
    client.get(sample.pages[0], environ_overrides={"REMOTE_ADDR": "192.0.2.9"})
    desk, phone = (json.loads(line) for line in caplog.text.splitlines())
    assert desk["time"].endswith("+00:00")
    assert (desk["level"], desk["logger"]) == ("INFO", "planner.access")
    asked = {key: desk[key] for key in ("address", "method", "path", "status", "account")}
    assert asked == {
        "address": "127.0.0.1",
        "method": "GET",
        "path": "/sites",
        "status": 200,
        "account": number,
    }
    assert desk["message"].endswith(f"[{desk['request']}]")
    assert (phone["path"], phone["address"]) == ("/v/***", "-")
    assert phone["request"] != desk["request"]
    assert "liczona" not in caplog.text
    assert sample.pages[0].rsplit("/", 1)[1] not in caplog.text


def test_a_traceback_is_masked_and_stays_on_its_line() -> None:
    try:
        int("/v/abcdefghijklmnop\nand more")
    except ValueError:
        record = logging.LogRecord(
            "planner", logging.ERROR, "", 1, "broken: %s", ("/g/abcdefghijklmnop",), sys.exc_info()
        )
    line = JsonLines().format(record)
    assert "\n" not in line
    assert "abcdefghijklmnop" not in line
    told = json.loads(line)
    assert told["message"] == "broken: /g/***"
    assert told["traceback"].startswith("Traceback")
    assert "/v/***" in told["traceback"]
    assert "request" not in told, "it belongs to none"


def test_people_get_plain_lines() -> None:
    record = logging.LogRecord("planner", logging.WARNING, "", 1, "in use", (), None)
    line = formatter(as_json=False).format(record)
    assert line.endswith(" WARNING planner: in use")
    assert line[10] == "T"
