"""What is done once a day: people who are due are forgotten, files that no link shows are removed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from planner.services.accounts.sessions import forget_sign_ins
from planner.services.paper.keeping import FileKeeper
from planner.services.town.takeover import hold_needed
from planner.services.trust import audit, once
from planner.services.upkeep.forgetting import forget_past, forget_said
from planner.services.upkeep.left_behind import sweep_left_behind
from planner.services.visits.pages import open_marks, page_files
from planner.store.paper import releases_shown

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant


def tidy(
    session: Session, data_dir: Path, now: Instant, today: dt.date, audit_days: int = audit.KEPT_DAYS
) -> int:
    """Forget and sweep; of how many visits people were forgotten."""
    forgotten = forget(session, now, today, audit_days)
    sweep(session, data_dir, now)
    return forgotten


def forget(session: Session, now: Instant, today: dt.date, audit_days: int = audit.KEPT_DAYS) -> int:
    """Forget what is due now, today in the town, and return of how many visits people were forgotten.

    The log of who did what is kept for so many days. It is about the database alone: once over all machines.
    """
    forgotten, feedback = forget_past(session, today), forget_said(session, today)
    if forgotten or feedback:
        about = f"people of {forgotten}, feedback of {feedback}"
        audit.note(session, audit.Act.FORGOTTEN, audit.BY_SERVICE, now, about=about)
    forget_sign_ins(session, now)
    once.forget_old(session, now)
    audit.forget_old(session, now, audit_days)
    return forgotten


def sweep(session: Session, data_dir: Path, now: Instant) -> None:
    """Remove the files that nothing shows any more, of one machine's data directory."""
    hold_needed(session, data_dir, dt.datetime.fromtimestamp(now, dt.UTC).date())
    shown = releases_shown(session)
    FileKeeper(data_dir).sweep(shown)
    sweep_left_behind(data_dir)
    pages = page_files(data_dir)
    pages.sweep(shown)
    pages.sweep_links(open_marks(session, now))
