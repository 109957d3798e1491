"""Signing in, for every test that needs somebody signed in."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from flask import session
from flask_wtf.csrf import generate_csrf

from planner.errors import NotThereError
from planner.services.accounts import credentials, sessions, sign_in_links
from planner.services.accounts import users as accounts
from planner.services.accounts.users import Role, User
from planner.web.account.auth import start_session
from planner.web.frame.context import Services

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

GOOD = "lampa rower deszcz zupa"
"""A password that is taken."""

_OPENED = "sessions of tests"
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def sign_in(
    app: Flask, client: FlaskClient, name: str = "anna", role: str = "organiser", *, anew: bool = False
) -> int:
    """Sign in without a page, making the account if there is none; the user's id.

    What one browser was given serves the next as well while it is good, as a copied cookie would: a session
    of its own costs as much as a page. `anew` asks for one.
    """
    opened = None if anew else _still_open(app, name)
    if opened is None:
        user = user_of(app, name, role)
        with app.test_request_context("/"):
            start_session(user, by_link=True)
            opened = user.id, dict(session)
        app.extensions.setdefault(_OPENED, {})[name] = opened
    user_id, cookie = opened
    with client.session_transaction() as kept:
        kept.clear()
        kept.update(cookie)
    return user_id


def _still_open(app: Flask, name: str) -> tuple[int, dict[str, object]] | None:
    """Who was signed in by this name before, and what the cookie held; None if that has ended."""
    opened: tuple[int, dict[str, object]] | None = app.extensions.get(_OPENED, {}).get(name)
    if opened is None:
        return None
    context = services_of(app)
    with context.database.session() as reading:
        here = sessions.signed_in(reading, str(opened[1]["_user_id"]), context.now())
    return opened if here else None


def sign_in_by_link(app: Flask, client: FlaskClient, name: str = "anna", role: str = "organiser") -> int:
    """Sign in as people do, by a one-time link and its button; the user's id."""
    address = link_for(app, name, role)
    answer = client.post(address, data={"csrf_token": csrf_of(client, address)})
    assert answer.status_code == 303, answer.text
    return user_of(app, name, role).id


def user_of(app: Flask, name: str, role: str = "organiser") -> User:
    """The user of a name, made if there is none."""
    context = services_of(app)
    with context.database.writing() as session:
        try:
            return accounts.find_user(session, name)
        except NotThereError:
            return accounts.add_user(session, name, Role(role), context.now())


def give_password(app: Flask, name: str = "anna", password: str = GOOD, role: str = "organiser") -> int:
    """Set somebody's password, making the account if there is none; the user's id."""
    context = services_of(app)
    user = user_of(app, name, role)
    hashed = credentials.hashed_password(user, password)
    with context.database.writing() as session:
        credentials.set_password(session, user, hashed, context.now())
    return user.id


def link_for(app: Flask, name: str, role: str = "organiser") -> str:
    """The address of a new one-time link."""
    context = services_of(app)
    user = user_of(app, name, role)
    with context.database.writing() as session:
        _, token = sign_in_links.new_link(session, context.settings.secret_key, user.id, context.now())
    return f"/sign-in/link/{token}"


def csrf_of(client: FlaskClient, page: str = "") -> str:
    """A CSRF token from a page that has a form; without a page the one that each would have."""
    if not page:
        with client.session_transaction() as kept, client.application.test_request_context("/"):
            session.update(kept)
            token = str(generate_csrf())
            kept.update(session)
        return token
    found = _TOKEN.search(client.get(page).text)
    assert found is not None, f"no form on {page}"
    return html.unescape(found[1])


def services_of(app: Flask) -> Services:
    """The services of an application."""
    found = app.extensions["planner"]
    assert isinstance(found, Services)
    return found


def opens_for_its_owner_alone(app: Flask, client: FlaskClient, page: str, missing: tuple[str, ...]) -> None:
    """A page of somebody's visit is not found for others, nor by queries for days it does not have."""
    for query in missing:
        assert client.get(f"{page}{query}").status_code == 404
    stranger = app.test_client()
    assert stranger.get(page).status_code == 302
    sign_in(app, stranger, "obcy")
    assert stranger.get(page).status_code == 404
