"""Marks after the day: sent by the phone's script one by one, or by a plain form for all stops of a day."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for

from planner.errors import InvalidInputError, Reason
from planner.links import PARTICIPANT, visit_path
from planner.outputs.live.marks import stop_names
from planner.services.live import marks
from planner.web.account.auth import csrf
from planner.web.frame.context import services
from planner.web.frame.headers import unlisted
from planner.web.frame.i18n import language
from planner.web.live.by_link import refused
from planner.web.live.shared import asked_day, followed, release_of_visit

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from planner.domain.releases import ReleaseContent
    from planner.services.live.opened import LiveLink

blueprint = Blueprint("live_marks", __name__)
blueprint.after_request(unlisted)
csrf.exempt(blueprint)  # who has the link may give marks; a page from elsewhere is refused by its origin

PATH = f"{visit_path(PARTICIPANT, '<token>')}/marks"


@blueprint.get(PATH)
def show(token: str) -> ResponseReturnValue:
    """The form for phones without scripts. Its word makes that what is sent twice counts once."""
    link = followed(token, PARTICIPANT)
    content = release_of_visit(link.visit_id, link.release)
    day = asked_day(content)
    back: dict[str, Any] = {"token": token, "day": day + 1, "lang": language()}
    return render_template(
        "live/marks.html",
        title=content.visit.title,
        stops=stop_names(content, day, language()),
        is_over=marks.is_over(content, day, services().now()),
        word=secrets.token_urlsafe(16),
        day=day + 1,
        most_text=marks.MOST_TEXT,
        given=request.args.get("given", type=int),
        is_cut="cut" in request.args,
        page_url=url_for("participant.visit", **back),
    )


@blueprint.post(PATH)
def give(token: str) -> ResponseReturnValue:
    """Marks of stops: no name, once a phone."""
    link = followed(token, PARTICIPANT)
    content = release_of_visit(link.visit_id, link.release)
    if request.is_json:
        return _one(content, link)
    given, is_cut = 0, False
    word = request.form.get("word", "")
    with services().database.writing() as session:
        for number, stop in enumerate(content.visit.days[asked_day(content)].stops):
            mark, text = request.form.get(f"mark-{number}", type=int), request.form.get(f"text-{number}", "")
            if mark is not None:
                marked = marks.Marked(stop.id, mark, text, word)
                given += marks.give_mark(session, content, link.visit_id, marked, is_counted=True)
                is_cut = is_cut or len(text.strip()) > marks.MOST_TEXT
    kept: dict[str, Any] = {"day": request.form.get("day"), "lang": language(), "cut": is_cut or None}
    return redirect(url_for("live_marks.show", token=token, given=given, **kept), code=303)


def _one(content: ReleaseContent, link: LiveLink) -> ResponseReturnValue:
    """A mark from the phone's script, which makes a word up once and keeps it."""
    body = request.get_json(silent=True)
    fields = body if isinstance(body, dict) else {}
    number = fields.get("mark")
    try:
        if not isinstance(number, int):
            raise InvalidInputError("a mark is a number", reason=Reason.MARK_UNFIT)  # noqa: TRY301
        texts = [str(fields.get(key, "")) for key in ("stop", "text", "phone")]
        given = marks.Marked(texts[0], number, texts[1], texts[2])
        with services().database.writing() as session:
            is_new = marks.give_mark(session, content, link.visit_id, given)
    except InvalidInputError as error:
        return refused(error)
    return jsonify({"new": is_new})
