"""Files made when a visit is published: there before anybody asks, else made at the asking."""

from __future__ import annotations

import logging
import re
from threading import Event
from typing import TYPE_CHECKING

import pytest

from planner.domain.visits import PlaceRef, Stop
from planner.errors import PaperError
from planner.outputs.sheets import pdf as painter
from planner.services.paper import choosing
from planner.services.paper.choosing import Choice
from planner.services.visits.pages import open_marks, page_files
from planner.services.visits.publish import opened
from planner.store import visits as store
from planner.web.frame.beside.later import Later, begin_later, do_later
from planner.web.participant import making, page
from planner.web.participant.ahead import made_ahead, make_ahead
from tests.kit.web.hostile import small_visit
from tests.kit.web.releases import Links, change_link, released_visit
from tests.kit.web.signing_in import csrf_of, services_of, sign_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

HOST = "http://localhost"
NEVER = RuntimeError("nothing is made now")


def refuse(*_: object, **__: object) -> None:
    raise NEVER


@pytest.fixture
def released(app: Flask) -> tuple[int, Links]:
    """A visit with one sheet, published."""
    links = released_visit(app, small_visit(Stop("a", place=PlaceRef("rynek"))))
    context = services_of(app)
    with context.database.writing() as session:
        found = opened(session, context.settings.secret_key, links.participant, "participant", context.now())
        assert found is not None
        choosing.choose(session, found.visit_id, Choice(("lined",), ("en",)))
    return found.visit_id, links


@pytest.mark.dear
def test_what_is_made_ahead_is_served_and_not_made_again(
    app: Flask, released: tuple[int, Links], monkeypatch: pytest.MonkeyPatch
) -> None:
    visit_id, links = released
    with app.app_context():
        # two links in two languages: pages, then a sheet, then files, then copies
        assert len(list(made_ahead(visit_id, HOST))) == 2 * 2 + 1 + 2 * 2 + 2 * 2
    for name in ("map_file", "written", "bundle_file", "file_plan"):
        monkeypatch.setattr(making, name, refuse)
    monkeypatch.setattr(painter, "_started", refuse)
    client = app.test_client()
    for base in (f"/v/{links.participant}", f"/g/{links.guide}"):
        for path in ("plan.ics", "plan.zip", "plan.json", "map.html", "calendar.ics", "files", "copy.json"):
            assert client.get(f"{base}/{path}?lang=pl").status_code == 200, path
        for path in ("lined.pdf", "all.pdf"):
            assert client.get(f"{base}/paper/{path}").data.startswith(b"%PDF")
    seldom = client.get(f"/v/{links.participant}/plan.ics?day=1&lang=pl")
    assert seldom.status_code == 500  # it is made when it is asked for


@pytest.mark.dear
def test_pages_made_ahead_are_sent_as_they_are_and_go_with_their_link(
    app: Flask, released: tuple[int, Links], monkeypatch: pytest.MonkeyPatch
) -> None:
    visit_id, links = released
    with app.app_context():
        list(made_ahead(visit_id, HOST))
    app.extensions.pop("planner.still_pages")  # as another worker has nothing at hand yet
    monkeypatch.setattr(page, "_rendered", refuse)
    monkeypatch.setattr(page, "map_view", refuse)
    client = app.test_client()
    for path in links.pages[::2]:
        for code in ("pl", "en"):
            assert client.get(f"{path}?lang={code}").status_code == 200
            assert client.get(f"{path}/map.js?lang={code}").status_code == 200
    context = services_of(app)
    kept = page_files(context.settings.data_dir)
    of_visit = {file.name for file in kept.root.glob(f"{visit_id}/*/*/participant-*")}
    change_link(app, links.participant, expires=context.now())
    with context.database.session() as session:
        kept.sweep_links(open_marks(session, context.now()))
        (guides,) = (link.id for link in store.links_of(session, visit_id) if link.kind == "guide")
    left = {file.name for file in kept.root.glob(f"{visit_id}/*/*/*")}
    assert of_visit
    assert not of_visit & left
    assert {re.split("[-.]", name)[0] for name in left} == {"facts", "guide"}
    kept.forget_link(visit_id, guides)
    assert all(file.name.startswith("facts") for file in kept.root.glob(f"{visit_id}/*/*/*"))


def test_publishing_begins_it_and_does_not_wait(
    app: Flask, released: tuple[int, Links], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    monkeypatch.setattr(Later, "do", lambda _, name, __: begun.append(name))
    app.extensions.pop("planner.later", None)
    client = app.test_client()
    sign_in(app, client, "root", "admin")
    visit_id, _ = released
    with app.app_context():
        assert not make_ahead(visit_id, HOST)  # a process without such threads leaves it to who asks
    begin_later(app)
    try:
        fields = {"csrf_token": csrf_of(client), "base": "1"}
        assert client.post(f"/visits/{visit_id}/share/publish", data=fields).status_code == 303
    finally:
        del app.extensions["planner.later"]
    assert begun == [f"files of visit {visit_id}"]


def test_a_newer_job_takes_the_place_of_an_older_one(app: Flask) -> None:
    later, held, done = Later(app), Event(), []

    def older() -> Iterator[None]:
        held.wait(5)
        done.append("older")
        yield
        done.append("never")

    def newer() -> Iterator[None]:
        done.append("newer")
        yield

    threads = [later.do("files", older), later.do("files", newer)]
    held.set()
    for thread in threads:
        thread.join(5)
    assert done[:1] + done[-1:] == ["older", "newer"]
    assert "never" not in done


def test_what_fails_says_so_and_ends(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)

    def fails() -> Iterator[None]:
        yield
        raise PaperError("secret text")

    Later(app).do("files", fails).join(5)
    assert "PaperError" in caplog.text
    assert "secret" not in caplog.text
    with app.app_context():
        assert not do_later("files", fails)
