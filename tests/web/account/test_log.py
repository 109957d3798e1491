"""Who did what: what is written down, who reads it, and what never gets into it."""

from __future__ import annotations

import csv
import io
import logging
import re
from typing import TYPE_CHECKING

import pytest

from planner.services.trust import audit
from planner.services.trust.audit import Act, Kind, Question
from planner.services.upkeep.daily import tidy
from planner.store.trust.audit import Wanted, newest
from planner.web.trust.acts import ACTS, KINDS
from tests.kit.commands import run
from tests.kit.web.desk import add, open_desk, published
from tests.kit.web.signing_in import GOOD, csrf_of, give_password, link_for, services_of, sign_in, user_of
from tests.web.conftest import NOW, skawina_application

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient

    from tests.kit.web.pages import PageClient

DAY_S = 86_400


@pytest.fixture(autouse=True)
def before(app: Flask) -> int:
    """The number of the last line before a test."""
    with services_of(app).database.session() as session:
        rows = newest(session, Wanted(), None, 1)
    return rows[0].id if rows else 0


def lines(app: Flask, after: int) -> list[tuple[str, str, str, int | None]]:
    """What was written down since: act, by whom, about what, of which visit; the oldest first."""
    with services_of(app).database.session() as session:
        rows = newest(session, Wanted(), None, 1000)
    told = [(row.act, row.by_name, row.about, row.visit) for row in rows if row.id > after]
    return told[::-1]


def admin(app: Flask) -> FlaskClient:
    client = app.test_client()
    sign_in(app, client, "szefowa", "admin")
    return client


@pytest.mark.dear
def test_signing_in_and_failing_to_is_written_down_without_what_was_typed(
    app: Flask, before: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "planner.services.trust.audit")
    give_password(app, "ola")
    client = app.test_client()
    typed = "wpisane w złe pole"
    for name, password in (("ola", typed), (typed, "x"), ("ola", GOOD)):
        client.post("/sign-in", data={"name": name, "password": password, "csrf_token": csrf_of(client)})
    client.post("/sign-out", data={"csrf_token": csrf_of(client)})
    address = link_for(app, "ola")
    client.post(address, data={"csrf_token": csrf_of(client)})
    assert lines(app, before) == [
        ("sign_in.failed", "", "ola", None),
        ("sign_in.failed", "", "", None),
        ("sign_in.by_name", "ola", "", None),
        ("sign_in.out", "ola", "", None),
        ("sign_in.by_link", "ola", "", None),
    ]
    assert "sign_in.failed by -, visit -, from 127.0.0.1" in caplog.messages
    assert typed not in caplog.text
    assert address.rsplit("/", 1)[1] not in caplog.text


def test_accounts_and_roles_are_written_down_by_pages_and_commands(app: Flask, before: int) -> None:
    client = admin(app)
    token = csrf_of(client)
    client.post("/account/users", data={"csrf_token": token, "name": "nowa w dzienniku", "role": "organiser"})
    number = user_of(app, "nowa w dzienniku").id
    for path, more in (("role", {"role": "viewer"}), ("archive", {}), ("restore", {}), ("leave", {})):
        client.post(f"/account/users/{number}/{path}", data={"csrf_token": token, **more})
    run(app, "users", "add", "druga w dzienniku")
    run(app, "users", "role", "druga w dzienniku", "viewer")
    assert [line[:3] for line in lines(app, before)] == [
        ("accounts.added", "szefowa", "nowa w dzienniku: organiser"),
        ("accounts.link", "szefowa", "nowa w dzienniku"),
        ("accounts.role", "szefowa", "nowa w dzienniku: viewer"),
        ("accounts.archived", "szefowa", "nowa w dzienniku"),
        ("accounts.restored", "szefowa", "nowa w dzienniku"),
        ("accounts.archived", "szefowa", "nowa w dzienniku"),
        ("accounts.added", "flask", "druga w dzienniku: organiser"),
        ("accounts.link", "flask", "druga w dzienniku"),
        ("accounts.role", "flask", "druga w dzienniku: viewer"),
    ]


@pytest.mark.dear
def test_what_leaves_the_office_is_written_down(app: Flask, before: int) -> None:
    desk = open_desk(app, "anna", title="Do dziennika")
    add(desk, "muzeum")
    tokens = [path.rsplit("/", 1)[1] for path in published(desk)]
    link = re.search(r"/share/links/(\d+)/revoke", desk.page("/share"))
    assert link is not None
    for action in ("revoke", "restore", "rotate", "expire"):
        desk.post(f"share/links/{link[1]}/{action}", until="2026-12-24")
    desk.post("share/previews", kind="colleague", whom="Ewa Gość")
    desk.post("share/people", whom=0, may="read")
    desk.post("share/people/0/end")
    desk.post("paper/names", names="Jan Uczestnik\nEwa Uczestniczka")
    desk.client.get(f"/visits/{desk.visit_id}/paper/sheets/list")
    desk.client.get(f"/visits/{desk.visit_id}/paper/sheets/day")
    desk.post("paper/forget")
    desk.client.get("/sites/export.csv")
    desk.post("share/unpublish")
    desk.post("delete", is_sure=1)
    told = lines(app, before)
    assert [line[0] for line in told] == [
        "visits.published",
        *(f"links.{action}" for action in ("revoke", "restore", "rotate", "expire", "preview")),
        "visits.shared",
        "visits.unshared",
        "people.names_kept",
        "people.names_printed",
        "people.names_removed",
        "people.hosts_exported",
        "visits.unpublished",
        "visits.deleted",
    ]
    assert {line[1] for line in told} == {"anna"}
    assert {line[3] for line in told} == {desk.visit_id, None}
    written = str(told)
    assert not [secret for secret in (*tokens, "Uczestni", "Gość") if secret in written]


@pytest.mark.dear
def test_administrators_read_it_narrow_it_and_take_it_away(
    app: Flask, pages: PageClient, before: int
) -> None:
    user = user_of(app, "=ola")
    with services_of(app).database.writing() as session:
        for number in range(audit.PAGE + 1):
            at = NOW - 40 * DAY_S + number
            audit.note(session, Act.ROLE_CHANGED, audit.Author(user, "192.0.2.7"), at, about=f"kto {number}")
        audit.note(session, Act.BACKUP_MADE, audit.BY_COMMAND, NOW)
    sign_in(app, pages.client, "szefowa", "admin")
    mine = f"/account/log?kind=accounts&who={user.id}"
    page = pages.get(mine)
    assert page.text.count("192.0.2.7") == audit.PAGE
    assert "kto 100" in page.text
    assert "kto 0" not in page.text
    older = next(node for node in page.all("a") if node.attributes.get("rel") == "next")
    assert "kto 0" in pages.get(older.attributes["href"]).text
    assert "polecenie na serwerze" in pages.get("/account/log?kind=service").text
    nothing = "Nie zapisano niczego"
    assert nothing in pages.get(f"{mine}&from=2026-11-01").text
    assert nothing in pages.get(f"{mine}&to=2026-09-01").text
    assert nothing not in pages.get(f"{mine}&from=2026-10-01&to=2026-11-01").text
    for odd in (
        "kind=x",
        "who=x",
        f"who={'9' * 30}",
        "from=x",
        "from=0001-01-01",
        "to=9999-12-31",
        "below=-1",
    ):
        assert pages.client.get(f"/account/log?{odd}").status_code == 200, odd
    answer = pages.client.get(f"/account/log.csv?who={user.id}")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert len(rows) == audit.PAGE + 2
    assert rows[1][1:] == ["'=ola", "zmienia rolę", "accounts.role", "kto 100", "", "192.0.2.7"]
    assert lines(app, before)[-1][0] == "people.log_exported"


def test_it_is_forgotten_after_its_days(app: Flask, tmp_path: Path) -> None:
    with services_of(app).database.writing() as session:
        for days in (9, 11):
            at = NOW - days * DAY_S
            audit.note(session, Act.RESTORED, audit.BY_COMMAND, at, about=f"{days} days")
        tidy(session, tmp_path, NOW, services_of(app).town.clock.local(NOW).date(), 10)
        kept, _ = audit.entries(session, Question(Kind.SERVICE))
        session.rollback()
    assert [entry.about for entry in kept if entry.act is Act.RESTORED] == ["9 days"]


def test_every_act_has_its_words() -> None:
    assert set(ACTS) == set(Act)
    assert set(KINDS) == set(Kind)
    assert all(len(act.value) <= 40 for act in Act)
    assert all(act.kind in Kind for act in Act)


@pytest.mark.dear
def test_backups_are_written_down(tmp_path: Path, backed: Flask) -> None:
    told = run(backed, "backup", str(tmp_path / "all.backup"))
    assert told.exit_code == 0, told.output
    assert lines(backed, 0)[-1] == ("service.backup", "flask", "all.backup", None)


@pytest.fixture
def backed(tmp_path: Path) -> Iterator[Flask]:
    folder = tmp_path / "service"
    folder.mkdir()
    made = skawina_application(folder)
    yield made
    services_of(made).database.close()
