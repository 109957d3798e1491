"""The messages to the hosts of a visit: listed once edits have rested or are published."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.clock import Instant
from planner.domain.hosts.arrangement import HostAct
from planner.domain.hosts.keys import host_stops
from planner.domain.hosts.messages import Edited, HostMessage, messages
from planner.services.hosts.arranging import planned_for_hosts
from planner.services.visits.readiness.points import HostsSaid
from planner.store.hosts import arrangements as store

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session

    from planner.domain.hosts.arrangement import Arrangement
    from planner.domain.hosts.keys import HostStop
    from planner.domain.releases import ReleaseContent
    from planner.domain.visits import Visit
    from planner.store.models import VisitRow


@dataclass(frozen=True)
class Pending:
    """What is different from what hosts know: `listed` are the messages that are due now.

    Until `rests_at` the visit is still being edited: nobody is to be told yet.
    """

    changed: tuple[HostMessage, ...] = ()
    is_due: bool = False
    rests_at: Instant = 0

    @property
    def listed(self) -> tuple[HostMessage, ...]:
        """The messages that are to be sent now."""
        return self.changed if self.is_due else ()


def said_by(visit: Visit, arranged: Mapping[str, Arrangement]) -> HostsSaid:
    """Return what the hosts of a visit answered: an answer is about the day that was asked for."""
    stops = host_stops(visit)
    dry, wet = (
        _said_by(visit, (one for one in stops if one.is_rain is is_rain), arranged)
        for is_rain in (False, True)
    )
    return replace(dry, rain=wet)


def _said_by(visit: Visit, stops: Iterable[HostStop], arranged: Mapping[str, Arrangement]) -> HostsSaid:
    found: dict[HostAct, set[tuple[dt.date, str]]] = {act: set() for act in HostAct}
    starts, due = {}, {}
    for one in stops:
        arrangement = arranged.get(one.key)
        answer = arrangement.answer if arrangement else None
        date = visit.days[one.day].date
        if answer and answer.agreed.date == date:
            found[answer.act].add((date, one.stop.id))
        if arrangement and arrangement.is_waiting and arrangement.details.deadline:
            due[date, one.stop.id] = arrangement.details.deadline
        kept = arrangement.kept if arrangement else None
        if kept and kept.date == date:
            starts[date, one.stop.id] = kept.stays[0].start
    return HostsSaid(
        frozenset(found[HostAct.CONFIRMED]),
        frozenset(found[HostAct.DECLINED]),
        frozenset(found[HostAct.ASKED]),
        starts,
        due,
    )


def pending(
    session: Session,
    row: VisitRow,
    content: ReleaseContent | None,
    arranged: Iterable[Arrangement],
    now: Instant,
) -> Pending:
    """Return what the hosts of a visit are to be told of its planned draft; nothing where it has no plan.

    Nor are those told anything to whom the group comes when it rains, where that cannot be planned.
    """
    if content is None:
        return Pending()
    planned = planned_for_hosts(content)
    unknown = {one.key for one in host_stops(content.visit)} - planned.keys()
    changed = messages((one for one in arranged if one.key not in unknown), planned)
    edited = Edited(store.last_edited(session, row), store.is_head_published(session, row))
    return Pending(changed, edited.rested(now), edited.rests_at)
