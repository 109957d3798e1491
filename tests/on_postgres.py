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
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ACCOUNT = "postgres"
MOST_CONNECTIONS = 300
QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
"""Nothing of it outlives the tests."""


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest where there are several."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    found = shutil.which("initdb")
    return Path(found).parent if found else next(reversed(folders), None)


@dataclass(frozen=True)
class Server:
    """A server with all its files in one folder: ended and started again as one likes."""

    found: Path
    folder: Path
    options: tuple[str, ...]

    @property
    def address(self) -> str:
        """The address of a database in it."""
        return f"postgresql://planner@/postgres?host={self.folder}"

    def make(self) -> None:
        """Lay out its files."""
        if account := _account():
            owner = pwd.getpwnam(account)
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        asked = ["-U", "planner", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        self._run("initdb", *asked)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        own = (f"unix_socket_directories={self.folder}", f"max_connections={MOST_CONNECTIONS}")
        words = " ".join(f"-c {option}" for option in (*self.options, "listen_addresses=''", *own))
        self._run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", words, "start")

    def stop(self, how: str = "immediate") -> None:
        """End it: `fast` in good order, `immediate` as a crash, without writing what it has in memory."""
        self._run("pg_ctl", "-w", "-m", how, "stop")

    def _run(self, program: str, *words: str) -> None:
        asked = [str(self.found / program), "-D", str(self.folder / "data"), *words]
        subprocess.run(asked, check=True, stdout=subprocess.DEVNULL, user=_account(), cwd=self.folder)


def _account() -> str | None:
    """Who runs it: PostgreSQL refuses to run as root."""
    return ACCOUNT if os.geteuid() == 0 else None


@contextmanager
def server(found: Path, options: tuple[str, ...] = QUICK) -> Iterator[Server]:
    """Run a server until the block ends."""
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp") as name:
        made = Server(found, Path(name), options)
        made.make()
        made.start()
        try:
            yield made
        finally:
            made.stop()


def main(command: list[str]) -> int:
    """Run the command with the server's address in its environment; how it ended."""
    if os.environ.get("PLANNER_TEST_DATABASE"):
        return subprocess.run(command, check=False).returncode
    found = programs()
    if found is None:
        print("PostgreSQL is missing: apt install postgresql", file=sys.stderr)  # noqa: T201
        return 1
    with server(found) as made:
        environ = {**os.environ, "PLANNER_TEST_DATABASE": made.address}
        return subprocess.run(command, check=False, env=environ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
