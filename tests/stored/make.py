"""Make a folder of stored things with the program of this checkout: `python -m tests.stored.make FOLDER`.

FOLDER has `sources` (a town, a feed, sites) and `older` (releases of older commits); what is made is
`data.zip`, a whole data directory, and `expected.json`, what its pages showed.
"""

from __future__ import annotations

import argparse
import base64
import json
import shutil
import sqlite3
import tempfile
import time
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from tests.record.client import Client
from tests.record.desk import Desk
from tests.record.forms import form_of
from tests.record.keeper import Keeper
from tests.record.service import SECRET_KEY, Service, serve
from tests.stored import visits
from tests.stored.crafted import Rows, said

if TYPE_CHECKING:
    from tests.record.client import Answer
    from tests.record.desk import Editor

NAME, PASSWORD = "Anna Nowak", "cztery zielone parasole nad rzeką"
TOWN = "Małe Miasto"
TIMES = ("row__time", "row__until")
Found = dict[str, Any]


def make(folder: Path) -> None:
    """Make it all."""
    with tempfile.TemporaryDirectory(prefix="stored-") as temporary:
        data = Path(temporary) / "data"
        data.mkdir()
        sources = folder / "sources"
        commands = [
            ("network", "build", str(sources / "town.osm"), "--name", TOWN),
            ("timetable", "build", str(sources / "feed")),
            ("setup",),
            ("sites", "import", str(sources / "sites.csv")),
        ]
        with serve(Path.cwd(), data, commands) as service:
            found = _filled(service, Keeper(Path(temporary) / "kept"))
        found |= _crafted(data / "planner.sqlite", folder / "older", found)
        with serve(Path.cwd(), data, ()) as service:
            found |= served(service, found)
        (data / "secret_key").write_text(SECRET_KEY, encoding="utf-8")
        Rows(data / "planner.sqlite", SECRET_KEY, 0).close()
        found["stored"] = counted(data / "planner.sqlite")
        _pack(data, folder / "data.zip")
    text = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / "expected.json").write_text(text + "\n", encoding="utf-8")


def _filled(service: Service, kept: Keeper) -> Found:
    """Users, visits, releases and links as a fortnight of work leaves them."""
    used = service.sign_in_link("add", NAME, "--role", "admin")
    desk = Desk(Client(service.port), kept)
    here = desk.client.get(used)
    desk.client.submit(here, here.page.all("form")[-1])
    typed = {"new_password": PASSWORD, "same_password": PASSWORD}
    desk.send("password", "/account/password", "/account/password", **typed)
    waiting, replaced = service.sign_in_link("add", "Olena Kowal"), service.sign_in_link("add", "Piotr Lis")
    replacing = service.sign_in_link("link", "Piotr Lis")
    made = visits.make(desk)
    _split(desk, made["parties"])
    links = {name: _published(desk, name, editor) for name, editor in made.items() if name != "draft"}
    made["plain"].open(1).edit("stop", stop="s2", dwell_min="35")
    _published(desk, "plain-again", made["plain"])
    made["plain"].open(1).edit("visit", group_size="13")
    desk.send("draft-archive", made["draft"].path, "/archive")
    dead = {name: links[name]["participant"] for name in ("closed", "step_free", "bus")}
    desk.send("revoke", f"{made['closed'].path}/share", "/revoke")
    desk.send("expire", f"{made['step_free'].path}/share", "/expire", until="2026-11-01")
    links["bus"]["participant"] = _paths(desk.send("rotate", f"{made['bus'].path}/share", "/rotate"))[0]
    del links["closed"]["participant"], links["step_free"]["participant"]
    desk.send("expire-later", f"{made['coach'].path}/share", "/expire", until="2039-01-01")
    return {
        "secret_key": SECRET_KEY,
        "now": int(time.time()),
        "password": {NAME: PASSWORD},
        "session": {"user": NAME, "cookie": desk.client.cookies["planner"], **_token(desk.client)},
        "sign_in_links": {"waiting": waiting, "used": used, "replaced": replaced, "replacing": replacing},
        "live": links,
        "dead": dead,
        "visits": {name: editor.path for name, editor in made.items()},
    }


def _token(client: Client) -> dict[str, str]:
    """What the signed cookie says: the session's own token."""
    packed = client.cookies["planner"].split(".")
    text = packed[1] if packed[0] == "" else packed[0]
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    said = json.loads(zlib.decompress(data) if packed[0] == "" else data)
    return {"token": said["_user_id"]}


def _split(desk: Desk, editor: Editor) -> None:
    page = f"{editor.path}/parties"
    desk.send("split", page, "/parties/setup", "split=2")
    typed = {"name-0": "Młodzież", "guide-0": "Jan Kos", "language-1": "ukraiński", "room-s1": "12"}
    desk.send("rooms", page, "/parties/setup", "then=save", together=["s3"], **typed)
    proposal = desk.client.get(f"{page}/proposal?day=1")
    desk.client.submit(proposal, form_of(proposal.page, "/parties/accept"))


def _published(desk: Desk, name: str, editor: Editor) -> dict[str, str]:
    page = desk.send(f"{name}-publish", f"{editor.path}/share", "/publish")
    return dict(zip(("participant", "guide"), _paths(page), strict=True))


def _paths(page: Answer) -> list[str]:
    """The secret links of a page."""
    found = (node.get("href") for node in page.page.all("a"))
    paths = ("/" + address.split("/", 3)[3] for address in found if address.startswith("http"))
    return list(dict.fromkeys(path for path in paths if path.startswith(("v/", "g/", "/v/", "/g/"))))


def _crafted(database: Path, older: Path, found: Found) -> Found:
    """Releases that only older commits wrote, and one that says everything."""
    rows = Rows(database, SECRET_KEY, found["now"])
    links = dict(found["live"])
    for file in sorted(older.glob("*.json")):
        document = json.loads(file.read_text(encoding="utf-8"))
        links[f"older-{file.stem}"] = rows.visit(document["visit"], document["release"])
    visit = int(found["visits"]["plain"].rpartition("/")[2])
    links["every-sentence"] = rows.visit(*said(rows.release(visit)))
    rows.close()
    return {"live": links}


class Asks(Protocol):
    """A browser, or what stands in for one."""

    def get(self, path: str) -> Answer:
        """Fetch a page."""


def served(service: Service, found: Found) -> Found:
    """What a served process shows."""
    anna = Client(service.port)
    anna.cookies["planner"] = found["session"]["cookie"]
    return shown(Client(service.port), anna, found)


def shown(nobody: Asks, anna: Asks, found: Found, *, sample: bool = False) -> Found:
    """What every page shows to all readers, in both languages or, as a sample, every fourth one in one."""
    pages: Found = {}
    said = _in_one if sample else _said
    for name, links in found["live"].items():
        for kind, path in links.items():
            pages |= said(nobody, f"{name} {kind}", path)
        pages |= said(nobody, f"{name} print", f"{links.get('participant', links['guide'])}/print")
    for name, path in found["visits"].items():
        pages |= said(anna, f"{name} editor", path)
    pages |= _said(anna, "visits", "/") | _said(anna, "sites", "/sites")
    statuses = {path: nobody.get(path).status for path in found["dead"].values()}
    links = found["sign_in_links"].values()
    return {"pages": pages, "statuses": statuses | {path: nobody.get(path).status for path in links}}


def _said(client: Asks, name: str, path: str) -> Found:
    return {f"{name} {code}": _facts(client.get(_with_language(path, code)), path) for code in ("pl", "en")}


def _in_one(client: Asks, name: str, path: str) -> Found:
    """Every fourth page; in which language hangs on the name: each kind of page is asked for in both."""
    draw = zlib.crc32(name.encode()) % 8
    if draw > 1:
        return {}
    code = ("pl", "en")[draw]
    return {f"{name} {code}": _facts(client.get(_with_language(path, code)), path)}


def _with_language(path: str, code: str) -> str:
    return f"{path}?lang={code}"


def _facts(answer: Answer, path: str) -> Found:
    """A page's key texts: headings, what is warned of, times."""
    page = answer.page
    return {
        "path": path,
        "status": answer.status,
        "headings": [one.text for one in page.all("h1", "h2", "h3")],
        "notices": [one.text for one in page.walk() if "notice" in one.get("class").split()],
        "times": [one.text for one in page.walk() if set(TIMES) & set(one.get("class").split())],
    }


def counted(database: Path) -> Found:
    """How many rows each table has."""
    connection = sqlite3.connect(database)
    names = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
    counts = {
        name: connection.execute(f'select count(*) from "{name}"').fetchone()[0]  # noqa: S608
        for name in names
    }
    connection.close()
    return counts


def _pack(data: Path, file: Path) -> None:
    """A data directory as one file, without what is only there while it is served."""
    shutil.rmtree(data / "uploads", ignore_errors=True)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for one in sorted(data.rglob("*")):
            if one.is_file() and one.suffix not in {".log", ".lock"}:
                archive.write(one, one.relative_to(data))


if __name__ == "__main__":
    reader = argparse.ArgumentParser(prog="python -m tests.stored.make", description=__doc__)
    reader.add_argument("folder", type=Path)
    make(reader.parse_args().folder.resolve())
