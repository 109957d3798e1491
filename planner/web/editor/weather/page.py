"""The page "If it rains": the day as it is planned with the other places, and what that changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, make_response, render_template, request

from planner.domain.weather.rain import has_rain_plan, left_outdoors
from planner.outputs.board.rain import rain_days
from planner.outputs.compare.proposal import Gain, gains
from planner.outputs.maps.content import visit_state
from planner.outputs.maps.draft import draft_map
from planner.outputs.timeline.build import build_timeline
from planner.services.visits.drafts import Draft, both_drafts
from planner.web.account.auth import needed_user, organiser_required
from planner.web.frame import asked
from planner.web.frame.context import services
from planner.web.frame.i18n import language
from planner.words.formats import long_date
from planner.words.places import PlaceWords
from planner.words.plans import PlanWords, Reading
from planner.words.refusals import fault_text

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from planner.domain.itinerary import Itinerary
    from planner.domain.releases import ReleaseContent
    from planner.domain.visits import Day

blueprint = Blueprint("rain_preview", __name__, url_prefix="/visits/<int:visit_id>/rain")


@blueprint.before_request
@organiser_required
def _signed_in() -> None:
    """Only for organisers."""


@blueprint.get("")
def show(visit_id: int) -> ResponseReturnValue:
    """A day as it goes when it rains, beside the timetable where our script asks. Nothing is changed."""
    is_beside = request.headers.get("X-Editor") == "beside"
    with services().database.session() as session:
        state = asked.own_state(session, needed_user(), visit_id)
        index = asked.needed_day(state.visit)
        plan = both_drafts(session, services().town, state.visit, services().now())
    day = state.visit.days[index]
    view = {
        "state": state,
        "visit": state.visit,
        "day_number": index + 1,
        "date_text": long_date(day.date, language()),
        "has_rain": has_rain_plan(day),
        "outdoors": _outdoors(plan, day),
        **_told(plan, index),
        "section": "visits",
    }
    template = "editor/_rain.html" if is_beside else "editor/rain.html"
    response = make_response(render_template(template, **view, is_beside=is_beside))
    response.headers["Cache-Control"] = "no-store"
    return response


def _told(plan: Draft, index: int) -> dict[str, Any]:
    """What the page tells: `tells` for all or each party, or `faults`; `proposal_state` is for the map."""
    dry, rain = plan.content, plan.rain
    faults = [*plan.faults, *(rain.faults if rain else ())]
    wet = rain.content if rain else None
    if dry is None or wet is None or not has_rain_plan(dry.visit.days[index]):
        return {"tells": (), "faults": tuple(dict.fromkeys(map(fault_text, faults)))}
    return {
        "tells": rain_days(dry, wet, index, language()),
        "gains": _gains(dry, wet, index),
        "faults": (),
        "proposal_state": _state(wet, index),
    }


def _gains(dry: ReleaseContent, wet: ReleaseContent, index: int) -> tuple[Gain, ...]:
    """What differs in sum, of all together; not in metres where the ways of one version are not known."""
    before, then = dry.itineraries[index], wet.itineraries[index]
    if _unknown_ways(before) != _unknown_ways(then):
        then = replace(then, totals=replace(then.totals, walk_m=before.totals.walk_m))
    now, rainy = (
        PlanWords(one.visit.days[index], plan, Reading(one.sites, services().town.clock, language()))
        for one, plan in ((dry, before), (wet, then))
    )
    return tuple(gains(now, rainy))


def _unknown_ways(plan: Itinerary) -> int:
    return sum(leg.distance_m is None for leg in plan.legs)


def _state(wet: ReleaseContent, index: int) -> dict[str, Any]:
    """The day when it rains, as the editor's map takes a day."""
    shown = draft_map(wet, build_timeline(wet, index, language()), services().town.network)
    return visit_state(shown.stops, shown.legs, shown.halts, shown.ends)


def _outdoors(plan: Draft, day: Day) -> tuple[tuple[str, str], ...]:
    """The stops outdoors that have no other place, as (id, name)."""
    words = PlaceWords(plan.sites, language())
    stops = (day.stops[number] for number in left_outdoors(day, plan.sites))
    return tuple((stop.id, words.stop_name(stop)) for stop in stops)
