"""A delegation in three parties, published, and the organiser whose visit it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from planner.outputs.sheets.build import SheetKind
from planner.services.visits.publish import ensure_links, links, publish
from planner.store import visits as store
from tests.kit.web.desk import Desk
from tests.kit.web.parties_desk import accepted, split_desk
from tests.kit.web.signing_in import services_of

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.test import TestResponse


EVERY_KIND = [kind.value for kind in SheetKind]


@dataclass(frozen=True)
class PaperDesk:
    """An organiser at the page "Paper" of a visit; `tokens` are those of its links by kind."""

    desk: Desk
    tokens: dict[str, str]

    def get(self, path: str = "", **asked: str) -> TestResponse:
        """Ask for the page, or a sheet of it."""
        return self.desk.client.get(f"/visits/{self.desk.visit_id}/paper{path}", query_string=asked)

    def post(self, path: str, **fields: object) -> TestResponse:
        """Send a form of the page."""
        return self.desk.post(f"paper/{path}", **fields)


def published(app: Flask, desk: Desk) -> PaperDesk:
    """Publish the desk's draft."""
    context = services_of(app)
    with app.app_context(), context.database.writing() as session:
        row = store.visit_row(session, desk.visit_id)
        assert row is not None
        publish(session, context.town, row, store.draft(session, row), context.now())
        ensure_links(session, context.settings.secret_key, row.id, context.now())
        session.flush()
        tokens = {one.kind: one.token for one in links(session, context.settings.secret_key, row.id)}
    return PaperDesk(desk, tokens)


@pytest.fixture(scope="module")
def paper(app: Flask) -> PaperDesk:
    """A delegation in three parties, published, with every sheet chosen in both languages."""
    desk = split_desk(app)
    accepted(desk)
    made = published(app, desk)
    assert made.post("choose", kind=EVERY_KIND, language=["pl", "en"]).status_code == 303
    return made
