"""The parties' board: split a delegation, propose how the parties rotate, accept it, print it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from markupsafe import Markup

from planner.domain.parties.routes import keep_together, routes_fit
from planner.domain.warnings.audience import Audience, release_for
from planner.errors import EditRefusedError
from planner.outputs.board.build import build_board
from planner.outputs.board.frame import lane_on_paper
from planner.outputs.board.party_views import of_party, parties_of
from planner.outputs.look import PARTY_LOOKS
from planner.outputs.maps.parties import parties_map
from planner.outputs.timeline.build import build_timeline
from planner.services.catalogue.entries import all_sites
from planner.services.hosts.arranging import arrangements
from planner.services.visits import editing
from planner.services.visits.drafts import both_drafts, draft
from planner.services.visits.editing import ConflictError
from planner.web.account.auth import needed_user, organiser_required
from planner.web.frame import asked
from planner.web.frame.context import rule_context, services
from planner.web.frame.form_base import Setting
from planner.web.frame.i18n import language
from planner.web.frame.maps import paper_view
from planner.web.parties.form import PartiesForm, RoutesForm
from planner.web.parties.hosts import DayHosts, kept_stops
from planner.web.parties.shorter import can_shorten
from planner.web.parties.view import (
    Refused,
    RotationAnswer,
    across,
    can_search,
    page_view,
    searched,
    shortened,
    stop_rows,
)
from planner.words.changes import change_lines
from planner.words.refusals import fault_text, refusal_text
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response
    from flask.typing import ResponseReturnValue

    from planner.domain.releases import ReleaseContent
    from planner.domain.visits import Day, Visit

blueprint = Blueprint("parties", __name__, url_prefix="/visits/<int:visit_id>/parties")


@blueprint.before_request
@organiser_required
def _signed_in() -> None:
    """Only for organisers."""


@blueprint.app_template_global("parties_fit")
def parties_fit(day: Day, visit: Visit) -> bool:
    """Whether a day's accepted rotation still fits its stops and the visit's parties."""
    return routes_fit(day, visit.parties)


@blueprint.app_template_global("stays_may_help")
def stays_may_help(content: ReleaseContent, day_number: int) -> bool:
    """Whether shorter stays may help the accepted rotation of a day, counted from 1."""
    return can_shorten(content, day_number - 1)


@blueprint.get("")
def show(visit_id: int) -> ResponseReturnValue:
    """The parties, and the board of the accepted rotation."""
    return _page(visit_id)


@blueprint.get("/proposal")
def proposal(visit_id: int) -> ResponseReturnValue:
    """The same with a rotation as it is proposed; nothing is stored."""
    return _page(visit_id, search=searched)


@blueprint.get("/cuts")
def cuts(visit_id: int) -> ResponseReturnValue:
    """The accepted rotation with stays as much shorter as it needs to work; nothing is stored."""
    return _page(visit_id, search=shortened)


@blueprint.post("/setup")
def setup(visit_id: int) -> ResponseReturnValue:
    """Store who goes in which party and what all see together, in one edit; then go where the button says."""
    form = PartiesForm.sent(request.form, _day_asked())
    if form.split is not None:
        form = form.model_copy(update={"kept": kept_stops(visit_id)})
    try:
        _edit(visit_id, "parties", form.change)
    except ConflictError as conflict:
        return _page(visit_id, refused=_conflict(form, conflict, visit_id))
    except EditRefusedError as error:
        return _page(visit_id, refused=Refused(form, refusal_text(error)))
    is_proposal = request.form.get("then") == "propose"
    return _to("parties.proposal" if is_proposal else "parties.show", visit_id)


@blueprint.post("/accept")
def accept_routes(visit_id: int) -> ResponseReturnValue:
    """Take a proposed rotation over into the draft, with the stays that it cuts: one edit, one revision."""
    sent = {name: request.form.get(name, "") for name in ("routes", "cuts", "kept")}
    form = RoutesForm(day=_day_asked(), **sent)
    try:
        _edit(visit_id, "parties_accept", form.change)
    except ConflictError:
        flash(
            gettext("Not accepted: the visit has been changed in the meantime. Propose the rotation again."),
            "warn",
        )
    except EditRefusedError as error:
        flash(gettext("Not accepted: %(reason)s", reason=refusal_text(error)), "fail")
    else:
        flash(gettext("The rotation is part of the draft now. Publish the visit to show it."), "done")
    return _to("parties.show", visit_id)


@blueprint.post("/together")
def together(visit_id: int) -> ResponseReturnValue:
    """Keep everybody together: no parties, and no rotation on any day."""
    try:
        _edit(visit_id, "parties_none", lambda visit, _setting: keep_together(visit))
    except ConflictError:
        flash(gettext("The visit has changed since you loaded this page. Look again."), "warn")
    return _to("parties.show", visit_id)


@blueprint.post("/undo")
def undo(visit_id: int) -> ResponseReturnValue:
    """Go one revision back, and stay on this page."""
    try:
        with services().database.writing() as session:
            made = editing.Step(asked.base(), is_redo=False, at=services().now())
            editing.step(session, needed_user(), visit_id, made)
    except ConflictError:
        flash(gettext("The visit has changed since you loaded this page. Look again."), "warn")
    return _to("parties.show", visit_id)


@blueprint.get("/print")
def paper(visit_id: int) -> ResponseReturnValue:
    """The board on a sheet of A4 across, a sheet for each party's guide, and the map of all."""
    context = services()
    with context.database.session() as session:
        state = asked.own_state(session, needed_user(), visit_id)
        index = asked.nearest_day(state.visit)
        content = draft(session, context.desk_town, state.visit, context.now()).content
        board = build_board(content, index, language()) if content else None
        if content is None or board is None:
            flash(gettext("There is nothing to print yet: accept a rotation first."), "warn")
            return _to("parties.show", visit_id)
        chart = parties_map(content, index, language(), context.desk_town.network.layers)
        guides = release_for(content, Audience.GUIDE)
        timelines = [
            build_timeline(of_party(guides, index, way), index, language())
            for way in parties_of(guides, index)
        ]
    view = {"state": state, "visit": state.visit, "day_number": index + 1, "board": board}
    return _private(
        render_template(
            "parties/print.html",
            parties=list(zip(board.lanes, timelines, strict=True)),
            board_across=Markup(across(board, lane_on_paper(board))),  # noqa: S704 - it escapes
            **paper_view(chart),
            **view,
        )
    )


def _edit(visit_id: int, action: str, change: Callable[[Visit, Setting], Visit]) -> None:
    with services().database.writing() as session:
        setting = Setting(rule_context(), all_sites(session))
        made = editing.DraftEdit(action, asked.base(), lambda visit: change(visit, setting))
        editing.apply(session, needed_user(), visit_id, made, services().now())


def _day_asked() -> int:
    """The day that was asked for, from 0, whether the visit has it or not."""
    return max(asked.day_number() - 1, 0)


def _to(endpoint: str, visit_id: int) -> ResponseReturnValue:
    return redirect(url_for(endpoint, visit_id=visit_id, day=_day_asked() + 1), code=303)


def _conflict(form: PartiesForm, conflict: ConflictError, visit_id: int) -> Refused:
    with services().database.session() as session:
        state = asked.own_state(session, needed_user(), visit_id)
        lines = change_lines(conflict.since, state.visit, all_sites(session), language())
    message = gettext(
        "The visit has been changed in the meantime. What you typed is still here: save it again."
    )
    return Refused(form, message, tuple(lines), 409)


def _page(
    visit_id: int,
    *,
    search: Callable[[ReleaseContent, DayHosts], RotationAnswer] | None = None,
    refused: Refused | None = None,
) -> ResponseReturnValue:
    context = services()
    with context.database.session() as session:
        state = asked.own_state(session, needed_user(), visit_id)
        sites = all_sites(session)
        planned = both_drafts(session, context.desk_town, state.visit, context.now())
        arranged = arrangements(session, visit_id)
    index = asked.nearest_day(state.visit)
    hosts = DayHosts.of(state.visit, index, arranged, planned.rain.content if planned.rain else None)
    stored = PartiesForm.of_visit(state.visit, state.visit.days[index])
    is_searchable = can_search(stored, state.visit)
    answer = RotationAnswer(faults=tuple(map(fault_text, planned.faults)))
    if search is not None and planned.content is not None and is_searchable:
        answer = search(planned.content, hosts)
    view = page_view(state, hosts, planned.content, answer, refused)
    stops = stop_rows(view["day"], planned.content.sites if planned.content else sites, view["form"])
    html = render_template(
        "parties/page.html", can_search=is_searchable, stops=stops, looks=PARTY_LOOKS, **view
    )
    response = _private(html, refused.status if refused else answer.status)
    if answer.come_again_s:
        response.headers["Retry-After"] = str(answer.come_again_s)
    return response


def _private(html: str, status: int = 200) -> Response:
    response = make_response(html, status)
    response.headers["Cache-Control"] = "no-store"
    return response
