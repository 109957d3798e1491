"""Pages by secret link: the participant's and the guide's, on the phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, url_for

from planner.links import GUIDE, PARTICIPANT, visit_path
from planner.outputs.timeline.now import now_cards
from planner.web.frame.headers import private, unlisted
from planner.web.frame.maps import map_view
from planner.web.participant.held import held_paper
from planner.web.participant.shown import Shown, kept, release_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as BaseResponse

blueprint = Blueprint("participant", __name__)
blueprint.after_request(unlisted)


@blueprint.get(visit_path(PARTICIPANT, "<token>"))
def visit(token: str) -> BaseResponse:
    """The phone page of a released visit."""
    return _page(token, PARTICIPANT)


@blueprint.get(visit_path(GUIDE, "<token>"))
def guide(token: str) -> BaseResponse:
    """The guide's page: the participants' with hosts, notes and risks."""
    return _page(token, GUIDE)


def _page(token: str, kind: str) -> BaseResponse:
    shown = Shown.asked(release_of(token, kind))
    print_url = url_for("paper_link.in_print", token=token, kind=kind, **kept())
    files = "files.visit_files" if kind == PARTICIPANT else "files.guide_files"
    changes = "since.visit_changes" if kind == PARTICIPANT else "since.guide_changes"
    files_url = url_for(files, token=token, **kept())
    party = shown.party.name if shown.party else ""
    return private(
        render_template(
            "participant/page.html",
            is_guides=kind == GUIDE,
            now_cards=now_cards(shown.timeline),
            version=shown.content.number,
            changes_url=url_for(changes, token=token, **kept() | {"lang": shown.timeline.language}),
            zone=shown.content.network.timezone,
            print_url=print_url,
            files_url=files_url,
            paper_url=url_for("paper_link.index", token=token, kind=kind),
            held=held_paper(token, kind, shown.content, party),
            **shown.view(),
            **map_view(shown.chart()),
        )
    )
