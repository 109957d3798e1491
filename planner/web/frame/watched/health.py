"""Whether the service lives and whether it can be used, for whoever watches over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, g, jsonify

from planner import __version__
from planner.errors import NetworkMissingError, Reason, StoreError
from planner.outputs.api.answers import network_data
from planner.services.town.none_yet import is_without
from planner.services.travel.standing import network_fault, timetable_fault
from planner.services.upkeep.room import has_room
from planner.web.frame.context import services
from planner.web.frame.limits import who_counts

if TYPE_CHECKING:
    from planner.outputs.api.answer_models import AliveAnswer, HealthAnswer

blueprint = Blueprint("health", __name__)

OK, AWAY = 200, 503
_FILES = {Reason.DATA_READ_ONLY, Reason.STORE_FULL}


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
    """State and versions; 503 with the reason while something cannot be used.

    Who shares requests out among machines goes by this one.
    """
    answer, status = _health()
    return jsonify(answer), status


def _health() -> tuple[HealthAnswer, int]:
    """Return what can be said, and 200 or 503; of several things that are wrong the first is told."""
    answer: HealthAnswer = {"status": "ok", "version": __version__, "limits": who_counts()}
    context = services()
    try:
        context.database.answers()
        context.database.takes_writes()
        has_room(context.settings.data_dir)
        town = context.town
        answer["network"] = network_data(town.facts)
    except StoreError as error:
        status = "no writing" if error.reason in _FILES else "no database"
        return {**answer, "status": status, "message": error.message}, AWAY
    except NetworkMissingError as error:
        if is_without(context.settings.data_dir):
            return {**answer, "status": "no town", "message": error.message}, OK
        return {**answer, "status": "no network", "message": error.message}, AWAY
    if fault := network_fault(town):
        return {**answer, "status": "no network", "message": fault}, AWAY
    if fault := timetable_fault(town):
        return {**answer, "status": "broken timetable", "message": fault}, AWAY
    return answer, OK
