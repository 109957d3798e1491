"""The calls of the API: read, ask a service, answer."""

from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from flask import Blueprint, Response, jsonify, request
from pydantic import BaseModel

from planner.domain.hosts.kept import asked_again, starts_of
from planner.domain.order.proposals import Objective
from planner.domain.visits import Mode
from planner.outputs.api.answers import Answers, left_out_data, order_data
from planner.outputs.api.parties import parties_answer
from planner.outputs.api.remedy_patch import RemedyPatches
from planner.outputs.api.robust import robustness_data
from planner.program import program_mark
from planner.services.catalogue.entries import all_sites, catalogue_mark
from planner.services.catalogue.geojson import to_geojson
from planner.services.order.find import BUDGET_S as ORDER_S
from planner.services.order.sturdy import STURDY_S
from planner.services.parties.plan import BUDGET_S as PARTIES_S
from planner.services.parties.plan import plan_parties
from planner.services.planning.budget import budget_of
from planner.services.planning.case import Case
from planner.services.planning.comfort import with_comforts_of_parties
from planner.services.planning.route import LegQuestion, matrix, route
from planner.services.remedies.answer import Optimise, Remedying, Steadying, plan_answer
from planner.web.api.asked import asked_body, refuse_times, sites_of, sites_of_day
from planner.web.api.confirmed import Confirmed
from planner.web.api.days import days_answer
from planner.web.api.fits import slots_answer
from planner.web.api.once import answered_once
from planner.web.api.openapi import description
from planner.web.api.schemas.matrix import MatrixRequest
from planner.web.api.schemas.parties import PartiesRequest
from planner.web.api.schemas.plan import PlanRequest
from planner.web.api.schemas.route import RouteRequest
from planner.web.frame.context import services
from planner.web.frame.costly import costly, send_over_or_stay
from planner.web.frame.i18n import language
from planner.web.frame.limits import WORK, count
from planner.words.conflicts import ConflictWriter
from planner.words.places import PlaceWords
from planner.words.remedies import RemedyWriter

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.wrappers import Response as BaseResponse

    from planner.domain.sites import Site
    from planner.domain.visits import Day
    from planner.domain.warnings.codes import Warning
    from planner.outputs.api.answer_models import PlanAnswer
    from planner.outputs.api.leg_models import RemedyAnswer
    from planner.services.remedies.offers import Offers

M = TypeVar("M", bound=BaseModel)

MANY_POINTS = 25
"""From so many on a matrix by coach or bus takes long: by coach 0.1 s for 25, 2 s for 100."""

POINT_COST = {Mode.WALK: 0.1, Mode.COACH: 2.0}
"""Hundredths of a second a point of a matrix takes: 24 by coach 43 in all, 24 by bus 19, 100 on foot 13."""

REMEDIES_S = 0.5
"""An answer waits no longer than this for what would cure its warnings."""

blueprint = Blueprint("api", __name__)


@blueprint.get("/api/v1/openapi.json")
def openapi() -> Response:
    """The description of this API."""
    return jsonify(description())


@blueprint.get("/api/v1/sites")
def sites() -> BaseResponse:
    """The catalogue as GeoJSON, without the hosts' contacts; who has it is told so before it is written."""
    with services().database.session() as session:
        tag = f"{catalogue_mark(session)[:32]}.{program_mark()}"
        if request.if_none_match.contains_weak(tag):
            response = Response(status=304)
        else:
            response = jsonify(to_geojson(all_sites(session).values(), with_hosts=False))
            response.mimetype = "application/geo+json"
    response.set_etag(tag, weak=True)
    return response


@blueprint.post("/api/v1/route")
@answered_once
def post_route() -> Response:
    """One leg between two places."""
    asked = asked_body(RouteRequest)
    town = services().town
    depart = town.clock.of_datetime(asked.depart) if asked.depart else services().now()
    arrive = town.clock.of_datetime(asked.arrive) if asked.arrive else None
    ends = asked.origin.ref(), asked.to.ref()
    question = LegQuestion(*ends, depart, arrive, asked.mode, asked.stand_in_timetable)
    leg = route(town, question, asked.group(), sites_of([asked.origin, asked.to]))
    return jsonify(Answers(town.clock, language(), town.country).leg(leg))


@blueprint.post("/api/v1/matrix")
@answered_once
def post_matrix() -> Response:
    """Metres and seconds between all given places."""
    asked = asked_body(MatrixRequest)
    town = services().town
    refs = [point.ref() for point in asked.points]
    depart = town.clock.of_datetime(asked.depart) if asked.depart else services().now()
    sites, stand_ins = sites_of(asked.points), asked.stand_in_timetable
    count(WORK, "matrix", max(1, round(len(refs) * POINT_COST.get(asked.mode, 1.0))))
    is_long = asked.mode is not Mode.WALK and len(refs) >= MANY_POINTS
    with costly() if is_long else nullcontext():
        table = matrix(town, refs, asked.group(), sites, asked.mode, depart, stand_ins=stand_ins)
    return jsonify(Answers(town.clock, language()).matrix(table))


@blueprint.post("/api/v1/plan")
@answered_once
def post_plan() -> Response:
    """The itinerary of one day."""
    asked = asked_body(PlanRequest)
    known = sites_of_day(asked)
    town = services().town
    day = asked.day({site.id: site.dwell_min for site in known.values()})
    refuse_times(day, known)
    hosts = Confirmed.of(asked, day)
    case = Case(town, hosts.kept() if asked.optimise else day, asked.group(), known)
    order_s = services().search_s(ORDER_S) if asked.optimise else None
    remedying = (
        Remedying(services().search_s(REMEDIES_S), kept=hosts.times, begins=send_over_or_stay)
        if asked.remedies
        else None
    )
    steadying = None
    if asked.robustness is not None:
        steadying = Steadying(asked.robustness.question(), services().search_s(STURDY_S))
    optimise = Optimise(Objective(asked.objective), order_s, costly)
    answered = plan_answer(case, optimise, remedying, steadying=steadying)
    order, offers = answered.order, answered.offers
    answers = Answers(town.clock, language(), town.country)
    timetable = town.rides.facts if town.rides else None
    remedies_of = _remedies_of(offers, hosts, order.day, known, answers)
    answer: PlanAnswer = {
        **answers.itinerary(answered.itinerary, town.facts, timetable, remedies_of, order.numbers),
        **order_data(order, day, _writer(day, known)),
        "remedies_complete": offers.is_complete,
        "pairs_complete": offers.has_all_pairs,
    }
    for call in answer["calls"]:
        call["id"] = asked.stops[call["stop"]].id
    for cut in answer["cuts"]:
        cut["id"] = asked.stops[cut["stop"]].id
    if answered.sturdy is not None:
        answer["robustness"] = robustness_data(answered.sturdy, order, [stop.id for stop in asked.stops])
    if any(stop.optional for stop in asked.stops):
        answer["left_out"] = left_out_data(order, day, _writer(day, known))
        for left in answer["left_out"]:
            left["id"] = asked.stops[left["stop"]].id
    if hosts.times:
        again = asked_again(hosts.times, starts_of(order.day, answered.itinerary))
        answer["asked_again"] = hosts.answers(again, answers, known)
    return jsonify(answer)


def _writer(day: Day, sites: dict[str, Site]) -> ConflictWriter:
    """Who says why demands exclude each other."""
    return ConflictWriter(day, PlaceWords(sites, language()))


@blueprint.post("/api/v1/parties")
@answered_once
def post_parties() -> Response:
    """The itineraries of a delegation in parties."""
    asked = asked_body(PartiesRequest)
    known = sites_of_day(asked)
    town = services().town
    day = asked.day({site.id: site.dwell_min for site in known.values()})
    refuse_times(day, known)
    hosts = Confirmed.of(asked, day)
    with costly():
        budget = budget_of(services().search_s(PARTIES_S))
        case = Case(town, hosts.kept(), asked.group(), known)
        plan = plan_parties(case, asked.split(), budget)
        plan = replace(plan, parties=with_comforts_of_parties(case, plan.parties))
    timetable = town.rides.facts if town.rides else None
    answers = Answers(town.clock, language(), town.country)
    words = PlaceWords(known, language())
    answer = parties_answer(plan, answers, town.facts, timetable, day=day, words=words)
    for party, way in zip(answer["parties"], plan.parties, strict=True):
        for call in party["itinerary"]["calls"]:
            call["id"] = asked.stops[call["stop"]].id
        if hosts.times:
            again = asked_again(hosts.times, starts_of(day, way.itinerary))
            party["itinerary"]["asked_again"] = hosts.answers(again, answers, known)
    for cut in answer["cuts"]:
        cut["id"] = asked.stops[cut["stop"]].id
    return jsonify(answer)


@blueprint.post("/api/v1/slots")
@answered_once
def post_slots() -> Response:
    """Where a stop would fit into a day, and what each place costs."""
    return jsonify(slots_answer())


@blueprint.post("/api/v1/days")
@answered_once
def post_days() -> Response:
    """The stops of several days shared among them."""
    return jsonify(days_answer())


def _remedies_of(
    offers: Offers, hosts: Confirmed, ordered: Day, sites: dict[str, Site], answers: Answers
) -> Callable[[Warning], list[RemedyAnswer]]:
    """What the answer says about the cures of each warning, as patches of the body that was sent."""
    writer = RemedyWriter(ordered, PlaceWords(sites, language()))
    patches = RemedyPatches(json.loads(request.get_data()) if offers.cured else {}, hosts.day, ordered)

    def remedies_of(warning: Warning) -> list[RemedyAnswer]:
        cures = [(remedy, offers.left[remedy]) for remedy in offers.of(warning)]
        told = patches.answers(cures, warning, writer)
        for (remedy, _), one in zip(cures, told, strict=True):
            if hosts.times:
                one["asked_again"] = hosts.answers(offers.asks[remedy], answers, sites)
        return told

    return remedies_of
