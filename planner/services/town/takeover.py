"""The town beside comes into force, or the one before comes back: all or nothing, by one step.

Wherever the process is killed, the old town is in force or the new one. Published visits stay as they are;
the streets that they were planned over are held as long as one of them has a day ahead.
"""

from __future__ import annotations

import datetime as dt
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from planner.built import NETWORK, TIMETABLE, Pair, before, hold, in_force, locked, swap
from planner.errors import NotThereError, SourceFileError
from planner.services.town.beside import Beside, pair_of
from planner.services.visits.publish import shown_release
from planner.store import visits as store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

STILL_UNDER_WAY = dt.timedelta(days=1)
"""A day goes on past midnight, and in another time zone."""


def take_over(session: Session, data_dir: Path, today: dt.date) -> Pair:
    """Bring the town beside into force, and return what was in force.

    Raises
    ------
    NotThereError
        If nothing was built beside.
    SourceFileError
        If another build is going on, or the disk cannot be written; what was in force stays so.
    """
    with _alone(data_dir):
        beside, was = Beside(data_dir), in_force(data_dir)
        folders = beside.folders()
        if folders is None:
            raise NotThereError("nothing was built beside")
        pair = pair_of(folders)
        hold_needed(session, data_dir, today)
        for folder in folders:
            if folder is not None and folder.parent == beside.folder:
                folder.rename(data_dir / folder.name)
        swap(data_dir, pair)
        beside.throw_away()
        return was


def put_back(session: Session, data_dir: Path, today: dt.date) -> Pair:
    """Bring what was in force before back into force, and return what was until now.

    Raises
    ------
    NotThereError
        If it is not kept any more.
    SourceFileError
        As `take_over`.
    """
    with _alone(data_dir):
        pair, was = before(data_dir), in_force(data_dir)
        if pair is None:
            raise NotThereError("what was in force before is not kept any more")
        hold_needed(session, data_dir, today)
        swap(data_dir, pair)
        return was


def hold_needed(session: Session, data_dir: Path, today: dt.date) -> None:
    """Hold the folders that released days of today and later were planned over; let go of all others."""
    since = today - STILL_UNDER_WAY
    rows = (row for row in store.visit_rows(session, None) if row.published is not None)
    releases = (shown_release(session, row) for row in rows)
    ahead = (one for one in releases if one is not None and one.visit.days[-1].date >= since)
    hold(data_dir, {name for release in ahead for name in release.network.built.split()})


@contextmanager
def _alone(data_dir: Path) -> Iterator[None]:
    """Keep builds of streets and timetables out meanwhile."""
    with ExitStack() as stack:
        try:
            for what in (NETWORK, TIMETABLE):
                stack.enter_context(locked(data_dir / f"{what}.lock", waits=False))
        except BlockingIOError as error:
            msg = "a build of streets or of a timetable is going on: wait until it has ended"
            raise SourceFileError(msg) from error
        yield
