"""Who is signed in, who may see what, and that a change is meant by who sends it."""

from __future__ import annotations

import functools
from datetime import timedelta
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import flask_login
from flask import current_app, flash, g, redirect, request, session, url_for
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.local import LocalProxy

from planner.errors import PlannerError, Reason
from planner.services.accounts import sessions
from planner.services.trust import second_factor
from planner.web.account import known, resume
from planner.web.account.origin import CHANGING, Origin, request_origin
from planner.web.account.readers import FOR_VIEWERS
from planner.web.frame.context import services
from planner.web.frame.costly import TURNS
from planner.web.frame.gate import seen
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask, Request, Response
    from flask.typing import ResponseReturnValue

    from planner.services.accounts.sessions import SignedIn
    from planner.services.accounts.users import User

P = ParamSpec("P")
R = TypeVar("R")

csrf = CSRFProtect()
NO_COOKIES = "/api/"
"""What lies below never reads the session: there a cookie has no authority."""

_NEEDS_SIGN_IN = "needs_sign_in"

WITHOUT_SECOND = frozenset(
    {
        "account.password",
        "account.post_password",
        "second_setup.show",
        "second_setup.qr",
        "second_setup.begin",
        "second_setup.confirm",
    }
)
"""What is open to administrators who need a second factor and have not set it up yet."""


class ForbiddenError(PlannerError, PermissionError):
    """Not open to this person, or sent by another site."""

    code = "forbidden"
    status = 403


class NotSignedInError(PlannerError, PermissionError):
    """Somebody signed in is needed here; a guard answers before this is raised."""

    code = "not_signed_in"
    status = 401


def install(app: Flask) -> None:
    """Let the application know its users."""
    app.config.update(
        SESSION_COOKIE_NAME="planner",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(seconds=sessions.SESSION_S),
        WTF_CSRF_TIME_LIMIT=None,  # a token is good for as long as its session
        WTF_CSRF_SSL_STRICT=False,  # it wants a Referer, which we do not let out; Origin is checked below
    )
    app.session_interface = _Sessions()
    manager = flask_login.LoginManager()
    manager.session_protection = None
    manager.user_loader(_browser)
    app.login_manager = manager  # type: ignore[attr-defined] # not init_app: its hook reads every session
    app.before_request(_check_origin)
    csrf.init_app(app)
    app.register_error_handler(CSRFError, _csrf_failed)
    app.after_request(_form_headers)
    app.context_processor(lambda: {"user": LocalProxy(current_user)})
    app.extensions[TURNS] = _turns_of


# Who it is


class _Browser(flask_login.UserMixin):  # type: ignore[misc]
    """What Flask-Login keeps: a session row by its token, and who that is."""

    def __init__(self, token: str, here: SignedIn) -> None:
        self.token = token
        self.here = here

    def get_id(self) -> str:
        """What goes into the cookie."""
        return self.token


def _browser(token: str) -> _Browser | None:
    database, now = services().database, services().now()
    with database.session() as reading:
        here = sessions.signed_in(reading, token, now)
    if here and sessions.is_seen_anew(here, now):
        with database.writing() as writing:
            sessions.mark_seen(writing, here, now)
    if here is None:
        return None
    seen.is_account(here.user.id)
    return _Browser(token, here)


def signed_in() -> SignedIn | None:
    """Who is signed in in this browser and since when, None for nobody."""
    if request.path.startswith(NO_COOKIES):
        return None
    browser = flask_login.current_user
    return browser.here if browser.is_authenticated else None


def _turns_of() -> int | None:
    user = current_user()
    return user.id if user else None


def current_user() -> User | None:
    """Who is signed in, None for nobody."""
    here = signed_in()
    return here.user if here else None


def needed_signed_in() -> SignedIn:
    """Who is signed in and where, behind a guard.

    Raises
    ------
    NotSignedInError
        If nobody is, that is, where a guard is missing.
    """
    here = signed_in()
    if here is None:
        raise NotSignedInError("somebody signed in is needed here")
    return here


def needed_user() -> User:
    """Who is signed in, behind a guard.

    Raises
    ------
    NotSignedInError
        If nobody is, that is, where a guard is missing.
    """
    return needed_signed_in().user


def start_session(user: User, *, by_link: bool = False) -> None:
    """Sign somebody in in this browser: a new session row, a new cookie, a new CSRF token."""
    context = services()
    before = signed_in()
    with context.database.writing() as writing:
        token = sessions.open_session(
            writing,
            user.id,
            request.user_agent.string,
            context.now(),
            replacing=before.session_id if before else None,
        )
    _clear_cookie()
    session.permanent = True
    if by_link:
        session["by_link"] = context.now()
    flask_login.login_user(_browser(token))
    known.remember(user.name)


def leave_session() -> None:
    """Sign out in this browser."""
    here = signed_in()
    if here is not None:
        with services().database.writing() as writing:
            sessions.end_session(writing, here.user, here.session_id, services().now())
    flask_login.logout_user()
    _clear_cookie()


def came_by_link() -> bool:
    """Whether a one-time link has just opened this session: the password may be set without the old one."""
    opened = session.get("by_link")
    return opened is not None and services().now() - int(opened) < sessions.HOUR_S


def _clear_cookie() -> None:
    session.clear()
    g.pop("csrf_token", None)


# Guards


def sign_in_required(view: Callable[P, R]) -> Callable[P, R | ResponseReturnValue]:
    """Let only signed-in people through to a view, or to a blueprint by its `before_request`."""

    @functools.wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R | ResponseReturnValue:
        here = signed_in()
        if here is None:
            return resume.sign_in_first()
        if request.endpoint not in WITHOUT_SECOND and _lacks_second(here.user):
            return redirect(url_for("second_setup.show"), code=303)
        return view(*args, **kwargs)

    setattr(guarded, _NEEDS_SIGN_IN, True)
    return guarded


def organiser_required(view: Callable[P, R]) -> Callable[P, R | ResponseReturnValue]:
    """Let only organisers through, and viewers where the page is one that they may read."""

    @functools.wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R | ResponseReturnValue:
        if needed_user().is_viewer and request.endpoint not in FOR_VIEWERS:
            raise ForbiddenError("only an organiser can do this", reason=Reason.VIEWERS_READ)
        return view(*args, **kwargs)

    return sign_in_required(guarded)


def admin_required(view: Callable[P, R]) -> Callable[P, R | ResponseReturnValue]:
    """Let only admins through."""

    @functools.wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R | ResponseReturnValue:
        if not needed_user().is_admin:
            raise ForbiddenError("only an administrator can do this", reason=Reason.ADMINS_ONLY)
        return view(*args, **kwargs)

    return sign_in_required(guarded)


def needs_second(user: User) -> bool:
    """Whether somebody may not be without a second factor."""
    return user.is_admin and services().settings.second_factor_for_admins


def _lacks_second(user: User) -> bool:
    if not needs_second(user):
        return False
    with services().database.session() as reading:
        return not second_factor.is_on(reading, user.id)


def _is_guarded() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    before = current_app.before_request_funcs.get(request.blueprint or "", ())
    return any(hasattr(function, _NEEDS_SIGN_IN) for function in (view, *before))


# That a change is meant


def _check_origin() -> None:
    """Refuse what another site's page sends, before a cookie is looked at."""
    is_change = request.method in CHANGING and not request.path.startswith(NO_COOKIES)
    if is_change and request_origin() is Origin.OTHER:
        raise ForbiddenError("this was sent by another site's page", reason=Reason.OTHER_ORIGIN)


def _csrf_failed(_error: CSRFError) -> ResponseReturnValue:
    """Never a bare 400: offer what was written to be sent again, unless it may not be ours."""
    if request_origin() is Origin.HIDDEN:
        return resume.cannot_go_on()
    if request.endpoint == "account.post_sign_in":
        return _sign_in_again()
    if request.endpoint == "second.post_second" or (
        request.endpoint == "account.sign_out" and signed_in() is None
    ):
        return redirect(url_for("account.sign_in"), code=303)
    if request.endpoint == "account.post_link" or resume.is_all_secret():
        flash(gettext("The page was open too long. Please try once more."), "warn")
        return redirect(request.path, code=303)
    if signed_in() is None and _is_guarded():
        return resume.sign_in_first()
    carried = resume.capture()
    return resume.go_on_page(carried, 400) if carried else resume.cannot_go_on()


def _sign_in_again() -> ResponseReturnValue:
    carried = resume.unpack(request.form.get("resume"))
    if signed_in() is None:
        problem = gettext("The page was open too long. Please try once more.")
        return resume.sign_in_page(request.form, 400, carried=carried, problem=problem)
    if carried is not None:
        return resume.go_on_page(carried)
    return redirect(resume.own_path(request.form.get("next")) or url_for("start.home"), code=303)


# Cookies and headers


class _Sessions(SecureCookieSessionInterface):
    """The signed cookie, secure wherever the request is, and none for the API."""

    def get_cookie_secure(self, app: Flask) -> bool:
        """Only over https, if that is how this request came."""
        return request.is_secure or super().get_cookie_secure(app)

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Read the cookie."""
        if request.path.startswith(NO_COOKIES):
            return self.session_class()
        return super().open_session(app, request)


def _form_headers(response: Response) -> Response:
    """A page with a form names its origin to us, and nobody keeps a page of somebody signed in."""
    if "csrf_token" in g:
        response.headers.setdefault("Referrer-Policy", "same-origin")
    if "_login_user" in g and signed_in() is not None:
        response.headers.setdefault("Cache-Control", "private, no-cache")
    return response
