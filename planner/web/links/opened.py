"""What a secret link opens, and what is said where it opens nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, request

from planner.domain.warnings.audience import Audience, release_for
from planner.links import is_by_link, link_in, visit_path
from planner.services.visits.closed import refusal
from planner.services.visits.publish import released
from planner.web.frame.context import services
from planner.web.frame.errors import CLOSED_LINK
from planner.web.frame.headers import unlisted
from planner.web.links.marks import closed_mark, opened_mark

if TYPE_CHECKING:
    from flask import Flask, Response

    from planner.domain.releases import ReleaseContent
    from planner.errors import PlannerError

BAD_REQUEST = 400


def release_of(token: str, kind: str) -> ReleaseContent:
    """Return what a link of a kind shows to its reader.

    Raises
    ------
    PlannerError
        If it opens nothing, or nothing any more.
    """
    context = services()
    with context.database.session() as session:
        content = released(session, token, kind, context.now())
    if content is None:
        raise closed_link()
    return release_for(content, Audience(kind))


def closed_link() -> PlannerError:
    """Return what is said of this request's link, which opens nothing; its answer is marked so (marks.py)."""
    context, (kind, token) = services(), link_in(request.path)
    setattr(g, CLOSED_LINK, visit_path(kind, token))
    with context.database.session() as session:
        return refusal(session, token, kind, context.now())


def install(app: Flask) -> None:
    """Mark all that only links open, and say that it is for no search engine: refusals too."""

    @app.after_request
    def _of_link(response: Response) -> Response:
        if not is_by_link(request.path):
            return response
        if response.status_code < BAD_REQUEST:
            response.headers.update(opened_mark(request.path))
        elif g.get(CLOSED_LINK):
            response.headers.update(closed_mark(request.path))
        return unlisted(response)
