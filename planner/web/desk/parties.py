"""The parties' board: split a delegation, propose how the parties rotate, accept it, print it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from markupsafe import Markup

from planner.domain.party_routes import MOST_PARTIES, keep_together, routes_fit
from planner.errors import InvalidInputError
from planner.outputs.board import build_board
from planner.outputs.board_svg import LANE, draw_board, draw_sites, lane_on_paper
from planner.outputs.change_text import change_lines
from planner.outputs.conflict_text import ConflictWriter
from planner.outputs.formats import DayClock, long_date, short_day
from planner.outputs.parties_map import parties_map
from planner.outputs.party_views import of_party, parties_of, with_ways
from planner.outputs.places import PlaceWords
from planner.outputs.print_map import render_svg
from planner.outputs.timeline import build_timeline
from planner.outputs.translation import gettext
from planner.services import editing
from planner.services.drafts import draft
from planner.services.editing import ConflictError
from planner.services.parties import FINISH, plan_parties
from planner.services.plan import group_of
from planner.store.catalogue import all_sites
from planner.web.auth import needed_user, organiser_required
from planner.web.context import services
from planner.web.desk.party_forms import (
    FEWEST_PARTIES,
    PartiesForm,
    accept,
    first_together,
    routes_text,
    sum_sentence,
)
from planner.web.i18n import language
from planner.web.maps import map_view

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

    from planner.domain.releases import ReleaseContent
    from planner.domain.sites import Site
    from planner.domain.visits import Day, Visit
    from planner.outputs.board_rows import Board
    from planner.services.editing import State
    from planner.services.parties import PartyPlan

blueprint = Blueprint("parties", __name__, url_prefix="/visits/<int:visit_id>/parties")

SEARCH_S = 2.7
"""How long a rotation is looked for."""

PAPER_MAP_MM = (176, 150)


@dataclass(frozen=True)
class Refused:
    """What was typed and not stored, and why."""

    form: PartiesForm
    message: str
    lines: tuple[str, ...] = ()
    status: int = 422


@blueprint.before_request
@organiser_required
def _signed_in() -> None:
    """Only for organisers."""


@blueprint.app_template_global("parties_fit")
def parties_fit(day: Day, visit: Visit) -> bool:
    """Whether a day's accepted rotation still fits its stops and the visit's parties."""
    return routes_fit(day, visit.parties)


@blueprint.get("")
def show(visit_id: int) -> ResponseReturnValue:
    """The parties, and the board of the accepted rotation."""
    return _page(visit_id)


@blueprint.get("/proposal")
def proposal(visit_id: int) -> ResponseReturnValue:
    """The same with a rotation as it is proposed; nothing is stored."""
    return _page(visit_id, is_search=True)


@blueprint.post("/setup")
def setup(visit_id: int) -> ResponseReturnValue:
    """Store who goes in which party and what all see together, in one edit; then go where the button says."""
    fields = request.form.to_dict()
    form = PartiesForm.sent(fields, request.form.getlist("together"))
    count = request.form.get("split", type=int)
    day = _day_number()

    def change(visit: Visit) -> Visit:
        if count is None:
            return form.change(visit, day)
        split = form.split(visit.group_size, count).change(visit, day)
        return split if visit.parties else first_together(split, day)

    try:
        _edit(visit_id, "parties", change)
    except ConflictError as conflict:
        return _page(visit_id, refused=_conflict(form, conflict, visit_id))
    except (ValueError, InvalidInputError) as error:
        return _page(visit_id, refused=Refused(form, str(error)))
    is_proposal = request.form.get("then") == "propose"
    return _to("parties.proposal" if is_proposal else "parties.show", visit_id)


@blueprint.post("/accept")
def accept_routes(visit_id: int) -> ResponseReturnValue:
    """Take a proposed rotation over into the draft: one edit, one revision."""
    text, day = request.form.get("routes", ""), _day_number()
    try:
        _edit(visit_id, "parties_accept", lambda visit: accept(visit, day, text))
    except ConflictError:
        flash(
            gettext("Not accepted: the visit has been changed in the meantime. Propose the rotation again."),
            "warn",
        )
    except ValueError as error:
        flash(gettext("Not accepted: %(reason)s", reason=str(error)), "fail")
    else:
        flash(gettext("The rotation is part of the draft now. Publish the visit to show it."), "done")
    return _to("parties.show", visit_id)


@blueprint.post("/together")
def together(visit_id: int) -> ResponseReturnValue:
    """Keep everybody together: no parties, and no rotation on any day."""
    try:
        _edit(visit_id, "parties_none", keep_together)
    except ConflictError:
        flash(gettext("The visit has changed since you loaded this page. Look again."), "warn")
    return _to("parties.show", visit_id)


@blueprint.post("/undo")
def undo(visit_id: int) -> ResponseReturnValue:
    """Go one revision back, and stay on this page."""
    try:
        with services().database.writing() as session:
            editing.step(session, needed_user(), visit_id, _base(), is_redo=False)
    except ConflictError:
        flash(gettext("The visit has changed since you loaded this page. Look again."), "warn")
    return _to("parties.show", visit_id)


@blueprint.get("/print")
def paper(visit_id: int) -> ResponseReturnValue:
    """The board on a sheet of A4 across, a sheet for each party's guide, and the map of all."""
    context = services()
    with context.database.session() as session:
        state = editing.state(session, editing.owned(session, needed_user(), visit_id))
        index = _day_index(state.visit)
        content = draft(session, context.town, state.visit, context.now()).content
        board = build_board(content, index, language()) if content else None
        if content is None or board is None:
            flash(gettext("There is nothing to print yet: accept a rotation first."), "warn")
            return _to("parties.show", visit_id)
        chart = parties_map(content, index, language(), context.town.network.layers)
        ways = parties_of(content, index)
        timelines = [build_timeline(of_party(content, index, way), index, language()) for way in ways]
    view = {"state": state, "visit": state.visit, "day_number": index + 1, "board": board}
    return _private(
        render_template(
            "parties/print.html",
            map_svg=Markup(render_svg(chart, *PAPER_MAP_MM)) if chart else "",  # noqa: S704 - it escapes
            parties=list(zip(board.lanes, timelines, strict=True)),
            board_across=Markup(_across(board, lane_on_paper(board))),  # noqa: S704 - it escapes
            **view,
        )
    )


def _edit(visit_id: int, action: str, change: Any) -> None:
    with services().database.writing() as session:
        editing.apply(
            session, needed_user(), visit_id, editing.Edit(action, _base(), change), services().now()
        )


def _base() -> int:
    return request.form.get("base", default=0, type=int)


def _day_number() -> int:
    """The day that was asked for, from 0."""
    return max((request.values.get("day", default=1, type=int) or 1) - 1, 0)


def _day_index(visit: Visit) -> int:
    return min(_day_number(), len(visit.days) - 1)


def _to(endpoint: str, visit_id: int) -> ResponseReturnValue:
    return redirect(url_for(endpoint, visit_id=visit_id, day=_day_number() + 1), code=303)


def _conflict(form: PartiesForm, conflict: ConflictError, visit_id: int) -> Refused:
    with services().database.session() as session:
        state = editing.state(session, editing.owned(session, needed_user(), visit_id))
        lines = change_lines(conflict.since, state.visit, all_sites(session), language())
    message = gettext(
        "The visit has been changed in the meantime. What you typed is still here: save it again."
    )
    return Refused(form, message, tuple(lines), 409)


def _page(visit_id: int, *, is_search: bool = False, refused: Refused | None = None) -> ResponseReturnValue:
    with services().database.session() as session:
        state = editing.state(session, editing.owned(session, needed_user(), visit_id))
        html = render_template("parties/page.html", **_view(session, state, refused, is_search=is_search))
    return _private(html, refused.status if refused else 200)


def _private(html: str, status: int = 200) -> ResponseReturnValue:
    response = make_response(html, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _view(session: Session, state: State, refused: Refused | None, *, is_search: bool) -> dict[str, Any]:
    context, visit = services(), state.visit
    index = _day_index(visit)
    day = visit.days[index]
    planned = draft(session, context.town, visit, context.now())
    content, faults = planned.content, [fault.message for fault in planned.faults]
    plan, stored = None, PartiesForm.of_visit(visit, day)
    until_now = _last_finish(content, index) if content else 0
    if is_search and content is not None and _can_search(stored, visit):
        try:
            plan = _searched(content, index)
        except InvalidInputError as error:
            faults += [fault.message for fault in error.details] or [error.message]
        else:
            content = with_ways(content, index, plan.parties)
    board = build_board(content, index, language()) if content else None
    form = refused.form if refused else stored
    return {
        "state": state,
        "visit": visit,
        "day": day,
        "day_number": index + 1,
        "day_links": [(number, short_day(one.date, language())) for number, one in enumerate(visit.days, 1)],
        "date": long_date(day.date, language()),
        "form": form,
        "stops": _stop_rows(day, content.sites if content else all_sites(session), form),
        "size_fault": "" if form.people == visit.group_size else sum_sentence(form.people, visit.group_size),
        "can_search": _can_search(stored, visit),
        "counts": range(FEWEST_PARTIES, min(MOST_PARTIES, visit.group_size) + 1),
        "refused": refused,
        "faults": faults,
        "plan": plan,
        "until_now": _time(until_now, day),
        "bound": _time(plan.bound, day) if plan and plan.bound is not None else "",
        "is_all_proved": plan is not None and plan.proved and plan.objective != FINISH,
        "conflict": _conflict_text(content, index, plan) if content and plan else "",
        "routes": routes_text(plan.routes) if plan else "",
        "is_stale": bool(day.party_routes) and not routes_fit(day, visit.parties),
        "board": board,
        "section": "visits",
        **(_drawn(board) if board else {}),
        **map_view(_chart(content, index) if content and board else None),
    }


def _last_finish(content: ReleaseContent, index: int) -> int:
    """When the day ends as it is: for the last party, or for the undivided group."""
    ways = [way.itinerary for way in parties_of(content, index)] or [content.itineraries[index]]
    return max(way.finish for way in ways)


def _can_search(form: PartiesForm, visit: Visit) -> bool:
    return len(form.rows) >= FEWEST_PARTIES and form.people == visit.group_size


def _searched(content: ReleaseContent, index: int) -> PartyPlan:
    visit = content.visit
    day = visit.days[index]
    return plan_parties(services().town, day, group_of(visit), content.sites, visit.parties, SEARCH_S)


def _conflict_text(content: ReleaseContent, index: int, plan: PartyPlan) -> str:
    """Which demands exclude each other, where some stays begin when they may not."""
    words = PlaceWords(content.sites, language())
    return ConflictWriter(content.visit.days[index], words).sentence(plan.conflict)


def _chart(content: ReleaseContent, index: int) -> Any:
    return parties_map(content, index, language(), services().town.network.layers)


def _time(instant: int, day: Day) -> str:
    return DayClock(services().town.clock, day.date).moment(instant).text


def _across(board: Board, lane: float = LANE) -> str:
    return draw_board(board, gettext("Board of the parties"), "whereabouts", lane=lane)


def _drawn(board: Board) -> dict[str, Any]:
    """The board's drawings; each is described by the table below it."""
    name, sites_name = gettext("Board of the parties"), gettext("Who is at which stop when")
    return {
        "board_across": Markup(_across(board)),  # noqa: S704 - it escapes
        "board_down": Markup(draw_board(board, name, "whereabouts", is_across=False)),  # noqa: S704
        "board_sites": Markup(draw_sites(board, sites_name, "whereabouts")),  # noqa: S704
    }


def _stop_rows(day: Day, sites: Mapping[str, Site], form: PartiesForm) -> list[dict[str, Any]]:
    words = PlaceWords(sites, language())
    rows = []
    for number, stop in enumerate(day.stops, 1):
        site = words.site(stop.place)
        rows.append(
            {
                "number": number,
                "id": stop.id,
                "name": words.stop_name(stop),
                "together": stop.id in form.together,
                "room": form.rooms.get(stop.id, ""),
                "site_room": site.capacity if site and site.capacity is not None else "",
            }
        )
    return rows
