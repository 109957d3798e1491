"""One place turns errors into responses: JSON for the API, a page for people."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from flask import g, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from planner.errors import NetworkMissingError, PlannerError, Reason
from planner.links import is_by_link
from planner.services.upkeep.room import file_fault
from planner.web.frame.context import services
from planner.web.frame.gate import seen
from planner.words.refusals import refusal_text

if TYPE_CHECKING:
    from flask import Flask, Response
    from flask.typing import ResponseReturnValue

LOG = logging.getLogger(__name__)

_HTTP_CODES = {
    400: "malformed",
    404: "not_found",
    405: "method_not_allowed",
    408: "too_late",
    413: "too_large",
    415: "not_json",
    429: "too_many_requests",
    503: "busy",
}
SERVER_FAULT, AWAY = 500, 503
COME_AGAIN_S = 20
"""When to ask again what could not be answered for a while, where nobody knows better."""

_CHANGED = "files of the streets or of the timetable were changed or damaged while they were used: ask again"
CLOSED_LINK = "closed_link"
"""Where a request keeps the path of its link once that was found to open nothing."""


def install(app: Flask) -> None:
    """Handle what views raise."""
    app.register_error_handler(PlannerError, _planner_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(OSError, _file_error)
    app.register_error_handler(Exception, _unexpected)
    app.after_request(_with_time)


def error_document(error: PlannerError) -> dict[str, Any]:
    """The one JSON error shape."""
    details = [
        {"pointer": fault.pointer, "code": fault.code, "message": fault.message} for fault in error.details
    ]
    return {"error": {"code": error.code, "message": error.message, "details": details}}


def _planner_error(error: PlannerError) -> ResponseReturnValue:
    if error.status >= SERVER_FAULT:
        LOG.warning("%s could not be answered: %s", seen.asked(), error.message)
    if _wants_json():
        return jsonify(error_document(error)), error.status
    return _page(error.status, refusal_text(error))


def _http_error(error: HTTPException) -> ResponseReturnValue:
    status = error.code or SERVER_FAULT
    if error.response is not None or status < 400:  # noqa: PLR2004 - a redirect is no error
        return error
    if not _wants_json():
        return *_page(status, None), _allowed(error)
    code = _HTTP_CODES.get(status, "error")
    document: dict[str, Any] = {"error": {"code": code, "message": error.description, "details": []}}
    return jsonify(document), status, _allowed(error)


def _allowed(error: HTTPException) -> dict[str, str]:
    """What a refusal must say beside its page: the methods that are open, when to come again."""
    return {key: value for key, value in error.get_headers() if key in ("Allow", "Retry-After")}


def _file_error(error: OSError) -> ResponseReturnValue:
    """A full disk and a folder that may not be written are no faults of the program."""
    fault = file_fault(error)
    return _unexpected(error) if fault is None else _planner_error(fault)


def _with_time(response: Response) -> Response:
    """Whoever meets something that passes is told when to come again."""
    if response.status_code == AWAY:
        response.headers.setdefault("Retry-After", str(COME_AGAIN_S))
    return response


def _unexpected(error: Exception) -> ResponseReturnValue:
    if services().keeper.let_go_of_changed():
        return _planner_error(NetworkMissingError(_CHANGED, reason=Reason.NETWORK_CHANGED))
    LOG.error("unexpected error in %s", seen.asked(), exc_info=error)
    if _wants_json():
        message = "something broke on our side; it has been written to the log"
        return jsonify({"error": {"code": "internal", "message": message, "details": []}}), SERVER_FAULT
    return _page(SERVER_FAULT, None)


def _wants_json() -> bool:
    """Programs ask the API and for health; the scripts of a link's pages ask for data, and send it."""
    path = request.path
    is_data = is_by_link(path) and (path.endswith((".json", "/changes")) or request.is_json)
    return is_data or path.startswith(("/api/", "/healthz"))


def _page(status: int, message: str | None) -> tuple[str, int]:
    """The page of an error; who came by a link has nothing to do at the start, which is for organisers.

    Where that link opens nothing any more the page says so to the phone, which forgets what it kept.
    """
    home, closed = "" if is_by_link(request.path) else "/", g.get(CLOSED_LINK, "")
    number = seen.request_id() if status >= SERVER_FAULT else ""
    page = {"status": status, "message": message, "home_url": home, "closed_link": closed, "number": number}
    return render_template("shared/error.html", **page), status
