"""The page "Ready?": what is still open in a visit, each with the way to where it is mended."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from planner.domain.attendees.counts import AttendeeKind
from planner.services.paper.attendees import attendees_of
from planner.services.together.access import Right
from planner.services.visits.readiness.points import Need
from planner.web.account.auth import organiser_required
from planner.web.frame.context import services
from planner.web.frame.i18n import language
from planner.web.visits.hosts.page import today
from planner.web.visits.opened import OpenedVisit, opened_visit
from planner.web.visits.preview import preview_links
from planner.web.visits.where import point_address
from planner.words.around.rests import rest_text, ways_of
from planner.words.places import PlaceWords
from planner.words.readiness import NEEDS, OpenWords, counts_text
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask.typing import ResponseReturnValue

    from planner.domain.attendees.counts import Attendees
    from planner.services.visits.readiness.points import OpenPoint

blueprint = Blueprint("ready", __name__, url_prefix="/visits/<int:visit_id>/ready")


@dataclass(frozen=True)
class OpenRow:
    """An open point on a page: where it is, what it is, where it is mended."""

    place: str
    text: str
    url: str


@dataclass(frozen=True)
class OpenGroup:
    """The points of one kind: `days` are pairs of a day, '' for the whole visit, and its rows."""

    need: str
    name: str
    count: int
    days: tuple[tuple[str, tuple[OpenRow, ...]], ...]


@blueprint.before_request
@organiser_required
def _signed_in() -> None:
    """Only for organisers."""


@blueprint.get("")
def show(visit_id: int) -> ResponseReturnValue:
    """What is to mend, to confirm and good to know, day by day."""
    with services().database.session() as session:
        opened = opened_visit(session, visit_id, Right.READ)
        known = attendees_of(session, visit_id, opened.visit, today())
    is_told = opened.right >= Right.EDIT and not opened.visit.step_free
    return render_template(
        "visits/ready.html",
        **opened.head(),
        headline=counts_text(opened.points),
        previews=preview_links(opened),
        messages=len(opened.pending.listed),
        wheelchairs=known.number(AttendeeKind.WHEELCHAIR) if is_told else 0,
        rest=_rest_text(opened, known) if opened.right >= Right.EDIT else "",
        groups=[group for need in Need if (group := open_group(opened, need)).count],
    )


def _rest_text(opened: OpenedVisit, known: Attendees) -> str:
    """Say where those who need a rest find no seat for too long."""
    content = opened.plan.content
    if content is None:
        return ""
    return rest_text(ways_of(content), content.network, known, PlaceWords(content.sites, language()))


def open_group(opened: OpenedVisit, need: Need) -> OpenGroup:
    """Return the points of one kind as a page shows them."""
    points = opened.points.of(need)
    words = OpenWords(opened.visit, opened.sites, language())
    days = groupby(points, key=words.day)
    told = tuple((day, open_rows(opened, of_day)) for day, of_day in days)
    return OpenGroup(need.value, str(NEEDS[need]), len(points), told)


def open_rows(opened: OpenedVisit, points: Iterable[OpenPoint]) -> tuple[OpenRow, ...]:
    """Return points as a page shows them."""
    words = OpenWords(opened.visit, opened.sites, language())
    return tuple(
        OpenRow(
            words.place(point) or (gettext("The whole day") if words.day(point) else gettext("The visit")),
            words.sentence(point),
            point_address(opened.state.id, opened.visit, point),
        )
        for point in points
    )
