"""The desk while the street network is missing: everything but planning goes on, and it is said why."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from planner.domain.releases import ReleaseContent
from planner.store.documents import from_json
from planner.store.models import ReleaseRow
from planner.web import create_app
from tests.kit.web.desk import Desk, add, open_desk, published
from tests.kit.web.pages import PageClient
from tests.kit.web.signing_in import csrf_of, services_of, sign_in
from tests.web.conftest import NOW, closed, settings_in, skawina_application

if TYPE_CHECKING:
    from collections.abc import Iterator

SAID = "Brakuje sieci ulic"
PAGES = ("", "/share", "/ready", "/paper", "/hosts", "/attendees", "/history", "/parties", "/live", "/read")
SEARCHES = ("/proposal?objective=finish", "/what-if", "/fits?site=rynek", "/days?search=1", "/sure?later=3")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An organiser with a published visit, after the network was deleted and the service started again."""
    folder = tmp_path_factory.mktemp("streetless")
    before = skawina_application(folder)
    made = open_desk(before, "anna")
    add(made, "ratusz", "muzeum")
    published(made)
    closed(before)
    for one in folder.glob("network-*"):
        shutil.rmtree(one)
    app = create_app(settings_in(folder), now=lambda: NOW)
    client = app.test_client()
    sign_in(app, client, "anna")
    yield Desk(app, client, made.visit_id, csrf_of(client))
    closed(app)


@pytest.fixture
def pages(desk: Desk) -> PageClient:
    made = PageClient(desk.app)
    sign_in(desk.app, made.client, "anna")
    return made


@pytest.mark.dear
def test_the_visit_is_edited_and_undone_and_the_editor_says_what_is_missing(
    desk: Desk, pages: PageClient
) -> None:
    assert SAID in pages.get(f"/visits/{desk.visit_id}", "pl").text
    desk.change("add_site", site="rynek")
    assert desk.order() == ["ratusz", "muzeum", "rynek"]
    assert desk.post("undo").status_code == 303
    assert desk.order() == ["ratusz", "muzeum"]


def test_nothing_is_published_without_ways_and_what_was_stays(desk: Desk) -> None:
    desk.change("add_site", site="rynek")
    assert desk.post("share/publish", anyway="1").status_code == 503
    with services_of(desk.app).database.session() as session:
        (row,) = session.query(ReleaseRow).filter_by(visit_id=desk.visit_id)
        assert len(from_json(ReleaseContent, row.content).visit.days[0].stops) == 2
    assert desk.post("undo").status_code == 303


@pytest.mark.dear
def test_every_page_of_the_desk_opens(desk: Desk, pages: PageClient) -> None:
    for path in ("/", "/sites", "/sites/ratusz/edit", "/visits/new", "/visits/away", "/account"):
        pages.get(path, "pl")
    assert SAID in pages.get("/", "pl").text
    for path in PAGES:
        assert pages.client.get(f"/visits/{desk.visit_id}{path}").status_code == 200, path
    for path in SEARCHES:
        told = pages.get(f"/visits/{desk.visit_id}{path}", "pl", status=503)
        assert "network build" in told.text
