"""A database in the form of an earlier program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from planner.store.engine.upgrading import MIGRATIONS

if TYPE_CHECKING:
    from planner.store.database import Database


def migrations() -> ScriptDirectory:
    """All migrations."""
    return ScriptDirectory.from_config(_config())


def begin_at(database: Database, form: str) -> None:
    """Bring an empty database up to a form."""
    _run(command.upgrade, database, form)


def go_back(database: Database, form: str) -> None:
    """Take a database back to an earlier form."""
    _run(command.downgrade, database, form)


def _run(step: object, database: Database, form: str) -> None:
    config = _config()
    assert callable(step)
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        step(config, form)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
