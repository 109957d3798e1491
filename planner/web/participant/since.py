"""What has changed since a phone last looked: asked for by the page, which alone knows what it has seen."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, request

from planner.domain.text import in_language
from planner.links import GUIDE, PARTICIPANT, visit_path
from planner.services.visits.publish import notes_by_link, release_by_link
from planner.web.frame.context import services
from planner.web.frame.i18n import language
from planner.web.links.opened import release_of
from planner.words.paper_changes import paper_changes

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as BaseResponse

blueprint = Blueprint("since", __name__)


@blueprint.get(f"{visit_path(PARTICIPANT, '<token>')}/changes")
def visit_changes(token: str) -> BaseResponse:
    """What a participant's phone has not seen yet."""
    return _changes(token, PARTICIPANT)


@blueprint.get(f"{visit_path(GUIDE, '<token>')}/changes")
def guide_changes(token: str) -> BaseResponse:
    """What a guide's phone has not seen yet."""
    return _changes(token, GUIDE)


def _changes(token: str, kind: str) -> BaseResponse:
    """The newest version, what is otherwise in it than in the one seen, and what the organiser says of it."""
    newest, lines, notes = release_of(token, kind), list[str](), list[str]()
    number = request.args.get("since", type=int)
    if number is not None and 0 < number < newest.number:
        context = services()
        with context.database.session() as session:
            seen = release_by_link(session, token, kind, number, context.now())
            told = notes_by_link(session, token, kind, number, newest, context.now())
        party = request.args.get("party", "")
        lines = paper_changes(seen, newest, party, language()) if seen else []
        notes = [in_language(note, language()) for note in told]
    response = jsonify({"version": newest.number, "lines": lines, "notes": notes})
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:32], weak=True)
    return response.make_conditional(request)
