"""A bare application with the templates and the Polish messages, compiled afresh from their source."""

from __future__ import annotations

import atexit
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, has_request_context, request
from flask_babel import Babel

from planner.paths import ROOT
from planner.web.frame import scripts
from planner.web.trust import public

CATALOGUE = ROOT / "planner/translations/pl/LC_MESSAGES/messages.po"


@cache
def compiled_messages() -> str:
    """Compile the catalogue into a folder of its own and return that folder."""
    folder = Path(mkdtemp(prefix="messages-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    target = folder / "pl/LC_MESSAGES/messages.mo"
    target.parent.mkdir(parents=True)
    with CATALOGUE.open("rb") as source, target.open("wb") as made:
        write_mo(made, read_po(source, locale="pl"))
    return str(folder)


@cache
def translated_app() -> Flask:
    """The application that can render a visit's pages in English and Polish; one for all."""
    app = Flask("planner", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = compiled_messages()
    Babel(app, locale_selector=lambda: request.args.get("lang", "en") if has_request_context() else "en")
    scripts.install(app, ROOT / "static")
    app.register_blueprint(public.blueprint)  # at the foot of every page
    return app


def plain(text: str) -> str:
    """The text with ordinary spaces between numbers and units."""
    return text.replace("\u00a0", " ")
