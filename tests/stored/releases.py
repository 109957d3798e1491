"""Keep what a released version stores: `python -m tests.stored.releases TREE FILE`.

TREE is a checkout of that version; its own code sets up, serves, and is used by its own forms as an
organiser, a guide and an administrator use it. FILE is a zip: `planner.sqlite`, and `expected.json` with
how many rows each table has, the links with what they showed, and what was done.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import json
import sqlite3
import subprocess
import tempfile
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.record.client import Client
from tests.record.desk import Desk
from tests.record.keeper import Keeper
from tests.record.service import SECRET_KEY, serve
from tests.stored.crafted import KINDS, Rows
from tests.stored.make import NAME, Asks, Found, counted
from tests.stored.steps import done_by

if TYPE_CHECKING:
    from tests.record.service import Service

TIMES = ("row__time", "row__until")


def make(tree: Path, file: Path) -> None:
    """Serve, use, and pack."""
    with tempfile.TemporaryDirectory(prefix="released-") as temporary:
        data = Path(temporary) / "data"
        data.mkdir()
        database = data / "planner.sqlite"
        with serve(tree, data) as service:
            done = _used(service, Keeper(Path(temporary) / "kept"))
            found: Found = {"now": int(time.time()), "done": done, "links": links_of(database)}
            found["shown"] = shown(Client(service.port), found["links"])
        Rows(database, SECRET_KEY, 0).close()
        found["rows"] = counted(database)
        text = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
            archive.write(database, database.name)
            archive.writestr("expected.json", text + "\n")
    print(file.name, file.stat().st_size, *done)  # noqa: T201


def links_of(database: Path) -> list[str]:
    """The paths of all secret links, worked out of their ids as every version has done."""
    connection = sqlite3.connect(database)
    query = "select id, kind, rotation, token_sha256 from links where not revoked order by id"
    rows = connection.execute(query).fetchall()
    connection.close()
    paths = []
    for number, kind, rotation, stored in rows:
        digest = hmac.new(SECRET_KEY.encode(), f"link:{number}:{rotation}".encode(), hashlib.sha256).digest()
        token = base64.urlsafe_b64encode(digest[:18]).decode()
        if hashlib.sha256(token.encode()).hexdigest() != stored:
            msg = f"link {number} has another token"
            raise ValueError(msg)
        paths.append(f"/{KINDS[kind]}/{token}")
    return paths


def shown(nobody: Asks, links: list[str]) -> dict[str, Any]:
    """What each link shows: status, heading and all times in the order of the day."""
    pages = {}
    for path in links:
        answer = nobody.get(f"{path}?lang=pl")
        pages[path] = {
            "status": answer.status,
            "heading": next((one.text for one in answer.page.all("h1")), ""),
            "times": [one.text for one in answer.page.walk() if set(TIMES) & set(one.get("class").split())],
        }
    return pages


def _used(service: Service, kept: Keeper) -> list[str]:
    """Do whatever this version can; the names of what was done."""
    try:
        link = service.sign_in_link("add", NAME, "--role", "admin")
    except subprocess.CalledProcessError:  # 0.1.0 had no accounts: its sample visit is all it stored
        return []
    return done_by(Desk(Client(service.port), kept), link)


if __name__ == "__main__":
    reader = argparse.ArgumentParser(prog="python -m tests.stored.releases", description=__doc__)
    reader.add_argument("tree", type=Path)
    reader.add_argument("file", type=Path)
    asked = reader.parse_args()
    make(asked.tree.resolve(), asked.file.resolve())
