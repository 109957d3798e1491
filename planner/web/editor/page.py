"""The editor's pages and answers: the draft as a timeline with its controls, beside its map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for

from planner.domain.coach import COACH_LIMITS
from planner.domain.edits.days import changed_day
from planner.domain.limits import MOST_DAYS
from planner.domain.text import in_language
from planner.errors import EditRefusedError
from planner.outputs.maps.content import visit_state
from planner.outputs.maps.draft import catalogue_dots, draft_map
from planner.outputs.maps.words import visit_words
from planner.outputs.timeline.build import build_timeline
from planner.outputs.timeline.day_tabs import day_tabs
from planner.outputs.timeline.draft import draft_day
from planner.outputs.timeline.learned import learned_offer
from planner.services.catalogue.entries import all_sites
from planner.services.catalogue.positions import position_text
from planner.services.catalogue.search import offered
from planner.services.travel.by_mode import PLANNED_MODES
from planner.services.visits import editing
from planner.services.visits.drafts import Draft, draft
from planner.services.visits.editing import ConflictError
from planner.web.account.auth import needed_user, organiser_required
from planner.web.editor.forms.hours import hours_panels
from planner.web.editor.forms.read import read_form
from planner.web.editor.forms.stop import WINDOW_FIELDS
from planner.web.editor.forms.times import TimeChoice, choices_of
from planner.web.editor.remedies import ASKED_S, remedies_of, tightest_text
from planner.web.frame import asked
from planner.web.frame.context import rule_context, services
from planner.web.frame.form_base import Setting, fields_of
from planner.web.frame.i18n import language
from planner.web.frame.learned import stays_learned
from planner.web.frame.maps import map_view
from planner.words.changes import change_lines
from planner.words.formats import number_text
from planner.words.hiking import SCALES
from planner.words.modes import buffers_text, coach_text, mode_name
from planner.words.refusals import fault_text, refusal_text

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

    from planner.domain.sites import Site
    from planner.domain.visits import Visit
    from planner.services.visits.editing import State

blueprint = Blueprint("editor", __name__, url_prefix="/visits/<int:visit_id>")

MOST_FOUND = 8
LONGEST_QUERY = 100


@dataclass(frozen=True)
class RefusedEdit:
    """An edit that was not stored: why, what had been typed, and what it may have meant."""

    action: str
    fields: Mapping[str, str]
    message: str = ""
    conflict: ConflictError | None = None
    choices: tuple[TimeChoice, ...] = ()

    @property
    def status(self) -> int:
        """The HTTP status of the answer."""
        return 409 if self.conflict else 422


@blueprint.before_request
@organiser_required
def _signed_in() -> None:
    """Only for organisers."""


@blueprint.get("")
def show(visit_id: int) -> ResponseReturnValue:
    """The editor, on the day that the address asks for."""
    return _answer(visit_id, None, asked.day_number() - 1)


@blueprint.post("/edit/<action>")
def edit(visit_id: int, action: str) -> ResponseReturnValue:
    """Make one edit; answer with the column alone where a script asked, else with the page."""
    refused = None
    day = asked.edited_day()
    fields = fields_of(request.form)
    try:
        with services().database.writing() as session:
            form = read_form(action, fields)
            setting = Setting(rule_context(), all_sites(session))
            made = editing.DraftEdit(action, asked.base(), lambda visit: form.change(visit, setting))
            visit = editing.apply(session, needed_user(), visit_id, made, services().now())
            day = form.shown_day(visit)
    except ConflictError as conflict:
        refused = RefusedEdit(action, fields, conflict=conflict)
    except EditRefusedError as error:
        refused = RefusedEdit(action, fields, refusal_text(error), choices=choices_of(error))
    return _answer(visit_id, refused, day)


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
            before, after = editing.step(session, needed_user(), visit_id, asked.base(), is_redo=is_redo)
    except ConflictError as conflict:
        return _answer(visit_id, RefusedEdit("", {}, conflict=conflict), asked.edited_day())
    return _answer(visit_id, None, changed_day(before, after, asked.edited_day()))


@blueprint.get("/remedies")
def remedies(visit_id: int) -> ResponseReturnValue:
    """What would cure the warnings of the day, alone, for our script, which shows the column before it."""
    with services().database.session() as session:
        state = asked.own_state(session, needed_user(), visit_id)
        day = asked.nearest_day(state.visit)
        plan = draft(session, services().town, state.visit, services().now())
    rows = remedies_of(plan, day, ASKED_S)
    return render_template("editor/_remedies_all.html", state=state, day_number=day + 1, remedies=rows)


@blueprint.get("/search")
def search(visit_id: int) -> ResponseReturnValue:
    """The catalogue's sites that match what is typed, alone, for our script."""
    with services().database.session() as session:
        state = asked.own_state(session, needed_user(), visit_id)
        results = _found(all_sites(session))
        return render_template("editor/_found.html", state=state, day_number=asked.day_number(), **results)


def _found(sites: Mapping[str, Site]) -> dict[str, Any]:
    query = request.args.get("q", "").strip()[:LONGEST_QUERY]
    matching = offered(sites.values(), query)
    return {
        "query": query,
        "found": matching[:MOST_FOUND],
        "more_found": max(0, len(matching) - MOST_FOUND),
    }


def _answer(visit_id: int, refused: RefusedEdit | None, day: int) -> ResponseReturnValue:
    """The column for our script, the page for everybody else; after a plain POST, a redirect to it."""
    by_script = request.headers.get("X-Editor") == "column"
    if request.method == "POST" and refused is None and not by_script:
        shown = day + 1 if day > 0 else None
        return redirect(url_for("editor.show", visit_id=visit_id, day=shown), code=303)
    with services().database.session() as session:
        view = _view(session, visit_id, refused, day)
        view["remedies"] = remedies_of(
            view["plan"], view["day_number"] - 1, ASKED_S if "remedies" in request.args else 0
        )
        view["tightest"] = tightest_text(view["plan"], view["day_number"] - 1)
        template = "editor/_column.html" if by_script else "editor/page.html"
        if not by_script:
            view |= map_view(view["content"]) | {"map_words": view["map_words"]}
            view["dots"] = catalogue_dots(all_sites(session).values(), language())
    response = make_response(render_template(template, **view), refused.status if refused else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


def _view(session: Session, visit_id: int, refused: RefusedEdit | None, asked_day: int) -> dict[str, Any]:
    context = services()
    state = asked.own_state(session, needed_user(), visit_id)
    at = min(max(asked_day, 0), len(state.visit.days) - 1)
    day = state.visit.days[at]
    sites = all_sites(session)
    plan = draft(session, context.town, state.visit, context.now())
    timeline = build_timeline(plan.content, at, language()) if plan.content else None
    content = draft_map(plan.content, timeline, context.town.network) if plan.content and timeline else None
    drawn = (content.stops, content.legs, content.halts, content.ends) if content else ((), ())
    shown = visit_state(*drawn)
    timed = (timeline, plan.content.itineraries[at]) if timeline and plan.content else None
    listed = draft_day(state.visit, at, sites, language(), timed)
    stays = stays_learned(session)
    return {
        "state": state,
        "visit": state.visit,
        "day": day,
        "day_number": at + 1,
        "days": day_tabs(state.visit, plan.content, language()),
        "plan": plan,
        "timeline": timeline,
        "rows": listed.rows,
        "learned": {
            row.stop.id: learned_offer(row.stop.dwell_min, stays.get(row.site.id), language())
            for row in listed.rows
            if row.site
        },
        "end_reserve": listed.end_reserve,
        "hours_panel": hours_panels(context.town, day),
        "faults": [fault_text(fault) for fault in plan.faults],
        "sites": site_choices(sites),
        "map_state": shown,
        "content": content,
        "map_words": visit_words(content) if content else (),
        "refused": refused,
        "conflict_lines": _conflict_lines(refused, state, plan, sites),
        "section": "visits",
        **_words(state.visit),
        **_found(sites),
    }


def _words(visit: Visit) -> dict[str, Any]:
    """What the column's forms offer and show beside their names."""
    return {
        "position_text": position_text,
        "number_text": number_text,
        "mode_choices": [(mode.value, mode_name(mode)) for mode in PLANNED_MODES],
        "coach_text": coach_text(visit.coach, language()),
        "coach_limits": COACH_LIMITS,
        "hiking_scales": [(scale, str(words)) for scale, words in SCALES],
        "buffers_text": buffers_text(visit.buffers, language()),
        "window_fields": WINDOW_FIELDS,
        "most_days": MOST_DAYS,
    }


def _conflict_lines(
    refused: RefusedEdit | None, state: State, plan: Draft, sites: Mapping[str, Site]
) -> list[str]:
    if refused is None or refused.conflict is None:
        return []
    known = dict(plan.content.sites) if plan.content else {}
    return change_lines(refused.conflict.since, state.visit, {**sites, **known}, language())


def site_choices(sites: Mapping[str, Site]) -> list[tuple[str, str]]:
    """The catalogue's sites as (id, name), for choosing a start or an end."""
    named = [(site.id, in_language(site.name, language())) for site in sites.values()]
    return sorted(named, key=lambda choice: choice[1].casefold())
