"""What a database refuses for reasons outside the program, in words that say what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.exc import DataError, DBAPIError, InterfaceError, OperationalError

from planner.errors import InvalidInputError, PlannerError, Reason, StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping

_BUSY = Reason.STORE_BUSY, "the database is in use by another program: try again in a moment"
_FULL = Reason.STORE_FULL, "the disk is full: nothing was stored; make room and try again"
_NO_TABLE = "42P01"
_DAMAGED = Reason.STORE_AWAY, "the database's file is damaged: restore the last backup"
_AWAY = Reason.STORE_AWAY, "the database does not answer: is it running?"

_SQLITE: Mapping[str, tuple[Reason, str]] = {
    "SQLITE_BUSY": _BUSY,
    "SQLITE_LOCKED": _BUSY,
    "SQLITE_FULL": _FULL,
    "SQLITE_READONLY": (Reason.STORE_READ_ONLY, "the database may only be read: let its folder be written"),
    "SQLITE_IOERR": (Reason.STORE_AWAY, "the database's disk cannot be read or written"),
    "SQLITE_CANTOPEN": (Reason.STORE_AWAY, "the database's file cannot be opened"),
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_NOTADB": _DAMAGED,
}
"""By SQLite's result codes (sqlite.org/rescode.html); extended codes begin with these."""

_POSTGRES: Mapping[str, tuple[Reason, str]] = {
    "55P03": _BUSY,
    "40": _BUSY,
    "53100": _FULL,
    "25006": (Reason.STORE_READ_ONLY, "the database may only be read: is this a standby server?"),
}
"""By the beginnings of PostgreSQL's error codes (its manual, appendix A)."""


def store_fault(error: DBAPIError) -> PlannerError | None:
    """Return what people are told of an error of the database; None where it is the program's own fault."""
    if isinstance(error, DataError) and "NUL" in str(error.orig):
        return InvalidInputError("a text holds the character NUL", reason=Reason.NUL_TEXT)
    name = getattr(error.orig, "sqlite_errorname", "")
    state = getattr(error.orig, "sqlstate", None) or ""
    for told, known in ((name, _SQLITE), (state, _POSTGRES)):
        for beginning, (reason, message) in known.items():
            if told.startswith(beginning):
                return StoreError(message, reason=reason)
    if state == _NO_TABLE or "no such table" in str(error.orig):
        message = "the database was not set up: run the command setup"
        return StoreError(message, reason=Reason.STORE_EMPTY)
    is_away = error.connection_invalidated or isinstance(error, InterfaceError)
    if is_away or (isinstance(error, OperationalError) and not name):  # a server that is away, or has no room
        reason, message = _AWAY
        return StoreError(message, reason=reason)
    return None
