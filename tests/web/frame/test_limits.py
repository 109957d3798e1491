from __future__ import annotations

from typing import TYPE_CHECKING

from planner.services.upkeep.settings import Settings
from planner.web import create_app

if TYPE_CHECKING:
    from pathlib import Path


def statuses(folder: Path, *, rate_limits: bool, calls: int) -> list[int]:
    settings = Settings(folder, f"sqlite:///{folder / 'x.sqlite'}", "key", rate_limits=rate_limits)
    client = create_app(settings).test_client()
    return [client.get("/api/v1/openapi.json").status_code for _ in range(calls)]


def test_an_address_has_six_hundred_calls_a_minute(tmp_path: Path) -> None:
    found = statuses(tmp_path, rate_limits=True, calls=601)
    assert found == [200] * 600 + [429]


def test_limits_can_be_switched_off(tmp_path: Path) -> None:
    assert statuses(tmp_path, rate_limits=False, calls=601) == [200] * 601


def test_too_many_calls_get_the_error_shape_and_when_to_try_again(tmp_path: Path) -> None:
    settings = Settings(tmp_path, f"sqlite:///{tmp_path / 'x.sqlite'}", "key", rate_limits=True)
    client = create_app(settings).test_client()
    for _ in range(600):
        client.get("/api/v1/openapi.json")
    answer = client.get("/api/v1/openapi.json")
    assert answer.get_json()["error"]["code"] == "too_many_requests"
    assert 0 < int(answer.headers["Retry-After"]) <= 60
