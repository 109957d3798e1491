"""What the editor's templates need of a visit: its day as a timetable, and what is selected in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import request

from planner.domain.coach import COACH_LIMITS
from planner.domain.limits import MOST_DAYS
from planner.domain.text import in_language
from planner.outputs.maps.content import visit_state
from planner.outputs.maps.draft import draft_map
from planner.outputs.maps.words import visit_words
from planner.outputs.sheets.parts.agreed import AgreedWriter, host_told
from planner.outputs.timeline.build import build_timeline
from planner.outputs.timeline.day_tabs import day_tabs
from planner.outputs.timeline.draft import draft_day
from planner.outputs.timeline.learned import learned_offer
from planner.services.catalogue.entries import all_sites
from planner.services.catalogue.positions import position_text
from planner.services.contacts.contacts import drivers_of
from planner.services.hosts.arranging import arrangements
from planner.services.hosts.pending import said_by
from planner.services.travel.by_mode import PLANNED_MODES
from planner.services.visits.drafts import Draft, both_drafts
from planner.web.editor.clashes import clash_rows, said_before
from planner.web.editor.comments import comments_view
from planner.web.editor.forms.hours import hours_panels
from planner.web.editor.forms.stop import WINDOW_FIELDS
from planner.web.editor.glance import day_told, party_told
from planner.web.editor.party_day import party_day, party_tabs
from planner.web.editor.remedies import tightest_text
from planner.web.editor.selected import Selected
from planner.web.frame.context import services
from planner.web.frame.i18n import language
from planner.web.frame.learned import stays_learned
from planner.words.around.booked import CARRIERS
from planner.words.changes import change_lines
from planner.words.formats import number_text
from planner.words.hiking import PACES, SCALES
from planner.words.modes import buffers_text, coach_text, mode_name
from planner.words.refusals import fault_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from planner.domain.hosts.arrangement import Arrangement
    from planner.domain.sites import Site
    from planner.domain.visits import Visit
    from planner.outputs.timeline.draft import DraftRow
    from planner.services.visits.editing import State
    from planner.web.editor.refused import RefusedEdit


@dataclass(frozen=True)
class Shown:
    """The day that is shown, from 0, if the visit has it, and what is selected."""

    day: int
    selected: Selected


def column_view(session: Session, state: State, refused: RefusedEdit | None, shown: Shown) -> dict[str, Any]:
    """Return all that changes with an edit."""
    context = services()
    at = min(max(shown.day, 0), len(state.visit.days) - 1)
    day = state.visit.days[at]
    sites = all_sites(session)
    plan = both_drafts(session, context.desk_town, state.visit, context.now())
    party = party_day(plan.content, at)
    seen = party.content if party else plan.content
    timeline = build_timeline(seen, at, language()) if seen else None
    content = draft_map(seen, timeline, context.desk_town.network) if seen and timeline else None
    content = party.drawn(content) if party and content else content
    drawn = (content.stops, content.legs, content.halts, content.ends) if content else ((), ())
    timed = (timeline, seen.itineraries[at]) if timeline and seen else None
    listed = draft_day(state.visit, at, sites, language(), timed)
    selected = shown.selected.within(day)
    arranged = arrangements(session, state.id)
    said = said_by(state.visit, arranged)
    return {
        **comments_view(session, state, at),
        "state": state,
        "visit": state.visit,
        "day": day,
        "day_number": at + 1,
        "days": day_tabs(state.visit, plan.content, language()),
        "plan": plan,
        "timeline": timeline,
        "party": party,
        "arranged": arranged,
        "party_tabs": party_tabs(plan.content, at, party),
        "rows": listed.rows,
        "end_reserve": listed.end_reserve,
        "selected": selected,
        "panel": request.args.get("panel", ""),
        "chosen": _chosen(session, listed.rows, selected),
        **_hosts(plan, state.visit, arranged, (at, selected.id if selected.kind == "stop" else "")),
        "tightest": tightest_text(plan, at),
        **(
            party_told(party.content, listed.rows, at)
            if party
            else day_told(plan, timeline, listed.rows, at, (said, drivers_of(session, state.id)))
        ),
        "hours_panel": hours_panels(context.desk_town, day),
        "faults": [fault_text(fault) for fault in plan.faults],
        "sites": site_choices(sites),
        "map_state": visit_state(*drawn),
        "content": content,
        "map_words": visit_words(content) if content else (),
        "refused": refused,
        **_conflict(refused, state, plan, sites),
        "section": "visits",
        **_words(state.visit),
    }


def _hosts(
    plan: Draft, visit: Visit, arranged: Mapping[str, Arrangement], chosen: tuple[int, str]
) -> dict[str, Any]:
    """How things stand with the host of the stop that is selected, and with that of its place for rain."""
    draft, writer = (visit, plan.both), AgreedWriter(services().desk_town.clock, language(), says_rain=False)
    return {
        "host": host_told(draft, arranged, (*chosen, False), writer),
        "rain_host": host_told(draft, arranged, (*chosen, True), writer),
    }


def _chosen(session: Session, rows: tuple[DraftRow, ...], selected: Selected) -> dict[str, Any] | None:
    """The row of the stop that is selected, or that the selected way leads to, with what past visits tell."""
    row = next((row for row in rows if selected.kind != "part" and row.stop.id == selected.id), None)
    if row is None:
        return None
    stay = stays_learned(session).get(row.site.id) if row.site else None
    return {"item": row, "learned": learned_offer(row.stop.dwell_min, stay, language())}


def _words(visit: Visit) -> dict[str, Any]:
    """What the forms offer and show beside their names."""
    return {
        "position_text": position_text,
        "number_text": number_text,
        "mode_choices": [(mode.value, mode_name(mode)) for mode in PLANNED_MODES],
        "coach_text": coach_text(visit.coach, language()),
        "coach_limits": COACH_LIMITS,
        "hiking_scales": [(scale, str(words)) for scale, words in SCALES],
        "paces": [(kmh, str(words)) for kmh, words in PACES],
        "buffers_text": buffers_text(visit.buffers, language()),
        "window_fields": WINDOW_FIELDS,
        "most_days": MOST_DAYS,
        "carriers": [(carrier.value, str(words)) for carrier, words in CARRIERS.items()],
    }


def _conflict(
    refused: RefusedEdit | None, state: State, plan: Draft, sites: Mapping[str, Site]
) -> dict[str, Any]:
    """What others changed meanwhile, and what of it clashes with what was typed."""
    if refused is None or refused.conflict is None:
        return {"conflict_lines": [], "clashes": []}
    known = {**sites, **(plan.content.sites if plan.content else {})}
    return {
        "conflict_lines": change_lines(refused.conflict.since, state.visit, known, language()),
        "clashes": clash_rows(refused.conflict, state.visit, known, language()),
        "said_before": said_before(refused.conflict),
    }


def site_choices(sites: Mapping[str, Site]) -> list[tuple[str, str]]:
    """The catalogue's sites as (id, name), for choosing a start or an end."""
    named = [(site.id, in_language(site.name, language())) for site in sites.values()]
    return sorted(named, key=lambda choice: choice[1].casefold())
