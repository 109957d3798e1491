"""How somebody is let in: by name and password, by a link; and what they see then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import redirect, request, url_for

from planner.services.accounts import credentials
from planner.services.accounts.credentials import Caller, SignInRefusedError, ThrottledError
from planner.web.account import auth, known, resume
from planner.web.account.noting import Act, note
from planner.web.account.resume import Carried
from planner.web.frame.context import services
from planner.words.translation import ngettext

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from planner.services.accounts.users import User


@dataclass(frozen=True)
class Door:
    """How somebody comes in, and where they wanted to go: a path of ours, or a form that waits."""

    by_link: bool = False
    next: str = ""
    carried: Carried | None = None


def let_in(user: User, door: Door, act: Act | None = None) -> ResponseReturnValue:
    """Sign somebody in in this browser, and lead to where they wanted to go."""
    with services().database.writing() as session:
        note(session, act or (Act.SIGNED_IN_BY_LINK if door.by_link else Act.SIGNED_IN), by=user)
    auth.start_session(user, by_link=door.by_link)
    if door.carried is not None:
        return resume.go_on_page(door.carried)
    if door.by_link:
        return redirect(url_for("account.password"), code=303)
    return redirect(resume.own_path(door.next) or url_for("start.home"), code=303)


def checked_by_password(name: str, password: str) -> User:
    """Whom name and password let in; the attempt counts from before the password is looked at.

    Raises
    ------
    ThrottledError
        If there were too many failures.
    SignInRefusedError
        If they do not belong together.
    """
    database, now, who = services().database, services().now(), _caller(name)
    with database.writing() as session:
        attempt = credentials.begin_sign_in(session, name, who, now)
    try:
        user = credentials.checked(attempt, password)
    except SignInRefusedError:
        with database.writing() as session:
            note(session, Act.SIGN_IN_FAILED, about=attempt.user.name if attempt.user else "")
        raise
    with database.writing() as session:
        credentials.end_sign_in(session, attempt)
    return user


def _caller(name: str) -> Caller:
    """Where from and in which browser; who is signed in guesses at their own password in a known one."""
    here = auth.signed_in()
    browser = f"session {here.session_id}" if here and here.user.name == name else known.browser_of(name)
    return Caller(request.remote_addr or "", browser)


def wait_text(error: ThrottledError) -> str:
    """What is told to who tried too often."""
    minutes = -(-error.wait_s // 60)
    return ngettext(
        "Too many failed attempts. Wait %(num)s minute, then try again.",
        "Too many failed attempts. Wait %(num)s minutes, then try again.",
        minutes,
    )
