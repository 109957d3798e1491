"""Two groups of workers, as two machines would have them, over one PostgreSQL behind nginx.

The browser's tests are served so by `make test-groups`: each group has files of its own and knows nothing of
the other but the database and the storage. Meanwhile one after the other is ended by SIGKILL and started
again.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from planner.paths import ROOT
from tests.kit.web.served import HOST, PATIENCE_S, free_port, serve_here
from tests.kit.web.signing_in import services_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

WANTED = "PLANNER_TEST_GROUPS"
BETWEEN_S = 8.0
"""How long both serve until the next is ended: nginx passes one that was away over for five seconds."""

NGINX = """{user} daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;
events {{}} http {{ include /etc/nginx/mime.types; {temporary} {site} }}"""
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve an application whose clock is the real one: from here, or by two groups where that is wanted."""
    if not os.environ.get(WANTED):
        with serve_here(app) as address:
            yield address
        return
    with groups(app) as address:
        yield address


@dataclass
class Group:
    """The workers of one machine."""

    environ: dict[str, str]
    log: IO[bytes]
    process: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        """Start them, and wait until they say that they listen."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "wsgi:app"],
            cwd=ROOT,
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=self.log,
            start_new_session=True,
        )
        assert self.process.stdout is not None
        watchdog = threading.Timer(PATIENCE_S, self.kill)
        watchdog.start()
        ready = any(b"Stop with Ctrl-C" in line for line in self.process.stdout)
        watchdog.cancel()
        assert ready, "a group did not start"

    def kill(self) -> None:
        """End all of it at once, as a machine that fails."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


@dataclass
class Failing:
    """Ends one group after the other, and starts each again."""

    members: list[Group]
    kills: int = 0
    is_over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Go on until the tests are over."""
        while not self.is_over.wait(BETWEEN_S):
            member = self.members[self.kills % len(self.members)]
            member.kill()
            self.kills += 1
            member.start()


@contextmanager
def groups(app: Flask) -> Iterator[str]:
    """Serve an application's data by two groups behind nginx until the block ends; nginx's address."""
    settings = services_of(app).settings
    assert settings.database_url.startswith("postgresql"), "make test-groups"
    ports = [free_port() for _ in range(3)]
    address = f"http://{HOST}:{ports[0]}"
    folder = settings.data_dir.with_name(f"{settings.data_dir.name}-groups")
    folder.mkdir()
    common = {
        **os.environ,
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
        "HOST": HOST,
        "PUBLIC_URL": address,
        "TRUSTED_PROXIES": "1",
        "RATE_LIMITS": "off",
        "SEARCH_TIME": str(settings.search_time),
        "PYTHONUNBUFFERED": "1",
    }
    with ExitStack() as held:
        members = []
        for port in ports[1:]:
            own = folder / f"data-{port}"
            shutil.copytree(settings.data_dir, own, ignore=shutil.ignore_patterns("planner.sqlite*"))
            log = held.enter_context((folder / f"group-{port}.log").open("wb"))
            members.append(Group({**common, "PLANNER_DATA_DIR": str(own), "PORT": str(port)}, log))
        for member in members:
            member.start()
            held.callback(member.kill)
        held.enter_context(_nginx(folder, ports))
        failing = Failing(members)
        thread = threading.Thread(target=failing.run)
        thread.start()
        try:
            yield address
        finally:
            failing.is_over.set()
            thread.join()
            sys.stderr.write(f"\n{failing.kills} times a group was ended and started again\n")


@contextmanager
def _nginx(folder: Path, ports: list[int]) -> Iterator[None]:
    """The example of docs/deploy without TLS, on a port of its own."""
    example = (ROOT / "docs" / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    site = example.replace("server 127.0.0.1:8000 ", f"server {HOST}:{ports[1]} ", 1)
    site = site.replace(
        "keepalive", f"server {HOST}:{ports[2]} max_fails=1 fail_timeout=5s;\n    keepalive", 1
    )
    plain = re.search(r"server \{\s+listen 80;.*?\n\}\n", site, re.DOTALL)
    assert plain is not None
    site = site.replace(plain[0], "")
    site = re.sub(r"listen 443 ssl[^;]*;", f"listen {HOST}:{ports[0]};", site)
    site = re.sub(r"^ +ssl_.*\n", "", site, flags=re.MULTILINE)
    site = re.sub(r"/var/(log|cache)/nginx/", f"{folder}/", site).replace("$host;", "$http_host;")
    temporary = " ".join(f"{one}_temp_path {folder}/{one};" for one in TEMPORARY)
    whole = folder / "nginx.conf"
    user = (
        "" if os.geteuid() else "user root;"
    )  # as root its workers would be somebody else's, and write nothing
    whole.write_text(NGINX.format(user=user, folder=folder, temporary=temporary, site=site), encoding="utf-8")
    process = subprocess.Popen(["nginx", "-c", str(whole)])
    try:
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE_S)
