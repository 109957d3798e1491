"""The line that each request leaves in the log: without tokens, without whose phone it was, on one line."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.kit.web.signing_in import services_of, sign_in

if TYPE_CHECKING:
    import pytest
    from flask import Flask

    from tests.kit.web.releases import Links

LINE = re.compile(r"^(\S+) (\S+) (\S+) (\d{3}) \d+ B \d+ ms account (\S+) \[[0-9a-f]{12}\]$")


def test_a_line_for_each_request(app: Flask, sample: Links, caplog: pytest.LogCaptureFixture) -> None:
    client = app.test_client()
    caplog.set_level(logging.INFO, "planner.access")
    client.get("/sign-in?next=/secret")
    client.get(sample.pages[0], environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
    client.get("/v/no-such-token-of-ours", environ_overrides={"REMOTE_ADDR": "192.0.2.8"})
    client.get("/sites%0A2026 forged line/ć")
    found = [LINE.match(message) for message in caplog.messages]
    assert all(found), caplog.messages
    assert [one.groups() for one in found if one] == [
        ("127.0.0.1", "GET", "/sign-in", "200", "-"),
        ("-", "GET", "/v/***", "200", "-"),
        ("192.0.2.8", "GET", "/v/***", "404", "-"),
        ("127.0.0.1", "GET", "/sites%0A2026%20forged%20line/%C4%87", "404", "-"),
    ]


def test_none_is_made_where_none_is_wanted(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, "planner.access")
    answer = app.test_client().get("/sign-in")
    assert caplog.messages == []
    assert "Request-Id" not in answer.headers, "a number is told only with what is broken"


def test_the_account_is_named_by_its_number(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    client = app.test_client()
    number = sign_in(app, client, "widoczna")
    caplog.set_level(logging.INFO, "planner.access")
    assert client.get("/account/users").status_code == 403
    found = LINE.match(caplog.messages[-1])
    assert found is not None
    assert found.groups() == ("127.0.0.1", "GET", "/account/users", "403", str(number))


def test_who_came_by_https_comes_so_for_a_year(app: Flask) -> None:
    client = app.test_client()
    assert "Strict-Transport-Security" not in client.get("/sign-in").headers
    secure = client.get("/sign-in", base_url="https://localhost")
    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_a_number_of_our_own_proxy_is_kept(
    app: Flask, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stranger's is not: whoever asks directly could give two requests one number."""
    client = app.test_client()
    caplog.set_level(logging.INFO, "planner.access")
    ours = services_of(app)
    for proxies, given, is_kept in ((0, "ab-12", False), (1, "ab-12", True), (1, "ab 12]", False)):
        behind = replace(ours, settings=replace(ours.settings, trusted_proxies=proxies))
        monkeypatch.setitem(app.extensions, "planner", behind)
        client.get("/sign-in", headers={"X-Request-Id": given})
        assert caplog.messages[-1].endswith(f"[{given}]") is is_kept
