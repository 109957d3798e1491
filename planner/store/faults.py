"""What a database refuses for reasons outside the program, in words that say what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from planner.errors import Reason, StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping

_SQLITE: Mapping[str, tuple[Reason, str]] = {
    "SQLITE_BUSY": (Reason.STORE_BUSY, "the database is in use by another program: try again in a moment"),
    "SQLITE_LOCKED": (Reason.STORE_BUSY, "the database is in use by another program: try again in a moment"),
    "SQLITE_FULL": (Reason.STORE_FULL, "the disk is full: nothing was stored; make room and try again"),
    "SQLITE_READONLY": (Reason.STORE_READ_ONLY, "the database may only be read: let its folder be written"),
    "SQLITE_IOERR": (Reason.STORE_AWAY, "the database's disk cannot be read or written"),
    "SQLITE_CANTOPEN": (Reason.STORE_AWAY, "the database's file cannot be opened"),
    "SQLITE_CORRUPT": (Reason.STORE_AWAY, "the database's file is damaged: restore the last backup"),
    "SQLITE_NOTADB": (Reason.STORE_AWAY, "the database's file is damaged: restore the last backup"),
}
"""By SQLite's result codes (sqlite.org/rescode.html); extended codes begin with these."""


def store_fault(error: DBAPIError) -> StoreError | None:
    """Return what people are told of an error of the database; None where it is the program's own fault."""
    name = getattr(error.orig, "sqlite_errorname", "")
    for beginning, (reason, message) in _SQLITE.items():
        if name.startswith(beginning):
            return StoreError(message, reason=reason)
    if error.connection_invalidated or isinstance(error, InterfaceError):
        return StoreError("the database does not answer: is it running?", reason=Reason.STORE_AWAY)
    if isinstance(error, OperationalError) and not name:  # a server that is away, or out of connections
        return StoreError("the database does not answer: is it running?", reason=Reason.STORE_AWAY)
    return None
