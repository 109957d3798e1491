"""The application of commands that only build: without pages and database, whose libraries take seconds."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from flask import Flask

from planner.commands.network import network
from planner.process import Services
from planner.services.upkeep.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BUILDING = {"network": network}
_TAKES_A_VALUE = {"--app", "-A", "--env-file", "-e"}


def is_building(argv: Sequence[str], environ: Mapping[str, str] = os.environ) -> bool:
    """Whether flask was started for one of these commands."""
    return environ.get("FLASK_RUN_FROM_CLI") == "true" and _command(argv[1:]) in BUILDING


def building_app() -> Flask:
    """Return an application with nothing but these commands."""
    app = Flask("planner")
    Services.install(app, read_settings())
    for command in BUILDING.values():
        app.cli.add_command(command)
    return app


def _command(words: Sequence[str]) -> str:
    """The first word that is neither an option nor the value of one."""
    is_value = [False, *(word in _TAKES_A_VALUE for word in words)]
    return next(
        (word for word, skipped in zip(words, is_value, strict=False) if not skipped and word[:1] != "-"), ""
    )
