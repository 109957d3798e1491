"""The page of another order: searched for, shown beside the order as it is, accepted as one edit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, make_response, render_template, request

from planner.domain.edits.day_mark import seen_mark
from planner.domain.hosts.kept import KeptTime, with_kept
from planner.domain.order.proposals import Objective
from planner.errors import InvalidInputError
from planner.outputs.compare.hosts import HostsView, hosts_view
from planner.outputs.compare.proposal import ProposalView, objective_name, proposal_view
from planner.outputs.compare.surest import SUREST, Grounds, grounds, surest_name, surest_view
from planner.services.hosts.arranging import arrangements
from planner.services.hosts.keeping import (
    confirmed_times,
    judged,
    kept_times,
    propose_with_hosts,
)
from planner.services.order.find import BUDGET_S
from planner.services.order.sturdy import STURDY_S, propose_surest
from planner.services.planning.budget import budget_of
from planner.services.planning.case import Case
from planner.services.planning.in_rain import again_in_rain
from planner.services.planning.remembered import remembered_plan
from planner.services.visits.drafts import sites_of_both
from planner.web.account.auth import needed_user, organiser_required
from planner.web.editor.proposal_drawn import proposal_drawn
from planner.web.frame import asked
from planner.web.frame.context import services
from planner.web.frame.costly import BUSY, costly, refusal
from planner.web.frame.i18n import language
from planner.words.formats import long_date
from planner.words.plans import Reading
from planner.words.refusals import fault_text

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from planner.domain.sites import Site
    from planner.domain.visits import Day, Visit
    from planner.services.hosts.keeping import HostOrder
    from planner.services.visits.editing import State

blueprint = Blueprint("proposal", __name__, url_prefix="/visits/<int:visit_id>/proposal")

OFFERED = (Objective.FINISH, Objective.FINISH_WALKING, Objective.WALKING, Objective.WAITING)


@blueprint.before_request
@organiser_required
def _signed_in() -> None:
    """Only for organisers."""


@blueprint.get("")
def show(visit_id: int) -> ResponseReturnValue:
    """What to search for; with an objective in the address, what was found. Nothing is changed."""
    is_beside = request.headers.get("X-Editor") == "beside"
    template = "editor/_proposal.html" if is_beside else "editor/proposal.html"
    with services().database.session() as session:
        state = asked.own_state(session, needed_user(), visit_id)
        sites = sites_of_both(session, state.visit)
        arranged = arrangements(session, visit_id)
    index = asked.needed_day(state.visit)
    is_asked = bool(request.args.get("objective")) and not request.args.get("wait")
    clock = services().desk_town.clock
    kept = kept_times(state.visit, index, arranged, clock)
    in_rain = confirmed_times(state.visit, index, arranged, clock, is_rain=True)
    answer = _search(state.visit, index, sites, (kept, in_rain)) if is_asked else _Answer()
    view = _view(state, index, answer)
    page = render_template(template, **view, is_beside=is_beside, has_kept=bool(kept), may_ask=_may_ask())
    response = make_response(page, answer.status)
    response.headers["Cache-Control"] = "no-store"
    if answer.come_again_s:
        response.headers["Retry-After"] = str(answer.come_again_s)
    return response


@dataclass(frozen=True)
class _Answer:
    """What a search came to: a proposal, or why there is none; neither where none was asked for.

    `grounds` is what chances rest on, where the proposal tells any.
    """

    view: ProposalView | None = None
    hosts: HostsView = field(default_factory=HostsView)
    faults: tuple[str, ...] = ()
    status: int = 200
    come_again_s: int = 0
    drawn: Mapping[str, Any] = field(default_factory=dict)
    grounds: Grounds | None = None


def _search(
    visit: Visit, index: int, sites: Mapping[str, Site], confirmed: tuple[tuple[KeptTime, ...], ...]
) -> _Answer:
    """Search; `confirmed` are the times that hosts have confirmed, and those of when it rains."""
    town, (kept, in_rain) = services().town, confirmed
    case = Case.of_visit(town, visit, index, sites)
    bound = Case.of_visit(town, with_kept(visit, index, kept), index, sites) if kept else case
    reading = Reading(sites, town.clock, language())
    try:
        with costly():
            found, view, why = _found((case, bound), kept, reading)
            again = again_in_rain(case, replace(case, day=found.proposal.day), in_rain)
            found = replace(found, in_rain=again)
    except InvalidInputError as error:
        return _Answer(faults=tuple(map(fault_text, error.faults)))
    except BUSY as busy:
        faults, status, come_again_s = refusal(busy)
        return _Answer(faults=faults, status=status, come_again_s=come_again_s)
    drawn = proposal_drawn(visit, index, case, found.proposal, view)
    return _Answer(view, hosts_view(case.day, found, reading), drawn=drawn, grounds=why)


def _found(
    cases: tuple[Case, Case], kept: tuple[KeptTime, ...], reading: Reading
) -> tuple[HostOrder, ProposalView, Grounds | None]:
    """Search for what is asked for, keeping confirmed times or not; chances come with what they rest on.

    `cases` are the day as it is, and with these times fixed.
    """
    scaled, day = services().search_s, cases[0].day
    objective = _objective(day)
    if objective == SUREST:
        surest = propose_surest(cases[0 if _may_ask() else 1], scaled(BUDGET_S), scaled(STURDY_S))
        surest = replace(surest, proposal=replace(surest.proposal, before=remembered_plan(cases[0])))
        return judged(surest.proposal, kept), surest_view(day, surest, reading), grounds(surest)
    budget = budget_of(scaled(BUDGET_S))
    found = propose_with_hosts(cases, kept, Objective(objective), budget, may_ask=_may_ask())
    return found, proposal_view(day, found.proposal, reading), None


def _may_ask() -> bool:
    """Whether hosts who have confirmed may be asked again."""
    return bool(request.args.get("again"))


def _view(state: State, index: int, answer: _Answer) -> dict[str, Any]:
    day = state.visit.days[index]
    is_asked = bool(request.args.get("objective"))
    return {
        "state": state,
        "visit": state.visit,
        "day": day,
        "day_number": index + 1,
        "date_text": long_date(day.date, language()),
        "objective": _objective(day),
        "objectives": _offered(day),
        "grounds": answer.grounds,
        "searches_now": not is_asked,
        "view": answer.view,
        "hosts": answer.hosts,
        "faults": answer.faults,
        **answer.drawn,
        "seen": seen_mark(state.visit, index),
        "keep": {
            name: value for name, value in request.args.items() if name in ("day", "objective", "again")
        },
        "section": "visits",
    }


def _offered(day: Day) -> list[tuple[str, str]]:
    """What can be asked for, by name; a day planned backward begins late, and has no surest order."""
    if day.end and day.end.arrive:
        meant = [(OFFERED[0], Objective.LATEST_START), *((one, one) for one in OFFERED[2:])]
        return [(str(asked), objective_name(one)) for asked, one in meant]
    return [*((str(one), objective_name(one)) for one in OFFERED), (SUREST, surest_name())]


def _objective(day: Day) -> str:
    """The objective asked for; what is not offered is the first one."""
    asked = request.args.get("objective", "")
    return asked if asked in dict(_offered(day)) else str(OFFERED[0])
