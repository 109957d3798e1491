"""Templates of the office: visits that are kept to begin others from, for its organisers alone.

Kept is the plan, field by field: no date, no person, nothing that was agreed with a host for that day. What
visits get later is not in them until it is added here.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from planner.domain.edits.stops import on_date
from planner.domain.visits import Day, Stop, Visit
from planner.errors import InvalidInputError, NotThereError, Reason
from planner.services.visits.templates import VisitTemplate
from planner.store.documents import from_json, to_json
from planner.store.models import OfficeTemplateRow
from planner.store.together import templates as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant
    from planner.services.accounts.users import User

LONGEST = 80
MOST = 100
PREFIX = "office-"
NO_DATE = dt.date(2000, 1, 3)
"""A Monday that stands in the documents: a template has no date."""


def office_templates(session: Session) -> tuple[VisitTemplate, ...]:
    """Return the templates of the office, by name."""
    return tuple(
        VisitTemplate(f"{PREFIX}{row.id}", 0, {"pl": row.name}, {}, from_json(Visit, row.document))
        for row in store.templates(session)
    )


def keep(session: Session, user: User, visit: Visit, name: str, now: Instant) -> None:
    """Keep a visit as a template.

    Raises
    ------
    InvalidInputError
        If the name does not fit, or there are too many.
    """
    shown = " ".join(name.split())
    if not 0 < len(shown) <= LONGEST or len(store.templates(session)) >= MOST:
        raise InvalidInputError("a template needs a name", reason=Reason.TEMPLATE_UNFIT)
    row = OfficeTemplateRow(name=shown, document=to_json(plan_of(visit)), by_id=user.id, created=now)
    store.add_template(session, row)


def remove(session: Session, template_id: int) -> None:
    """Remove a template; visits that began from it stay.

    Raises
    ------
    NotThereError
        If there is none such.
    """
    if not store.remove_template(session, template_id):
        raise NotThereError("there is no such template", reason=Reason.TEMPLATE_MISSING)


def plan_of(visit: Visit) -> Visit:
    """Return the plan of a visit alone."""
    plan = Visit(
        title=visit.title,
        days=tuple(_day(day) for day in visit.days),
        languages=visit.languages,
        group_size=visit.group_size,
        pace_kmh=visit.pace_kmh,
        step_free=visit.step_free,
        meeting_point=visit.meeting_point,
        coach=visit.coach,
        interpreter=visit.interpreter,
        interpreters=visit.interpreters,
        buffers=visit.buffers,
        assumed_leg_min=visit.assumed_leg_min,
        hardest_path=visit.hardest_path,
        bring=visit.bring,
    )
    return on_date(plan, NO_DATE)


def _day(day: Day) -> Day:
    return Day(day.date, day.start, day.end, day.mode, tuple(_stop(stop) for stop in day.stops))


def _stop(stop: Stop) -> Stop:
    """A stop without the time that was agreed for it."""
    return Stop(
        id=stop.id,
        kind=stop.kind,
        place=stop.place,
        dwell_min=stop.dwell_min,
        min_dwell_min=stop.min_dwell_min,
        windows=stop.windows,
        locked=stop.locked,
        after=stop.after,
        mode_to=stop.mode_to,
        buffer_min=stop.buffer_min,
        note=stop.note,
        hours=stop.hours,
        talk=stop.talk,
        together=stop.together,
        capacity=stop.capacity,
        essential=stop.essential,
        optional=stop.optional,
        weight=stop.weight,
        rain=stop.rain,
        rain_dwell_min=stop.rain_dwell_min,
        rain_capacity=stop.rain_capacity,
    )
