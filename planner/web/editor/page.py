"""The editor's pages and answers: the draft as a timeline with its controls, beside its map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for

from planner.domain.edits.days import changed_day
from planner.errors import EditRefusedError
from planner.outputs.maps.draft import catalogue_dots
from planner.services.catalogue.entries import all_sites
from planner.services.hosts.arranging import arrangements
from planner.services.together import access
from planner.services.together.access import Right
from planner.services.together.came_in import NOTHING
from planner.services.visits import editing
from planner.services.visits.drafts import both_drafts
from planner.services.visits.editing import ConflictError
from planner.web.account.auth import needed_user, organiser_required
from planner.web.editor.clashes import base_of_edit, came_in_lines, decided, key_of_edit
from planner.web.editor.forms.read import read_form
from planner.web.editor.refused import RefusedEdit, refused_edit
from planner.web.editor.remedies import ASKED_S, remedies_of
from planner.web.editor.search import found_sites
from planner.web.editor.selected import asked_selection
from planner.web.editor.view import Shown, column_view
from planner.web.frame import asked
from planner.web.frame.context import rule_context, services
from planner.web.frame.costly import send_over_or_stay
from planner.web.frame.form_base import Setting, fields_of
from planner.web.frame.i18n import language
from planner.web.frame.maps import map_view

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from planner.services.together.came_in import CameIn

blueprint = Blueprint("editor", __name__, url_prefix="/visits/<int:visit_id>")

TEMPLATES = {"column": "editor/_column.html", "inspector": "editor/_inspector.html"}
"""What our script asks for alone: all that changes with an edit, or only what is selected."""


@blueprint.before_request
@organiser_required
def _signed_in() -> None:
    """Only for organisers."""


@blueprint.get("")
def show(visit_id: int) -> ResponseReturnValue:
    """The editor, on the day that the address asks for; who may only read is led to the plan to read."""
    with services().database.session() as session:
        row = access.needed(session, needed_user(), visit_id, Right.READ)
        may_edit = access.right_to(session, needed_user(), row) >= Right.EDIT
    if not may_edit:
        return redirect(url_for("reading.show", visit_id=visit_id, day=request.args.get("day")))
    return _answer(visit_id, None, asked.day_number() - 1)


@blueprint.post("/edit/<action>")
def edit(visit_id: int, action: str) -> ResponseReturnValue:
    """Make one edit; answer with the column alone where a script asked, else with the page."""
    refused, came_in = None, NOTHING
    day = asked.edited_day()
    fields = fields_of(request.form)
    try:
        with services().database.writing() as session:
            form = read_form(action, fields)
            setting = Setting(rule_context(), all_sites(session))
            made = editing.DraftEdit(
                action,
                base_of_edit(),
                lambda visit: form.change(visit, setting),
                decided(action),
                key_of_edit(),
            )
            applied = editing.put_together(session, needed_user(), visit_id, made, services().now())
            day, came_in = form.shown_day(applied.visit), applied.came_in
    except ConflictError as conflict:
        refused = RefusedEdit(action, fields, conflict=conflict)
    except EditRefusedError as error:
        refused = refused_edit(action, fields, error)
    return _answer(visit_id, refused, day, came_in)


@blueprint.post("/undo")
def undo(visit_id: int) -> ResponseReturnValue:
    """Go one revision back."""
    return _step(visit_id, is_redo=False)


@blueprint.post("/redo")
def redo(visit_id: int) -> ResponseReturnValue:
    """Go forward again."""
    return _step(visit_id, is_redo=True)


def _step(visit_id: int, *, is_redo: bool) -> ResponseReturnValue:
    try:
        with services().database.writing() as session:
            made = editing.Step(asked.base(), is_redo, services().now())
            before, after = editing.step(session, needed_user(), visit_id, made)
    except ConflictError as conflict:
        return _answer(visit_id, RefusedEdit("", {}, conflict=conflict), asked.edited_day())
    return _answer(visit_id, None, changed_day(before, after, asked.edited_day()))


@blueprint.get("/remedies")
def remedies(visit_id: int) -> ResponseReturnValue:
    """What would cure the warnings of the day, alone, for our script, which shows the column before it."""
    with services().database.session() as session:
        state = asked.own_state(session, needed_user(), visit_id)
        day = asked.nearest_day(state.visit)
        plan = both_drafts(session, services().desk_town, state.visit, services().now())
        arranged = arrangements(session, visit_id)
    send_over_or_stay()
    rows = remedies_of(plan, day, ASKED_S, arranged)
    return render_template("editor/_remedies_all.html", state=state, day_number=day + 1, remedies=rows)


@blueprint.get("/search")
def search(visit_id: int) -> ResponseReturnValue:
    """The catalogue's sites that match what is typed, alone, for our script."""
    with services().database.session() as session:
        state = asked.own_state(session, needed_user(), visit_id)
        results = found_sites(all_sites(session))
        return render_template("editor/_found.html", state=state, day_number=asked.day_number(), **results)


def _answer(
    visit_id: int, refused: RefusedEdit | None, day: int, came_in: CameIn = NOTHING
) -> ResponseReturnValue:
    """What our script asked for, the page for everybody else; after a plain POST, a redirect to it."""
    asked_part = TEMPLATES.get(request.headers.get("X-Editor", ""))
    selected = asked_selection()
    if request.method == "POST" and refused is None and not asked_part:
        _flash_what_came_in(visit_id, came_in)
        shown = day + 1 if day > 0 else None
        query: dict[str, Any] = {**selected.query}
        address = url_for("editor.show", visit_id=visit_id, day=shown, **query)
        return redirect(address, code=303)
    with services().database.session() as session:
        state = asked.own_state(session, needed_user(), visit_id)
        opened = refused.selection(selected) if refused else selected
        view = column_view(session, state, refused, Shown(day, opened))
        view["came_in"] = came_in_lines(came_in, state.visit, all_sites(session), language())
        budget_s = ASKED_S if "remedies" in request.args else 0
        at, arranged = view["day_number"] - 1, view["arranged"]
        view["remedies"] = remedies_of(view["plan"], at, budget_s, arranged)
        if not asked_part:
            view |= map_view(view["content"]) | {"map_words": view["map_words"]}
            sites = all_sites(session)
            view["dots"] = catalogue_dots(() if view["party"] else sites.values(), language())
            view |= found_sites(sites) | {"after": request.args.get("after", "")}
    page = render_template(asked_part or "editor/page.html", **view)
    response = make_response(page, refused.status if refused else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


def _flash_what_came_in(visit_id: int, came_in: CameIn) -> None:
    """Say on the next page what others changed meanwhile: to who edits without our script."""
    if not came_in.changes:
        return
    with services().database.session() as session:
        state = asked.own_state(session, needed_user(), visit_id)
        heading, lines = came_in_lines(came_in, state.visit, all_sites(session), language())
    flash(f"{heading} {'; '.join(lines)}", "done")
