"""PostgreSQL, for several machines over one database: it behaves to the rest of the program as SQLite does.

Who reads sees one state from the first question to the last. Who writes has the writers' lock of the database
from the start, so that what is read in between stays true: a count of attempts, the newest number of a visit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, create_engine, event, make_url

if TYPE_CHECKING:
    from collections.abc import Callable

CONNECT_S = 5
WRITERS_LOCK = 6_011_957
"""The number of our advisory lock: any, as long as all workers and machines have the same."""

SCHEMES = {"postgres", "postgresql"}
DRIVER = "postgresql+psycopg"


def with_driver(url: str) -> str:
    """Return an address with our driver, where it names none: `postgres://` is how most are handed out."""
    scheme, colon, rest = url.partition(":")
    return f"{DRIVER}{colon}{rest}" if scheme in SCHEMES else url


def is_postgres(url: str) -> bool:
    """Whether an address is one of PostgreSQL."""
    return make_url(url).get_backend_name() == "postgresql"


def postgres_engines(url: str, patience: Callable[[Connection], int]) -> tuple[Engine, Engine]:
    """Return one for reading and one whose transactions write, one at a time."""
    engine = create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_S})

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {patience(connection)}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS_LOCK})")

    writing = engine.execution_options(isolation_level="READ COMMITTED")
    event.listen(writing, "begin", begin)
    return engine.execution_options(isolation_level="REPEATABLE READ"), writing
