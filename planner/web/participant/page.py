"""Pages by secret link: the participant's, the guide's, and the same on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template, request, url_for

from planner.links import GUIDE, PARTICIPANT, visit_path
from planner.outputs.timeline.now import now_cards
from planner.web.frame.maps import map_view, paper_view
from planner.web.participant.held import held_paper
from planner.web.participant.shown import Shown, kept, private, release_of, unlisted

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as BaseResponse

blueprint = Blueprint("participant", __name__)
blueprint.after_request(unlisted)


@blueprint.get(visit_path(PARTICIPANT, "<token>"))
def visit(token: str) -> BaseResponse:
    """The phone page of a released visit."""
    return _page(token, PARTICIPANT)


@blueprint.get(f"{visit_path(PARTICIPANT, '<token>')}/print")
def visit_print(token: str) -> BaseResponse:
    """The same on A4."""
    return _paper(token, PARTICIPANT)


@blueprint.get(visit_path(GUIDE, "<token>"))
def guide(token: str) -> BaseResponse:
    """The guide's page: the participants' with hosts, notes and risks."""
    return _page(token, GUIDE)


@blueprint.get(f"{visit_path(GUIDE, '<token>')}/print")
def guide_print(token: str) -> BaseResponse:
    """The guide's A4."""
    return _paper(token, GUIDE)


def _page(token: str, kind: str) -> BaseResponse:
    shown = Shown.asked(release_of(token, kind))
    view = "participant.visit_print" if kind == PARTICIPANT else "participant.guide_print"
    print_url = url_for(view, token=token, **kept())
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


def _paper(token: str, kind: str) -> BaseResponse:
    """All days of the visit, or the one that the address asks for."""
    content = release_of(token, kind)
    days = [Shown.on(content, day) for day in range(len(content.visit.days))]
    shown = [Shown.asked(content)] if "day" in request.args else days
    view = "participant.visit" if kind == PARTICIPANT else "participant.guide"
    return private(
        render_template(
            "participant/print.html",
            is_guides=kind == GUIDE,
            sheets=[_sheet(day) for day in shown],
            page_url=url_for(view, token=token, **kept()),
            **shown[0].view(),
        )
    )


def _sheet(shown: Shown) -> dict[str, Any]:
    """What stands on the paper of one day."""
    return {**shown.view(), "board": shown.board(), **paper_view(shown.chart())}
