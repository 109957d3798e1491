"""The second factor: asked for after the password or the link, where an account has one.

What the first step has shown travels in the page, signed, and is good for ten minutes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from itsdangerous import BadData, URLSafeSerializer

from planner.services.accounts import users
from planner.services.accounts.credentials import ThrottledError
from planner.services.trust import second_factor
from planner.services.trust.second_factor import Guesser, SecondFactorRefusedError, Taken
from planner.web.account import known, resume
from planner.web.account.entering import Door, let_in, wait_text
from planner.web.account.noting import Act, note
from planner.web.frame.context import services
from planner.words.translation import gettext

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue

    from planner.services.accounts.users import User

blueprint = Blueprint("second", __name__)

GOOD_S = 10 * 60
"""How long the second step may take."""

SHOWN_HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}


def ask_or_let_in(user: User, door: Door) -> ResponseReturnValue:
    """Ask for the second factor where there is one, else let them in."""
    with services().database.session() as session:
        is_on = second_factor.is_on(session, user.id)
        standing = users.standing(session, user.id)
    if not is_on:
        return let_in(user, door)
    shown = str(_signer().dumps([user.id, standing, door.by_link, services().now()]))
    return _page(shown, door, 200)


@blueprint.post("/sign-in/second")
def post_second() -> ResponseReturnValue:
    """Take the code, and let them in."""
    shown = request.form.get("shown", "")
    found = _read(shown)
    if found is None:
        flash(gettext("That took too long. Sign in once more."), "warn")
        return redirect(url_for("account.sign_in"), code=303)
    user, by_link = found
    door = Door(by_link, request.form.get("next", ""), resume.unpack(request.form.get("resume")))
    try:
        taken = taken_code(user, request.form.get("code", ""))
    except ThrottledError as error:
        response = _page(shown, door, 429, wait_text(error))
        response.headers["Retry-After"] = str(error.wait_s)
        return response
    except SecondFactorRefusedError:
        return _page(shown, door, 401, wrong_text())
    return let_in(user, door, Act.RECOVERY_USED if taken is Taken.RECOVERY else None)


def taken_code(user: User, code: str) -> Taken:
    """Take a code of somebody; it counts from before it is looked at.

    Raises
    ------
    ThrottledError
        If there were too many wrong ones.
    SecondFactorRefusedError
        If it is wrong.
    """
    context, who = services(), guesser(user)
    with context.database.writing() as session:
        second_factor.count_try(session, who, context.now())
    try:
        with context.database.writing() as session:
            return second_factor.take(session, context.settings.secret_key, who, code, context.now())
    except SecondFactorRefusedError:
        with context.database.writing() as session:
            note(session, Act.SECOND_FAILED, about=user.name)
        raise


def guesser(user: User) -> Guesser:
    """Who types codes here; in a browser that knows the account nobody else's wrong codes count."""
    return Guesser(user, known.browser_of(user.name))


def wrong_text() -> str:
    """What is told where a code is wrong."""
    return gettext("This code is not good now. Wait for the next one, or take a recovery code.")


def _read(shown: str) -> tuple[User, bool] | None:
    """Whom the first step has shown, if that is still good: not long ago, nothing of the account changed."""
    try:
        user_id, standing, by_link, at = _signer().loads(shown)
    except BadData:
        return None
    with services().database.session() as session:
        if services().now() - int(at) >= GOOD_S or users.standing(session, int(user_id)) != standing:
            return None
        return users.as_user(users.existing(session, int(user_id))), bool(by_link)


def _page(shown: str, door: Door, status: int, problem: str = "") -> Response:
    html = render_template("account/second.html", shown=shown, door=door, problem=problem, is_answer=True)
    response = make_response(html, status)
    response.headers.update(SHOWN_HEADERS)
    return response


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(cast("str", current_app.secret_key), salt="second factor")
