"""Accounts, for admins: add somebody, make them a sign-in link, archive them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for

from planner.domain.limits import USER_NAME_LENGTH
from planner.services.accounts import sessions, sign_in_links
from planner.services.accounts import users as accounts
from planner.services.accounts.users import NameFault, NameRefusedError, Role
from planner.services.together import leaving
from planner.services.trust import second_factor
from planner.web.account import auth
from planner.web.account.forms import ROLES, UserForm
from planner.web.account.noting import Act, note
from planner.web.frame.asked import address_of
from planner.web.frame.context import services
from planner.web.frame.form_view import NO_FAULTS, Faults, form_view, read_sent
from planner.words.translation import _, gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Response
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("users", __name__, url_prefix="/account/users")

NAME_FAULTS = {
    NameFault.EMPTY: _("A name is needed."),
    NameFault.TOO_LONG: _("Too long: at most %(longest)s characters."),
    NameFault.STRANGE: _("A name has only letters, digits and ordinary signs."),
    NameFault.TAKEN: _("There is already somebody of this name."),
}


@blueprint.before_request
@auth.admin_required
def _admins_only() -> None:
    """Accounts are for admins."""


@blueprint.get("")
def index() -> ResponseReturnValue:
    """Everybody who may sign in."""
    return _page({}, 200)


@blueprint.post("")
def add() -> ResponseReturnValue:
    """Add somebody, and show the link that lets them in."""
    form = read_sent(UserForm, request.form)
    if isinstance(form, Faults):
        return _page(request.form, 422, form)
    context = services()
    try:
        with context.database.writing() as session:
            user = accounts.add_user(session, form.name, Role(form.role), context.now())
            note(session, Act.ACCOUNT_ADDED, about=f"{user.name}: {user.role}")
    except NameRefusedError as error:
        told = NAME_FAULTS[error.fault].fill(longest=USER_NAME_LENGTH)
        return _page(request.form, 422, Faults(name=(told,)))
    return _new_link(user.id)


@blueprint.post("/<int:user_id>/role")
def role(user_id: int) -> ResponseReturnValue:
    """Give somebody another role."""
    wanted = request.form.get("role", "")
    if wanted not in set(Role):
        abort(422)
    with services().database.writing() as session:
        user = accounts.change_role(session, user_id, Role(wanted))
        note(session, Act.ROLE_CHANGED, about=f"{user.name}: {user.role}")
    names = dict(ROLES)
    flash(gettext("%(name)s: %(role)s.", name=user.name, role=str(names[user.role])), "note")
    return redirect(url_for("users.index"), code=303)


@blueprint.post("/<int:user_id>/link")
def link(user_id: int) -> ResponseReturnValue:
    """Make a sign-in link in place of older ones, and show it, this once."""
    return _new_link(user_id)


@blueprint.get("/<int:user_id>/leave")
def ask_to_leave(user_id: int) -> ResponseReturnValue:
    """Say what somebody leaves behind, and ask who is to have it."""
    with services().database.session() as session:
        behind = leaving.leaving(session, user_id)
    return _private(render_template("account/leave.html", behind=behind), 200)


@blueprint.post("/<int:user_id>/leave")
def leave(user_id: int) -> ResponseReturnValue:
    """Sign somebody out, let them in no more, and hand their visits over."""
    by, to = auth.needed_user(), request.form.get("to", default=0, type=int)
    with services().database.writing() as session:
        name = leaving.leaving(session, user_id).user.name
        count = leaving.leave(session, user_id, to or None, by, services().now())
        note(session, Act.ACCOUNT_ARCHIVED, about=name)
    told = ngettext("%(num)s visit is handed over.", "%(num)s visits are handed over.", count)
    flash(f"{gettext('Archived and signed out everywhere.')} {told if to else ''}".strip(), "note")
    return redirect(url_for("users.index"), code=303)


@blueprint.post("/<int:user_id>/reset-second-factor")
def reset_second_factor(user_id: int) -> ResponseReturnValue:
    """Remove somebody's second factor and sign them out: they have lost phone and recovery codes."""
    if user_id == auth.needed_user().id:
        abort(422)  # one's own is switched off with a code
    with services().database.writing() as session:
        user = accounts.as_user(accounts.existing(session, user_id))
        if second_factor.reset(session, user.id):
            note(session, Act.SECOND_RESET, about=user.name)
        sessions.end_all_sessions(session, user, services().now())
    flash(gettext("%(name)s signs in without a second factor now.", name=user.name), "note")
    return redirect(url_for("users.index"), code=303)


@blueprint.post("/<int:user_id>/archive")
def archive(user_id: int) -> ResponseReturnValue:
    """Sign somebody out and let them in no more."""
    by = auth.needed_user()
    with services().database.writing() as session:
        archived = accounts.archive_user(session, user_id, by, services().now())
        note(session, Act.ACCOUNT_ARCHIVED, about=archived.name)
    flash(gettext("Archived and signed out everywhere. Their visits stay."), "note")
    return redirect(url_for("users.index"), code=303)


@blueprint.post("/<int:user_id>/restore")
def restore(user_id: int) -> ResponseReturnValue:
    """Let somebody in again."""
    with services().database.writing() as session:
        user = accounts.restore_user(session, user_id)
        note(session, Act.ACCOUNT_RESTORED, about=user.name)
    flash(gettext("%(name)s may sign in again.", name=user.name), "note")
    return redirect(url_for("users.index"), code=303)


def _new_link(user_id: int) -> ResponseReturnValue:
    context, here = services(), auth.needed_signed_in()
    with context.database.writing() as session:
        user, token = sign_in_links.new_link(
            session, context.settings.secret_key, user_id, context.now(), but=here.session_id
        )
        note(session, Act.SIGN_IN_LINK_MADE, about=user.name)
    address = address_of("account.link", token=token)
    html = render_template("account/new_link.html", name=user.name, address=address, is_answer=True)
    return _private(html, 200)


def _page(values: Mapping[str, str], status: int, faults: Faults = NO_FAULTS) -> Response:
    form = form_view(UserForm, values, faults)
    with services().database.session() as session:
        listed = accounts.accounts(session, services().now())
        with_second = second_factor.accounts_with(session)
    shown = {"form": form, "accounts": listed, "roles": ROLES, "with_second": with_second}
    return _private(render_template("account/users.html", **shown), status)


def _private(html: str, status: int) -> Response:
    response = make_response(html, status)
    response.headers["Cache-Control"] = "no-store"
    return response
