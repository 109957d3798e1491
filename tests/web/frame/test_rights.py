"""Everybody against every page: who is let in by docs/pages.md is, others are not, and nobody by a wrong id.

A path that is not in the table fails in test_documented.py.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import pytest

from planner.domain.sites import HostContact
from planner.services.accounts.users import Role, User
from planner.services.catalogue.editing import read_site, save_site
from planner.services.together import shares
from planner.services.together.access import Right, right_of
from planner.store import visits as store
from planner.store.together.comments import comments_of
from planner.store.together.previews import previews_of
from planner.store.together.shares import OFFICE
from planner.store.together.templates import templates
from planner.web.frame.context import services
from tests.kit.web.desk import Desk, add, open_desk, published
from tests.kit.web.documented import PLACE, ROWS, Row, named
from tests.kit.web.signing_in import csrf_of, sign_in, user_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask
    from flask.testing import FlaskClient

OWNER, READS, EDITS, VIEWS = "właścicielka", "czyta z nami", "zmienia z nami", "patrzy z nami"
LETS_IN: Mapping[str, set[str]] = {
    "patrzy": {"account"},
    VIEWS: {"account", "reader"},
    "obcy organizator": {"account", "signed in"},
    READS: {"account", "signed in", "reader"},
    EDITS: {"account", "signed in", "reader", "owner"},
    OWNER: {"account", "signed in", "reader", "owner", "keeper"},
    "szefowa": {"account", "signed in", "reader", "owner", "keeper", "admin"},
}
ROLES = {"patrzy": "viewer", VIEWS: "viewer", "szefowa": "admin"}
FIRST_LET_IN = {
    "account": "patrzy",
    "reader": VIEWS,
    "signed in": "obcy organizator",
    "owner": EDITS,
    "keeper": OWNER,
    "admin": "szefowa",
}
"""Who may least of those who are let in: they try the page, and in `make test-all` all do who may more."""

SHARED = {VIEWS: "edit", READS: "read", EDITS: "edit"}
OF_VISITS = {"reader", "owner", "keeper"}
ALSO_REFUSED = {"POST /visits/VISIT/copy"}
"""What viewers may not do though they may read the visit: it makes another."""

NEVER_THERE = {
    "GET /account/second/qr.svg",
    "POST /account/sessions/SESSION/end",
    "POST /visits/new/copy",
    "POST /sites/import/columns",
    "POST /sites/import/confirm",
    "POST /visits/VISIT/hosts/note",
    "POST /visits/VISIT/hosts/details",
    "POST /town/jobs/WORK/cancel",
    "POST /town/take-over",
    "POST /town/put-back",
}
"""What is there for nobody here: a factor nobody sets up, another browser, what no form names, no upload,
no other town."""

LAST = ("/unpublish", "/delete", "/COMMENT/remove")
"""What is tried after all others: it takes something away that they need."""

FORM = {
    "date": "2026-12-07",
    "how": "call",
    "may": "read",
    "role": "organiser",
    "whom": "0",
    "site": "muzeum",
    "day": "1",
    "stop": "s1",
    "text": "Ok",
}


def named_in_paths(desk: Desk, app: Flask) -> dict[str, str]:
    """What stands in paths in place of the words in capitals: ids that are there."""
    with app.app_context(), services().database.session() as session:
        link = store.links_of(session, desk.visit_id)[0].id
        said = comments_of(session, desk.visit_id)
        looking = previews_of(session, desk.visit_id)
        own = templates(session)
    return {
        "TEMPLATE": str(own[-1].id if own else 0),
        "VISIT": str(desk.visit_id),
        "LINK": str(link),
        "PREVIEW": str(looking[-1].id if looking else 0),
        "COMMENT": str(said[-1][0].id if said else 0),
        "ACTION": "revoke",
        "KIND": "participant",
        "SHEET": "day",
        "SITE": "muzeum",
        "USER": str(user_of(app, "kto inny").id),
        "SESSION": "99999",
        "WORK": "99999",
        "TOKEN": "no-such-thing",
    }


def shared_visit(app: Flask) -> Desk:
    """A published visit that is shared with a viewer and two colleagues."""
    desk = open_desk(app, OWNER, title="Wspólna")
    add(desk, "muzeum")
    desk.change("rain", stop="s1", rain_site="ratusz")
    published(desk)
    desk.post("comments", day=0, stop="s1", text="Czy jest winda?")
    desk.post("share/previews", kind="colleague", whom="Ewa")
    desk.post("template", name="Szablon")
    given = {user_of(app, name, ROLES.get(name, "organiser")).id: may for name, may in SHARED.items()}
    with app.app_context(), services().database.writing() as session:
        row = store.visit_row(session, desk.visit_id)
        assert row is not None
        for user_id, may in given.items():
            shares.share(session, row, user_id, may)
    return desk


@pytest.fixture(scope="module")
def stage(app: Flask) -> Desk:
    return shared_visit(app)


def right_answer(row: Row, name: str) -> int | None:
    """Return the status with which somebody is refused; None where they are let in."""
    mine, is_viewer = LETS_IN[name], ROLES.get(name) == "viewer"
    if named(row) in NEVER_THERE and row.who in mine:
        return 404
    if row.who in mine and not (is_viewer and named(row) in ALSO_REFUSED):
        return None
    is_open_to_viewers = row.who == "reader" and named(row) not in ALSO_REFUSED
    if row.who in OF_VISITS and "reader" not in mine and (not is_viewer or is_open_to_viewers):
        return 404
    return 403


def answered(client: FlaskClient, row: Row, filled: Mapping[str, str], csrf: str) -> int:
    path = PLACE.sub(lambda place: filled[place[0]], row.path)
    if path.endswith("/edit/revoke"):
        path = path.replace("revoke", "day_mode")
    data = {"csrf_token": csrf, **FORM} if row.method == "POST" else None
    answer = client.open(path, method=row.method, data=data)
    answer.close()
    return 401 if "next=" in answer.headers.get("Location", "") else answer.status_code


@pytest.mark.parametrize("name", LETS_IN)
def test_everybody_against_every_page(
    app: Flask,
    stage: Desk,
    name: str,
    full: bool,  # noqa: FBT001 - a fixture
) -> None:
    desk = shared_visit(app) if full or name == OWNER else stage
    filled, client = named_in_paths(desk, app), app.test_client()
    sign_in(app, client, name, ROLES.get(name, "organiser"), anew=True)
    csrf = csrf_of(client)
    guarded = [row for row in ROWS if row.who not in {"everybody", "link"}]
    wrong = []
    for row in sorted(guarded, key=lambda row: (row.path.endswith(LAST), row.method)):
        refusal = right_answer(row, name)
        if refusal is None and not full and FIRST_LET_IN[row.who] != name:
            continue
        status = answered(client, row, filled, csrf)
        if status != refusal and (refusal is not None or status in (401, 403, 404) or status >= 500):
            wrong.append(f"{named(row)}: {status} in place of {refusal or 'a page'}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.dear
def test_viewers_read_no_contacts_and_no_links(app: Flask, stage: Desk) -> None:
    desk = stage
    with app.app_context(), services().database.writing() as session:
        muzeum = read_site(session, "muzeum")
        host = HostContact("Zenobia Kryjówka", "+48 777 666 555", "zenobia@kryjowka.example")
        save_site(session, replace(muzeum.site, host=host), muzeum.version, 0)
    participant, guide = (path.rsplit("/", 1)[1] for path in published(desk))
    client = app.test_client()
    sign_in(app, client, VIEWS, "viewer")
    visit = f"/visits/{desk.visit_id}"
    kept = ("read", "ready", "history", "preview/participant")
    pages = [client.get(f"{visit}/{page}").text for page in kept]
    pages += [client.get(path).text for path in ("/sites/muzeum/edit", "/sites", "/sites/export.csv")]
    assert client.get(f"{visit}/preview/guide").status_code == 403
    assert client.get(visit).headers["Location"].endswith("/read")
    for page in pages:
        assert participant not in page
        assert guide not in page
        assert f"{visit}/share" not in page
        assert f"{visit}/paper" not in page
        assert not [told for told in ("Kryjówka", "777 666", "kryjowka") if told in page]


def test_no_id_of_another_visit_opens_anything(app: Flask, stage: Desk) -> None:
    one, other = open_desk(app, OWNER), stage
    filled = {**named_in_paths(other, app), "VISIT": str(one.visit_id)}
    ids = ("/LINK", "/COMMENT", "/PREVIEW")
    named_by_id = [row for row in ROWS if any(one in row.path for one in ids)]
    assert named_by_id
    for row in named_by_id:
        assert answered(one.client, row, filled, one.token) == 404, named(row)


def test_rights_by_hand() -> None:
    anna, ola = User(1, "anna"), User(2, "ola")
    viewer, admin = User(3, "jan", Role.VIEWER), User(4, "root", Role.ADMIN)
    assert right_of(anna, 1, ()) is Right.KEEP
    assert right_of(anna, 2, ()) is Right.NONE
    assert right_of(anna, None, ()) is Right.NONE
    assert right_of(admin, 1, ()) is Right.KEEP
    assert right_of(ola, 1, [(OFFICE, Right.READ)]) is Right.READ
    assert right_of(ola, 1, [(OFFICE, Right.READ), (2, Right.EDIT)]) is Right.EDIT
    assert right_of(viewer, 1, [(OFFICE, Right.EDIT)]) is Right.NONE
    assert right_of(viewer, 1, [(3, Right.EDIT)]) is Right.READ
    assert right_of(viewer, 3, ()) is Right.READ, "who was made a viewer still reads what they made"
    for user, given in product((anna, ola), Right):
        assert right_of(user, 9, [(5, given)]) is Right.NONE


@pytest.mark.dear
def test_a_visit_is_shared_on_its_page_and_read_by_those_alone(app: Flask) -> None:
    desk = open_desk(app, "halina", title="Dzielona")
    who = {name: user_of(app, name).id for name in ("bogna", "celina")}
    bogna = app.test_client()
    sign_in(app, bogna, "bogna")
    assert "Dzielona" not in bogna.get("/").text
    assert desk.post("share/people", whom=who["bogna"], may="read").status_code == 303
    assert "bogna" in desk.page("/share?lang=en")
    assert "Dzielona" in bogna.get("/").text
    assert bogna.get(f"/visits/{desk.visit_id}/share").status_code == 403
    desk.post("share/people", whom=who["bogna"], may="edit")
    assert bogna.get(f"/visits/{desk.visit_id}/share").status_code == 200
    desk.post(f"share/people/{who['bogna']}/end")
    assert bogna.get(f"/visits/{desk.visit_id}").status_code == 404
    desk.post("share/people", whom=OFFICE, may="edit")
    celina = app.test_client()
    sign_in(app, celina, "celina")
    assert celina.get(f"/visits/{desk.visit_id}").status_code == 200
    for whom, may, status in ((999, "read", 404), (who["bogna"], "keep", 422), (-1, "read", 404)):
        assert desk.post("share/people", whom=whom, may=may).status_code == status
