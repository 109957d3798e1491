"""A form that could not be taken yet: carried through the sign-in, and sent again by a button.

What was posted travels in the page, signed, never in a store of ours. It
holds no password and no file; for a file the last page asks again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import current_app, make_response, redirect, render_template, request, url_for
from itsdangerous import BadData, URLSafeSerializer

from planner.web.account.forms import SignInForm
from planner.web.frame.form_view import NO_FAULTS, Faults, form_view
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Response
    from flask.typing import ResponseReturnValue

MOST_CARRIED = 200_000
"""Characters of a form that are carried."""

FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
_OWN_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")
_LONGEST_PATH = 2_000


@dataclass(frozen=True)
class Carried:
    """A posted form: where it goes, its fields in order, the names of its file fields."""

    path: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...]

    def pack(self) -> str:
        """The form as one signed text."""
        return str(_signer().dumps([self.path, self.fields, self.files]))


def own_path(path: str | None) -> str | None:
    """The path if it stays on this site in every browser's reading, else None."""
    return path if path and len(path) <= _LONGEST_PATH and _OWN_PATH.fullmatch(path) else None


def unpack(text: str | None) -> Carried | None:
    """Read a carried form back; None if there is none or it is not ours."""
    if not text:
        return None
    try:
        path, fields, files = _signer().loads(text)
    except BadData:
        return None
    return Carried(path, tuple((name, value) for name, value in fields), tuple(files))


def capture() -> Carried | None:
    """The form of this request; None if it is none, or too large to be carried."""
    path = own_path(request.full_path.rstrip("?"))
    if request.method != "POST" or request.mimetype not in FORM_TYPES or path is None:
        return None
    fields = tuple((name, value) for name, value in request.form.items(multi=True) if _is_carried(name))
    if sum(len(name) + len(value) for name, value in fields) > MOST_CARRIED:
        return None
    return Carried(path, fields, tuple(request.files))


def is_all_secret() -> bool:
    """Whether this form holds only passwords, so that nothing of it may be carried."""
    names = list(request.form)
    return any("password" in name for name in names) and not any(map(_is_carried, names))


def sign_in_first() -> ResponseReturnValue:
    """Answer somebody who is not signed in and should be; nothing they wrote is lost."""
    if request.method in {"GET", "HEAD"}:
        return redirect(url_for("account.sign_in", next=request.full_path.rstrip("?")))
    if is_all_secret():
        return redirect(url_for("account.sign_in", next=own_path(request.path)), code=303)
    carried = capture()
    return sign_in_page({}, 401, carried=carried, is_too_large=carried is None)


def sign_in_page(
    values: Mapping[str, str],
    status: int,
    faults: Faults = NO_FAULTS,
    *,
    carried: Carried | None = None,
    is_too_large: bool = False,
    problem: str = "",
) -> Response:
    """The sign-in page, with the form that waits behind it."""
    html = render_template(
        "account/sign_in.html",
        form=form_view(SignInForm, values, faults),
        carried=carried,
        is_too_large=is_too_large,
        problem=problem,
        is_answer=request.method == "POST",
    )
    return _page(html, status)


def go_on_page(carried: Carried, status: int = 200) -> Response:
    """The page whose button sends the form again, with a fresh CSRF token."""
    html = render_template("account/go_on.html", carried=carried, is_answer=True)
    return _page(html, status)


def cannot_go_on(status: int = 400) -> ResponseReturnValue:
    """Say what to do with a form that is too large to be carried, and leave it where it is."""
    text = gettext("This page was open too long. Load it again in another tab, then send this again.")
    return render_template("account/refused.html", text=text, is_answer=True), status


def _page(html: str, status: int) -> Response:
    """A page that no browser and no proxy keeps."""
    response = make_response(html, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _is_carried(name: str) -> bool:
    return "password" not in name and not name.endswith("csrf_token")


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(cast("str", current_app.secret_key), salt="carried form")
