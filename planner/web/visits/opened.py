"""A visit as its pages beside the editor open it: the draft, planned, and what is still open in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.hosts.arrangement import Arrangement
from planner.domain.sites import Site
from planner.services.catalogue.entries import all_sites
from planner.services.contacts.contacts import drivers_of
from planner.services.hosts.arranging import arrangements
from planner.services.hosts.pending import Pending, pending, said_by
from planner.services.paper.people import is_over
from planner.services.together import access
from planner.services.together.access import Right
from planner.services.visits import editing
from planner.services.visits.drafts import Draft, both_drafts
from planner.services.visits.editing import State
from planner.services.visits.readiness.find import open_points
from planner.services.visits.readiness.points import HostsSaid, OpenPoints
from planner.web.account.auth import needed_user
from planner.web.frame.context import services
from planner.web.frame.i18n import language
from planner.words.formats import dates_text

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy.orm import Session

    from planner.domain.visits import Visit


@dataclass(frozen=True)
class OpenedVisit:
    """A visit of who asks: its state, its draft, planned with its rain version, sites, what is open.

    `right` is what they may do with it, `arranged` what is arranged with its hosts, `said` what these
    answered, `pending` what they are to be told.
    """

    state: State
    plan: Draft
    sites: Mapping[str, Site]
    points: OpenPoints
    right: Right
    arranged: Mapping[str, Arrangement]
    pending: Pending
    said: HostsSaid

    @property
    def visit(self) -> Visit:
        """Return the draft's document."""
        return self.state.visit

    def head(self) -> dict[str, Any]:
        """What the head of each of its pages shows."""
        return {
            "visit": self.visit,
            "visit_id": self.state.id,
            "head": self.state.head,
            "dates": dates_text([day.date for day in self.visit.days], language()),
            "may_edit": self.right >= Right.EDIT,
            "may_keep": self.right >= Right.KEEP,
            "section": "visits",
        }


def opened_visit(session: Session, visit_id: int, needs: Right = Right.EDIT) -> OpenedVisit:
    """Open a visit for who may do with it what `needs` says.

    Raises
    ------
    NotThereError
        If there is none such, or it is no business of this user's.
    NotAllowedError
        If they may do less.
    """
    context, user = services(), needed_user()
    row = access.needed(session, user, visit_id, needs)
    state = editing.state(session, row)
    plan = both_drafts(session, context.desk_town, state.visit, context.now())
    sites = {**all_sites(session), **(plan.rain.sites if plan.rain else {}), **plan.sites}
    arranged = arrangements(session, visit_id)
    said = said_by(state.visit, arranged)
    told = pending(session, row, plan.both, arranged.values(), context.now())
    right, today = access.right_to(session, user, row), context.desk_town.clock.local(context.now()).date()
    drivers = None if is_over(state.visit, today) else drivers_of(session, visit_id)
    points = open_points(state.visit, plan, said, drivers)
    return OpenedVisit(state, plan, sites, points, right, arranged, told, said)
