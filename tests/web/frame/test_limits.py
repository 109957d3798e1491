from __future__ import annotations

import shutil
import subprocess
import time
from contextlib import contextmanager
from threading import Barrier, BrokenBarrierError, Thread
from typing import TYPE_CHECKING

import pytest
from limits import parse
from werkzeug.exceptions import TooManyRequests

from planner.services.upkeep.settings import Settings
from planner.web import create_app
from planner.web.frame import limits
from planner.web.frame.limits import Counts
from tests.kit.web.served import HOST, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient


def client_of(folder: Path, *, rate_limits: bool, limits_url: str | None = None) -> FlaskClient:
    database = f"sqlite:///{folder / 'x.sqlite'}"
    settings = Settings(folder, database, "key", rate_limits=rate_limits, limits_url=limits_url)
    return create_app(settings).test_client()


def statuses(client: FlaskClient, calls: int) -> list[int]:
    return [client.get("/api/v1/openapi.json").status_code for _ in range(calls)]


@pytest.mark.dear
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


@pytest.mark.dear
def test_a_store_that_is_away_leaves_each_worker_to_count_for_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CHEAP", "3 per minute")
    client = client_of(tmp_path, rate_limits=True, limits_url="redis://127.0.0.1:1/0")
    assert statuses(client, 4) == [200, 200, 200, 429]
    with client.application.test_request_context("/"):
        for _ in range(2):
            limits.count(parse("2 per minute"), "test")
        with pytest.raises(TooManyRequests) as refused:
            limits.count(parse("2 per minute"), "test")
        assert limits.who_counts() == "each process"
    assert refused.value.retry_after in range(1, 62)


@pytest.mark.dear
def test_who_counts_is_said(tmp_path: Path) -> None:
    for is_on, said in ((True, "each process"), (False, "off")):
        assert client_of(tmp_path, rate_limits=is_on).get("/healthz").get_json()["limits"] == said


@pytest.mark.dear
@pytest.mark.skipif(shutil.which("redis-server") is None, reason="missing: apt install redis-server")
def test_workers_count_together_and_go_on_alone_when_the_store_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CHEAP", "6 per minute")
    with store() as (url, process):
        one, two = (client_of(tmp_path, rate_limits=True, limits_url=url) for _ in range(2))
        assert one.get("/healthz").get_json()["limits"] == "shared"
        assert statuses(one, 4) + statuses(two, 2) == [200] * 6
        assert statuses(one, 1) == statuses(two, 1) == [429]
        process.kill()
        process.wait()
        assert statuses(two, 6) == [200] * 6
        assert statuses(two, 1) == [429]
        assert one.get("/healthz").get_json()["limits"] == "each process"


@contextmanager
def store() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A Redis of its own that keeps nothing; its address."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", HOST, "--save", ""]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            assert any(b"Ready to accept connections" in line for line in process.stdout)
            yield f"redis://{HOST}:{port}/0", process
        finally:
            process.kill()
