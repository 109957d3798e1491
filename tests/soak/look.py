"""What lies on the disk after a kill, held against what was acknowledged."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from typing import TYPE_CHECKING

from planner.buses.files import current_timetable
from planner.buses.query.timetable.open import load_timetable
from planner.domain.releases import ReleaseContent
from planner.domain.visits import Visit
from planner.store.database import Database
from planner.store.documents import from_json
from planner.store.models import LiveEventRow, ReleaseRow, RevisionRow, SiteRow, VisitRow
from planner.streets.files import current_folder
from planner.streets.query.network import load_network
from tests.soak.work import ROWS, Acknowledged, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FILE = "planner.sqlite"


def look(data: Path, address: str, told: Acknowledged) -> None:
    """Look at database, network and timetable.

    Raises
    ------
    AssertionError
        If something is lost, half there or cannot be opened.
    """
    if not address:
        _look_at_file(data / FILE)
    _look_at_rows(address or f"sqlite:///{data / FILE}", told)
    folder, timetable = current_folder(data), current_timetable(data)
    assert folder is not None
    assert timetable is not None
    town, buses = load_network(folder), load_timetable(folder, timetable)
    assert buses is not None
    _is_in_force(told, Kind.NETWORK, town.meta.name)
    _is_in_force(told, Kind.TIMETABLE, buses.meta.sources[0].name)


def _look_at_file(file: Path) -> None:
    """SQLite's own checks."""
    connection = sqlite3.connect(file)
    assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
    assert connection.execute("pragma foreign_key_check").fetchall() == []
    connection.close()


def _look_at_rows(address: str, told: Acknowledged) -> None:
    database = Database(address)
    with database.session() as session:
        edits = {from_json(Visit, row.document).meeting_point.get("pl") for row in session.query(RevisionRow)}
        said = {row.said.get("text") for row in session.query(LiveEventRow)}
        imported = Counter(row.id.partition("-")[0] for row in session.query(SiteRow))
        releases = {
            (row.visit_id, row.number): from_json(ReleaseContent, row.content)
            for row in session.query(ReleaseRow)
        }
        for visit in session.query(VisitRow):
            assert visit.published is None or (visit.id, visit.published) in releases
            assert visit.head <= visit.top
    database.close()
    notes = {release.note.get("pl") for release in releases.values()}
    _is_there(told, Kind.EDIT, "Punkt", edits)
    _is_there(told, Kind.PRESS, "Notatka", said)
    _is_there(told, Kind.SAID, "Notatka", said)
    _is_there(told, Kind.RELEASE, "Wydanie", notes)
    assert all(release.itineraries for release in releases.values())
    assert all(imported[f"r{number}"] == ROWS for number in told.done[Kind.IMPORT])
    assert {count for name, count in imported.items() if re.fullmatch(r"r\d+", name)} <= {ROWS}


def _is_there(told: Acknowledged, kind: Kind, word: str, found: Iterable[str | None]) -> None:
    lost = {f"{word} {number}" for number in told.done[kind]} - set(found)
    assert not lost, (kind, lost)


def _is_in_force(told: Acknowledged, kind: Kind, name: str) -> None:
    """What was built last, or what was put in force as its command was killed."""
    last = max(told.done[kind], default=0)
    number = re.search(r"\d+$", name)
    assert int(number[0] if number else 0) >= last, (kind, name, last)
