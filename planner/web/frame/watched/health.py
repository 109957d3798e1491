"""Whether the service lives and whether it can be used, for whoever watches over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, g, jsonify

from planner import __version__
from planner.errors import NetworkMissingError, StoreError
from planner.outputs.api.answers import network_data
from planner.services.travel.standing import network_fault, timetable_fault
from planner.web.frame.context import services
from planner.web.frame.limits import who_counts

if TYPE_CHECKING:
    from planner.outputs.api.answer_models import AliveAnswer, HealthAnswer

blueprint = Blueprint("health", __name__)


@blueprint.before_request
def _no_cookie() -> None:
    """Answers are the same in every language."""
    g.language_neutral = True


@blueprint.get("/healthz/live")
def live() -> Response:
    """Whether this process answers at all; nothing else is asked. Who starts it again goes by this one."""
    answer: AliveAnswer = {"status": "ok", "version": __version__}
    return jsonify(answer)


@blueprint.get("/healthz")
@blueprint.get("/healthz/ready")
def ready() -> tuple[Response, int]:
    """State and versions; 503 while the database, the network or its timetable cannot be used.

    Who shares requests out among machines goes by this one.
    """
    answer: HealthAnswer = {"status": "ok", "version": __version__, "limits": who_counts()}
    try:
        services().database.answers()
        town = services().town
        answer["network"] = network_data(town.facts)
    except StoreError as error:
        return jsonify({**answer, "status": "no database", "message": error.message}), error.status
    except NetworkMissingError as error:
        return jsonify({**answer, "status": "no network", "message": error.message}), error.status
    if fault := network_fault(town):
        return jsonify({**answer, "status": "no network", "message": fault}), NetworkMissingError.status
    if fault := timetable_fault(town):
        return jsonify({**answer, "status": "broken timetable", "message": fault}), NetworkMissingError.status
    return jsonify(answer), 200
