"""The messages to the hosts of a visit: listed once edits have rested or are published."""

from __future__ import annotations

from dataclasses import dataclass
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
    found: dict[HostAct, set[tuple[dt.date, str]]] = {HostAct.CONFIRMED: set(), HostAct.DECLINED: set()}
    starts = {}
    for one in host_stops(visit):
        arrangement = arranged.get(one.key)
        answer = arrangement.answer if arrangement else None
        date = visit.days[one.day].date
        if answer and answer.act in found and answer.agreed.date == date:
            found[answer.act].add((date, one.stop.id))
        kept = arrangement.kept if arrangement else None
        if kept and kept.date == date:
            starts[date, one.stop.id] = kept.stays[0].start
    return HostsSaid(frozenset(found[HostAct.CONFIRMED]), frozenset(found[HostAct.DECLINED]), starts)


def pending(
    session: Session,
    row: VisitRow,
    content: ReleaseContent | None,
    arranged: Iterable[Arrangement],
    now: Instant,
) -> Pending:
    """Return what the hosts of a visit are to be told of its planned draft; nothing where it has no plan."""
    if content is None:
        return Pending()
    changed = messages(arranged, planned_for_hosts(content))
    edited = Edited(store.last_edited(session, row), store.is_head_published(session, row))
    return Pending(changed, edited.rested(now), edited.rests_at)
