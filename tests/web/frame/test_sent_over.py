"""What a page finds costly is sent over to the pool before anything is written, and counted once."""

from __future__ import annotations

import http.client
import json
import os
import signal
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from limits import parse
from sqlalchemy import select

from planner.serving.pool.state import AWAY, INSIDE, OPEN, POOL, Full, SentOver
from planner.store.models import VisitRow
from planner.web import create_app
from planner.web.frame import costly as guard
from tests.kit.web.desk import Desk, add, open_desk
from tests.kit.web.served import HOST, PATIENCE_S, Served, serve
from tests.kit.web.signing_in import services_of
from tests.web.conftest import SECRET, closed

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from werkzeug.test import TestResponse

    from tests.kit.web.releases import Links

DAY = {
    "date": "2026-12-07",
    "start": {"place": {"site": "rynek"}, "time": "09:00"},
    "stops": [{"place": {"site": name}, "dwell_min": 15} for name in ("muzeum", "ratusz", "sokol")],
    "optimise": True,
}


@pytest.fixture
def desk(app: Flask) -> Desk:
    made = open_desk(app)
    add(made, "teznia", "muzeum")
    return made


def plan(app: Flask, state: object) -> TestResponse:
    return app.test_client().post("/api/v1/plan", json=DAY, environ_overrides={POOL: state})


def test_a_search_goes_to_the_pool_with_who_asks(app: Flask, desk: Desk) -> None:
    with pytest.raises(SentOver) as by_address:
        plan(app, OPEN)
    assert by_address.value.who == "address 127.0.0.1"
    path = f"/visits/{desk.visit_id}/proposal?day=1&objective=finish"
    with pytest.raises(SentOver) as by_user:
        desk.client.get(path, environ_overrides={POOL: OPEN})
    assert by_user.value.who.startswith("user ")
    assert plan(app, INSIDE).status_code == plan(app, AWAY).status_code == 200


def test_a_day_as_it_is_stays_with_the_worker(app: Flask, desk: Desk) -> None:
    asked = {**DAY, "optimise": False, "remedies": False}
    answer = app.test_client().post("/api/v1/plan", json=asked, environ_overrides={POOL: OPEN})
    assert answer.status_code == 200
    page = desk.client.get(f"/visits/{desk.visit_id}", environ_overrides={POOL: OPEN})
    assert page.status_code == 200


def test_where_no_more_may_wait_each_page_says_so_in_its_words(app: Flask, desk: Desk) -> None:
    api = plan(app, Full(7))
    assert api.status_code == 503
    assert api.get_json()["error"]["code"] == "busy"
    assert api.headers["Retry-After"] == "7"
    for path in ("proposal?day=1&objective=finish", "what-if?day=1&v=start_time 08:30"):
        page = desk.client.get(f"/visits/{desk.visit_id}/{path}&lang=en", environ_overrides={POOL: Full(9)})
        assert page.status_code == 503
        assert page.headers["Retry-After"] == "9"
        assert "another search is under way" in page.text


def test_nothing_is_written_before_a_search_is_sent_over(desk: Desk) -> None:
    fields = {"csrf_token": desk.token, "title_pl": "W puli", "date": "2026-12-07", "group_size": "20"}
    fields |= {
        "start_time": "9:00",
        "end_time": "14.00",
        "start_site": "rynek",
        "lunch": "1",
        "site": "muzeum",
    }

    def send(state: object) -> TestResponse:
        return desk.client.post("/visits/new/from-sites", data=fields, environ_overrides={POOL: state})

    def visits() -> int:
        with services_of(desk.app).database.session() as session:
            return len(session.execute(select(VisitRow.id)).all())

    before = visits()
    with pytest.raises(SentOver):
        send(OPEN)
    assert visits() == before
    assert send(INSIDE).status_code == 303
    assert visits() == before + 1


@pytest.mark.dear
def test_a_search_is_counted_where_it_comes_in_and_not_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        limited = create_app(replace(services_of(app).settings, rate_limits=True))
    monkeypatch.setattr(guard, "COSTLY", parse("2 per minute"))
    for _ in range(2):
        with pytest.raises(SentOver):
            plan(limited, OPEN)
        assert plan(limited, INSIDE).status_code == 200
    assert plan(limited, OPEN).status_code == 429
    closed(limited)


def test_remedies_are_looked_for_in_the_pool_and_here_where_no_more_may_wait(app: Flask, desk: Desk) -> None:
    path = f"/visits/{desk.visit_id}/remedies?day=1"
    calls: tuple[Callable[[object], TestResponse], ...] = (
        lambda state: desk.client.get(path, environ_overrides={POOL: state}),
        lambda state: app.test_client().post(
            "/api/v1/plan", json={**DAY, "optimise": False}, environ_overrides={POOL: state}
        ),
    )
    for call in calls:
        with pytest.raises(SentOver):
            call(OPEN)
        assert call(Full(5)).status_code == 200


@pytest.mark.dear
def test_searches_outlive_the_killing_of_the_pool(app: Flask, app_dir: Path, sample: Links) -> None:
    """Through the real server: a child is killed, then the keeper; papers are made there too."""
    del app
    with serve(app_dir, SECRET) as served:
        keeper, children = 0, list[int]()
        while not children:  # as long as the keeper loads, the worker answers
            assert ask(served)["proved_optimal"] is True
            keeper, children = pool_of(app_dir)
        assert len(children) == 1
        assert ask(served)["proved_optimal"] is True
        assert pool_of(app_dir) == (keeper, children), "the same child again"
        os.kill(children[0], signal.SIGKILL)
        assert ask(served)["proved_optimal"] is True
        os.kill(keeper, signal.SIGKILL)
        assert ask(served)["proved_optimal"] is True
        connection = http.client.HTTPConnection(HOST, served.port, timeout=PATIENCE_S)
        connection.request("GET", f"/g/{sample.guide}/paper/all.pdf")
        assert connection.getresponse().read().startswith(b"%PDF")
        connection.close()


def ask(served: Served) -> Any:
    """Have the best order of a day searched for."""
    connection = http.client.HTTPConnection(HOST, served.port, timeout=PATIENCE_S)
    connection.request("POST", "/api/v1/plan", json.dumps(DAY), {"Content-Type": "application/json"})
    answer = connection.getresponse()
    text = answer.read()
    connection.close()
    assert answer.status == 200, text
    return json.loads(text)


def pool_of(data_dir: Path) -> tuple[int, list[int]]:
    """The keeper of a data directory, 0 while there is none, and its children."""
    found: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (folder / "cmdline").read_bytes().decode().split("\0")
            if "planner.serving.pool" in words and str(data_dir) in words:
                found[int(folder.name)] = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
    keeper = next((pid for pid, parent in found.items() if parent not in found), 0)
    return keeper, sorted(pid for pid, parent in found.items() if parent == keeper)
