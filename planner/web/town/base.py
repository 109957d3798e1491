"""What the pages of the town share: the blueprint, its guard, and how a job is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint

from planner.domain.jobs.job import OPEN, JobState
from planner.errors import Reason
from planner.runner.kinds import TOWN
from planner.services.jobs.asking import newest
from planner.web.account.auth import admin_required
from planner.words.refusals import WORDS
from planner.words.translation import _, gettext

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.domain.jobs.job import Job, JobFault

blueprint = Blueprint("town", __name__, url_prefix="/town")

NAMES = {
    "town-map": _("Getting the real map"),
    "town-file": _("Building what was sent"),
    "town-feeds": _("Fetching timetables"),
    "town-sites": _("Looking for sites on the map"),
}


@blueprint.before_request
@admin_required
def _admins_only() -> None:
    """The town is changed by administrators."""


@dataclass(frozen=True)
class JobView:
    """A job as it is told: `said` is what the program says of it, in English."""

    id: int
    name: str
    line: str
    said: str
    is_open: bool
    is_failed: bool


def last_job(session: Session) -> JobView | None:
    """The newest job about the town; None without one."""
    jobs = newest(session, *TOWN, most=1)
    return job_view(jobs[0]) if jobs else None


def job_view(job: Job) -> JobView:
    """Return a job in words."""
    progress = job.progress
    said = progress.sentence if job.state in OPEN else ""
    line = ""
    match job.state:
        case JobState.WAITING:
            line = gettext("It waits for its turn.")
        case JobState.RUNNING if job.is_cancelling:
            line = gettext("It is being cancelled.")
        case JobState.RUNNING if progress.total:
            line = gettext("Step %(done)s of %(total)s.", done=progress.done, total=progress.total)
        case JobState.RUNNING:
            line = gettext("It is under way.")
        case JobState.CANCELLED:
            line = gettext("It was cancelled. Nothing has changed.")
        case JobState.FAILED:
            line, said = gettext("It did not work. Nothing has changed."), _why(job.error)
        case JobState.DONE:
            line = _result(job)
    failed = job.state is JobState.FAILED
    return JobView(job.id, str(NAMES[job.kind]), line, said, job.state in OPEN, failed)


def _why(error: JobFault | None) -> str:
    """Why a job failed: in the reader's language where there are words for it."""
    if error is None:
        return ""
    try:
        return str(WORDS[Reason(error.reason)]) % error.params if error.reason else error.message
    except (KeyError, ValueError):
        return error.message


def _result(job: Job) -> str:
    result = job.result if isinstance(job.result, dict) else {}
    if "place" in result:
        return gettext("%(place)s: %(megabytes)s MB came.", **result)
    if "megabytes" in result:
        return gettext("Read: %(megabytes)s MB.", **result)
    return gettext("Done.")
