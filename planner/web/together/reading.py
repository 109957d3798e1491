"""The plan of a visit for who may read it and not change it: the draft as its participants will read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template, url_for

from planner.domain.warnings.audience import Audience, release_for
from planner.outputs.timeline.build import build_timeline
from planner.outputs.timeline.day_tabs import day_tabs
from planner.services.together import access
from planner.services.together import comments as saying
from planner.services.together.access import Right
from planner.web.account.auth import needed_user, organiser_required
from planner.web.editor.comments import comment_words
from planner.web.frame import asked
from planner.web.frame.context import services
from planner.web.frame.i18n import language
from planner.web.visits.opened import OpenedVisit, opened_visit
from planner.web.visits.preview import preview_links
from planner.words.refusals import fault_text

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from planner.services.together.comments import Comment


blueprint = Blueprint("reading", __name__, url_prefix="/visits/<int:visit_id>/read")


@blueprint.before_request
@organiser_required
def _signed_in() -> None:
    """Only for who is signed in; viewers too."""


@blueprint.get("")
def show(visit_id: int) -> ResponseReturnValue:
    """The day in rows, without anything that changes it."""
    with services().database.session() as session:
        opened = opened_visit(session, visit_id, Right.READ)
        row = access.needed(session, needed_user(), visit_id, Right.READ)
        said = saying.comments(session, row)
    page = render_template(
        "together/read.html", **opened.head(), **_day(opened, said), previews=preview_links(opened)
    )
    return page, {"Cache-Control": "no-store"}


def _day(opened: OpenedVisit, said: tuple[Comment, ...]) -> dict[str, Any]:
    """The day that the address asks for; without rows where it cannot be planned."""
    day, content = asked.nearest_day(opened.visit), opened.plan.content
    seen = release_for(content, Audience.PARTICIPANT) if content else None
    return {
        "days": [
            (
                one.label,
                url_for("reading.show", visit_id=opened.state.id, day=one.number),
                one.number == day + 1,
            )
            for one in day_tabs(opened.visit, content, language())
        ],
        "timeline": build_timeline(seen, day, language()) if seen else None,
        "day_index": day,
        "said_of": saying.of_day(said, day),
        "comment_words": comment_words(),
        "stops": [stop.id for stop in opened.visit.days[day].stops],
        "faults": [fault_text(fault) for fault in opened.plan.faults],
    }
