"""Signing in and out, and what concerns only oneself: password and signed-in browsers."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for

from planner.links import sign_in_path
from planner.services.accounts import credentials, sessions, sign_in_links
from planner.services.accounts.credentials import PasswordRefusedError, SignInRefusedError, ThrottledError
from planner.services.accounts.passwords import LONGEST, SHORTEST, Weakness
from planner.services.accounts.sign_in_links import LinkState
from planner.services.trust import second_factor
from planner.web.account import auth, entering, resume, second
from planner.web.account.browsers import shown_browsers
from planner.web.account.entering import Door
from planner.web.account.forms import NewPasswordForm, PasswordForm, SignInForm
from planner.web.account.noting import Act, note
from planner.web.frame.context import services
from planner.web.frame.form_view import NO_FAULTS, Faults, form_view, read_sent
from planner.words.translation import _, gettext

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("account", __name__)

GONE = {LinkState.USED: 410, LinkState.EXPIRED: 410, LinkState.UNKNOWN: 404}

WEAKNESSES = {
    Weakness.TOO_SHORT: _(
        "Too short: at least %(shortest)s characters. Four or five words are easy to remember."
    ),
    Weakness.TOO_LONG: _("Too long: at most %(longest)s characters."),
    Weakness.NAME: _("Too easy to guess: it is mostly your name."),
    Weakness.COMMON: _("Too easy to guess: many people use these words or this password."),
    Weakness.REPEATED: _("Too easy to guess: it repeats the same few characters or words."),
    Weakness.SEQUENCE: _("Too easy to guess: it is a row of neighbouring keys, letters or digits."),
    Weakness.SAME: _("This is the password so far: choose another one."),
    Weakness.GUESSABLE: _("Too easy to guess. Take four or five words that do not belong together."),
}


@blueprint.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    """Ask for name and password."""
    target = resume.own_path(request.args.get("next"))
    if auth.current_user() is not None:
        return redirect(target or url_for("start.home"))
    return resume.sign_in_page({"next": target or ""}, 200)


@blueprint.post("/sign-in")
def post_sign_in() -> ResponseReturnValue:
    """Sign in, and lead to where one wanted to go, or to the form that waits."""
    sent = request.form
    form = read_sent(SignInForm, sent)
    carried = resume.unpack(sent.get("resume"))
    if isinstance(form, Faults):
        return resume.sign_in_page(sent, 422, form, carried=carried)
    try:
        user = entering.checked_by_password(form.name, form.password)
    except ThrottledError as error:
        response = resume.sign_in_page(sent, 429, carried=carried, problem=entering.wait_text(error))
        response.headers["Retry-After"] = str(error.wait_s)
        return response
    except SignInRefusedError:
        problem = gettext("Name and password do not belong together. Check both and try again.")
        return resume.sign_in_page(sent, 401, carried=carried, problem=problem)
    return second.ask_or_let_in(user, Door(next=form.next, carried=carried))


@blueprint.get(sign_in_path("<token>"))
def link(token: str) -> ResponseReturnValue:
    """Offer to sign in; looking at this page uses nothing up."""
    with services().database.session() as session:
        state, name = sign_in_links.link_state(session, token, services().now())
    if state is not LinkState.OPEN:
        return _link_gone(state, name)
    response = _private(render_template("account/link.html", name=name), 200)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@blueprint.post(sign_in_path("<token>"))
def post_link(token: str) -> ResponseReturnValue:
    """Use the link up and sign in."""
    with services().database.writing() as session:
        user = sign_in_links.use_link(session, token, services().now())
        state = sign_in_links.link_state(session, token, services().now())
    if user is None:
        return _link_gone(*state)
    return second.ask_or_let_in(user, Door(by_link=True))


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session of this browser."""
    if auth.signed_in() is not None:
        with services().database.writing() as session:
            note(session, Act.SIGNED_OUT)
    auth.leave_session()
    flash(gettext("You are signed out."), "note")
    return redirect(url_for("account.sign_in"), code=303)


@blueprint.get("/account")
@auth.sign_in_required
def index() -> ResponseReturnValue:
    """Who one is, and where one is signed in."""
    here = auth.needed_signed_in()
    with services().database.session() as session:
        own_sessions = sessions.sessions_of(session, here.user.id, services().now())
        has_second = second_factor.is_on(session, here.user.id)
    browsers = shown_browsers(own_sessions, here.session_id, services().now())
    return _private(
        render_template("account/index.html", here=here, browsers=browsers, has_second=has_second), 200
    )


@blueprint.get("/account/password")
@auth.sign_in_required
def password() -> ResponseReturnValue:
    """Ask for a new password."""
    return _password_page(200)


@blueprint.post("/account/password")
@auth.sign_in_required
def post_password() -> ResponseReturnValue:
    """Set it, sign out every other browser, and give this one a new session."""
    form = read_sent(_password_model(), request.form)
    if isinstance(form, Faults):
        return _password_page(422, form)
    context, here = services(), auth.needed_signed_in()
    try:
        if isinstance(form, PasswordForm):
            entering.checked_by_password(here.user.name, form.old_password)
        with context.database.session() as session:
            credentials.refuse_same(session, here.user, form.new_password)
        hashed = credentials.hashed_password(here.user, form.new_password)
    except ThrottledError as error:
        return _password_page(429, Faults(old_password=(entering.wait_text(error),)))
    except SignInRefusedError:
        return _password_page(422, Faults(old_password=(gettext("This is not your password."),)))
    except PasswordRefusedError as error:
        text = WEAKNESSES[error.weakness].fill(shortest=SHORTEST, longest=LONGEST)
        return _password_page(422, Faults(new_password=(text,)))
    with context.database.writing() as session:
        credentials.set_password(session, here.user, hashed, context.now())
        sessions.end_other_sessions(session, here, context.now())
        note(session, Act.OWN_WORD_SET)
    auth.start_session(here.user)
    if not here.has_password:
        flash(gettext("The password is set. Here begins the work."), "note")
        return redirect(url_for("start.home"), code=303)
    flash(gettext("The new password is set. Other browsers are signed out."), "note")
    return redirect(url_for("account.index"), code=303)


@blueprint.post("/account/sessions/<int:session_id>/end")
@auth.sign_in_required
def end_session(session_id: int) -> ResponseReturnValue:
    """Sign out in one browser."""
    here = auth.needed_signed_in()
    if session_id == here.session_id:
        return sign_out()
    with services().database.writing() as session:
        sessions.end_session(session, here.user, session_id, services().now())
        note(session, Act.SIGNED_OUT_ELSEWHERE)
    flash(gettext("That browser is signed out."), "note")
    return redirect(url_for("account.index"), code=303)


@blueprint.post("/account/sessions/end-others")
@auth.sign_in_required
def end_others() -> ResponseReturnValue:
    """Sign out everywhere but here."""
    here = auth.needed_signed_in()
    with services().database.writing() as session:
        sessions.end_other_sessions(session, here, services().now())
        note(session, Act.SIGNED_OUT_ELSEWHERE)
    flash(gettext("All other browsers are signed out."), "note")
    return redirect(url_for("account.index"), code=303)


def _password_model() -> type[NewPasswordForm]:
    """The form in force: without the old password where that is not asked for."""
    is_trusted = auth.came_by_link() or not auth.needed_signed_in().has_password
    return NewPasswordForm if is_trusted else PasswordForm


def _password_page(status: int, faults: Faults = NO_FAULTS) -> Response:
    form, is_first = form_view(_password_model(), {}, faults), not auth.needed_signed_in().has_password
    html = render_template("account/password.html", form=form, is_first=is_first, shortest=SHORTEST)
    return _private(html, status)


def _link_gone(state: LinkState, name: str) -> ResponseReturnValue:
    """Say that the link lets nobody in any more, and how to get another."""
    quoted = shlex.quote(name) if name else ""
    return _private(render_template("account/link_gone.html", state=state, quoted_name=quoted), GONE[state])


def _private(html: str, status: int) -> Response:
    response = make_response(html, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
