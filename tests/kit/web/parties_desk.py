"""An organiser who splits a delegation: a visit of 60, the forms of its parties, an accepted rotation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.kit.web.desk import Desk, open_desk
from tests.kit.web.pages import PageClient

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.test import TestResponse

    from planner.domain.visits import Visit
    from tests.kit.web.pages import Page

SITES = ("ratusz", "muzeum", "teznia", "rynek")


def split_desk(app: Flask) -> Desk:
    """A visit of 60: the talk at the Town Hall, three stops to rotate through, a meal."""
    made = open_desk(app)
    made.change("visit", title_pl="Delegacja", group_size=60, pace_kmh=4)
    for site in SITES:
        made.change("add_site", site=site)
    made.change("stop", stop="s1", dwell_min=30, fixed="09:30")
    made.change("add_place", kind="meal", name="Obiad", at="49.9745, 19.82328")
    return made


def pages_of(desk: Desk) -> PageClient:
    """The desk's browser, every page checked."""
    pages = PageClient(desk.app)
    pages.client = desk.client
    return pages


def send(desk: Desk, path: str, **fields: object) -> TestResponse:
    """Post a form of the parties' page."""
    fields = {name.replace("_", "-"): value for name, value in fields.items()}
    return desk.post(f"parties/{path}", day=1, **fields)


def page_of(desk: Desk, path: str = "", *, language: str = "en") -> Page:
    return pages_of(desk).get(f"/visits/{desk.visit_id}/parties{path}", language)


def hidden(page: Page, name: str) -> str:
    """The value of a hidden field."""
    return next(node.attributes["value"] for node in page.all("input") if node.attributes.get("name") == name)


def accepted(desk: Desk) -> Visit:
    """Split into three that see their three stops one at a time, and accept what is proposed."""
    rooms = {f"room-s{number}": "25" for number in (2, 3, 4)}
    desk.post("parties/setup", day=1, then="save", together=["s1", "m1"], **three(), **rooms)
    routes = hidden(page_of(desk, "/proposal?day=1"), "routes")
    answer = desk.post("parties/accept", day=1, routes=routes)
    assert answer.status_code == 303
    return desk.draft()


def orders(visit: Visit) -> dict[str, list[str]]:
    return {route.party: [call.stop for call in route.calls] for route in visit.days[0].party_routes}


def three(**changed: str) -> dict[str, str]:
    """The fields of three parties of twenty."""
    fields = {
        f"{name}-{index}": value for index in range(3) for name, value in (("size", "20"), ("name", ""))
    }
    fields["with-stops"] = "1"
    return {**fields, **{name.replace("_", "-"): value for name, value in changed.items()}}


def was_three() -> dict[str, str]:
    """What the three were called before."""
    return {"was-0": "A", "was-1": "B", "was-2": "C"}
