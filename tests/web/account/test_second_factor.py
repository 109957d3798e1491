"""The second factor: set up, asked for, throttled, never taken twice, and the ways back in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pyotp
import pytest
import zxingcpp
from sqlalchemy import delete, select

from planner.services.trust import second_factor
from planner.store.models import AttemptRow
from planner.store.trust.tables import AuditRow, RecoveryCodeRow, SecondFactorRow
from tests.kit.commands import run
from tests.kit.web.signing_in import GOOD, csrf_of, give_password, link_for, services_of, sign_in
from tests.web.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.kit.web.pages import PageClient

HIDDEN = re.compile(r'name="(shown|next|resume)" value="([^"]*)"')
RECOVERY = re.compile(r"<li><code>([A-Z2-7 ]{19})</code></li>")


@dataclass
class Clock:
    now: int = NOW

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def clock(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setitem(services_of(app).__dict__, "now", made)
    with services_of(app).database.writing() as session:
        for table in (AttemptRow, SecondFactorRow, RecoveryCodeRow):
            session.execute(delete(table))
    return made


def password_step(client: FlaskClient, name: str = "ola", **more: str) -> TestResponse:
    data = {"name": name, "password": GOOD, "csrf_token": csrf_of(client), **more}
    return client.post("/sign-in", data=data)


def second_step(client: FlaskClient, first: TestResponse, code: str) -> TestResponse:
    sent = {**dict(HIDDEN.findall(first.text)), "code": code, "csrf_token": csrf_of(client)}
    return client.post("/sign-in/second", data=sent)


def is_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def set_up(app: Flask, clock: Clock, name: str = "ola") -> tuple[Callable[[], str], list[str]]:
    """Switch the second factor of somebody on as they do; what their app shows, and their recovery codes."""
    give_password(app, name)
    client = app.test_client()
    assert password_step(client, name).status_code == 303
    begun = client.post("/account/second/begin", data={"password": GOOD, "csrf_token": csrf_of(client)})
    assert begun.status_code == 303
    key = re.search(r"<code>([A-Z2-7 ]+)</code>", client.get("/account/second").text)
    assert key is not None
    shown = pyotp.TOTP(key[1].replace(" ", ""))
    data = {"code": shown.at(clock.now), "csrf_token": csrf_of(client)}
    confirmed = client.post("/account/second/confirm", data=data)
    assert confirmed.status_code == 200
    clock.now += 30
    return lambda: shown.at(clock.now), RECOVERY.findall(confirmed.text)


def test_a_code_is_asked_for_and_taken_once(app: Flask, clock: Clock) -> None:
    code, _ = set_up(app, clock)
    client, other = app.test_client(), app.test_client()
    first = password_step(client, next="/account/second")
    assert first.status_code == 200
    assert not is_in(client), "the password alone lets nobody in"
    answer = second_step(client, first, f" {code()[:3]} {code()[3:]}")
    assert (answer.status_code, answer.location) == (303, "/account/second")
    assert is_in(client)
    assert second_step(other, password_step(other), code()).status_code == 401, "it was taken"
    clock.now += 30
    assert second_step(other, password_step(other), code()).status_code == 303
    clock.now += 300
    late = app.test_client()
    first, old = password_step(late), code()
    clock.now += 90
    assert second_step(late, first, old).status_code == 401
    assert not is_in(late)


@pytest.mark.dear
def test_recovery_codes_are_shown_once_and_used_once(app: Flask, clock: Clock) -> None:
    code, recovery = set_up(app, clock)
    assert len(set(recovery)) == second_factor.CODES
    with services_of(app).database.session() as session:
        kept = list(session.scalars(select(RecoveryCodeRow.hashed)))
    assert len(kept) == len(recovery)
    assert not set(kept) & {one.replace(" ", "") for one in recovery}
    client = app.test_client()
    assert (
        second_step(client, password_step(client), recovery[0].lower().replace(" ", "-")).status_code == 303
    )
    assert second_step(client, password_step(client), recovery[0]).status_code == 401
    page = client.get("/account/second?lang=en").text
    assert "9 recovery codes are left" in page
    assert recovery[1] not in page
    assert client.post("/account/second/codes", data={"csrf_token": csrf_of(client)}).status_code == 422
    data = {"code": code(), "csrf_token": csrf_of(client)}
    new = RECOVERY.findall(client.post("/account/second/codes", data=data).text)
    assert second_step(client, password_step(client), recovery[1]).status_code == 401, "the old ones are gone"
    assert second_step(client, password_step(client), new[1]).status_code == 303


@pytest.mark.dear
def test_guesses_are_throttled_and_written_down(app: Flask, clock: Clock) -> None:
    code, _ = set_up(app, clock)
    client = app.test_client()
    first = password_step(client)
    wrong = f"{(int(code()) + 1) % 1_000_000:06}"
    assert [second_step(client, first, wrong).status_code for _ in range(6)] == [401] * 5 + [429]
    assert second_step(client, first, code()).status_code == 429
    with services_of(app).database.session() as session:
        failed = session.scalars(select(AuditRow.about).where(AuditRow.act == "sign_in.second_failed"))
        assert list(failed)[-5:] == ["ola"] * 5
    clock.now += 16 * 60
    assert second_step(client, first, code()).location == "/sign-in", "the first step is too long ago"
    assert second_step(client, password_step(client), code()).status_code == 303


def test_the_first_step_cannot_be_made_up_or_kept(app: Flask, clock: Clock) -> None:
    code, _ = set_up(app, clock)
    client = app.test_client()
    first = password_step(client)
    for shown in ("", "x", dict(HIDDEN.findall(first.text))["shown"] + "x"):
        data = {"shown": shown, "code": code(), "csrf_token": csrf_of(client)}
        assert client.post("/sign-in/second", data=data).location == "/sign-in"
    give_password(app, "ola", "kapusta mosty wiatr siedem")
    assert second_step(client, first, code()).location == "/sign-in", "the password is another one now"
    assert not is_in(client)


@pytest.mark.dear
def test_a_sign_in_link_asks_for_it_too(app: Flask, clock: Clock) -> None:
    code, _ = set_up(app, clock)
    client, address = app.test_client(), link_for(app, "ola")
    first = client.post(address, data={"csrf_token": csrf_of(client)})
    assert first.status_code == 200
    assert not is_in(client)
    assert second_step(client, first, code()).location == "/account/password"
    assert "old_password" not in client.get("/account/password").text


@pytest.mark.dear
def test_what_waits_behind_the_sign_in_comes_along(app: Flask, clock: Clock) -> None:
    code, _ = set_up(app, clock)
    client = app.test_client()
    waiting = client.post("/sites/several", data={"csrf_token": csrf_of(client), "act": "themes"})
    resume = re.search(r'name="resume" value="([^"]*)"', waiting.text)
    assert resume is not None
    answer = second_step(client, password_step(client, resume=resume[1]), code())
    assert 'action="/sites/several"' in answer.text


@pytest.mark.dear
def test_the_commands_and_administrators_let_one_in_again(app: Flask, clock: Clock) -> None:
    code, _ = set_up(app, clock)
    client = app.test_client()
    second_step(client, password_step(client), code())
    told = run(app, "users", "reset-second-factor", "OLA")
    assert (told.exit_code, told.output) == (0, "ola signs in without a second factor now\n")
    assert not is_in(client), "signed out everywhere"
    assert password_step(client).status_code == 303
    assert run(app, "users", "reset-second-factor", "ola").output == "ola had none\n"
    set_up(app, clock)
    admin = app.test_client()
    number = sign_in(app, admin, "szefowa", "admin", anew=True)
    form = re.search(r'action="(/account/users/\d+/reset-second-factor)"', admin.get("/account/users").text)
    assert form is not None
    assert admin.post(form[1], data={"csrf_token": csrf_of(admin)}).status_code == 303
    assert password_step(app.test_client()).status_code == 303
    own = f"/account/users/{number}/reset-second-factor"
    assert admin.post(own, data={"csrf_token": csrf_of(admin)}).status_code == 422


@pytest.mark.dear
def test_administrators_need_one_where_that_is_set(
    app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = services_of(app)
    monkeypatch.setitem(
        context.__dict__, "settings", replace(context.settings, second_factor_for_admins=True)
    )
    give_password(app, "adam", role="admin")
    client = app.test_client()
    assert password_step(client, "adam").status_code == 303
    for page in ("/", "/account", "/account/users", "/account/log", "/sites"):
        assert client.get(page).location == "/account/second", page
    added = client.post("/account/users", data={"csrf_token": csrf_of(client), "name": "x", "role": "admin"})
    assert added.location == "/account/second"
    code, _ = set_up(app, clock, "adam")
    second_step(client, password_step(client, "adam"), code())
    assert client.get("/account/users").status_code == 200
    clock.now += 30
    off = client.post("/account/second/off", data={"csrf_token": csrf_of(client), "code": code()})
    assert off.status_code == 422
    give_password(app, "zwykły")
    organiser = app.test_client()
    assert password_step(organiser, "zwykły").status_code == 303
    assert organiser.get("/").status_code == 200, "others may be without"


@pytest.mark.dear
def test_it_is_switched_off_with_a_code(app: Flask, clock: Clock) -> None:
    code, _ = set_up(app, clock)
    client = app.test_client()
    second_step(client, password_step(client), code())
    clock.now += 30
    wrong = client.post("/account/second/off", data={"csrf_token": csrf_of(client), "code": "000"})
    assert wrong.status_code == 422
    assert (
        client.post("/account/second/off", data={"csrf_token": csrf_of(client), "code": code()}).status_code
        == 303
    )
    assert password_step(app.test_client()).status_code == 303


def test_its_pages_and_its_code(app: Flask, pages: PageClient, clock: Clock) -> None:
    assert clock.now == NOW
    give_password(app, "ewa ż")
    client = pages.client
    assert password_step(client, "ewa ż").status_code == 303
    pages.get("/account/second")
    assert client.get("/account/second/qr.svg").status_code == 404
    wrong = client.post("/account/second/begin", data={"password": "x", "csrf_token": csrf_of(client)})
    assert wrong.status_code == 422
    client.post("/account/second/begin", data={"password": GOOD, "csrf_token": csrf_of(client)})
    page = pages.get("/account/second")
    key = re.search(r"<code>([A-Z2-7 ]+)</code>", page.html)
    assert key is not None
    svg = client.get("/account/second/qr.svg")
    assert svg.headers["Cache-Control"] == "no-store"
    address = unquote(_read(svg.text))
    assert "ewa ż" in address
    assert f"secret={key[1].replace(' ', '')}" in address


def _read(svg: str) -> str:
    """What a phone reads in a QR code as it is drawn: its dark squares, painted."""
    import numpy as np  # noqa: PLC0415

    size = int(re.findall(r'viewBox="0 0 (\d+)', svg)[0])
    picture = np.full((size, size), 255, dtype=np.uint8)
    path = re.findall(r'd="([^"]+)" class="qrline"', svg) or re.findall(r' d="(M[^"]+)"', svg)[-1:]
    x = y = 0.0
    for kind, numbers in re.findall(r"([Mmh])([^Mmh]*)", path[-1]):
        given = [float(one) for one in re.findall(r"-?[\d.]+", numbers)]
        if kind == "M":
            x, y = given
        elif kind == "m":
            x, y = x + given[0], y + given[1]
        else:
            picture[int(y), int(x) : int(x + given[0])] = 0
            x += given[0]
    (read,) = zxingcpp.read_barcodes(np.kron(picture, np.ones((8, 8), dtype=np.uint8)))
    return str(read.text)
