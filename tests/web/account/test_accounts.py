"""Signing in through the real application, real rows and the real hasher."""

from __future__ import annotations

import html
import io
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from flask import Blueprint, request
from sqlalchemy import func, select
from werkzeug.security import check_password_hash

from planner.commands.register import register
from planner.commands.upkeep import print_addresses
from planner.services.accounts import users as accounts
from planner.services.accounts.sessions import HOUR_S, MINUTE_S
from planner.services.accounts.users import DAY_S
from planner.services.upkeep.settings import Settings
from planner.store.models import AttemptRow, Base, SessionRow, SignInLinkRow, UserRow
from planner.web import create_app
from planner.web.account.auth import admin_required, needed_user, organiser_required
from planner.web.frame.headers import mask
from tests.kit.built_cache import SERVICE, copy_of, kept
from tests.kit.databases import database_in, sqlite_in
from tests.kit.web.signing_in import GOOD, csrf_of, give_password, link_for, services_of, user_of
from tests.kit.web.signing_in import sign_in_by_link as sign_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

OTHER = "kapusta mosty wiatr siedem"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


@dataclass
class Clock:
    """A clock that tests move."""

    now: int = 1_780_000_000

    def __call__(self) -> int:
        return self.now


@dataclass
class Echo:
    """What the guarded test pages were sent."""

    posts: list[dict[str, list[str]]]
    files: list[bytes]


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def echo() -> Echo:
    return Echo([], [])


def _settings(folder: Path, database: str) -> Settings:
    return Settings(folder, database, "a key for tests only")


def _empty_database(folder: Path) -> None:
    database = services_of(create_app(_settings(folder, sqlite_in(folder)))).database
    database.upgrade()
    database.close()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, clock: Clock, echo: Echo) -> Iterator[Flask]:
    """The application, made once: the tests take about as long as making it for each would."""
    folder = tmp_path_factory.mktemp("accounts")
    copy_of(kept(_empty_database, code=SERVICE), folder)
    made = create_app(_settings(folder, database_in(folder)), now=clock)
    made.register_blueprint(_guarded(echo))
    register(made)
    yield made
    services_of(made).database.close()


@pytest.fixture
def app(service: Flask, clock: Clock, echo: Echo) -> Flask:
    """The application as if it were new: nobody is known, nothing was asked, the clock stands."""
    with services_of(service).database.writing() as session:
        for table in reversed(Base.metadata.sorted_tables):
            session.execute(table.delete())
    clock.now = Clock.now
    echo.posts.clear()
    echo.files.clear()
    return service


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def _guarded(echo: Echo) -> Blueprint:
    """A guarded page with a form, and one for admins."""
    pages = Blueprint("pages", __name__, url_prefix="/pages")

    @pages.before_request
    @organiser_required
    def _guard() -> None:
        pass

    @pages.get("/form")
    def show() -> str:
        return f"form of {needed_user().name}"

    @pages.post("/form")
    def take() -> str:
        fields = {key: values for key, values in request.form.lists() if key != "csrf_token"}
        echo.posts.append(fields)
        echo.files.extend(file.read() for file in request.files.values())
        return "taken"

    @pages.get("/admin")
    @admin_required
    def admin() -> str:
        return "for admins"

    return pages


def try_password(client: FlaskClient, name: str, password: str, **more: str) -> TestResponse:
    data = {"name": name, "password": password, "csrf_token": csrf_of(client, "/sign-in"), **more}
    return client.post("/sign-in", data=data)


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def count(app: Flask, row: type[AttemptRow | SessionRow | SignInLinkRow | UserRow]) -> int:
    with services_of(app).database.session() as session:
        return session.scalar(select(func.count()).select_from(row)) or 0


def hidden_fields(page: str) -> list[tuple[str, str]]:
    return [(html.unescape(name), html.unescape(value)) for name, value in HIDDEN.findall(page)]


def action_of(page: str) -> str:
    found = re.search(r'<form class="form" method="post" action="([^"]*)"', page)
    assert found is not None
    return html.unescape(found[1])


# One-time links


@pytest.mark.dear
def test_looking_at_a_link_uses_nothing_up(app: Flask, client: FlaskClient) -> None:
    address = link_for(app, "anna")
    for _ in range(3):
        assert client.get(address).status_code == 200
        assert client.head(address).status_code == 200
    answer = client.post(address, data={"csrf_token": csrf_of(client, address)})
    assert (answer.status_code, answer.location) == (303, "/account/password")
    assert is_signed_in(client)


@pytest.mark.dear
def test_a_used_link_is_gone_and_says_how_to_get_another(app: Flask, client: FlaskClient) -> None:
    address = link_for(app, "anna")
    token = csrf_of(client, address)
    client.post(address, data={"csrf_token": token})
    other = app.test_client()
    assert other.get(address).status_code == 410
    answer = other.post(address, data={"csrf_token": csrf_of(other, "/sign-in")})
    assert answer.status_code == 410
    assert "flask --app wsgi users link anna" in answer.text
    assert not is_signed_in(other)


def test_the_command_to_copy_is_quoted(app: Flask, client: FlaskClient) -> None:
    address = link_for(app, "jan; rm -rf $HOME")
    link_for(app, "jan; rm -rf $HOME")
    assert "users link 'jan; rm -rf $HOME'<" in html.unescape(client.get(address).text)


def test_an_expired_and_an_unknown_link(app: Flask, client: FlaskClient, clock: Clock) -> None:
    address = link_for(app, "anna")
    token = csrf_of(client, address)
    clock.now += 7 * DAY_S
    assert client.get(address).status_code == 410
    assert client.post(address, data={"csrf_token": token}).status_code == 410
    assert client.get("/sign-in/link/nothing-of-ours").status_code == 404
    assert client.post("/sign-in/link/nothing", data={"csrf_token": token}).status_code == 404


def test_a_newer_link_ends_the_older(app: Flask, client: FlaskClient) -> None:
    older, newer = link_for(app, "anna"), link_for(app, "anna")
    assert client.get(older).status_code == 410
    assert client.get(newer).status_code == 200


@pytest.mark.dear
def test_of_two_posts_at_once_one_wins(app: Flask) -> None:
    for attempt in range(5):
        address = link_for(app, f"anna {attempt}")
        clients = [app.test_client(), app.test_client()]
        tokens = [csrf_of(client, address) for client in clients]
        barrier = Barrier(2)

        def post(index: int, address: str = address, barrier: Barrier = barrier) -> int:
            barrier.wait()
            return clients[index].post(address, data={"csrf_token": tokens[index]}).status_code  # noqa: B023

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(post, range(2))) == [303, 410]
        assert sorted(is_signed_in(client) for client in clients) == [False, True]


def test_the_link_page_hides_its_address(app: Flask, client: FlaskClient) -> None:
    address = link_for(app, "anna")
    answer = client.get(address)
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert address.rsplit("/", 1)[1] not in mask(f'"POST {address} HTTP/1.1" 303')


def test_a_link_without_csrf_token_is_not_used_up(app: Flask, client: FlaskClient) -> None:
    address = link_for(app, "anna")
    assert client.post(address).location == address
    assert not is_signed_in(client)
    assert client.get(address).status_code == 200


# The first organiser


def test_the_first_link_is_printed_until_there_is_a_password(
    app: Flask, client: FlaskClient, clock: Clock
) -> None:
    def printed() -> list[str]:
        lines: list[str] = []
        print_addresses(app, lines.append)
        return [line.split("http://127.0.0.1:8000")[1] for line in lines if "/sign-in/link/" in line]

    first = printed()
    assert len(first) == 1
    assert printed() == first, "a restart prints the same link while it works"
    client.post(first[0], data={"csrf_token": csrf_of(client, first[0])})
    second = printed()
    assert second != first, "a used link is followed by a new one"
    clock.now += 8 * DAY_S
    third = printed()
    assert third not in (first, second), "an expired link is followed by a new one"
    client.get(third[0])
    client.post(third[0], data={"csrf_token": csrf_of(client, third[0])})
    token = csrf_of(client, "/account/password")
    client.post("/account/password", data={"csrf_token": token, "new_password": GOOD, "same_password": GOOD})
    assert printed() == []
    assert count(app, UserRow) == 1
    assert try_password(app.test_client(), "Organizator", GOOD).status_code == 303


def test_commands(app: Flask, client: FlaskClient) -> None:
    runner = app.test_cli_runner()
    added = runner.invoke(args=["users", "add", "Jan Łąka", "--role", "admin"])
    assert added.exit_code == 0
    address = added.output.split("8000")[1].strip()
    assert "Jan Łąka" in client.get(address).text
    again = runner.invoke(args=["users", "link", "JAN ŁĄKA"])
    assert client.get(address).status_code == 410
    assert client.get(again.output.split("8000")[1].strip()).status_code == 200
    assert "admin" in runner.invoke(args=["users", "list"]).output
    for args in (["users", "add", "jan łąka"], ["users", "add", " "], ["users", "link", "nobody"]):
        refused = runner.invoke(args=args)
        assert refused.exit_code == 1
        assert refused.output.startswith("Error: ")


# Name and password


def test_signing_in_by_password(app: Flask, client: FlaskClient) -> None:
    give_password(app)
    answer = try_password(client, "ANNA", GOOD, next="/pages/form?day=2")
    assert (answer.status_code, answer.location) == (303, "/pages/form?day=2")
    assert client.get("/pages/form").text == "form of anna"
    assert count(app, AttemptRow) == 0


def test_a_refusal_does_not_tell_what_was_wrong(app: Flask, client: FlaskClient) -> None:
    give_password(app)
    user_of(app, "jan")
    answers = [
        try_password(client, "anna", "wrong wrong wrong"),
        try_password(client, "nobody", GOOD),
        try_password(client, "jan", GOOD),
    ]
    assert {answer.status_code for answer in answers} == {401}
    told = {re.search(r'role="alert">([^<]+)</p>', answer.text)[1] for answer in answers}  # type: ignore[index]
    assert len(told) == 1


def test_an_unknown_name_takes_the_hasher_too(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []

    def watched(hashed: str, password: str) -> bool:
        checked.append(hashed)
        return check_password_hash(hashed, password)

    monkeypatch.setattr("planner.services.accounts.credentials.check_password_hash", watched)
    give_password(app)
    try_password(client, "nobody", GOOD)
    try_password(client, "anna", "wrong")
    assert len(checked) == 2
    methods = [hashed.split("$")[0] for hashed in checked]
    assert methods[0] == methods[1], "as costly as for a known name"


def test_throttled_by_name(app: Flask, client: FlaskClient, clock: Clock) -> None:
    give_password(app)
    for _ in range(5):
        assert try_password(client, "anna", "wrong").status_code == 401
        clock.now += MINUTE_S
    answer = try_password(client, "Anna", GOOD, next="/pages/form")
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == str(10 * MINUTE_S)
    assert "10" in answer.text
    assert 'value="Anna"' in answer.text
    assert not is_signed_in(client)
    clock.now += 10 * MINUTE_S
    assert try_password(client, "anna", GOOD).status_code == 303
    assert count(app, AttemptRow) == 2 * 4, "address and name keep their failures of the last 15 minutes"
    clock.now += 16 * MINUTE_S
    try_password(app.test_client(), "jan", "wrong")
    assert count(app, AttemptRow) == 3, "old rows are removed"


@pytest.mark.dear
def test_throttled_by_address(app: Flask, client: FlaskClient) -> None:
    give_password(app)
    for number in range(20):
        assert try_password(client, f"nobody {number}", "wrong").status_code == 401
    assert try_password(client, "anna", GOOD).status_code == 429
    elsewhere = app.test_client()
    elsewhere.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert try_password(elsewhere, "anna", GOOD).status_code == 303


def test_wrong_guesses_from_elsewhere_shut_nobody_out(app: Flask, client: FlaskClient) -> None:
    give_password(app)
    assert try_password(client, "anna", GOOD).status_code == 303
    client.post("/sign-out", data={"csrf_token": csrf_of(client, "/account")})
    for number in range(50):
        guesser = app.test_client()
        guesser.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
        assert try_password(guesser, "anna", "wrong").status_code == 401
    stranger = app.test_client()
    stranger.environ_base["REMOTE_ADDR"] = "192.0.2.99"
    assert try_password(stranger, "anna", GOOD).status_code == 429, "guesses from everywhere are slowed down"
    assert try_password(client, "Anna", GOOD).status_code == 303, "this browser is known"
    assert client.get_cookie("planner_known", path="/sign-in") is not None


@pytest.mark.dear
def test_a_known_browser_guesses_no_faster(app: Flask, client: FlaskClient) -> None:
    give_password(app)
    try_password(client, "anna", GOOD)
    client.post("/sign-out", data={"csrf_token": csrf_of(client, "/account")})
    answers = [try_password(client, "anna", "wrong").status_code for _ in range(11)]
    assert answers == [401] * 10 + [429]
    client.set_cookie("planner_known", "made up", path="/sign-in")
    assert try_password(client, "anna", "wrong").status_code == 401, "who made one up is a stranger"


@pytest.mark.dear
def test_many_guesses_at_once_gain_nothing(app: Flask) -> None:
    give_password(app)
    clients = [app.test_client() for _ in range(12)]
    tokens = [csrf_of(client, "/sign-in") for client in clients]

    def guess(index: int) -> int:
        data = {"name": "anna", "password": f"guess {index}", "csrf_token": tokens[index]}
        return clients[index].post("/sign-in", data=data).status_code

    with ThreadPoolExecutor(12) as pool:
        answers = sorted(pool.map(guess, range(12)))
    assert answers == [401] * 5 + [429] * 7


@pytest.mark.dear
@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "javascript:alert(1)",
        "evil.example",
        "http:evil.example",
        "/x" * 2000,
    ],
)
def test_next_leads_nowhere_else(app: Flask, client: FlaskClient, target: str) -> None:
    give_password(app)
    assert try_password(client, "anna", GOOD, next=target).location == "/"
    assert client.get(f"/sign-in?next={quote(target)}").location == "/"


# Sessions


def test_a_new_link_signs_out_everywhere(app: Flask, client: FlaskClient) -> None:
    give_password(app)
    try_password(client, "anna", GOOD)
    assert is_signed_in(client)
    link_for(app, "anna")
    assert not is_signed_in(client)


def test_who_makes_a_link_for_themselves_stays_signed_in(app: Flask, client: FlaskClient) -> None:
    user_id = give_password(app, role="admin")
    other = app.test_client()
    for browser in (client, other):
        try_password(browser, "anna", GOOD)
    sent = {"csrf_token": csrf_of(client, "/account/users")}
    assert client.post(f"/account/users/{user_id}/link", data=sent).status_code == 200
    assert is_signed_in(client)
    assert not is_signed_in(other)


def test_without_a_password_a_link_signs_in_for_a_day(app: Flask, client: FlaskClient, clock: Clock) -> None:
    sign_in(app, client, "anna")
    clock.now += 23 * HOUR_S
    assert is_signed_in(client)
    clock.now += HOUR_S
    assert not is_signed_in(client)


def test_the_session_changes_when_somebody_signs_in(app: Flask, client: FlaskClient) -> None:
    give_password(app)
    client.get("/sign-in")
    before = client.get_cookie("planner")
    old_token = csrf_of(client, "/sign-in")
    try_password(client, "anna", GOOD)
    first = client.get_cookie("planner")
    assert first is not None
    assert first.value != (before.value if before else "")
    answer = client.post("/pages/form", data={"csrf_token": old_token})
    assert answer.status_code == 400, "the token of the session before is no good"

    sign_in(app, client, "anna")
    thief = app.test_client()
    thief.set_cookie("planner", first.value)
    assert not is_signed_in(thief), "signing in anew ends the session before"


def test_cookie_flags(app: Flask, client: FlaskClient) -> None:
    address = link_for(app, "anna")
    answer = client.post(address, data={"csrf_token": csrf_of(client, address)})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    secure = app.test_client().get("/sign-in", base_url="https://localhost")
    assert "Secure" in secure.headers["Set-Cookie"]


@pytest.mark.dear
def test_sessions_end_by_themselves(app: Flask, client: FlaskClient, clock: Clock) -> None:
    give_password(app)
    try_password(client, "anna", GOOD)
    for _ in range(9):
        clock.now += 71 * HOUR_S
        assert is_signed_in(client)
    clock.now += 72 * HOUR_S
    assert not is_signed_in(client), "idle too long"
    try_password(client, "anna", GOOD)
    for _ in range(15):
        clock.now += 2 * DAY_S - 1
        assert is_signed_in(client)
    clock.now += 15
    assert not is_signed_in(client), "30 days at most"


def test_a_session_ended_in_another_browser(app: Flask, client: FlaskClient) -> None:
    desk, phone = client, app.test_client()
    phone.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Android 14; Mobile) Firefox/140.0"
    give_password(app)
    try_password(desk, "anna", GOOD)
    try_password(phone, "anna", GOOD)
    page = desk.get("/account").text
    assert "Firefox, Android" in page
    ends = re.findall(r"/account/sessions/(\d+)/end", page)
    assert len(ends) == 1
    desk.post(f"/account/sessions/{ends[0]}/end", data={"csrf_token": csrf_of(desk)})
    assert not is_signed_in(phone)
    assert is_signed_in(desk)

    try_password(phone, "anna", GOOD)
    desk.post("/account/sessions/end-others", data={"csrf_token": csrf_of(desk)})
    assert not is_signed_in(phone)
    assert is_signed_in(desk)


def test_nobody_ends_the_session_of_somebody_else(app: Flask, client: FlaskClient) -> None:
    sign_in(app, client, "anna")
    other = app.test_client()
    sign_in(app, other, "jan")
    with services_of(app).database.session() as session:
        ids = list(session.scalars(select(SessionRow.id).order_by(SessionRow.id)))
    answer = other.post(f"/account/sessions/{ids[0]}/end", data={"csrf_token": csrf_of(other)})
    assert answer.status_code == 404
    assert is_signed_in(client)


def test_signing_out(app: Flask, client: FlaskClient) -> None:
    sign_in(app, client)
    cookie = client.get_cookie("planner")
    assert client.get("/sign-out").status_code == 405
    client.post("/sign-out", data={"csrf_token": csrf_of(client)})
    assert not is_signed_in(client)
    client.set_cookie("planner", cookie.value if cookie else "")
    assert not is_signed_in(client), "the cookie of before is worth nothing"


# The password


def set_password(client: FlaskClient, new: str, *, same: str = "", old: str = "") -> int:
    data = {"old_password": old, "new_password": new, "same_password": same or new}
    data["csrf_token"] = csrf_of(client, "/account/password")
    return client.post("/account/password", data=data).status_code


def test_the_first_password_after_a_link(app: Flask, client: FlaskClient) -> None:
    sign_in(app, client)
    page = client.get("/account/password").text
    assert "old_password" not in page
    assert set_password(client, "short") == 422
    assert set_password(client, GOOD, same=OTHER) == 422
    data = {"new_password": GOOD, "same_password": GOOD, "csrf_token": csrf_of(client, "/account/password")}
    answer = client.post("/account/password", data=data)
    assert (answer.status_code, answer.location) == (303, "/"), "with it the work begins"
    assert "old_password" in client.get("/account/password").text, "from now on it is asked for"
    assert try_password(app.test_client(), "anna", GOOD).status_code == 303


def test_an_hour_after_the_link_the_old_password_is_asked_for(
    app: Flask, client: FlaskClient, clock: Clock
) -> None:
    give_password(app)
    sign_in(app, client)
    assert "old_password" not in client.get("/account/password").text
    clock.now += HOUR_S
    assert "old_password" in client.get("/account/password").text
    assert set_password(client, OTHER) == 422
    assert set_password(client, OTHER, old=GOOD) == 303


def test_the_reason_of_a_refused_password_is_told(app: Flask, client: FlaskClient) -> None:
    sign_in(app, client)
    for password, told in (("short", "15"), ("passwordpassword", "repeats"), ("anna anna anna 1", "name")):
        data = {"new_password": password, "same_password": password}
        data["csrf_token"] = csrf_of(client, "/account/password")
        page = client.post("/account/password?lang=en", data=data).text
        found = re.search(r'id="new_password-errors".*?<li>(.*?)</li>', page, re.DOTALL)
        assert found is not None
        assert told in found[1]


@pytest.mark.dear
def test_changing_it_asks_the_old_one_and_ends_other_sessions(app: Flask, client: FlaskClient) -> None:
    give_password(app)
    waiting = link_for(app, "anna")
    try_password(client, "anna", GOOD)
    other = app.test_client()
    try_password(other, "anna", GOOD)
    assert set_password(client, OTHER, old="wrong") == 422
    assert set_password(client, OTHER) == 422
    assert set_password(client, GOOD, old=GOOD) == 422, "it is the old one"
    before = client.get_cookie("planner")
    assert set_password(client, OTHER, old=GOOD) == 303
    assert is_signed_in(client)
    assert not is_signed_in(other)
    assert app.test_client().get(waiting).status_code == 410
    thief = app.test_client()
    thief.set_cookie("planner", before.value if before else "")
    assert not is_signed_in(thief)
    assert try_password(thief, "anna", GOOD).status_code == 401
    assert try_password(thief, "anna", OTHER).status_code == 303


@pytest.mark.dear
def test_guessing_the_old_password_is_throttled(app: Flask, client: FlaskClient) -> None:
    give_password(app)
    try_password(client, "anna", GOOD)
    for _ in range(10):
        assert set_password(client, OTHER, old="no") == 422
    assert set_password(client, OTHER, old=GOOD) == 429


def test_the_password_is_stored_hashed(app: Flask) -> None:
    give_password(app)
    with services_of(app).database.session() as session:
        kept = session.scalars(select(UserRow.password_hash)).one()
    assert kept is not None
    assert kept.startswith("scrypt:")


# Guards, and forms that outlive their session

FIELDS = {
    "title": ["Zażółć gęślą jaźń „ąćęłńóśźż”"],
    "stop": ["rynek", "ratusz", "", "muzeum"],
    "note": ['Wiersz <b>1</b>\r\nwiersz "2" & koniec'],
    "csrf": ["not the token"],
}


def test_a_page_asks_to_sign_in_and_comes_back(app: Flask, client: FlaskClient) -> None:
    answer = client.get("/pages/form?day=2&q=łąka")
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in?next=")
    give_password(app)
    page = client.get(answer.location).text
    fields = dict(hidden_fields(page))
    target = re.search(r'name="next" type="hidden" value="([^"]*)"', page)
    assert target is not None
    fields["next"] = html.unescape(target[1])
    done = client.post("/sign-in", data={**fields, "name": "anna", "password": GOOD})
    assert done.location == "/pages/form?day=2&q=%C5%82%C4%85ka"


@pytest.mark.parametrize("password", ["right at once", "wrong first"])
def test_a_form_open_while_the_session_ended(
    app: Flask, client: FlaskClient, clock: Clock, echo: Echo, password: str
) -> None:
    give_password(app)
    try_password(client, "anna", GOOD)
    token = csrf_of(client)
    clock.now += 4 * DAY_S
    data = {**FIELDS, "csrf_token": token, "password": "not to be carried"}
    stopped = client.post("/pages/form?part=3", data=data)
    assert stopped.status_code == 401
    assert echo.posts == []
    assert "not to be carried" not in stopped.text
    fields = dict(hidden_fields(stopped.text))
    if password == "wrong first":  # noqa: S105 - the case's name
        again = client.post("/sign-in", data={**fields, "name": "anna", "password": "wrong"})
        assert again.status_code == 401
        fields = dict(hidden_fields(again.text))
    page = client.post("/sign-in", data={**fields, "name": "anna", "password": GOOD})
    assert page.status_code == 200
    assert echo.posts == [], "nothing is sent without the button"
    assert action_of(page.text) == "/pages/form?part=3"
    posted: dict[str, list[str]] = {}
    for name, value in hidden_fields(page.text):
        posted.setdefault(name, []).append(value)
    assert client.post(action_of(page.text), data=posted).text == "taken"
    assert echo.posts == [FIELDS]


def test_a_form_whose_password_would_be_carried_is_asked_anew(
    app: Flask, client: FlaskClient, clock: Clock
) -> None:
    give_password(app)
    try_password(client, "anna", GOOD)
    token = csrf_of(client)
    clock.now += 4 * DAY_S
    data = {"old_password": GOOD, "new_password": OTHER, "same_password": OTHER, "csrf_token": token}
    answer = client.post("/account/password", data=data)
    assert answer.location == "/sign-in?next=/account/password"


def test_a_file_is_asked_for_again(app: Flask, client: FlaskClient, echo: Echo) -> None:
    give_password(app)
    data = {"format": "csv", "upload": (io.BytesIO(b"secret bytes"), "sites.csv")}
    stopped = client.post("/pages/form", data=data, content_type="multipart/form-data")
    fields = dict(hidden_fields(stopped.text))
    fields["csrf_token"] = csrf_of(client, "/sign-in")
    page = client.post("/sign-in", data={**fields, "name": "anna", "password": GOOD}).text
    assert 'type="file"' in page
    assert 'name="upload"' in page
    assert 'enctype="multipart/form-data"' in page
    again = {**dict(hidden_fields(page)), "upload": (io.BytesIO(b"again"), "sites.csv")}
    assert client.post(action_of(page), data=again, content_type="multipart/form-data").text == "taken"
    assert echo.posts == [{"format": ["csv"]}]
    assert echo.files == [b"again"]


def test_a_form_too_large_to_carry_says_so(client: FlaskClient, echo: Echo) -> None:
    answer = client.post("/pages/form", data={"note": "x" * 300_000})
    assert answer.status_code == 401
    assert 'name="resume"' not in answer.text
    assert len(answer.text) < 20_000
    assert echo.posts == []


def test_a_carried_form_that_is_not_ours_is_dropped(app: Flask, client: FlaskClient) -> None:
    give_password(app)
    answer = try_password(client, "anna", GOOD, resume="WyJodHRwczovL2V2aWwiLFtdLFtdXQ.forged")
    assert answer.location == "/"


# CSRF


def test_without_token_nothing_changes(app: Flask, client: FlaskClient, echo: Echo) -> None:
    sign_in(app, client)
    for data in ({**FIELDS}, {**FIELDS, "csrf_token": "forged"}):
        answer = client.post("/pages/form?part=3", data=data)
        assert answer.status_code == 400
        assert echo.posts == []
    posted: dict[str, list[str]] = {}
    for name, value in hidden_fields(answer.text):
        posted.setdefault(name, []).append(value)
    assert client.post(action_of(answer.text), data=posted).text == "taken"
    assert echo.posts == [FIELDS], "the button of the page sends it with a good token"


def test_every_change_of_an_account_needs_a_token(app: Flask, client: FlaskClient) -> None:
    sign_in(app, client, "root", "admin")
    jan = user_of(app, "jan")
    users, links = count(app, UserRow), count(app, SignInLinkRow)
    for path, data in (
        ("/sign-out", {}),
        ("/account/sessions/end-others", {}),
        ("/account/password", {"new_password": GOOD, "same_password": GOOD}),
        ("/account/users", {"name": "eve", "role": "admin"}),
        (f"/account/users/{jan.id}/link", {}),
        (f"/account/users/{jan.id}/archive", {}),
    ):
        assert client.post(path, data=data).status_code in (303, 400)
    assert (count(app, UserRow), count(app, SignInLinkRow)) == (users, links)
    assert is_signed_in(client)
    with services_of(app).database.session() as session:
        assert accounts.find_user(session, "jan") == jan


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost:8001"},
        {"Origin": "http://localhost.evil.example"},
    ],
)
def test_another_site_cannot_even_offer_a_change(
    app: Flask, client: FlaskClient, echo: Echo, headers: dict[str, str]
) -> None:
    sign_in(app, client)
    token = csrf_of(client)
    for sender in (client, app.test_client()):
        answer = sender.post("/pages/form", data={**FIELDS, "csrf_token": token}, headers=headers)
        assert answer.status_code == 403
        assert "Set-Cookie" not in answer.headers, "a session that is there is not replaced"
        assert "ratusz" not in answer.text
    assert echo.posts == []


def test_a_hidden_origin_needs_a_good_token(app: Flask, client: FlaskClient, echo: Echo) -> None:
    sign_in(app, client)
    hidden = {"Origin": "null"}
    refused = client.post("/pages/form", data=FIELDS, headers=hidden)
    assert refused.status_code == 400
    assert "ratusz" not in refused.text
    token = csrf_of(client)
    assert client.post("/pages/form", data={**FIELDS, "csrf_token": token}, headers=hidden).text == "taken"
    own = {"Sec-Fetch-Site": "same-origin"}
    assert client.post("/pages/form", data={**FIELDS, "csrf_token": token}, headers=own).text == "taken"
    assert len(echo.posts) == 2


def test_pages_with_forms_name_their_origin_to_us(app: Flask, client: FlaskClient) -> None:
    sign_in(app, client)
    assert client.get("/account").headers["Referrer-Policy"] == "same-origin"
    assert client.get("/healthz").headers["Referrer-Policy"] == "no-referrer"


def test_the_api_has_no_session(app: Flask, client: FlaskClient) -> None:
    sign_in(app, client)
    answer = client.post("/api/v1/route", json={}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.get_json()["error"]["code"] == "no_network", "no cookie, no authority, no CSRF check"
    assert "Set-Cookie" not in answer.headers


# Accounts


def test_an_admin_adds_somebody_who_signs_in(app: Flask, client: FlaskClient) -> None:
    sign_in(app, client, "root", "admin")
    data = {"csrf_token": csrf_of(client), "name": "  Jan   Łąka ", "role": "organiser"}
    page = client.post("/account/users", data=data)
    link = re.search(r'value="http://localhost(/sign-in/link/[^"]+)"', page.text)
    assert link is not None
    assert link[1] not in client.get("/account/users").text, "shown once"
    other = app.test_client()
    other.post(link[1], data={"csrf_token": csrf_of(other, link[1])})
    assert "Jan Łąka" in other.get("/account").text
    assert other.get("/account/users").status_code == 403
    assert other.get("/pages/admin").status_code == 403
    assert client.get("/pages/admin").text == "for admins"
    taken = client.post("/account/users", data={**data, "name": "JAN łąka"})
    assert taken.status_code == 422
    assert client.post("/account/users", data={**data, "name": "x" * 61}).status_code == 422
    assert client.post("/account/users", data={**data, "name": "a\u200bb"}).status_code == 422
    assert client.post("/account/users", data={**data, "name": "eve", "role": "root"}).status_code == 422
    assert count(app, UserRow) == 2


def test_a_role_is_changed_and_the_last_administrator_keeps_theirs(app: Flask, client: FlaskClient) -> None:
    root = sign_in(app, client, "root", "admin")
    other = app.test_client()
    jan = sign_in(app, other, "jan")
    token = csrf_of(client)

    def change(user: int, role: str, by: FlaskClient = client, csrf: str = token) -> TestResponse:
        return by.post(f"/account/users/{user}/role?lang=en", data={"csrf_token": csrf, "role": role})

    alone = change(root, "viewer")
    assert alone.status_code == 422
    assert "no other administrator: make somebody else one first" in alone.text
    assert change(jan, "root").status_code == 422
    assert change(999, "admin").status_code == 404
    assert change(jan, "admin", other, csrf_of(other)).status_code == 403
    assert "jan: Administrator." in client.get(change(jan, "admin").location).text
    assert other.get("/pages/admin").status_code == 200, "it holds from the next request on"
    change(root, "viewer")
    assert client.get("/pages/admin").status_code == 403
    assert "Your account is for reading" in client.get("/pages/form").text
    assert is_signed_in(client)
    runner = app.test_cli_runner()
    refused = runner.invoke(args=["users", "role", "jan", "organiser"])
    assert refused.exit_code == 1
    assert refused.output.startswith("Error: there is no other administrator")
    assert runner.invoke(args=["users", "role", "root", "admin"]).output == "root is admin now\n"
    assert runner.invoke(args=["users", "role", "jan", "viewer"]).exit_code == 0


def test_archiving_signs_out_and_lets_in_no_more(app: Flask, client: FlaskClient) -> None:
    root = sign_in(app, client, "root", "admin")
    other = app.test_client()
    jan = give_password(app, "jan")
    try_password(other, "jan", GOOD)
    waiting = link_for(app, "jan")
    token = csrf_of(client)
    client.post(f"/account/users/{jan}/archive", data={"csrf_token": token})
    assert not is_signed_in(other)
    assert try_password(other, "jan", GOOD).status_code == 401
    assert other.post(waiting, data={"csrf_token": csrf_of(other, "/sign-in")}).status_code == 410
    assert client.post(f"/account/users/{jan}/link", data={"csrf_token": token}).status_code == 404
    client.post(f"/account/users/{jan}/restore", data={"csrf_token": token})
    assert not is_signed_in(other), "an old session does not come back"
    assert try_password(other, "jan", GOOD).status_code == 303
    assert client.post(f"/account/users/{root}/archive", data={"csrf_token": token}).status_code == 422
    assert is_signed_in(client)
    assert client.post("/account/users/999/archive", data={"csrf_token": token}).status_code == 404


def test_a_name_is_shown_as_text(app: Flask, client: FlaskClient) -> None:
    name = "<img src=x onerror=alert(1)> \"&'"
    address = link_for(app, name, "admin")
    pages = [client.get(address).text]
    sign_in(app, client, name, "admin")
    pages += [client.get(path).text for path in ("/account", "/account/users", "/account/password")]
    gone = app.test_client().get(address)
    assert gone.status_code == 410
    for page in (*pages, gone.text):
        assert "<img src=x" not in page
        assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_polish_and_english(app: Flask, client: FlaskClient) -> None:
    sign_in(app, client)
    assert "Signed-in browsers" in client.get("/account?lang=en").text
    assert "Zalogowane przeglądarki" in client.get("/account?lang=pl").text
