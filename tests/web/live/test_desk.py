"""The desk on the day: parties, their guides' links, the log and what is withdrawn from it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from planner.services.visits.publish import publish
from planner.store import visits as store
from planner.store.models import LiveEventRow, MarkRow, VisitRow
from tests.kit.web.pages import PageClient
from tests.kit.web.signing_in import services_of, sign_in
from tests.web.live.conftest import at

if TYPE_CHECKING:
    from tests.web.live.conftest import Office


@pytest.mark.dear
def test_every_party_has_a_guides_link_that_acts_for_it_alone(office: Office) -> None:
    assert sorted(party for kind, party in office.tokens if kind == "guide") == ["", "A", "B", "C"]
    assert office.guide("A", "left", "*start", link="A") == 200
    assert office.guide("B", "left", "*start", link="A") == 403
    assert office.guide("B", "left", "*start") == 200


@pytest.mark.dear
def test_the_desk_sees_all_parties_and_takes_back_what_guides_said(office: Office) -> None:
    office.guide("A", "shift", "*start", minutes=60)
    page = PageClient(office.app)
    page.client = office.client
    assert page.get(f"/visits/{office.visit_id}/live", "en").response.status_code == 200
    shown = office.page()
    assert [f"Party {name}" in shown for name in "ABC"] == [True, True, True]
    assert "min late" in shown
    key = re.search(r'name="other" value="(press-[^"]+)"', shown)
    assert key
    assert office.press(kind="undo", party="A", other=key[1]) == 303
    assert "min late" not in office.page()
    assert "taken back" in office.page()


def test_where_all_meet_one_hears_who_is_missing(office: Office) -> None:
    meeting = "m1"
    office.guide("A", "arrived", meeting)
    assert office.told("A")["aside"] == [
        "Party B is still on its way here.",
        "Party C is still on its way here.",
    ]
    assert office.told("B")["aside"] == []
    office.guide("B", "arrived", meeting)
    assert office.told("A")["aside"] == ["Party C is still on its way here."]


def test_a_call_to_meet_is_heard_by_its_party_or_by_all(office: Office) -> None:
    assert office.guide("A", "meet", link="A", text="At the gate", until="12:15", lon=19.82, lat=49.97) == 200
    assert office.told("A")["meet"]["at"] == [19.82, 49.97]
    assert office.told("B")["meet"] is None
    office.clock[0] = at("09:01")
    assert office.press(kind="meet", party="", text="At the bus", until="12:30") == 303
    for party in ("", "A", "B"):
        meet = office.told(party)["meet"]
        assert (meet["text"], meet["label"], meet["until_iso"][11:16]) == (
            "At the bus",
            "Meet at 12:30",
            "12:30",
        )


def test_another_organiser_and_a_form_without_its_token_do_nothing(office: Office) -> None:
    data = {"kind": "note", "text": "No", "day": 1}
    assert office.client.post(f"/visits/{office.visit_id}/live/events", data=data).status_code == 400
    sign_in(office.app, office.client, "somebody else")
    assert office.client.get(f"/visits/{office.visit_id}/live").status_code == 404


@pytest.mark.dear
def test_a_new_release_on_the_day_keeps_what_has_happened(office: Office) -> None:
    office.guide("A", "left", "*start")
    before = office.told("A")["version"]
    context = services_of(office.app)
    with office.app.app_context(), context.database.writing() as session:
        row = store.visit_row(session, office.visit_id)
        assert row
        publish(session, context.town, row, store.draft(session, row), context.now())
    assert office.told("A")["version"] != before
    assert "On the way to" in office.page()


@pytest.mark.dear
def test_the_log_and_the_marks_go_with_the_visit(office: Office) -> None:
    office.guide("A", "left", "*start")
    path = f"/v/{office.tokens['participant', '']}/marks"
    mark = {"stop": "s1", "mark": 2, "text": "Too loud", "phone": "mine"}
    assert office.app.test_client().post(path, json=mark).status_code == 200
    assert "Too loud" in office.page()
    context = services_of(office.app)
    with context.database.writing() as session:
        session.delete(session.get(VisitRow, office.visit_id))
        session.flush()
        for kind in (LiveEventRow, MarkRow):
            assert session.query(kind).filter_by(visit_id=office.visit_id).count() == 0
