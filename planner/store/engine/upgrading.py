"""Bringing a database up to date with Alembic, which only a start and a restored backup do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from planner.errors import Reason, StoreError

if TYPE_CHECKING:
    from sqlalchemy import Engine

MIGRATIONS = Path(__file__).parent.parent / "migrations"
_NEWER = (
    "the database is of a newer program (its tables are of form {stored}, this program knows {newest}): "
    "install that program again, or restore a backup from before"
)


def upgrade(engine: Engine, writer: Engine) -> str | None:
    """Bring the tables up to date; of several that start at once one does it.

    Returns the form that they had, where an older program had made them.

    Raises
    ------
    StoreError
        If the database is of a newer program.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    stored, newest = form(engine), scripts.get_current_head()
    if stored == newest:
        return None
    if stored is not None and stored not in {script.revision for script in scripts.walk_revisions()}:
        raise StoreError(_NEWER.format(stored=stored, newest=newest), reason=Reason.STORE_NEWER)
    with writer.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return stored


def form(engine: Engine) -> str | None:
    """The number of the last migration that its tables have seen; None where there are none."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
