"""A clock that is set wrong while people work, ahead or far back: nothing fails and nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planner.web import create_app
from tests.kit.web.desk import Desk, add, open_desk, published
from tests.kit.web.signing_in import GOOD
from tests.web.conftest import NOW, closed, settings_in, skawina_application

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY_S = 86_400


class Clock:
    """Says what it is set to, in seconds since 1970."""

    now = NOW

    def __call__(self) -> int:
        return self.now


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clock")


@pytest.fixture(scope="module")
def desk(folder: Path, clock: Clock) -> Iterator[Desk]:
    closed(skawina_application(folder))
    app = create_app(settings_in(folder), now=clock)
    made = open_desk(app)
    add(made, "teznia", "muzeum")
    yield made
    closed(app)


@pytest.mark.parametrize(
    "jump_s", [DAY_S // 8, -2 * DAY_S, -NOW], ids=["three hours ahead", "two days back", "1970"]
)
def test_work_goes_on_whatever_the_clock_says(desk: Desk, clock: Clock, jump_s: int) -> None:
    clock.now = NOW
    guide = published(desk)[1]
    say(desk, guide, "before")
    clock.now = NOW + jump_s
    before = len(desk.order())
    add(desk, "ratusz")
    assert desk.post("share/publish", anyway="1").status_code == 303
    say(desk, guide, "meanwhile")
    for path in (guide, f"{guide}/live.json", "/", "/sites", f"/visits/{desk.visit_id}", "/healthz"):
        assert desk.client.get(path).status_code == 200, path
    wrong = desk.app.test_client().post("/sign-in", data={"name": "anna", "password": GOOD})
    assert wrong.status_code < 500
    clock.now = NOW + 60
    say(desk, guide, "after")
    assert desk.order()[before:] == ["ratusz"]
    live = desk.client.get(f"/visits/{desk.visit_id}/live").text
    assert [word for word in ("before", "meanwhile", "after") if word not in live] == []


def say(desk: Desk, guide: str, text: str) -> None:
    answer = desk.client.post(f"{guide}/events", json={"kind": "note", "text": text})
    assert answer.status_code == 200, answer.text
