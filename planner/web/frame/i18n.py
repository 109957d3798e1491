"""The language of a response: Polish first, English for those who ask for another that we lack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, request
from flask_babel import Babel

from planner.domain.limits import LANGUAGES
from planner.links import is_by_link
from planner.words.translation import translations

if TYPE_CHECKING:
    from flask import Flask, Response

COOKIE = "lang"
ANY, ELSEWHERE = LANGUAGES[0], "en"
"""What is shown to those who ask for no language, and to those who ask for others only."""
YEAR_S = 365 * 86_400
_IN_FORCE = "language_in_force"


def language() -> str:
    """The language asked for by ?lang=, else the one chosen before, else the browser's, else English.

    Who names no language at all gets Polish. Pages by secret link neither set cookies nor read them:
    what a participant chooses stays on the phone.
    """
    found: str | None = g.get(_IN_FORCE)
    if found is None:
        found = _asked_for()
        setattr(g, _IN_FORCE, found)
    return found


def _asked_for() -> str:
    remembered = None if is_by_link(request.path) else request.cookies.get(COOKIE)
    for chosen in (request.args.get("lang"), remembered):
        if chosen in LANGUAGES:
            return chosen
    asked = request.accept_languages
    return asked.best_match(LANGUAGES) or (ELSEWHERE if asked else ANY)


def install(app: Flask) -> None:
    """Let Flask-Babel ask us, and remember a switch."""
    app.config["BABEL_DEFAULT_LOCALE"] = LANGUAGES[0]
    Babel(app, locale_selector=language)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of the extension i18n
        lambda message: translations().ugettext(message),
        lambda one, many, count: translations().ungettext(one, many, count),
        newstyle=True,
    )

    @app.context_processor
    def _words() -> dict[str, object]:
        return {"language": language(), "languages": LANGUAGES}

    @app.after_request
    def _remember(response: Response) -> Response:
        chosen = request.args.get("lang")
        is_new = chosen in LANGUAGES and request.cookies.get(COOKIE) != chosen
        is_link = is_by_link(request.path)
        if chosen is not None and is_new and not is_link and not request.path.startswith("/api/"):
            response.set_cookie(COOKIE, chosen, max_age=YEAR_S, samesite="Lax", httponly=True)
        if is_link:
            response.vary.add("Accept-Language")
        elif not getattr(g, "language_neutral", False):
            response.vary.update(("Accept-Language", "Cookie"))
        return response
