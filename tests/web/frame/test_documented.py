"""Every path stands in docs/pages.md with its methods and whom it lets in; each is tried as nobody.

What those may do who are signed in is tried in test_rights.py.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from planner.store import visits as store
from planner.web.frame.context import services
from tests.kit.web.documented import PLACE, ROWS, Row, named
from tests.kit.web.signing_in import csrf_of

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

WHO = {"everybody", "link", "account", "signed in", "reader", "owner", "keeper", "admin"}
LEADS_TO_SIGN_IN = (302, 303, 401)
FILLED = {"TOKEN": "no-such-thing", "ACTION": "revoke"}
"""What stands in a path in place of a capital word; in place of others the number of a visit."""


OPEN = [row for row in ROWS if row.who == "everybody"]
BY_LINK = [row for row in ROWS if row.who == "link"]
GUARDED = [row for row in ROWS if row.who not in {"everybody", "link"}]


def served(app: Flask) -> set[tuple[str, str]]:
    """What the application answers: (path as the document writes it, method)."""
    return {
        (re.sub(r"<(?:\w+:)?(\w+?)(?:_id)?>", lambda part: part[1].upper(), rule.rule), method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


@pytest.fixture(scope="module")
def visit_id(app: Flask) -> int:
    """A visit that belongs to nobody who signs in here."""
    with app.app_context(), services().database.session() as session:
        row = store.sample_visit(session)
        assert row is not None
        return row.id


def asked(client: FlaskClient, row: Row, visit_id: int = 1, csrf: str = "") -> int:
    """The status of a row's page; what is named in capitals is there only where it is a visit."""
    path = PLACE.sub(lambda place: FILLED.get(place[0], str(visit_id)), row.path)
    data = {"csrf_token": csrf, "date": "2026-12-07"} if row.method == "POST" else None
    return client.open(path, method=row.method, data=data).status_code


def test_every_path_is_documented_and_no_other_is(app: Flask) -> None:
    assert {row.who for row in ROWS} == WHO
    told = [(row.path, row.method) for row in ROWS]
    assert len(told) == len(set(told))
    assert set(told) == served(app)


@pytest.mark.dear
@pytest.mark.parametrize("row", GUARDED, ids=named)
def test_what_is_for_organisers_leads_others_to_sign_in(app: Flask, row: Row, visit_id: int) -> None:
    assert asked(app.test_client(), row, visit_id) in LEADS_TO_SIGN_IN


@pytest.mark.dear
@pytest.mark.parametrize("row", OPEN, ids=named)
def test_what_is_for_everybody_asks_nobody_to_sign_in(app: Flask, row: Row) -> None:
    client = app.test_client()
    answer = client.open(row.path, method=row.method, data={"csrf_token": csrf_of(client, "/sign-in")})
    leads = answer.status_code in LEADS_TO_SIGN_IN and "next=" in answer.headers.get("Location", "")
    assert not leads
    assert answer.status_code != 401
    assert answer.status_code < 500


@pytest.mark.dear
@pytest.mark.parametrize("row", BY_LINK, ids=named)
def test_what_is_for_a_link_is_not_found_without_it(app: Flask, row: Row) -> None:
    client = app.test_client()
    assert asked(client, row, csrf=csrf_of(client, "/sign-in")) in (404, 410)
