"""In which browsers somebody has signed in before: there nobody else's wrong guesses shut them out."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, cast

from flask import after_this_request, current_app, request
from itsdangerous import BadData, URLSafeSerializer

from planner.services.accounts.users import name_key

if TYPE_CHECKING:
    from flask import Response

COOKIE = "planner_known"
PATH = "/sign-in"
"""No other page is sent the cookie."""

KEPT_S = 365 * 86_400
MOST_NAMES = 5
"""So many people may share a browser; who has not signed in there for longest goes first."""


def browser_of(name: str) -> str:
    """What tells this browser from others, if this name has signed in in it; else ''."""
    browser, names = _read()
    return browser if _mark(name) in names else ""


def remember(name: str) -> None:
    """Let the browser know that this name has signed in in it; the cookie holds no name."""
    if not request.path.startswith(PATH):
        return  # the password was changed: who did so has signed in there
    browser, names = _read()
    kept = [_mark(name), *(other for other in names if other != _mark(name))][:MOST_NAMES]
    text = str(_signer().dumps([browser or secrets.token_urlsafe(12), kept]))

    @after_this_request
    def _keep(response: Response) -> Response:
        response.set_cookie(
            COOKIE,
            text,
            max_age=KEPT_S,
            path=PATH,
            secure=request.is_secure,
            httponly=True,
            samesite="Lax",
        )
        return response


def _read() -> tuple[str, list[str]]:
    try:
        browser, names = _signer().loads(request.cookies.get(COOKIE, ""))
    except BadData:
        return "", []
    return str(browser), [str(name) for name in names]


def _mark(name: str) -> str:
    return hashlib.sha256(name_key(name).encode("utf-8", "replace")).hexdigest()[:16]


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(cast("str", current_app.secret_key), salt="known browser")
