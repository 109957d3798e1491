"""An accepted rotation that ends too late: stays made shorter for all parties, shown and taken over."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from planner.domain.edits.stops import change_stop, with_day
from planner.domain.parties.routes import routes_fit
from planner.errors import EditRefusedError
from planner.web.parties.form import RoutesForm, routes_text
from tests.kit.party_samples import party_routes, party_visit
from tests.kit.web.parties_desk import accepted, hidden, page_of, pages_of, split_desk

if TYPE_CHECKING:
    from flask import Flask

    from planner.web.frame.form_base import Setting
    from tests.kit.web.desk import Desk
    from tests.kit.web.pages import Page


@pytest.fixture
def desk(app: Flask) -> Desk:
    """Three parties that take three stops of 20 minutes in turn; the last one is at lunch at 11:42."""
    made = split_desk(app)
    for stop in ("s2", "s3", "s4"):
        made.change("stop", stop=stop, dwell_min=20, min_dwell_min=10)
    accepted(made)
    return made


def ids(page: Page) -> set[str]:
    return {node.attributes["id"] for node in page.nodes if "id" in node.attributes}


def told(page: Page, name: str) -> str:
    return next(node.text for node in page.nodes if node.attributes.get("id") == name)


def test_stays_are_cut_for_all_parties_and_taken_over_with_the_times(desk: Desk) -> None:
    assert "shorten" not in ids(page_of(desk))
    desk.change("stop", stop="m1", dwell_min=45, fixed="11:36")
    page, party = page_of(desk), pages_of(desk).get(f"/visits/{desk.visit_id}?party=A", "en")
    assert "shorten" in ids(page)
    assert f"/visits/{desk.visit_id}/parties/cuts?day=1" in party.html
    before = desk.draft()
    shown = page_of(desk, "/cuts?day=1")
    cuts = json.loads(hidden(shown, "cuts"))
    assert cuts == [{"stop": stop, "minutes": 2} for stop in ("s2", "s3", "s4")]
    assert "for all parties alike" in shown.text
    assert "in these orders no fewer minutes will do" in shown.text
    assert told(shown, "finish") == "12:21"
    assert desk.draft() == before
    desk.post("parties/accept", day=1, routes=hidden(shown, "routes"), cuts=hidden(shown, "cuts"))
    after = desk.draft()
    assert [stop.dwell_min for stop in after.days[0].stops] == [30, 18, 18, 18, 45]
    assert routes_fit(after.days[0], after.parties)
    assert told(page_of(desk), "finish") == told(shown, "finish")
    assert "shorten" not in ids(page_of(desk))


@pytest.mark.dear
def test_a_proposal_cuts_where_no_orders_work(desk: Desk) -> None:
    desk.change("stop", stop="m1", dwell_min=45, fixed="11:30")
    shown = page_of(desk, "/proposal?day=1")
    assert json.loads(hidden(shown, "cuts"))
    assert told(shown, "finish") == "12:15"


@pytest.mark.dear
def test_where_no_shorter_stays_help_the_page_says_so(desk: Desk) -> None:
    desk.change("stop", stop="m1", dwell_min=45, fixed="11:00")
    page = page_of(desk, "/cuts?day=1")
    assert "no-cuts" in ids(page)
    assert not [node for node in page.all("input") if node.attributes.get("name") == "routes"]


@pytest.mark.parametrize(
    ("cuts", "is_taken"),
    [
        ("", True),
        ('[{"stop": "museum", "minutes": 5}]', True),
        ('[{"stop": "museum", "minutes": 6}]', False),
        ('[{"stop": "museum", "minutes": 0}]', False),
        ('[{"stop": "museum", "minutes": -5}]', False),
        ('[{"stop": "nowhere", "minutes": 1}]', False),
        ("nonsense", False),
    ],
)
def test_cuts_are_taken_over_as_far_as_stays_allow(cuts: str, *, is_taken: bool) -> None:
    """The museum, 20 minutes, may lose five."""
    visit = party_visit(is_accepted=False)
    day = change_stop(visit.days[0], "museum", {"min_dwell_min": 15})
    form = RoutesForm(routes=routes_text(party_routes()), cuts=cuts)
    setting: Setting = None  # type: ignore[assignment] # it is not looked at
    if is_taken:
        changed = form.change(with_day(visit, 0, day), setting).days[0]
        assert changed.stops[1].dwell_min == (15 if cuts else 20)
        assert changed.party_routes == party_routes()
    else:
        with pytest.raises(EditRefusedError):
            form.change(with_day(visit, 0, day), setting)
