"""The personal data of one visit: counted, given out, deleted; and what goes by itself on its day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from planner.services.trust.personal import DAY_LOG_KEPT, FEEDBACK_KEPT
from planner.services.upkeep.daily import tidy
from planner.store.hosts.attendees import replace_counts
from planner.store.models import LiveEventRow, MarkRow, NameRow
from planner.store.trust.tables import AuditRow
from planner.web.trust.kept import kinds
from tests.kit.web.desk import Desk, add, open_desk
from tests.kit.web.signing_in import csrf_of, services_of, sign_in
from tests.web.conftest import NOW

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

    from tests.kit.web.pages import PageClient

DAY = dt.date(2026, 12, 7)
"""The day of the visit; today is before it."""


@pytest.fixture
def desk(app: Flask) -> Desk:
    """A visit of which everything is kept that can be."""
    made = open_desk(app, "gospodyni")
    add(made, "muzeum")
    made.post("paper/names", names="Jan Kot;A\nEwa Lis")
    made.post("comments", day=0, stop="s1", text="Czy jest winda?")
    with services_of(app).database.writing() as session:
        session.add(MarkRow(visit_id=made.visit_id, stop="s1", phone="x" * 20, mark=4, text="Ładnie"))
        replace_counts(session, made.visit_id, [("", "wheelchair", "", 2)])
        for number, day in enumerate((DAY, dt.date(2026, 11, 1))):
            told = {"visit_id": made.visit_id, "key": f"k{number}", "date": day.isoformat()}
            session.add(LiveEventRow(**told, received=NOW, said={"text": "Uwaga"}))
    return made


def left(desk: Desk) -> tuple[int, int, int]:
    """How many names, marks and events are kept."""
    with services_of(desk.app).database.session() as session:
        return tuple(  # type: ignore[return-value] # three of them
            session.scalar(select(func.count()).select_from(row).where(row.visit_id == desk.visit_id)) or 0
            for row in (NameRow, MarkRow, LiveEventRow)
        )


@pytest.mark.dear
def test_it_is_given_out_whole_and_deleted_by_who_keeps_the_visit(desk: Desk, pages: PageClient) -> None:
    sign_in(desk.app, pages.client, "gospodyni")
    assert "Dane osobowe tej wizyty" in pages.get(f"/visits/{desk.visit_id}/share").text
    page = pages.get(f"/visits/{desk.visit_id}/personal").text
    assert "Nazwiska na liście 2" in page
    assert "Jan Kot" not in page, "a page of numbers"
    answer = desk.post("personal/export")
    assert answer.headers["Cache-Control"] == "no-store"
    told = answer.get_json()
    assert told["names"] == [{"name": "Jan Kot", "party": "A"}, {"name": "Ewa Lis", "party": ""}]
    assert told["needs"] == [{"party": "", "kind": "wheelchair", "detail": "", "count": 2}]
    assert [one["text"] for one in told["feedback"]] == ["Ładnie"]
    assert [one["text"] for one in told["comments"]] == ["Czy jest winda?"]
    assert "x" * 20 not in answer.text, "nor whose phone it was"
    assert desk.post("personal/delete").status_code == 422
    assert left(desk) == (2, 1, 2)
    assert desk.post("personal/delete", is_sure=1).status_code == 303
    assert left(desk) == (0, 0, 1), "what is said on days to come stays"
    assert "Czy jest winda?" in desk.page("/comments")
    with services_of(desk.app).database.session() as session:
        acts = session.scalars(select(AuditRow.act).where(AuditRow.visit == desk.visit_id))
        assert {"people.visit_exported", "people.visit_deleted"} <= set(acts)
        assert "Jan Kot" not in str(list(session.scalars(select(AuditRow.about))))


def test_whoever_only_changes_the_visit_does_neither(desk: Desk) -> None:
    desk.post("share/people", whom=0, may="edit")
    other = desk.app.test_client()
    sign_in(desk.app, other, "obcy organizator")
    for path in ("export", "delete"):
        data = {"csrf_token": csrf_of(other), "is_sure": "1"}
        assert other.post(f"/visits/{desk.visit_id}/personal/{path}", data=data).status_code == 403
    assert "personal" not in other.get(f"/visits/{desk.visit_id}/share").text
    assert left(desk) == (2, 1, 2)


def test_feedback_and_logs_go_on_their_day(desk: Desk, tmp_path: Path) -> None:
    feedback, log = (DAY + kept for kept in (FEEDBACK_KEPT, DAY_LOG_KEPT))
    day = dt.timedelta(days=1)
    steps = [(feedback - day, (0, 1, 2)), (feedback, (0, 0, 2)), (log, (0, 0, 1)), (log + day, (0, 0, 0))]
    for today, wanted in steps:
        with services_of(desk.app).database.writing() as session:
            tidy(session, tmp_path, NOW, today)
        assert left(desk) == wanted, today


def test_what_is_kept_is_told_to_everybody(app: Flask, pages: PageClient) -> None:
    page = pages.get("/kept")
    for days in (30, FEEDBACK_KEPT.days, DAY_LOG_KEPT.days, services_of(app).settings.audit_days, 90):
        assert f"{days} dni" in page.text, days
    with app.test_request_context("/"):
        told = kinds()
    assert len(told) == len({one.what for one in told}) == 9
