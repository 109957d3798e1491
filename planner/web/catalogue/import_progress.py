"""How far one's own import is, asked for by the page that waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.numbers import format_decimal
from flask import current_app, jsonify

from planner.services.catalogue.reading.progress import Progress
from planner.web.catalogue.base import blueprint
from planner.web.frame.context import services
from planner.web.frame.costly import TURNS
from planner.web.frame.i18n import language
from planner.words.formats import locale_of
from planner.words.translation import gettext

if TYPE_CHECKING:
    from flask import Response


@blueprint.get("/import/progress")
def progress() -> Response:
    """A line for who waits, empty where nothing is under way."""
    now = own_progress().now()
    if now is None:
        return jsonify(line="")
    done, rows = (format_decimal(number, locale=locale_of(language())) for number in now)
    return jsonify(line=gettext("%(done)s of %(rows)s rows checked", done=done, rows=rows))


def own_progress() -> Progress:
    """That of who is signed in."""
    return Progress(services().settings.data_dir, str(current_app.extensions[TURNS]()))
