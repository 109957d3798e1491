"""The page of another order: searched for, shown beside the order as it is, accepted as one edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, make_response, render_template, request

from planner.domain.proposals import Objective
from planner.domain.seen import seen_mark
from planner.errors import InvalidInputError
from planner.outputs.formats import long_date
from planner.outputs.plan_words import Reading
from planner.outputs.proposal_text import objective_name, proposal_view
from planner.services import editing
from planner.services.drafts import sites_of
from planner.services.order import propose
from planner.services.plan import group_of
from planner.web.auth import needed_user, organiser_required
from planner.web.context import services
from planner.web.i18n import language

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from planner.domain.visits import Day
    from planner.outputs.proposal_text import ProposalView

blueprint = Blueprint("proposal", __name__, url_prefix="/visits/<int:visit_id>/proposal")

BUDGET_S = 2.0
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
    response = make_response(render_template(template, **_view(visit_id), is_beside=is_beside))
    response.headers["Cache-Control"] = "no-store"
    return response


def _view(visit_id: int) -> dict[str, Any]:
    with services().database.session() as session:
        state = editing.state(session, editing.owned(session, needed_user(), visit_id))
        sites = sites_of(session, state.visit)
    number = request.args.get("day", default=1, type=int)
    if not 1 <= number <= len(state.visit.days):
        abort(404)
    day = state.visit.days[number - 1]
    objective = _objective()
    view: ProposalView | None = None
    faults: tuple[str, ...] = ()
    is_waiting = bool(request.args.get("wait"))
    if request.args.get("objective") and not is_waiting:
        town = services().town
        try:
            group = group_of(state.visit)
            found = propose(town, day, group, sites, objective, BUDGET_S)
        except InvalidInputError as error:
            faults = tuple(fault.message for fault in error.details) or (error.message,)
        else:
            view = proposal_view(day, found, Reading(sites, town.clock, language()))
    return {
        "state": state,
        "visit": state.visit,
        "day": day,
        "day_number": number,
        "date_text": long_date(day.date, language()),
        "objective": objective,
        "objectives": [(str(one), objective_name(meant)) for one, meant in _offered(day)],
        "searches_now": not (view or faults or is_waiting),
        "view": view,
        "faults": faults,
        "seen": seen_mark(state.visit, number - 1),
        "keep": {name: value for name, value in request.args.items() if name in ("day", "objective")},
        "section": "visits",
    }


def _offered(day: Day) -> list[tuple[Objective, Objective]]:
    """What can be asked for, with what is meant by it on this day: a day planned backward begins late."""
    if not (day.end and day.end.arrive):
        return [(one, one) for one in OFFERED]
    return [(OFFERED[0], Objective.LATEST_START), *((one, one) for one in OFFERED[2:])]


def _objective() -> Objective:
    """The objective asked for; what is not offered is the first one."""
    asked = request.args.get("objective", "")
    return Objective(asked) if asked in map(str, OFFERED) else OFFERED[0]
