"""Running a command of the application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.commands.register import register

if TYPE_CHECKING:
    from click.testing import Result
    from flask import Flask


def run(app: Flask, *words: str) -> Result:
    """What `flask --app wsgi` does with these words."""
    register(app)
    with app.app_context():
        return app.test_cli_runner().invoke(args=list(words))
