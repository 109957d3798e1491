"""Another order drawn: both days on one axis of time, and the way of the proposed one on the map."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from planner.domain.edits.stops import with_day
from planner.domain.releases import ReleaseContent
from planner.outputs.glance.strip import StripDay, StripStop, draw_strip
from planner.outputs.maps.content import visit_state
from planner.outputs.maps.draft import draft_map
from planner.outputs.timeline.build import build_timeline
from planner.web.frame.context import services
from planner.web.frame.i18n import language

if TYPE_CHECKING:
    from planner.domain.itinerary import Itinerary
    from planner.domain.order.proposals import Proposal
    from planner.domain.visits import Visit
    from planner.outputs.compare.proposal import ProposalView, Side
    from planner.services.planning.case import Case


def proposal_drawn(
    visit: Visit, index: int, case: Case, proposal: Proposal, view: ProposalView
) -> dict[str, Any]:
    """Return `strips`, now and proposed, and `proposal_state` for the map; nothing without a change."""
    if not proposal.is_change:
        return {}
    then = case.with_day(proposal.day)
    strips = (
        _strip(case, proposal.before, view.now, "strip-now"),
        _strip(then, proposal.itinerary, view.proposed, "strip-proposed"),
    )
    return {"strips": strips, "proposal_state": _state(visit, index, then, proposal)}


def _strip(case: Case, itinerary: Itinerary, side: Side, hatch: str) -> Markup:
    told = {call.stop: row for call, row in zip(itinerary.calls, side.rows, strict=True)}
    stops = tuple(
        StripStop(
            stop.id, told[at].number, told[at].name, told[at].times, told[at].tone or "", stop.dwell_min
        )
        for at, stop in enumerate(case.day.stops)
    )
    drawn = draw_strip(StripDay(itinerary, case.timed, stops, case.town.clock), language(), hatch=hatch)
    return Markup(drawn)  # noqa: S704 - all that was typed is escaped where it is drawn


def _state(visit: Visit, index: int, case: Case, proposal: Proposal) -> dict[str, Any]:
    """The proposed day alone, as the editor's map takes a day."""
    one = replace(with_day(visit, index, proposal.day), days=(proposal.day,))
    context = services()
    content = ReleaseContent(
        number=0,
        published=context.now(),
        visit=one,
        sites=case.sites,
        itineraries=(proposal.itinerary,),
        network=case.town.facts,
    )
    timeline = build_timeline(content, 0, language())
    shown = draft_map(content, timeline, case.town.network)
    return visit_state(shown.stops, shown.legs, shown.halts, shown.ends)
