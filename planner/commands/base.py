"""A group of commands whose errors are told in one line."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from flask.cli import AppGroup, with_appcontext

from planner.errors import PlannerError
from planner.process import services

if TYPE_CHECKING:
    from collections.abc import Iterator


class TellingCommand(click.Command):
    """A command of no group whose errors are told in one line."""

    def invoke(self, ctx: click.Context) -> object:
        """Run it."""
        with told():
            return super().invoke(ctx)


@contextmanager
def told() -> Iterator[None]:
    """Tell errors in a line on standard error, and no traceback: who reads it can do something about it."""
    try:
        yield
    except PlannerError as error:
        lines = [error.message, *(f"  {fault.pointer}: {fault.message}" for fault in error.details[:20])]
        raise click.ClickException("\n".join(lines)) from error
    except BrokenPipeError:
        raise  # whoever read the lines has gone: click ends without a word
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        raise click.ClickException(f"{where}{error.strerror or error}") from error
    except Exception as error:
        if not _is_of_the_database(error):
            raise
        raise click.ClickException(f"the database: {str(error).splitlines()[0]}") from error


def _is_of_the_database(error: Exception) -> bool:
    """Whether SQLAlchemy raised it, which takes a while to import: where nobody did, it raised nothing."""
    known = sys.modules.get("sqlalchemy.exc")
    return known is not None and isinstance(error, known.SQLAlchemyError)


class Commands(AppGroup):
    """Commands whose errors are one line on standard error, not a traceback."""

    def __init__(self, name: str, help: str, *, needs_database: bool = False) -> None:  # noqa: A002
        super().__init__(name, help=help)
        self._needs_database = needs_database

    def invoke(self, ctx: click.Context) -> object:
        """Run a command, the database brought up to date before it where it needs one."""
        with told():
            if self._needs_database:
                _upgrade()
            return super().invoke(ctx)


@with_appcontext
def _upgrade() -> None:
    services().database.upgrade()
