"""Comments on a draft: the page of all, and the forms that stand at each stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from planner.errors import EditRefusedError, InvalidInputError
from planner.services.together import access
from planner.services.together import comments as saying
from planner.services.together.access import Right
from planner.web.account.auth import needed_user, organiser_required
from planner.web.editor.comments import comment_words
from planner.web.frame.context import services
from planner.web.frame.i18n import language
from planner.web.visits.opened import OpenedVisit, opened_visit
from planner.words.formats import short_day
from planner.words.places import PlaceWords
from planner.words.refusals import refusal_text

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from planner.services.together.comments import Comment

blueprint = Blueprint("comments", __name__, url_prefix="/visits/<int:visit_id>/comments")


@blueprint.before_request
@organiser_required
def _signed_in() -> None:
    """Only for who is signed in; viewers too."""


@blueprint.get("")
def show(visit_id: int) -> ResponseReturnValue:
    """All comments, stop by stop, and those whose stop is gone."""
    return _page(visit_id)


@blueprint.post("")
def say(visit_id: int) -> ResponseReturnValue:
    """Comment on a stop."""
    day, stop = request.form.get("day", default=0, type=int), request.form.get("stop", "")
    text = request.form.get("text", "")
    try:
        with services().database.writing() as session:
            saying.say(session, needed_user(), visit_id, (day, stop), text, services().now())
    except (EditRefusedError, InvalidInputError) as error:
        flash(refusal_text(error), "fail")
        return _page(visit_id, text) if text.strip() else _back(visit_id)
    return _back(visit_id)


@blueprint.post("/<int:comment_id>/settle")
def settle(visit_id: int, comment_id: int) -> ResponseReturnValue:
    """Settle a comment, or open it again."""
    now = services().now() if request.form.get("settled") == "1" else None
    with services().database.writing() as session:
        saying.settle(session, needed_user(), visit_id, comment_id, now)
    return _back(visit_id)


@blueprint.post("/<int:comment_id>/remove")
def remove(visit_id: int, comment_id: int) -> ResponseReturnValue:
    """Remove a comment."""
    with services().database.writing() as session:
        saying.remove(session, needed_user(), visit_id, comment_id)
    return _back(visit_id)


def _page(visit_id: int, typed: str = "") -> ResponseReturnValue:
    with services().database.session() as session:
        opened = opened_visit(session, visit_id, Right.READ)
        row = access.needed(session, needed_user(), visit_id, Right.READ)
        said = saying.comments(session, row)
    page = render_template(
        "together/comments.html",
        **opened.head(),
        days=_by_stop(opened, said),
        gone=[one for one in said if one.day is None],
        typed=typed,
        comment_words=comment_words(),
        back="comments",
    )
    return page, 422 if typed else 200, {"Cache-Control": "no-store"}


def _by_stop(opened: OpenedVisit, said: tuple[Comment, ...]) -> list[dict[str, Any]]:
    """The days, each with its stops and what is said of them."""
    words = PlaceWords(opened.sites, language())
    days = []
    for index, day in enumerate(opened.visit.days):
        of_stop = saying.of_day(said, index)
        stops = [
            (number, stop.id, words.stop_name(stop), of_stop.get(stop.id, []))
            for number, stop in enumerate(day.stops, 1)
        ]
        days.append({"index": index, "name": short_day(day.date, language()), "stops": stops})
    return days


def _back(visit_id: int) -> ResponseReturnValue:
    """The page that the form stood on; the editor with the stop open."""
    stop, day = request.form.get("stop") or None, request.form.get("day", default=0, type=int)
    number = day + 1 if day > 0 else None
    where = request.form.get("back", "")
    if where == "plan":
        return redirect(url_for("editor.show", visit_id=visit_id, day=number, stop=stop), code=303)
    view = "reading.show" if where == "read" else "comments.show"
    anchor = f"comments-{day}-{stop}" if stop else None
    kept = number if where == "read" else None
    return redirect(url_for(view, visit_id=visit_id, day=kept, _anchor=anchor), code=303)
