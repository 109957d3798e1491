"""Whether a database's address can be used, as far as that can be told without opening it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError


def fault_of(address: str) -> str:
    """Return what is wrong with an address and what to do, '' where nothing is."""
    try:
        url = make_url(address)
        url.get_dialect().import_dbapi()
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        return f"there is no driver for {address.split(':', maxsplit=1)[0]!r} ({error}): install it"
    except (ArgumentError, ValueError):  # the latter where a port is no number
        return (
            "this is no SQLAlchemy address: write one like sqlite:////srv/planner.sqlite "
            "or postgresql://NAME:PASSWORD@HOST/DATABASE"
        )
    file = url.database or ":memory:"
    if url.get_backend_name() == "sqlite" and file != ":memory:" and not Path(file).parent.is_dir():
        return f"there is no folder {str(Path(file).parent)!r}: make it, or name another file"
    return ""
