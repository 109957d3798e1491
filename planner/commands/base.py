"""A group of commands whose errors are told in one line."""

from __future__ import annotations

import click
from flask.cli import AppGroup, with_appcontext

from planner.errors import PlannerError
from planner.process import services


class Commands(AppGroup):
    """Commands whose errors are one line on standard error, not a traceback."""

    def __init__(self, name: str, help: str, *, needs_database: bool = False) -> None:  # noqa: A002
        super().__init__(name, help=help)
        self._needs_database = needs_database

    def invoke(self, ctx: click.Context) -> object:
        """Run a command, the database brought up to date before it where it needs one."""
        try:
            if self._needs_database:
                _upgrade()
            return super().invoke(ctx)
        except PlannerError as error:
            lines = [error.message, *(f"  {fault.pointer}: {fault.message}" for fault in error.details[:20])]
            raise click.ClickException("\n".join(lines)) from error


@with_appcontext
def _upgrade() -> None:
    services().database.upgrade()
