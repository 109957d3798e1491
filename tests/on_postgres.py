"""Run a command over a PostgreSQL of its own: `python -m tests.on_postgres pytest tests/store`.

The server keeps its files in a folder that goes with it, listens on a socket there and nowhere else, and
trusts who reaches the socket. It refuses to run as root, so that then the account `postgres` runs it.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ACCOUNT = "postgres"
MOST_CONNECTIONS = 300
QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "listen_addresses=''")
"""Nothing of it outlives the tests."""


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest where there are several."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    found = shutil.which("initdb")
    return Path(found).parent if found else next(reversed(folders), None)


@contextmanager
def server(found: Path) -> Iterator[str]:
    """Run a server until the block ends; the address of a database in it."""
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp") as name:
        folder, account = Path(name), ACCOUNT if os.geteuid() == 0 else None
        if account:
            owner = pwd.getpwnam(account)
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        data = str(folder / "data")
        asked = [
            str(found / "initdb"),
            "-D",
            data,
            "-U",
            "planner",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        ]
        subprocess.run(asked, check=True, stdout=subprocess.DEVNULL, user=account, cwd=folder)
        options = [*QUICK, f"unix_socket_directories={folder}", f"max_connections={MOST_CONNECTIONS}"]
        control = [str(found / "pg_ctl"), "-D", data, "-w", "-l", str(folder / "log")]
        words = " ".join(f"-c {option}" for option in options)
        subprocess.run(
            [*control, "-o", words, "start"], check=True, stdout=subprocess.DEVNULL, user=account, cwd=folder
        )
        try:
            yield f"postgresql://planner@/postgres?host={folder}"
        finally:
            stopping = [*control, "-m", "immediate", "stop"]
            subprocess.run(stopping, check=True, stdout=subprocess.DEVNULL, user=account, cwd=folder)


def main(command: list[str]) -> int:
    """Run the command with the server's address in its environment; how it ended."""
    if os.environ.get("PLANNER_TEST_DATABASE"):
        return subprocess.run(command, check=False).returncode
    found = programs()
    if found is None:
        print("PostgreSQL is missing: apt install postgresql", file=sys.stderr)  # noqa: T201
        return 1
    with server(found) as address:
        environ = {**os.environ, "PLANNER_TEST_DATABASE": address}
        return subprocess.run(command, check=False, env=environ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
