"""What commit a95df47 had stored opens and shows what it showed then."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from flask.sessions import SecureCookieSessionInterface

from planner.domain.releases import ReleaseContent
from planner.domain.sites import Site
from planner.domain.visits import Visit
from planner.paths import ROOT
from planner.services.upkeep.settings import read_settings
from planner.store.documents import from_json
from planner.store.raising import raise_release
from planner.web import create_app
from planner.web.frame.context import services
from tests.conftest import FULL
from tests.kit.databases import database_in
from tests.record.client import Answer
from tests.record.compare.differences import in_json
from tests.record.service import SCHOOL
from tests.stored.make import Found, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

FOLDER = ROOT / "tests" / "stored" / "a95df47"
OLDER = sorted((FOLDER / "older").glob("*.json"))


class Reader:
    """Asks the application in this process as a browser would."""

    def __init__(self, app: Flask, cookie: dict[str, Any] | None = None) -> None:
        self.client = app.test_client()
        if cookie:
            with self.client.session_transaction() as session:
                session.update(cookie)

    def get(self, path: str) -> Answer:
        """Fetch a page."""
        answer = self.client.get(path)
        headers = tuple(answer.headers.items())
        return Answer("GET", path, answer.status_code, headers, answer.data)


@pytest.fixture(scope="module")
def expected() -> Found:
    found: Found = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def opened(expected: Found, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The data directory of that commit, opened by this program on the day it was made."""
    data: Path = tmp_path_factory.mktemp("a95df47")
    with zipfile.ZipFile(FOLDER / "data.zip") as archive:
        archive.extractall(data)
    environ = {
        "PLANNER_DATA_DIR": str(data),
        "DATABASE_URL": database_in(data),
        "SECRET_KEY": expected["secret_key"],
        "RATE_LIMITS": "off",
    }
    app = create_app(read_settings({**environ, "SCHOOL_HOLIDAYS": SCHOOL}), now=lambda: int(expected["now"]))
    with app.app_context():
        services().database.upgrade()
    yield app
    with app.app_context():
        services().database.close()
    shutil.rmtree(data)


def session_of(app: Flask, cookie: str) -> dict[str, Any]:
    """What the organiser's browser kept: read whatever its age, for cookies end by the real clock."""
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    return dict(signer.loads(cookie))


NEW_HEADINGS = (
    *("Take it with you", "Zabierz ze sobą", "Changed since you last looked"),
    *(
        "Without signal",
        "Bez zasięgu",
        "On the day",
        "W dniu wizyty",
        "For the guide",
        "Dla przewodnika",
        "What was it like?",
        "Jak było?",
    ),
    *("Zmiany od ostatniego razu", "Where now, when next", "Gdzie teraz, kiedy dalej"),
)
NEW_HEADING = re.compile("|".join((r"Map, page \d", r"Mapa, strona \d", *NEW_HEADINGS)))
"""A long way is printed in pages of one scale now; pages lead to files, and say what is true now."""

SHORTER = (
    "!Warning: No way is known here: the time is only assumed.",
    "!Uwaga: Droga nie jest znana: czas jest tylko założony.",
)
"""What is left of a notice whose cure is the organiser's."""

DRAFTS, READERS = " editor ", re.compile(" (participant|guide|print) ")
SHEETS = " print "
"""What is printed is a sheet of paper now: other headings under the same title."""


COUNTED = re.compile(r"^!\d+ (?=warnings?$|ostrzeże)")
"""How many warnings a draft has, on the list of visits."""


def without_plans(found: Found) -> Found:
    """All but headings that are new, and times and warnings of drafts, which are planned anew.

    Stays are held in whole minutes now, a coach takes time to get in and out, tells where it must turn and
    walks farther to its kerb, what has no place on the map is assumed to be farther. Releases were planned
    once. A link that is closed says so now, and is no longer as if it had never been. The editor is a
    timetable now, whose rows are no headings.
    """
    pages = {
        name: {
            **{key: value for key, value in page.items() if key not in ("times", "notices")},
            "headings": page["headings"][:1],
        }
        if DRAFTS in name
        else {
            **page,
            "headings": [text for text in page["headings"] if not NEW_HEADING.match(text)][
                : 1 if SHEETS in name else None
            ],
            "notices": [] if READERS.search(name) else [COUNTED.sub("", text) for text in page["notices"]],
        }
        for name, page in found["pages"].items()
    }
    statuses = {path: 404 if status == 410 else status for path, status in found["statuses"].items()}
    return {**found, "pages": pages, "statuses": statuses}


@pytest.mark.dear
def test_every_page_shows_what_it_showed(opened: Flask, expected: Found) -> None:
    anna = Reader(opened, session_of(opened, expected["session"]["cookie"]))
    found = shown(Reader(opened), anna, expected, sample=not FULL)
    pages = {name: page for name, page in expected["pages"].items() if name in found["pages"]}
    expected = {**expected, "pages": pages}
    before, after = without_plans(expected), without_plans(found)
    assert [line for part in after for line in in_json(before[part], after[part], part)] == []
    assert len(found["pages"]) > (60 if FULL else 10)
    for name, page in found["pages"].items():
        if READERS.search(name):  # each reads what is for him: less than before, and nothing else
            assert set(page["notices"]) <= {*expected["pages"][name]["notices"], *SHORTER}, name


def test_the_password_and_an_open_sign_in_link_still_let_in(opened: Flask, expected: Found) -> None:
    ((name, password),) = expected["password"].items()
    client = opened.test_client()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/sign-in").text)
    assert token is not None
    sent = {"csrf_token": token[1], "name": name, "password": password}
    assert client.post("/sign-in", data=sent).status_code == 303
    asked = opened.test_client().get(expected["sign_in_links"]["waiting"])
    assert asked.status_code == 200


def test_the_network_and_the_timetable_of_that_commit_answer(opened: Flask) -> None:
    with opened.app_context():
        town = services().town
        assert town.network.meta.nodes > 0
        assert town.rides is not None
        assert town.rides.facts is not None


@pytest.mark.parametrize("file", OLDER, ids=lambda file: str(file.stem))
def test_documents_of_still_older_commits_are_read(file: Path) -> None:
    stored = json.loads(file.read_text(encoding="utf-8"))
    visit = from_json(Visit, stored["visit"])
    content = from_json(ReleaseContent, raise_release(stored["release"]))
    assert content.visit.title == visit.title
    assert content.itineraries
    assert from_json(Site, stored["site"]).name
