"""An organiser at work on one visit, through the editor's forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Flask
from flask.testing import FlaskClient

from planner.store import visits as store
from tests.kit.web.signing_in import csrf_of, services_of, sign_in

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from planner.domain.visits import Visit


HOSTILE = "<img src=x onerror=alert(1)>{{ 7*7 }}\"'`${1}</script>"


WHERE = {
    "stop": ("stop", ""),
    "stop_hours": ("stop", ""),
    "dwell": ("stop", ""),
    "lock": ("stop", ""),
    "move": ("stop", ""),
    "remove": ("stop", ""),
    "to_day": ("stop", ""),
    "leg_mode": ("leg", ""),
    "end_mode": ("part", "end"),
    "day": ("part", "day"),
    "add_day": ("part", "day"),
    "copy_day": ("part", "day"),
    "remove_day": ("part", "day"),
    "day_mode": ("part", "day"),
    "stand_in": ("part", "day"),
    "arrival": ("part", "day"),
    "coach_booking": ("part", "day"),
    "meal": ("stop", ""),
    "rain": ("stop", ""),
    "tickets": ("stop", ""),
    "visit": ("part", "settings"),
    "spare": ("part", "settings"),
    "coach": ("part", "settings"),
    "add_place": ("part", "place"),
}
"""What is open while a form is sent, by its action; '' is the stop that it is about."""


@dataclass
class Desk:
    """An organiser at work on one visit."""

    app: Flask
    client: FlaskClient
    visit_id: int
    token: str

    def base(self) -> int:
        with services_of(self.app).database.session() as session:
            row = store.visit_row(session, self.visit_id)
            assert row is not None
            return row.head

    def edit(
        self, action: str, *, base: int | None = None, column: bool = True, **fields: object
    ) -> TestResponse:
        """Send a form of the editor from where it stands: what it belongs to is open in the answer too."""
        data = {"csrf_token": self.token, "base": self.base() if base is None else base, **fields}
        headers = {"X-Editor": "column"} if column else {}
        opened = {WHERE[action][0]: WHERE[action][1] or fields.get("stop", "")} if action in WHERE else {}
        path = f"/visits/{self.visit_id}/edit/{action}"
        return self.client.post(path, data=data, headers=headers, query_string=opened)

    def change(self, action: str, **fields: object) -> None:
        """Make an edit whose answer nobody reads: a plain form, which draws no page."""
        answer = self.edit(action, column=False, **fields)  # type: ignore[arg-type] # a field has any name
        assert answer.status_code == 303, answer.text

    def post(self, path: str, **fields: object) -> TestResponse:
        data = {"csrf_token": self.token, "base": self.base(), **fields}
        return self.client.post(f"/visits/{self.visit_id}/{path}", data=data)

    def draft(self) -> Visit:
        with services_of(self.app).database.session() as session:
            row = store.visit_row(session, self.visit_id)
            assert row is not None
            return store.draft(session, row)

    def order(self) -> list[str]:
        return [stop.place.site or "" for stop in self.draft().days[0].stops if stop.place]

    def page(self, path: str = "") -> str:
        answer = self.client.get(f"/visits/{self.visit_id}{path}")
        assert answer.status_code == 200
        return answer.text


def open_desk(app: Flask, name: str = "anna", role: str = "organiser", *, title: str = "Delegacja") -> Desk:
    client = app.test_client()
    sign_in(app, client, name, role)
    token = csrf_of(client)
    fields = {
        "title_pl": title,
        "date": "2026-12-07",
        "start_time": "09:00",
        "group_size": "20",
        "start_site": "dworzec-biblioteka",
    }
    answer = client.post("/visits/new", data={"csrf_token": token, **fields})
    assert answer.status_code == 303, answer.text
    visit_id = int(answer.headers["Location"].rsplit("/", 1)[1])
    return Desk(app, client, visit_id, token)


def add(desk: Desk, *sites: str) -> None:
    for site in sites:
        desk.change("add_site", site=site)


def finish(page: str) -> str:
    found = re.search(r'id="finish">\d\d:\d\d–(\d\d:\d\d)<', page)
    assert found is not None
    return found[1]


def published(desk: Desk) -> tuple[str, str]:
    """Publish; the paths of the participants' and the guide's link."""
    assert desk.post("share/publish", anyway="1").status_code == 303
    paths = re.findall(r'href="http://localhost(/[vg]/[^"]+)"', desk.page("/share"))
    assert len(paths) == 2
    return paths[0], paths[1]
