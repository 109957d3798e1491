"""Setting the second factor up, new recovery codes, and switching it off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for

from planner.errors import NotThereError
from planner.outputs.qr import qr_svg
from planner.services.accounts import sessions
from planner.services.accounts.credentials import SignInRefusedError, ThrottledError
from planner.services.trust import second_factor
from planner.services.trust.second_factor import SecondFactorRefusedError, in_groups
from planner.web.account import auth, entering
from planner.web.account.noting import Act, note
from planner.web.account.second import SHOWN_HEADERS, guesser, taken_code, wrong_text
from planner.web.frame.context import services
from planner.words.translation import gettext

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("second_setup", __name__, url_prefix="/account/second")


@blueprint.before_request
@auth.sign_in_required
def _signed_in() -> None:
    """For whoever has an account."""


@blueprint.get("")
def show() -> ResponseReturnValue:
    """How it stands, and what can be done."""
    return _page(200)


@blueprint.get("/qr.svg")
def qr() -> Response:
    """The code for the app, while it is being set up."""
    context, user = services(), auth.needed_user()
    with context.database.session() as session:
        stands = second_factor.second_factor(session, context.settings.secret_key, user.id)
    if not stands.key:
        raise NotThereError("nothing is being set up")
    address = second_factor.app_address(user, stands.key, gettext("Study visits"))
    return Response(qr_svg(address), mimetype="image/svg+xml", headers=SHOWN_HEADERS)


@blueprint.post("/begin")
def begin() -> ResponseReturnValue:
    """Make a key for the app, for whoever knows the password."""
    user = auth.needed_user()
    try:
        entering.checked_by_password(user.name, request.form.get("password", ""))
    except ThrottledError as error:
        return _page(429, entering.wait_text(error))
    except SignInRefusedError:
        return _page(422, gettext("This is not your password."))
    with services().database.writing() as session:
        second_factor.begin(session, user.id)
    return redirect(url_for("second_setup.show"), code=303)


@blueprint.post("/confirm")
def confirm() -> ResponseReturnValue:
    """Switch it on with the first code, sign other browsers out, and show the recovery codes, this once."""
    context, here = services(), auth.needed_signed_in()
    with context.database.session() as session:
        if second_factor.is_on(session, here.user.id):
            return redirect(url_for("second_setup.show"), code=303)
    who, key, code = guesser(here.user), context.settings.secret_key, request.form.get("code", "")
    try:
        with context.database.writing() as session:
            second_factor.count_try(session, who, context.now())
        with context.database.writing() as session:
            codes = second_factor.confirm(session, key, who, code, context.now())
            sessions.end_other_sessions(session, here, context.now())
            note(session, Act.SECOND_ON)
    except ThrottledError as error:
        return _page(429, entering.wait_text(error))
    except SecondFactorRefusedError:
        return _page(422, wrong_text())
    return _codes_page(codes)


@blueprint.post("/codes")
def codes() -> ResponseReturnValue:
    """Make new recovery codes, for whoever has a code that is good."""
    if refused := _refused():
        return refused
    context, user = services(), auth.needed_user()
    with context.database.writing() as session:
        made = second_factor.new_codes(session, context.settings.secret_key, user.id)
        note(session, Act.RECOVERY_MADE)
    return _codes_page(made)


@blueprint.post("/off")
def off() -> ResponseReturnValue:
    """Switch it off, unless it is asked for."""
    if auth.needs_second(auth.needed_user()):
        return _page(422, gettext("Administrators need a second factor here."))
    if refused := _refused():
        return refused
    with services().database.writing() as session:
        second_factor.reset(session, auth.needed_user().id)
        note(session, Act.SECOND_OFF)
    flash(gettext("The second factor is switched off."), "note")
    return redirect(url_for("account.index"), code=303)


def _refused() -> Response | None:
    """The page that says that the code is wrong; None where it is good, and taken by that."""
    user = auth.needed_user()
    with services().database.session() as session:
        if not second_factor.is_on(session, user.id):
            return _page(422, gettext("There is no second factor yet."))
    try:
        taken_code(user, request.form.get("code", ""))
    except ThrottledError as error:
        return _page(429, entering.wait_text(error))
    except SecondFactorRefusedError:
        return _page(422, wrong_text())
    return None


def _page(status: int, problem: str = "") -> Response:
    context, here = services(), auth.needed_signed_in()
    with context.database.session() as session:
        stands = second_factor.second_factor(session, context.settings.secret_key, here.user.id)
    html = render_template(
        "account/second_setup.html",
        stands=stands,
        key=in_groups(stands.key),
        has_password=here.has_password,
        is_needed=auth.needs_second(here.user),
        problem=problem,
        is_answer=request.method == "POST",
    )
    return _private(html, status)


def _codes_page(codes: list[str]) -> Response:
    return _private(render_template("account/recovery_codes.html", codes=codes, is_answer=True), 200)


def _private(html: str, status: int) -> Response:
    response = make_response(html, status)
    response.headers.update(SHOWN_HEADERS)
    return response
