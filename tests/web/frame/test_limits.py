from __future__ import annotations

import time
from threading import Barrier, BrokenBarrierError, Thread
from typing import TYPE_CHECKING

import pytest

from planner.services.upkeep.settings import Settings
from planner.web import create_app
from planner.web.frame import limits
from planner.web.frame.limits import Counts

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient


def client_of(folder: Path, *, rate_limits: bool) -> FlaskClient:
    settings = Settings(folder, f"sqlite:///{folder / 'x.sqlite'}", "key", rate_limits=rate_limits)
    return create_app(settings).test_client()


def statuses(client: FlaskClient, calls: int) -> list[int]:
    return [client.get("/api/v1/openapi.json").status_code for _ in range(calls)]


@pytest.mark.parametrize("calls", [pytest.param(600, marks=pytest.mark.slow), 6])
def test_an_address_has_six_hundred_calls_a_minute_and_hears_when_to_try_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calls: int
) -> None:
    monkeypatch.setattr(time, "time", lambda: 1_780_000_000.0)  # a slow machine takes more than a minute
    assert limits.CHEAP == "600 per minute"
    monkeypatch.setattr(limits, "CHEAP", f"{calls} per minute")
    client = client_of(tmp_path, rate_limits=True)
    assert statuses(client, calls) == [200] * calls
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 429
    assert answer.get_json()["error"]["code"] == "too_many_requests"
    assert 0 < int(answer.headers["Retry-After"]) <= 61  # no part of a second has passed


@pytest.mark.slow
def test_limits_can_be_switched_off(tmp_path: Path) -> None:
    client = client_of(tmp_path, rate_limits=False)
    assert statuses(client, 600) == [200] * 600
    assert client.get("/api/v1/openapi.json").status_code == 200


def test_two_requests_never_start_the_sweep_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    counts, both, met = Counts(), Barrier(2), list[bool]()

    def is_alive() -> bool:
        try:
            both.wait(0.05)
        except BrokenBarrierError:
            return True
        met.append(True)
        return True

    monkeypatch.setattr(counts.timer, "is_alive", is_alive)
    threads = [Thread(target=counts.acquire_entry, args=("address", 10, 60)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert met == []
    assert counts.get_moving_window("address", 10, 60)[1] == len(threads)
